#pragma once

#include "connection/profilestore.h"

#include <QDialog>

#include <memory>
#include <vector>

class AdvancedOptions;
class FindingsList;
class QComboBox;
class QLabel;
class QPushButton;
class Preflight;
class PreflightList;
class ProfileFields;
class SignInFields;
class QScrollArea;
class QTimer;

/// A host that was connected to, for typing it again.
struct RecentHost
{
    QString address;  ///< as ConnectionOptions::displayHost
    QString userName; ///< of a connection that was not saved; else empty
    bool operator==(const RecentHost &) const = default;
};

/// Connection options on one page, the advanced ones folded away; held against the rules while one
/// types, and against what this computer, DNS and the KDC say once one pauses. None of that is
/// waited for, and nothing is asked of the host itself. The password can be written, never read
/// back: an empty field keeps the one that is stored.
class ConnectionDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `store` gives folders, tags and saved credentials; it must outlive the dialog.
    /// `recentHosts`: newest first.
    ConnectionDialog(const ProfileStore &store, const std::vector<RecentHost> &recentHosts,
                     QWidget *parent = nullptr);
    ~ConnectionDialog() override;

    /// Edits a profile. `passwordStored`: one need not be typed again.
    void setProfile(const Profile &profile, bool passwordStored);
    Profile profile() const;       ///< as the fields say; its id is that of setProfile()
    Credential credential() const; ///< empty when no password was typed
    bool isToBeSaved() const;
    /// False while the options are refused or the address cannot be read.
    bool isComplete() const { return m_complete; }

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void connectRequested(); ///< the dialog has been accepted
    void saveRequested();    ///< the dialog has been accepted

private:
    QWidget *makeFields();
    QWidget *makeHostGroup();
    QWidget *makeButtons();
    void makeFold(QLayout *layout);
    void connectFields();
    void lookForTicket();
    void fillUser(int recent);
    void validate();
    bool judge(const ConnectionOptions &options);
    void preparePreflight(const Result<ConnectionOptions> &options);
    void showPreflight();
    void lookAgain();
    void fit();
    int barWidth() const;
    Result<ConnectionOptions> options() const;

    const ProfileStore &m_store;
    Profile m_profile; ///< as it was given: what no field shows is kept
    bool m_complete = false;

    QScrollArea *m_area = nullptr;
    QTimer *m_fit = nullptr; ///< once for all that changes in one go
    int m_fitted = 0;        ///< height that fit() gave
    QComboBox *m_host = nullptr;
    QLabel *m_url = nullptr;
    SignInFields *m_signIn = nullptr;
    ProfileFields *m_profileFields = nullptr;
    AdvancedOptions *m_advanced = nullptr;
    FindingsList *m_findings = nullptr;
    PreflightList *m_preflightList = nullptr;
    QTimer *m_pause = nullptr; ///< until what was typed is looked into
    ConnectionOptions m_asked; ///< what the pre-flight is about
    bool m_askedTicket = false;
    std::unique_ptr<Preflight> m_preflight;
    QPushButton *m_connect = nullptr;
    QPushButton *m_save = nullptr;
};
