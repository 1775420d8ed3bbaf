#pragma once

#include "connection/profilestore.h"

#include <QDialog>

class AdvancedOptions;
class FindingsList;
class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class ProfileFields;
class StorageBox;

/// Connection options on one page, the advanced ones folded away; held against the rules while one
/// types. The password can be written, never read back: an empty field keeps the one that is
/// stored.
class ConnectionDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `store` gives folders, tags and saved credentials; it must outlive the dialog.
    /// `recentHosts`: newest first.
    ConnectionDialog(const ProfileStore &store, const QStringList &recentHosts,
                     QWidget *parent = nullptr);
    ~ConnectionDialog() override;

    /// Edits a profile. `passwordStored`: one need not be typed again.
    void setProfile(const Profile &profile, bool passwordStored);
    Profile profile() const;       ///< as the fields say; its id is that of setProfile()
    Credential credential() const; ///< empty when no password was typed
    bool isToBeSaved() const;
    /// False while the options are refused or the address cannot be read.
    bool isComplete() const { return m_complete; }

Q_SIGNALS:
    void connectRequested(); ///< the dialog has been accepted
    void saveRequested();    ///< the dialog has been accepted

private:
    enum class SignIn { Password, Saved, Nobody };
    QWidget *makeHostGroup();
    QWidget *makeSignInGroup();
    QWidget *makeButtons();
    void makeFold(QLayout *layout);
    void fillSignIn();
    void connectFields();
    void validate();
    void showSignInFields();
    SignIn signIn() const;
    Result<ConnectionOptions> options() const;

    const ProfileStore &m_store;
    Profile m_profile; ///< as it was given: what no field shows is kept
    bool m_passwordStored = false;
    bool m_complete = false;

    QComboBox *m_host = nullptr;
    QLabel *m_url = nullptr;
    QComboBox *m_signIn = nullptr;
    QFormLayout *m_signInForm = nullptr;
    QLineEdit *m_user = nullptr;
    QLineEdit *m_password = nullptr;
    StorageBox *m_storage = nullptr;
    QCheckBox *m_clearText = nullptr;
    ProfileFields *m_profileFields = nullptr;
    AdvancedOptions *m_advanced = nullptr;
    FindingsList *m_findings = nullptr;
    QPushButton *m_connect = nullptr;
    QPushButton *m_save = nullptr;
};
