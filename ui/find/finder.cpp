#include "find/finder.h"

#include "find/bookmarksdialog.h"
#include "find/classhitmodel.h"
#include "find/commandpalette.h"
#include "find/searchpage.h"
#include "hosts/hostlist.h"
#include "look/icons.h"
#include "models/hoststreemodel.h"
#include "text/sentences.h"
#include "views/mainwindowactions.h"
#include "views/mainwindowviews.h"
#include "views/pagetabs.h"

#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

namespace {

constexpr std::size_t MostClassHits = 60;

QString plain(const QString &actionText)
{
    QString text = actionText;
    text.remove(u'&');
    if (text.endsWith("..."_L1))
        text.chop(3);
    return text;
}

QString keyOf(const HostConnection &host)
{
    return host.isSaved() ? host.profile().summary.id
                          : host.profile().options.url().toString(QUrl::RemoveUserInfo);
}

} // namespace

Finder::Finder(QMainWindow &window, HostList &hosts, PageTabs &tabs,
               const MainWindowActions &actions, const QString &cacheFolder)
    : QObject(&window)
    , m_window(window)
    , m_hosts(hosts)
    , m_tabs(tabs)
    , m_actions(actions)
    , m_cacheFolder(cacheFolder)
    , m_palette(new CommandPalette(&window))
{
    connect(actions.palette, &QAction::triggered, this, &Finder::openPalette);
    connect(actions.searchHost, &QAction::triggered, this, [this] { search(); });
    connect(actions.bookmark, &QAction::triggered, this, &Finder::toggleBookmark);
    connect(actions.editBookmarks, &QAction::triggered, this, &Finder::editBookmarks);
    connect(&m_places, &Places::changed, this, &Finder::placesChanged);
    connect(&hosts, &HostList::profileChanged, this, &Finder::placesChanged);
    placesChanged();
}

HostClasses &Finder::classesOf(HostConnection *host)
{
    if (auto *known = host->findChild<HostClasses *>(QString(), Qt::FindDirectChildrenOnly))
        return *known;
    auto *made = new HostClasses(host, m_cacheFolder);
    connect(made, &HostClasses::forgotten, &m_places, &Places::forget);
    return *made;
}

void Finder::forget(HostConnection *host)
{
    classesOf(host).forget();
    m_places.forget(keyOf(*host));
}

// --- bookmarks and recent resources ---

Place Finder::placeOf(const Page *page)
{
    if (!page || !page->host() || page->address().isEmpty())
        return {};
    return {.host = keyOf(*page->host()), .address = page->address(), .title = page->title()};
}

HostConnection *Finder::hostOf(const Place &place) const
{
    const auto &hosts = m_hosts.hosts();
    const auto found = std::ranges::find_if(
        hosts, [&place](const HostConnection *host) { return keyOf(*host) == place.host; });
    return found == hosts.end() ? nullptr : *found;
}

void Finder::pageOpened(const Page *page)
{
    if (const Place place = placeOf(page); !place.address.isEmpty())
        m_places.noteOpened(place);
}

void Finder::show(const Page *page, HostConnection *host)
{
    m_page = page;
    m_host = host;
    const Place place = placeOf(page);
    const bool kept = m_places.isBookmarked(place);
    m_actions.bookmark->setEnabled(!place.address.isEmpty());
    m_actions.bookmark->setChecked(kept);
    if (kept != m_bookmarked)
        m_actions.bookmark->setIcon(kept ? Icons::get(u"bookmark-set", Meaning::Accent)
                                         : Icons::get(u"bookmark"));
    m_bookmarked = kept;
    m_actions.searchHost->setEnabled(host);
}

void Finder::toggleBookmark()
{
    const Place place = placeOf(m_page);
    if (place.address.isEmpty())
        return;
    if (m_page->host()->isSaved())
        m_places.setBookmarked(place, !m_places.isBookmarked(place));
    else
        Q_EMIT said(tr("A bookmark belongs to a saved connection. Save the connection to %1 first.")
                        .arg(m_page->host()->name()));
    show(m_page, m_host);
}

void Finder::go(const Place &place)
{
    HostConnection *host = hostOf(place);
    if (!host)
        return;
    if (host->state() == State::Disconnected || host->state() == State::Failed)
        host->connectToHost(); // it was the user who clicked
    Q_EMIT addressChosen(host, place.address);
}

