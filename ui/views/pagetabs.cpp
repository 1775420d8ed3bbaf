#include "views/pagetabs.h"

#include "hosts/hostconnection.h"
#include "look/icons.h"
#include "views/page.h"

#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// A tab bar that paints the color in a tab's data as a band at its top.
class BandBar final : public QTabBar
{
public:
    using QTabBar::QTabBar;

protected:
    QSize tabSizeHint(int index) const override
    {
        QSize size = QTabBar::tabSizeHint(index);
        size.setWidth(std::min(size.width(), Widest));
        return size;
    }
    // Rather scroll than cut a title to nothing.
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }

    void paintEvent(QPaintEvent *event) override
    {
        QTabBar::paintEvent(event);
        QPainter painter(this);
        for (int i = 0; i < count(); ++i) {
            if (const auto color = tabData(i).value<QColor>(); color.isValid()) {
                const QRect tab = tabRect(i);
                painter.fillRect(QRect(tab.left() + 2, tab.top(), tab.width() - 4, 3), color);
            }
        }
    }

private:
    static constexpr int Widest = 240;
};

} // namespace

PageTabs::PageTabs(QWidget *parent)
    : QTabWidget(parent)
{
    setObjectName(u"pageTabs"_s);
    auto *bar = new BandBar(this);
    bar->setObjectName(u"pageTabBar"_s);
    setTabBar(bar);
    setDocumentMode(true);
    setMovable(true);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    setIconSize({Look::IconSize, Look::IconSize});
    bar->installEventFilter(this);
    bar->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(bar, &QWidget::customContextMenuRequested, this, &PageTabs::showMenu);
    connect(this, &QTabWidget::currentChanged, this, [this](int index) {
        Page *shown = page(index);
        if (shown)
            remember(shown);
        Q_EMIT currentPageChanged(shown);
    });
}

Page *PageTabs::page(int index) const
{
    return qobject_cast<Page *>(widget(index));
}

Page *PageTabs::current() const
{
    return page(currentIndex());
}

std::vector<Page *> PageTabs::pages() const
{
    std::vector<Page *> all;
    for (int i = 0; i < count(); ++i)
        all.push_back(page(i));
    return all;
}

Page *PageTabs::find(const HostConnection *host, const QString &key) const
{
    for (Page *open : pages()) {
        if (open->host() == host && open->key() == key)
            return open;
    }
    return nullptr;
}

void PageTabs::open(Page *page)
{
    if (Page *same = find(page->host(), page->key()); same && same != page) {
        page->deleteLater();
        show(same);
        return;
    }
    const int index = insertTab(currentIndex() + 1, page, page->icon(), page->title());
    connect(page, &Page::titleChanged, this, [this, page] { update(page); });
    connect(page, &Page::busyChanged, this, [this, page] { update(page); });
    if (HostConnection *host = page->host()) {
        connect(host, &HostConnection::profileChanged, page, [this, page] { update(page); });
        connect(host, &QObject::destroyed, page, [this, page] { close(page); });
    }
    addClose(index, page);
    update(page);
    Q_EMIT pageOpened(page);
    setCurrentIndex(index);
}

void PageTabs::addClose(int index, Page *page)
{
    auto *button = new QToolButton(tabBar());
    button->setObjectName(u"tabClose"_s);
    button->setIcon(Icons::get(u"close"));
    button->setIconSize({Look::IconSize - 4, Look::IconSize - 4});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setToolTip(tr("Close (Ctrl+W)"));
    button->setAccessibleName(tr("Close"));
    connect(button, &QToolButton::clicked, page, [this, page] { close(page); });
    const auto side = QTabBar::ButtonPosition(
        style()->styleHint(QStyle::SH_TabBar_CloseButtonPosition, nullptr, tabBar()));
    tabBar()->setTabButton(index, side, button);
}

void PageTabs::show(Page *page)
{
    setCurrentWidget(page);
    page->setFocus();
}

/// With the host's name before it where tabs of several hosts are open.
QString PageTabs::tabTitle(const Page &page) const
{
    QString title = page.title();
    const HostConnection *const host = page.host();
    const auto ofAnother = [host](const Page *open) {
        return open->host() && open->host() != host;
    };
    if (host && host->name() != title && std::ranges::any_of(pages(), ofAnother))
        title = tr("%1: %2", "host, page").arg(host->name(), title);
    return title.replace(u'&', u"&&"_s); // a & in a tab is a mnemonic; a title is only text
}

void PageTabs::updateTitles()
{
    for (int i = 0; i < count(); ++i) {
        if (const QString title = tabTitle(*page(i)); title != tabText(i))
            setTabText(i, title);
    }
}

void PageTabs::update(Page *page)
{
    const int index = indexOf(page);
    if (index < 0)
        return;
    updateTitles();
    setTabIcon(index, page->icon());
    QStringList tip = page->breadcrumb();
    if (!page->address().isEmpty())
        tip << page->address();
    setTabToolTip(index, tip.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s));
    const HostConnection *host = page->host();
    const QString color = host ? host->profile().summary.color : QString();
    tabBar()->setTabData(index, color.isEmpty() ? QVariant() : QVariant(QColor(color)));
    if (page == current())
        Q_EMIT currentPageChanged(page);
}

void PageTabs::close(Page *page)
{
    const int index = indexOf(page);
    if (index < 0)
        return;
    page->stop();
    page->disconnect(this);
    m_going = true; // the tab that comes to the front was not asked for: no step of the way
    removeTab(index);
    m_going = false;
    updateTitles();
    page->deleteLater();
}

void PageTabs::closeAllOf(const HostConnection *host)
{
    for (Page *open : pages()) {
        if (open->host() == host)
            close(open);
    }
}

void PageTabs::remember(Page *page)
{
    if (m_going)
        return;
    const Place place{page->host(), page->key(), page->address()};
    if (m_at >= 0 && m_places[std::size_t(m_at)].key == place.key
        && m_places[std::size_t(m_at)].host == place.host)
        return;
    m_places.resize(std::size_t(m_at + 1));
    m_places.push_back(place);
    if (m_places.size() > 100)
        m_places.erase(m_places.begin());
    m_at = int(m_places.size()) - 1;
    Q_EMIT historyChanged();
}

void PageTabs::go(int steps)
{
    const int to = m_at + steps;
    if (to < 0 || to >= int(m_places.size()))
        return;
    m_at = to;
    m_going = true;
    const Place place = m_places[std::size_t(to)];
    if (Page *open = find(place.host, place.key))
        show(open);
    else if (!place.address.isEmpty())
        Q_EMIT reopen(place.host, place.address);
    m_going = false;
    Q_EMIT historyChanged();
}

bool PageTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == tabBar() && event->type() == QEvent::MouseButtonRelease) {
        auto *mouse = static_cast<QMouseEvent *>(event);
        const int index = tabBar()->tabAt(mouse->position().toPoint());
        if (mouse->button() == Qt::MiddleButton && index >= 0) {
            close(page(index));
            return true;
        }
    }
    return QTabWidget::eventFilter(watched, event);
}

void PageTabs::showMenu(const QPoint &at)
{
    const QPointer<Page> page = this->page(tabBar()->tabAt(at));
    if (!page)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(Icons::get(u"close"), tr("Close"), this, [this, page] {
        if (page)
            close(page);
    });
    menu->addAction(tr("Close the others"), this, [this, page] {
        for (Page *open : pages()) {
            if (open != page)
                close(open);
        }
    });
    menu->addAction(tr("Close all"), this, [this] {
        for (Page *open : pages())
            close(open);
    });
    menu->popup(tabBar()->mapToGlobal(at));
}
