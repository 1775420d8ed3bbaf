#pragma once

#include "connection/profile.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class StorageBox;

/// Adds the ways to sign in; their data is the int of Authentication.
void addMechanisms(QComboBox *box);

/// How and as whom a connection signs in: the mechanism, then only the fields that it needs, and
/// the words that somebody must say for what is not safe.
class SignInFields final : public QWidget
{
    Q_OBJECT
public:
    explicit SignInFields(const std::vector<SavedCredential> &saved, QWidget *parent = nullptr);

    /// `passwordStored`: one need not be typed again.
    void setProfile(const Profile &profile, bool passwordStored);
    /// The scheme that the address names, which some of the consents hang on.
    void setScheme(bool tls, bool automatic);
    /// Shows what is seldom needed as well.
    void setAllShown(bool all);
    /// The owner of a usable ticket of this computer, empty for none. A dialog that nobody has
    /// begun to fill in offers it first.
    void setTicket(const QString &principal);
    /// Names the user, while nobody has chosen who signs in; empty: takes such a name back.
    void suggestUser(const QString &name);

    void apply(ConnectionOptions &options) const; ///< also the user's name and the consents
    bool usesTicket() const;      ///< no password is used: the ticket of the person at the keyboard
    bool isComplete() const;      ///< a user is named where one must be
    bool hasPassword() const;     ///< typed or stored
    QString credentialId() const; ///< of a saved credential, else empty
    Credential credential() const; ///< empty when no password was typed
    SecretStorage storage() const;

Q_SIGNALS:
    void changed();

private:
    enum class Who { Ticket, Typed, Saved };
    void makeForm();
    void fillMechanisms();
    void fillWho();
    void showFields();
    Who who() const;
    Authentication mechanism() const;
    bool mayBeNtlmOverHttp() const;
    bool mayBeClear() const;

    const std::vector<SavedCredential> m_saved;
    bool m_passwordStored = false;
    bool m_tls = true;
    bool m_automatic = true;
    bool m_all = false;
    bool m_isNew = true;                                    ///< no profile was given
    bool m_chosen = false;                                  ///< somebody has chosen who signs in
    bool m_clearBefore = false, m_unverifiedBefore = false; ///< the profile already agrees
    QString m_ticket;
    QString m_suggested; ///< user name that suggestUser() gave

    QFormLayout *m_form;
    QComboBox *m_mechanism;
    QLabel *m_meaning; ///< of the mechanism
    QComboBox *m_who;
    QLineEdit *m_user;
    QLineEdit *m_password;
    StorageBox *m_storage;
    QCheckBox *m_unverified;
    QLabel *m_unverifiedText;
    QCheckBox *m_clearText;
};
