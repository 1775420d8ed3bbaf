#pragma once

#include "connection/profilestore.h"
#include "ctl/arguments.h"

#include <QObject>

/// ConnectionOptions and Credential of a call: from -r and its companions, or from the profile that
/// -p names with the command line on top. Checks the rules; asks for a missing password on the
/// terminal, unless a Kerberos ticket of the user will do.
///
/// Errors: LocalUsage (neither -r nor -p; user info in the URL), LocalProfileUnknown, keychain
/// errors, OptionsRefused, OptionsClearText, LocalNoPassword.
class ConnectionFinder final : public QObject
{
    Q_OBJECT
public:
    explicit ConnectionFinder(const Arguments &arguments, QObject *parent = nullptr);
    void start();
    void setIdentifyOnly(bool only)
    {
        m_identifyOnly = only;
    } ///< may go unencrypted without a sign-in

    const ConnectionOptions &options() const { return m_options; }
    const Credential &credential() const { return m_credential; }
    const QStringList &notes() const { return m_notes; } ///< warnings and what is not applicable

Q_SIGNALS:
    void found();
    void failed(const Error &error);

private:
    void loaded(const Result<ProfileStore::Loaded> &profile);
    void applyArguments();
    void check();
    Done findPassword();

    const Arguments &m_arguments;
    bool m_identifyOnly = false;
    ConnectionOptions m_options;
    Credential m_credential;
    QStringList m_notes;
    ProfileStore *m_store = nullptr;
};

/// The options that the command line's words set, on top of `options`.
void applyTo(ConnectionOptions &options, const Arguments &arguments);
