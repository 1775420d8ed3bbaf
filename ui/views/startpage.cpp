#include "views/startpage.h"

#include "hosts/hostlist.h"
#include "look/icons.h"
#include "look/look.h"
#include "look/rowdelegate.h"

#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int MostShown = 8;

QPushButton *wayIn(QWidget *parent, const QString &name, QStringView icon, const QString &text,
                   const QString &tip)
{
    auto *button = new QPushButton(Icons::get(icon), text, parent);
    button->setObjectName(name);
    button->setToolTip(tip);
    return button;
}

} // namespace

StartPage::StartPage(HostList &hosts, bool withDemo, QWidget *parent)
    : QScrollArea(parent)
    , m_hosts(hosts)
{
    setObjectName(u"startPage"_s);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setBackgroundRole(QPalette::Base);
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    auto *column = new QWidget(content);
    column->setMaximumWidth(560);

    auto *title = new QLabel(tr("WinRM Console"), column);
    Look::setTitle(title);
    auto *what = new QLabel(tr("Browse what a WinRM or WS-Management host offers, and export it."),
                            column);
    what->setWordWrap(true);
    Look::setMeaning(what, Meaning::Muted);

    auto *create = wayIn(column, u"startConnect"_s, u"connect", tr("New connection"),
                         tr("Sign in to a host (Ctrl+N)"));
    create->setDefault(true);
    create->setAutoDefault(true);
    auto *open = wayIn(column, u"startOpen"_s, u"open", tr("Open a file"),
                       tr("Read a saved message, export or trace (Ctrl+O)"));
    auto *ways = new QHBoxLayout;
    ways->setSpacing(Look::Between);
    ways->addWidget(create);
    ways->addWidget(open);
    if (withDemo) {
        m_demo = wayIn(column, u"startDemo"_s, u"demo", tr("Try the demo host"),
                       tr("Start a host with made-up data on this computer and connect to it"));
        ways->addWidget(m_demo);
        connect(m_demo, &QPushButton::clicked, this, &StartPage::demoRequested);
    }
    ways->addStretch(1);

    m_heading = new QLabel(column);
    m_heading->setFont(Look::strongFont(font()));
    m_list = new QListWidget(column);
    m_list->setObjectName(u"startRecent"_s);
    m_list->setAccessibleName(tr("Connections"));
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIconSize({Look::IconSize, Look::IconSize});
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);

    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins({});
    layout->setSpacing(Look::Between);
    layout->addWidget(title);
    layout->addWidget(what);
    layout->addSpacing(Look::Between);
    layout->addLayout(ways);
    layout->addSpacing(Look::Groups);
    layout->addWidget(m_heading);
    layout->addWidget(m_list);
    layout->addStretch(1);
    auto *around = new QHBoxLayout(content);
    around->setContentsMargins(Look::Around, 2 * Look::Around, Look::Around, Look::Around);
    around->addStretch(1);
    around->addWidget(column, 100);
    around->addStretch(1);
    setWidget(content);

    connect(create, &QPushButton::clicked, this, &StartPage::newRequested);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        if (HostConnection *host = hostOf(item))
            Q_EMIT connectRequested(host);
        else
            Q_EMIT profilesRequested();
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &StartPage::showMenu);
    connect(&hosts, &HostList::added, this, &StartPage::fill);
    connect(&hosts, &HostList::aboutToRemove, this, &StartPage::fill, Qt::QueuedConnection);
    connect(&hosts, &HostList::profileChanged, this, &StartPage::fill);
    connect(&hosts, &HostList::stateChanged, this, &StartPage::fill);
    fill();
}

void StartPage::setRecent(const QStringList &recent, const QStringList &pinned)
{
    m_recent = recent;
    m_pinned = pinned;
    fill();
}

void StartPage::note(const QString &profileId)
{
    m_recent.removeAll(profileId);
    m_recent.prepend(profileId);
    m_recent.resize(std::min<qsizetype>(m_recent.size(), 30));
    fill();
}

void StartPage::forget(const QString &profileId)
{
    m_recent.removeAll(profileId);
    m_pinned.removeAll(profileId);
    fill();
}

void StartPage::setDemoBusy(bool busy)
{
    if (m_demo)
        m_demo->setEnabled(!busy);
}

HostConnection *StartPage::hostOf(const QListWidgetItem *item) const
{
    return item ? m_hosts.forProfile(item->data(IdRole).toString()) : nullptr;
}

void StartPage::fill()
{
    QStringList order = m_pinned;
    for (const QString &id : m_recent) {
        if (!order.contains(id))
            order << id;
    }
    const bool anyUsed = std::ranges::any_of(
        order, [this](const QString &id) { return m_hosts.forProfile(id) != nullptr; });
    for (const HostConnection *host : m_hosts.hosts()) {
        if (!anyUsed && host->isSaved())
            order << host->profile().summary.id;
    }
    const QString selected = m_list->currentItem() ? m_list->currentItem()->data(IdRole).toString()
                                                   : QString();
    m_list->clear();
    for (const QString &id : order) {
        const HostConnection *host = m_hosts.forProfile(id);
        if (!host || m_list->count() >= MostShown)
            continue;
        auto *item = new QListWidgetItem(
            m_pinned.contains(id) ? Icons::get(u"pin") : Icons::get(u"host"), host->name(), m_list);
        item->setData(IdRole, id);
        const ProfileSummary &summary = host->profile().summary;
        item->setData(MutedRole, summary.folder);
        item->setData(ChipsRole, summary.tags);
        if (!summary.color.isEmpty())
            item->setData(BandRole, QColor(summary.color));
        item->setToolTip(tr("Connect to %1").arg(host->name()).toHtmlEscaped());
        if (id == selected)
            m_list->setCurrentItem(item);
    }
    const bool any = m_list->count() > 0;
    m_list->setVisible(any);
    if (any) {
        m_heading->setText(anyUsed ? tr("Used last") : tr("Saved connections"));
        m_heading->setFont(Look::strongFont(font()));
        m_heading->setWordWrap(false);
    } else {
        m_heading->setText(tr("Connections that you save appear here and in the list of hosts."));
        m_heading->setFont(font());
        m_heading->setWordWrap(true);
    }
    Look::setMeaning(m_heading, any ? Meaning::Plain : Meaning::Muted);
    m_list->setFixedHeight(m_list->count() * Look::rowHeight(m_list->fontMetrics()) + 2);
}

void StartPage::showMenu(const QPoint &at)
{
    const QListWidgetItem *item = m_list->itemAt(at);
    HostConnection *host = hostOf(item);
    if (!host)
        return;
    const QString id = item->data(IdRole).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(Icons::get(u"connect"), tr("Connect"), this,
                    [this, host] { Q_EMIT connectRequested(host); });
    if (m_pinned.contains(id)) {
        menu->addAction(Icons::get(u"pin"), tr("Unpin"), this, [this, id] {
            m_pinned.removeAll(id);
            fill();
        });
    } else {
        menu->addAction(Icons::get(u"pin"), tr("Pin here"), this, [this, id] {
            m_pinned.append(id);
            fill();
        });
    }
    if (m_recent.contains(id))
        menu->addAction(tr("Forget that it was used"), this, [this, id] { forget(id); });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}
