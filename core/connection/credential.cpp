#include "connection/credential.h"

#include <memory>
#include <utility>

CredentialSource fixedCredential(Credential credential)
{
    auto left = std::make_shared<std::optional<Credential>>(std::move(credential));
    return [left](const CredentialRequest &, const CredentialAnswer &answer) {
        answer(std::exchange(*left, std::nullopt));
    };
}
