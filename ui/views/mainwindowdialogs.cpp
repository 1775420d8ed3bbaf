#include "views/mainwindowdialogs.h"

#include "dialogs/connectiondialog.h"
#include "dialogs/lockdialog.h"
#include "dialogs/profilesdialog.h"
#include "dialogs/savedcredentialsdialog.h"
#include "hosts/hostlist.h"
#include "prompts.h"
#include "views/mainwindow.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t MostRecent = 20;

template<typename Dialog>
bool raiseOpen(QWidget *window)
{
    auto *dialog = window->findChild<Dialog *>();
    if (dialog) {
        dialog->raise();
        dialog->activateWindow();
    }
    return dialog;
}

} // namespace

MainWindowDialogs::MainWindowDialogs(MainWindow &window)
    : QObject(&window)
    , m_window(window)
{ }

void MainWindowDialogs::newConnection()
{
    open(nullptr, {}, false);
}

void MainWindowDialogs::edit(HostConnection *host)
{
    if (!host->isSaved()) {
        open(host, host->profile(), false);
        return;
    }
    m_window.hosts().store().load(host->profile().summary.id,
                                  [self = QPointer(this), guard = QPointer(host)](
                                      const Result<ProfileStore::Loaded> &loaded) {
                                      if (!self || !guard)
                                          return;
                                      if (loaded)
                                          self->open(guard, loaded->profile,
                                                     !loaded->credential.isEmpty());
                                      else
                                          self->m_window.say(loaded.error());
                                  });
}

ConnectionDialog *MainWindowDialogs::open(HostConnection *host, const Profile &profile,
                                          bool passwordStored)
{
    if (raiseOpen<ConnectionDialog>(&m_window))
        return nullptr;
    auto *dialog = new ConnectionDialog(m_window.hosts().store(), m_recentHosts, &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (host)
        dialog->setProfile(profile, passwordStored);
    connect(dialog, &ConnectionDialog::connectRequested, this,
            [this, dialog, guard = QPointer(host)] { accept(*dialog, guard, true); });
    connect(dialog, &ConnectionDialog::saveRequested, this,
            [this, dialog, guard = QPointer(host)] { accept(*dialog, guard, false); });
    dialog->open();
    return dialog;
}

void MainWindowDialogs::accept(const ConnectionDialog &dialog, HostConnection *host,
                               bool connectNow)
{
    const Profile profile = dialog.profile();
    // Who signs in to a saved connection is told by its keychain entry alone.
    noteHost({profile.options.displayHost(),
              dialog.isToBeSaved() || !profile.summary.id.isEmpty() ? QString()
                                                                    : profile.options.userName});
    if (dialog.isToBeSaved())
        save(profile, dialog.credential(), host, connectNow);
    else
        use(profile, dialog.credential(), host, connectNow);
}

void MainWindowDialogs::save(const Profile &profile, const Credential &credential,
                             HostConnection *host, bool connectNow)
{
    m_window.hosts().store().save(
        profile, credential, false,
        [self = QPointer(this), before = QPointer(host), credential,
         connectNow](const Result<QString> &id) {
            if (!self)
                return;
            if (!id) {
                self->m_window.say(id.error());
                return;
            }
            HostList &hosts = self->m_window.hosts();
            hosts.sync();
            HostConnection *saved = hosts.forProfile(*id);
            if (before && before != saved)
                hosts.remove(before); // it was not saved; now it stands under its name
            if (!connectNow || !saved)
                return;
            hosts.useOnce(saved, credential);
            saved->disconnectFromHost();
            self->m_window.connectTo(saved);
        });
}

void MainWindowDialogs::use(const Profile &profile, const Credential &credential,
                            HostConnection *host, bool connectNow)
{
    HostList &hosts = m_window.hosts();
    Profile unsaved = profile;
    unsaved.summary.id.clear();
    HostConnection *made = hosts.add(unsaved, credential);
    if (host && !host->isSaved())
        hosts.remove(host);
    if (connectNow)
        m_window.connectTo(made);
}

void MainWindowDialogs::remove(HostConnection *host)
{
    if (!host->isSaved()) {
        m_window.hosts().remove(host);
        return;
    }
    Prompts::current().confirm(
        &m_window, tr("Delete a saved connection"),
        tr("Delete \"%1\" and what is kept for it in the keychain?").arg(host->name()),
        tr("Delete"), [self = QPointer(this), id = host->profile().summary.id](bool yes) {
            if (!yes || !self)
                return;
            self->m_window.hosts().store().remove(id, [self](const Done &done) {
                if (self && !done)
                    self->m_window.say(done.error());
            });
        });
}

void MainWindowDialogs::showProfiles()
{
    if (raiseOpen<ProfilesDialog>(&m_window))
        return;
    HostList &hosts = m_window.hosts();
    auto *dialog = new ProfilesDialog(hosts.store(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ProfilesDialog::newRequested, this, &MainWindowDialogs::newConnection);
    connect(dialog, &ProfilesDialog::editRequested, this, [this, &hosts](const QString &id) {
        if (HostConnection *host = hosts.forProfile(id))
            edit(host);
    });
    connect(dialog, &ProfilesDialog::connectRequested, this,
            [this, &hosts, dialog](const QString &id) {
                dialog->accept();
                if (HostConnection *host = hosts.forProfile(id))
                    m_window.connectTo(host);
            });
    connect(dialog, &ProfilesDialog::credentialsRequested, this,
            &MainWindowDialogs::showCredentials);
    dialog->open();
}

void MainWindowDialogs::showCredentials()
{
    if (raiseOpen<SavedCredentialsDialog>(&m_window))
        return;
    auto *dialog = new SavedCredentialsDialog(m_window.hosts(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SavedCredentialsDialog::lockRequested, this,
            &MainWindowDialogs::lockPasswords);
    dialog->open();
}

void MainWindowDialogs::lockPasswords()
{
    if (raiseOpen<LockDialog>(&m_window))
        return;
    auto *dialog = new LockDialog(m_window.hosts(), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LockDialog::locked, this, [this](const QString &summary) {
        // Which passwords are kept is another matter now.
        if (auto *list = m_window.findChild<SavedCredentialsDialog *>())
            list->close();
        Q_EMIT said(summary);
    });
    dialog->open();
}

void MainWindowDialogs::noteHost(const RecentHost &host)
{
    std::erase_if(m_recentHosts,
                  [&host](const RecentHost &kept) { return kept.address == host.address; });
    m_recentHosts.insert(m_recentHosts.begin(), host);
    if (m_recentHosts.size() > MostRecent)
        m_recentHosts.resize(MostRecent);
}
