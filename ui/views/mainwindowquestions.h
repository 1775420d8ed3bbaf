#pragma once

#include "hosts/hostquestions.h"

#include <QCoreApplication>

class QWidget;

/// Asks what signing in needs, with dialogs over the window.
class MainWindowQuestions final : public HostQuestions
{
    Q_DECLARE_TR_FUNCTIONS(MainWindowQuestions)
public:
    explicit MainWindowQuestions(QWidget *window)
        : m_window(window)
    { }
    void askCredential(HostConnection *host, const CredentialRequest &request,
                       CredentialAnswer answer) override;
    void askTrust(HostConnection *host, const TrustQuestion &question, TrustReply reply) override;
    void askSharedCredential(HostConnection *host, const SavedCredential &credential,
                             std::function<void(bool)> answer) override;

private:
    QWidget *m_window;
};
