#pragma once

#include "connection/profilestore.h"
#include "hosts/hostquestions.h"

#include <QCoreApplication>

class QDialog;
class QWidget;

/// Asks what signing in needs, with dialogs over the window.
class MainWindowQuestions final : public HostQuestions
{
    Q_DECLARE_TR_FUNCTIONS(MainWindowQuestions)
public:
    /// `store` keeps a password where the user says, once the host has taken it.
    MainWindowQuestions(QWidget *window, ProfileStore &store)
        : m_window(window)
        , m_store(store)
    { }
    void askCredential(HostConnection *host, const CredentialRequest &request,
                       CredentialAnswer answer) override;
    void askTrust(HostConnection *host, const TrustQuestion &question, TrustReply reply) override;
    void askSharedCredential(HostConnection *host, const SavedCredential &credential,
                             std::function<void(bool)> answer) override;

private:
    void closeWith(QDialog *dialog, HostConnection *host);
    QWidget *m_window;
    ProfileStore &m_store;
};
