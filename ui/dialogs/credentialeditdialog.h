#pragma once

#include "common/secret.h"
#include "connection/profile.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

/// Makes a saved credential, renames one, or takes a new password: for one of those or for what a
/// single connection keeps.
class CredentialEditDialog final : public QDialog
{
    Q_OBJECT
public:
    enum class Task {
        New,      ///< name, user and password
        Edit,     ///< name and user; the password stays
        Password, ///< the password alone
    };
    /// `note`: a sentence above the buttons, on what hangs on it; may be empty.
    CredentialEditDialog(Task task, const SavedCredential &credential, const QString &note,
                         QWidget *parent = nullptr);

    SavedCredential credential() const; ///< with the name and user as they are now
    Secret takePassword();              ///< the field is empty afterwards

private:
    void makeForm(const QString &note);
    bool isComplete() const;

    const Task m_task;
    const SavedCredential m_credential;
    QLineEdit *m_label;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QPushButton *m_save = nullptr;
};
