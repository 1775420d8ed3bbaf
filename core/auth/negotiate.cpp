#include "auth/negotiate.h"

#include <openssl/crypto.h>

namespace negotiate {

Password::Password(std::string_view text)
{
    if (text.empty())
        return;
    m_text.reserve(text.size() + 1); // grown at once: no copy is left on the way
    m_text.assign(text.begin(), text.end());
    m_text.push_back('\0');
}

Password &Password::operator=(Password &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_text = std::move(other.m_text);
    }
    return *this;
}

Password::~Password()
{
    wipe();
}

void Password::wipe()
{
    if (!m_text.empty())
        OPENSSL_cleanse(m_text.data(), m_text.size());
    m_text.clear();
}

} // namespace negotiate
