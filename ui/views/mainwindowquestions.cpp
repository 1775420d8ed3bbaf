#include "views/mainwindowquestions.h"

#include "dialogs/credentialdialog.h"
#include "dialogs/trustdialog.h"
#include "hosts/hostconnection.h"
#include "prompts.h"

#include <QPointer>

namespace {

/// Keeps a password where the user said, once the host has taken it.
void keepWhenTaken(ProfileStore &store, HostConnection *host, const Credential &credential,
                   SecretStorage storage)
{
    if (!host->isSaved() || storage == SecretStorage::Ask)
        return;
    auto *watch = new QObject(host);
    QObject::connect(host, &HostConnection::stateChanged, watch,
                     [&store, host, credential, storage, watch] {
                         if (host->state() == HostConnection::State::Connecting)
                             return;
                         watch->deleteLater();
                         if (host->state() != HostConnection::State::Connected)
                             return;
                         store.remember(host->profile().summary.id, credential);
                         if (storage != SecretStorage::Keychain)
                             return;
                         Profile profile = host->profile();
                         profile.storage = storage;
                         host->setProfile(profile);
                         store.save(profile, credential, false, [](const Result<QString> &) {});
                     });
}

} // namespace

void MainWindowQuestions::askCredential(HostConnection *host, const CredentialRequest &request,
                                        CredentialAnswer answer)
{
    CredentialRequest named = request;
    named.host = host->profile().options.displayHost(); // with its port
    auto *dialog = new CredentialDialog(host->name(), named, host->profile().storage,
                                        host->isSaved(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &CredentialDialog::answered, dialog,
                     [this, dialog, guard = QPointer(host),
                      answer](const std::optional<Credential> &credential) {
                         if (guard && credential)
                             keepWhenTaken(m_store, guard, *credential, dialog->storage());
                         answer(credential);
                     });
    closeWith(dialog, host);
    dialog->open();
}

void MainWindowQuestions::askTrust(HostConnection *host, const TrustQuestion &question,
                                   TrustReply reply)
{
    auto *dialog = new TrustDialog(question, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &TrustDialog::answered, dialog, reply);
    closeWith(dialog, host);
    dialog->open();
}

void MainWindowQuestions::closeWith(QDialog *dialog, HostConnection *host)
{
    // The connection was given up meanwhile: the question is moot.
    QObject::connect(host, &HostConnection::sessionChanged, dialog, &QDialog::reject);
    QObject::connect(host, &QObject::destroyed, dialog, &QDialog::reject);
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
