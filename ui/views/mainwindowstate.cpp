#include "views/mainwindowstate.h"

#include "find/finder.h"
#include "hosts/hostconnection.h"
#include "hosts/hostlist.h"
#include "models/hoststreemodel.h"
#include "views/activitydock.h"
#include "views/hostsdock.h"
#include "views/mainwindow.h"
#include "views/mainwindowdialogs.h"
#include "views/narrowlayout.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "views/startpage.h"
#include "views/tracedock.h"

#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int MostTabs = 30;
constexpr std::size_t MostColumns = 200;
constexpr qsizetype MostHosts = 100;

QString keyFor(const HostConnection *host, QStringView what)
{
    return u"hosts/%1/%2"_s.arg(host->profile().summary.id, what);
}

} // namespace

MainWindowState::MainWindowState(MainWindow &window, const QString &file)
    : m_window(window)
    , m_settings(file, QSettings::IniFormat)
    , m_firstLayout(window.m_narrow->wideState())
{ }

void MainWindowState::restore()
{
    MainWindow &w = m_window;
    if (!w.restoreGeometry(m_settings.value(u"window/geometry"_s).toByteArray()))
        w.resize(1280, 800);
    rescue();
    w.restoreState(m_settings.value(u"window/layout"_s).toByteArray(), NarrowLayout::StateVersion);
    w.m_traceDock->restoreState(m_settings.value(u"window/trace"_s).toByteArray());
    w.m_activityDock->restoreState(m_settings.value(u"window/activity"_s).toByteArray());
    w.m_hostsDock->restoreState(m_settings.value(u"window/hosts"_s).toByteArray());
    w.m_start->setRecent(m_settings.value(u"start/recent"_s).toStringList(),
                         m_settings.value(u"start/pinned"_s).toStringList());
    const QStringList hosts = m_settings.value(u"start/hosts"_s).toStringList();
    const QStringList users = m_settings.value(u"start/hostUsers"_s).toStringList();
    std::vector<RecentHost> recentHosts;
    for (qsizetype i = 0; i < std::min(hosts.size(), MostHosts); ++i)
        recentHosts.push_back({hosts[i], users.value(i)});
    w.m_dialogs->setRecentHosts(recentHosts);
    const QStringList keys = m_settings.value(u"columns/keys"_s).toStringList();
    const QVariantList layouts = m_settings.value(u"columns/layouts"_s).toList();
    for (qsizetype i = 0; i < std::min(keys.size(), layouts.size()); ++i) {
        if (m_columns.size() < MostColumns)
            m_columns.emplace_back(keys[i], layouts[i].toByteArray());
    }
    w.m_finder->places().restore(m_settings.value(u"places/bookmarks"_s).toByteArray(),
                                 m_settings.value(u"places/recent"_s).toByteArray());
    for (HostConnection *host : w.m_hosts->hosts()) {
        if (!host->isSaved())
            continue;
        for (const QString &name : m_settings.value(keyFor(host, u"classes")).toStringList())
            w.m_hostsDock->model().noteClass(host, name.section(u':', 0, 0), name.section(u':', 1));
    }
}

