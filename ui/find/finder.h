#pragma once

#include "find/places.h"
#include "hosts/hostclasses.h"

class CommandPalette;
class HostList;
class MainWindowViews;
class Page;
class PageTabs;
class QMainWindow;
class QMenu;
struct MainWindowActions;
struct PaletteItem;

/// Finding things in the window: the search in a host's classes, the command palette, bookmarks and
/// recent resources. What is chosen it asks the window to open.
class Finder final : public QObject
{
    Q_OBJECT
public:
    /// `cacheFolder`: where what is known of the hosts' classes is kept; empty: nowhere.
    Finder(QMainWindow &window, HostList &hosts, PageTabs &tabs, const MainWindowActions &actions,
           const QString &cacheFolder);

    void setViews(MainWindowViews &views) { m_views = &views; } ///< for the palette
    Places &places() { return m_places; }
    HostClasses &classesOf(HostConnection *host);
    void hostAdded(HostConnection *host) { classesOf(host); }
    void forget(HostConnection *host); ///< its saved connection is gone
    void pageOpened(const Page *page);
    /// Brings the state of the actions up to date: the page shown, and the host that is meant.
    void show(const Page *page, HostConnection *host);

    void openPalette();
    void search(const QString &words = {}); ///< on the present host
    void editBookmarks();
    void go(const Place &place); ///< opens it, connecting its host where that is needed
    HostConnection *hostOf(const Place &place) const; ///< null: there is none any more

Q_SIGNALS:
    void bookmarksChanged(); ///< or the names of their hosts
    void opened(Page *page); ///< a new page to show
    void addressChosen(HostConnection *host, const QString &address);
    /// The instances of a class, with what was found in view.
    void instancesChosen(HostConnection *host, const ClassHit &hit);
    void hostChosen(HostConnection *host); ///< connect to it, show its overview
    void said(const QString &sentence);

private:
    static Place placeOf(const Page *page);
    void toggleBookmark();
    void fillMenu(QMenu *menu, const std::vector<Place> &places);
    void placesChanged();
    std::vector<PaletteItem> paletteItems();
    void addActions(std::vector<PaletteItem> &items) const;
    void addTabs(std::vector<PaletteItem> &items) const;
    void addHosts(std::vector<PaletteItem> &items);
    void addPlace(std::vector<PaletteItem> &items, const Place &place, QStringView icon,
                  const QString &note);
    void addBookmarks(std::vector<PaletteItem> &items);
    void addRecent(std::vector<PaletteItem> &items,
                   const std::function<bool(const Place &)> &wanted);
    void addViews(std::vector<PaletteItem> &items);
    bool isListed(const Place &place) const;
    PaletteItem searchItem();
    std::vector<std::pair<int, PaletteItem>> classHits(const QString &typed);

    QMainWindow &m_window;
    HostList &m_hosts;
    PageTabs &m_tabs;
    const MainWindowActions &m_actions;
    QString m_cacheFolder;
    Places m_places;
    CommandPalette *m_palette;
    MainWindowViews *m_views = nullptr;
    QPointer<HostConnection> m_host;
    QPointer<const Page> m_page;
    bool m_bookmarked = false; ///< what the icon of the action says
};
