#pragma once

#include "connection/credential.h"
#include "connection/profile.h"

#include <QDialog>

class QLineEdit;
class StorageBox;

/// Asks for a password when signing in needs one that is not stored.
class CredentialDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `name`: of the connection; the host's address stands below where it is another word.
    /// `storage`: where the profile keeps its password, changeable here when `savedProfile`.
    CredentialDialog(const QString &name, const CredentialRequest &request, SecretStorage storage,
                     bool savedProfile, QWidget *parent = nullptr);
    SecretStorage storage() const;

Q_SIGNALS:
    void answered(const std::optional<Credential> &credential); ///< once; empty: given up

private:
    void answer(bool given);
    QLineEdit *m_user;
    QLineEdit *m_password;
    StorageBox *m_storage;
    bool m_answered = false;
};