void MainWindowState::save()
{
    const MainWindow &w = m_window;
    const QFileInfo file(m_settings.fileName());
    QDir().mkpath(file.absolutePath());
    m_settings.setValue(u"window/geometry"_s, w.saveGeometry());
    m_settings.setValue(u"window/layout"_s, w.m_narrow->wideState());
    m_settings.setValue(u"window/trace"_s, w.m_traceDock->saveState());
    m_settings.setValue(u"window/activity"_s, w.m_activityDock->saveState());
    m_settings.setValue(u"window/hosts"_s, w.m_hostsDock->saveState());
    m_settings.setValue(u"start/recent"_s, w.m_start->recent());
    m_settings.setValue(u"start/pinned"_s, w.m_start->pinned());
    QStringList hosts, users;
    for (const RecentHost &host : w.m_dialogs->recentHosts()) {
        hosts << host.address;
        users << host.userName;
    }
    m_settings.setValue(u"start/hosts"_s, hosts);
    m_settings.setValue(u"start/hostUsers"_s, users);
    QStringList keys;
    QVariantList layouts;
    for (const auto &[key, layout] : m_columns) {
        keys << key;
        layouts << layout;
    }
    m_settings.setValue(u"columns/keys"_s, keys);
    m_settings.setValue(u"columns/layouts"_s, layouts);
    m_settings.setValue(u"places/bookmarks"_s, Places::write(w.m_finder->places().bookmarks()));
    m_settings.setValue(u"places/recent"_s, Places::write(savedPlaces()));
    for (HostConnection *host : w.m_hosts->hosts()) {
        if (!host->isSaved())
            continue;
        m_settings.setValue(keyFor(host, u"classes"), w.m_hostsDock->model().recentClasses(host));
        if (host->state() == HostConnection::State::Connected)
            rememberTabs(host);
    }
    m_settings.sync();
    QFile::setPermissions(m_settings.fileName(), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

/// Recent resources of saved connections: others are not found again.
std::vector<Place> MainWindowState::savedPlaces() const
{
    std::vector<Place> places = m_window.m_finder->places().recent();
    std::erase_if(places,
                  [this](const Place &place) { return !m_window.m_hosts->forProfile(place.host); });
    return places;
}

void MainWindowState::rememberTabs(HostConnection *host)
{
    if (!host->isSaved())
        return;
    QStringList addresses;
    QVariantList states;
    for (const Page *page : m_window.m_tabs->pages()) {
        if (page->host() != host || page->address().isEmpty() || addresses.size() >= MostTabs)
            continue;
        addresses << page->address();
        states << page->saveState();
    }
    m_settings.setValue(keyFor(host, u"tabs"), addresses);
    m_settings.setValue(keyFor(host, u"tabStates"), states);
}

void MainWindowState::restoreTabs(HostConnection *host)
{
    const QString &id = host->profile().summary.id;
    if (!host->isSaved() || m_restored.contains(id))
        return;
    m_restored << id;
    const QStringList addresses = m_settings.value(keyFor(host, u"tabs")).toStringList();
    const QVariantList states = m_settings.value(keyFor(host, u"tabStates")).toList();
    for (qsizetype i = 0; i < std::min<qsizetype>(addresses.size(), MostTabs); ++i) {
        m_window.openAddress(host, addresses[i]);
        if (Page *page = m_window.m_tabs->current(); page && page->host() == host)
            page->restoreState(states.value(i).toByteArray());
    }
}

QByteArray MainWindowState::columnsOf(const QString &key) const
{
    const auto found = std::ranges::find(m_columns, key, &std::pair<QString, QByteArray>::first);
    return found == m_columns.end() ? QByteArray() : found->second;
}

void MainWindowState::noteColumns(const QString &key, const QByteArray &layout)
{
    std::erase_if(m_columns, [&key](const auto &kept) { return kept.first == key; });
    m_columns.emplace(m_columns.begin(), key, layout);
    if (m_columns.size() > MostColumns)
        m_columns.pop_back();
}

void MainWindowState::forget(const QString &profileId)
{
    m_settings.remove(u"hosts/"_s + profileId);
}

void MainWindowState::resetLayout()
{
    m_window.m_narrow->leave();
    m_window.restoreState(m_firstLayout, NarrowLayout::StateVersion);
    m_window.arrange();
    m_window.m_narrow->fit();
}

void MainWindowState::rescue()
{
    const QRect frame = m_window.frameGeometry();
    for (const QScreen *screen : QGuiApplication::screens()) {
        const QRect seen = screen->availableGeometry().intersected(frame);
        if (seen.width() >= 200 && seen.height() >= 100)
            return;
    }
    if (const QScreen *screen = QGuiApplication::primaryScreen()) {
        const QRect area = screen->availableGeometry();
        m_window.resize(m_window.size().boundedTo(area.size()));
        m_window.move(area.topLeft());
    }
}
