#pragma once

#include "connection/profilestore.h"

#include <QDialog>

class CredentialEditDialog;
class HostList;
class KeptPasswords;
class QAction;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

/// Every password that is kept: the saved credentials, each with the connections that use it, and
/// what single connections keep for themselves. Changed here once for all that use it, or
/// forgotten. Everything works by keyboard: Enter changes the password, F2 renames, Delete forgets.
class SavedCredentialsDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `hosts` must outlive the dialog.
    explicit SavedCredentialsDialog(HostList &hosts, QWidget *parent = nullptr);

Q_SIGNALS:
    void lockRequested();

private:
    struct Row
    {
        QString credentialId; ///< of a saved credential, else empty
        QString profileId;    ///< of the connection that keeps it, else empty
        QString name;
        QString userName;
        bool untilQuit = false;
    };
    QWidget *makeList();
    QLayout *makeButtons();
    QWidget *makeMessage();
    QAction *makeAction(const QString &name, QStringView icon, const QString &text,
                        const QString &tip);
    void fill();
    void addShared(const SavedCredential &credential);
    void addOwn(const Row &row);
    void restore(const QString &key);
    void showSelection();
    void showKeychain();
    std::optional<Row> current() const;
    QStringList usersOf(const Row &row) const; ///< profile ids
    QString names(const QStringList &profileIds, int most) const;
    QString stillConnected(const QStringList &profileIds) const;

    CredentialEditDialog *edit(int task, const SavedCredential &credential, const QString &note);
    void add();
    void save(const SavedCredential &credential, const Secret &password);
    void rename();
    void changePassword();
    void setPassword(const Row &row, const Secret &password);
    void forget();
    void forgetNow(const Row &row);
    void withProfile(const QString &id, std::function<void(const Profile &)> work);
    void ended(const Done &done, const QString &sentence);
    void say(const QString &text);
    void sayError(const Error &error);

    HostList &m_hosts;
    ProfileStore &m_store;
    KeptPasswords *m_kept;
    QTreeWidget *m_tree = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_unlock = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_change = nullptr;
    QAction *m_forget = nullptr;
    bool m_said = false; ///< the message is an answer to something done
};
