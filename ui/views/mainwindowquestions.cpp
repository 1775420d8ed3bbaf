#include "views/mainwindowquestions.h"

#include "hosts/hostconnection.h"
#include "prompts.h"

void MainWindowQuestions::askCredential(HostConnection *, const CredentialRequest &,
                                        CredentialAnswer answer)
{
    answer(std::nullopt);
}

void MainWindowQuestions::askTrust(HostConnection *, const TrustQuestion &, TrustReply reply)
{
    reply(TrustAnswer::No);
}

void MainWindowQuestions::askSharedCredential(HostConnection *host,
                                              const SavedCredential &credential,
                                              std::function<void(bool)> answer)
{
    Prompts::current().confirm(
        m_window, tr("Use a saved credential"),
        tr("The saved credential \"%1\" (%2) was not used on %3 before. Use it there from now on?")
            .arg(credential.label, credential.userName, host->profile().options.displayHost()),
        tr("Use it"), std::move(answer));
}