void Finder::editBookmarks()
{
    auto *dialog = new BookmarksDialog(
        m_places,
        [this](const Place &place) {
            const HostConnection *const host = hostOf(place);
            return host ? host->name() : QString();
        },
        &m_window);
    connect(dialog, &BookmarksDialog::chosen, this, &Finder::go);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void Finder::fillMenu(QMenu *menu, const std::vector<Place> &places)
{
    for (const Place &place : places) {
        const HostConnection *const host = hostOf(place);
        if (!host)
            continue;
        const QString text = tr("%1 - %2", "page - host").arg(place.title, host->name());
        QAction *action = menu->addAction(QString(text).replace(u'&', u"&&"_s), this,
                                          [this, place] { go(place); });
        action->setToolTip(place.address.toHtmlEscaped());
    }
}

void Finder::placesChanged()
{
    QMenu *bookmarks = m_actions.bookmarksMenu;
    bookmarks->clear();
    bookmarks->addAction(m_actions.bookmark);
    m_actions.editBookmarks->setVisible(!m_places.bookmarks().empty());
    bookmarks->addAction(m_actions.editBookmarks);
    bookmarks->addSeparator();
    fillMenu(bookmarks, m_places.bookmarks());
    QMenu *recent = m_actions.recentMenu;
    recent->clear();
    fillMenu(recent, m_places.recent());
    recent->menuAction()->setVisible(!recent->isEmpty());
    show(m_page, m_host);
    Q_EMIT bookmarksChanged();
}

// --- search ---

void Finder::search(const QString &words)
{
    if (!m_host)
        return;
    auto *page = qobject_cast<SearchPage *>(m_tabs.find(m_host, SearchPage::keyOf()));
    if (!page)
        page = new SearchPage(m_host, classesOf(m_host));
    connect(page, &SearchPage::chosen, this, [this, host = m_host](const ClassHit &hit) {
        if (host)
            Q_EMIT instancesChosen(host, hit);
    });
    if (!words.isEmpty())
        page->setWords(words);
    Q_EMIT opened(page);
    page->find();
}

// --- the palette ---

void Finder::openPalette()
{
    if (m_host)
        classesOf(m_host).load();
    m_palette->open(paletteItems(), [this](const QString &typed) { return classHits(typed); });
}

std::vector<PaletteItem> Finder::paletteItems()
{
    std::vector<PaletteItem> items;
    const auto isPresent = [this](const Place &place) { return m_host && hostOf(place) == m_host; };
    addBookmarks(items);
    addRecent(items, isPresent);
    addTabs(items);
    addHosts(items);
    addViews(items);
    // What is open comes before what has to be connected to first.
    addRecent(items, std::not_fn(isPresent));
    addActions(items);
    if (m_host)
        items.push_back(searchItem());
    return items;
}

void Finder::addPlace(std::vector<PaletteItem> &items, const Place &place, QStringView icon,
                      const QString &note)
{
    const HostConnection *const host = hostOf(place);
    if (host && !place.isSame(placeOf(m_page)))
        items.push_back({.icon = Icons::get(icon, Meaning::Muted),
                         .title = place.title,
                         .note = note.arg(host->name()),
                         .searched = place.address,
                         .run = [this, place] { go(place); }});
}

void Finder::addBookmarks(std::vector<PaletteItem> &items)
{
    for (const Place &place : m_places.bookmarks())
        addPlace(items, place, u"bookmark-set", tr("bookmark on %1"));
}

void Finder::addRecent(std::vector<PaletteItem> &items,
                       const std::function<bool(const Place &)> &wanted)
{
    for (const Place &place : m_places.recent()) {
        if (!wanted(place))
            continue;
        const HostConnection *const host = hostOf(place);
        const bool open = host && std::ranges::any_of(m_tabs.pages(), [&](const Page *page) {
                              return page->host() == host && page->address() == place.address;
                          });
        if (!open && !m_places.isBookmarked(place))
            addPlace(items, place, u"activity", tr("recent on %1"));
    }
}

void Finder::addTabs(std::vector<PaletteItem> &items) const
{
    for (Page *page : m_tabs.pages()) {
        const QString host = page->host() ? page->host()->name() : QString();
        // Of an overview the host itself is listed, and bookmarks stand there already.
        if (page == m_page || page->title() == host || m_places.isBookmarked(placeOf(page)))
            continue;
        items.push_back({.icon = page->icon(),
                         .title = page->title(),
                         .note = host.isEmpty() ? tr("open tab") : tr("open tab on %1").arg(host),
                         .searched = page->address(),
                         .run = [tabs = &m_tabs, guard = QPointer(page)] {
                             if (guard)
                                 tabs->open(guard);
                         }});
    }
}

/// Among what the palette shows of pages: bookmarks, recent resources, open tabs.
bool Finder::isListed(const Place &place) const
{
    const auto same = [&place](const Place &other) { return other.isSame(place); };
    return m_places.isBookmarked(place) || std::ranges::any_of(m_places.recent(), same);
}

void Finder::addViews(std::vector<PaletteItem> &items)
{
    if (!m_views || !m_host || !m_host->session())
        return;
    for (const ReadyView *view : m_views->views().of(viewKind(*m_host->session()))) {
        const QString address = u"view:"_s + view->id;
        const QString title = catalogueText(view->title);
        if (isListed({.host = keyOf(*m_host), .address = address, .title = title}))
            continue;
        items.push_back(
            {.icon = Icons::get(view->icon.isEmpty() ? u"table"_s : view->icon, Meaning::Muted),
             .title = title,
             .note = tr("view of %1").arg(m_host->name()),
             .searched = catalogueText(view->description),
             .run = [this, host = m_host, address] {
                 if (host)
                     Q_EMIT addressChosen(host, address);
             }});
    }
}

void Finder::addHosts(std::vector<PaletteItem> &items)
{
    for (HostConnection *host : m_hosts.hosts()) {
        const ProfileSummary &summary = host->profile().summary;
        items.push_back({.icon = Icons::get(u"host", Meaning::Muted),
                         .title = host->name(),
                         .note = tr("host, %1").arg(HostsTreeModel::stateText(*host)),
                         .searched = summary.folder + u' ' + summary.tags.join(u' '),
                         .run = [this, guard = QPointer(host)] {
                             if (guard)
                                 Q_EMIT hostChosen(guard);
                         }});
    }
}

void Finder::addActions(std::vector<PaletteItem> &items) const
{
    for (QAction *action : m_actions.all()) {
        if (action == m_actions.palette || !action->isEnabled() || !action->isVisible())
            continue;
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        items.push_back({.icon = action->icon(),
                         .title = plain(action->text()),
                         .note = keys,
                         .searched = action->whatsThis(),
                         .run = [guard = QPointer(action)] {
                             if (guard)
                                 guard->trigger();
                         }});
    }
}

/// Stands below what was found, and says what was not looked through.
PaletteItem Finder::searchItem()
{
    HostClasses &classes = classesOf(m_host);
    const QStringList unread = classes.unread();
    QString note = tr("classes were not read yet");
    if (!classes.index().isEmpty() && unread.isEmpty())
        note = m_actions.searchHost->shortcut().toString(QKeySequence::NativeText);
    else if (unread.size() == 1)
        note = tr("%1 was not read yet").arg(unread.first());
    else if (!unread.isEmpty())
        note = tr("%n namespaces were not read yet", nullptr, int(unread.size()));
    return {.icon = Icons::get(u"find", Meaning::Muted),
            .title = tr("Search the classes of %1").arg(m_host->name()),
            .note = note,
            .run =
                [this] {
                    const auto *field = m_palette->findChild<QLineEdit *>(u"paletteField"_s);
                    search(field->text());
                },
            .always = true};
}

std::vector<std::pair<int, PaletteItem>> Finder::classHits(const QString &typed)
{
    std::vector<std::pair<int, PaletteItem>> found;
    if (!m_host)
        return found;
    for (const ClassHit &hit : classesOf(m_host).index().search(typed, MostClassHits).hits) {
        const bool isClass = hit.kind == ClassHit::Kind::Class;
        PaletteItem item{.icon = ClassHitModel::icon(hit.kind),
                         .title = isClass ? hit.className : hit.member,
                         .note = isClass ? hit.cimNamespace
                                         : tr("%1 of %2, %3", "property, class, namespace")
                                               .arg(ClassHitModel::kindText(hit.kind),
                                                    hit.className, hit.cimNamespace),
                         .searched = hit.description,
                         .run = [this, host = m_host, hit] {
                             if (host)
                                 Q_EMIT instancesChosen(host, hit);
                         }};
        found.emplace_back(paletteFit(hit, typed), std::move(item));
    }
    return found;
}
