#pragma once

#include <QPointer>
#include <QTabWidget>

#include <vector>

class HostConnection;
class Page;

/// The open pages, one tab each, and the way through them (Back, Forward). A tab carries its host's
/// color as a band. Closing deletes the page.
class PageTabs final : public QTabWidget
{
    Q_OBJECT
public:
    explicit PageTabs(QWidget *parent = nullptr);

    void open(Page *page); ///< takes it; shows the open one of the same host and key instead
    Page *current() const; ///< null: none
    Page *page(int index) const;
    Page *find(const HostConnection *host, const QString &key) const;
    std::vector<Page *> pages() const;
    void close(Page *page);
    void closeAllOf(const HostConnection *host);

    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < int(m_places.size()); }
    void go(int steps); ///< -1: back; emits `reopen` for a page that was closed

Q_SIGNALS:
    void currentPageChanged(Page *page); ///< null: no tab is open
    void pageOpened(Page *page);
    void historyChanged();
    void reopen(HostConnection *host, const QString &address);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Place
    {
        QPointer<HostConnection> host;
        QString key, address;
    };
    void addClose(int index, Page *page);
    void show(Page *page);
    void update(Page *page);
    void updateTitles();
    QString tabTitle(const Page &page) const;
    void remember(Page *page);
    void showMenu(const QPoint &at);

    std::vector<Place> m_places;
    int m_at = -1;
    bool m_going = false;
};
