#include "views/hostsdock.h"

#include "hosts/hostlist.h"
#include "inventory/ciminventory.h"
#include "look/emptyhint.h"
#include "look/icons.h"
#include "models/hostsfiltermodel.h"
#include "text/sentences.h"
#include "views/dockbar.h"
#include "views/tagbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using Kind = HostsTreeModel::Kind;

HostsDock::HostsDock(HostList &list, QWidget *parent)
    : QDockWidget(tr("Hosts"), parent)
    , m_list(list)
    , m_model(new HostsTreeModel(this))
    , m_filtered(new HostsFilterModel(this))
    , m_view(new QTreeView(this))
    , m_filter(new QLineEdit(this))
    , m_tagButton(new QToolButton(this))
    , m_tags(new TagBar(this))
    , m_minute(new QTimer(this))
{
    setObjectName(u"hostsDock"_s);
    new DockBar(this);
    m_filtered->setSourceModel(m_model);
    prepareView();
    m_hint = new EmptyHint(m_view, {});
    QPushButton *first = m_hint->addButton(tr("Connect\u2026"));
    first->setObjectName(u"hostsConnect"_s);
    connect(first, &QPushButton::clicked, this, &HostsDock::newRequested);
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(Look::Inside);
    layout->addLayout(makeFilters());
    layout->addWidget(m_tags);
    layout->addWidget(m_view, 1);
    content->setMinimumWidth(160);
    setWidget(content);

    connect(m_view, &QTreeView::activated, this,
            [this](const QModelIndex &index) { activate(source(index)); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &HostsDock::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { Q_EMIT currentHostChanged(currentHost()); });
    connect(m_model, &HostsTreeModel::namespacesWanted, this, &HostsDock::readNamespaces);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &folder) {
        const Kind kind = folder.isValid() ? m_model->kind(folder) : Kind::Folder;
        if (kind == Kind::Folder || kind == Kind::Bookmarks)
            m_view->expand(m_filtered->mapFromSource(folder));
    });
    connect(m_model, &HostsTreeModel::dropped, this,
            [this](const QStringList &ids, const QString &folder) {
                change(ids, [&folder](ProfileSummary &summary) { summary.folder = folder; });
            });
    connect(&list, &HostList::added, this, [this](HostConnection *host) {
        m_model->addHost(host);
        showTags();
    });
    connect(&list, &HostList::aboutToRemove, this, [this](HostConnection *host) {
        m_model->removeHost(host);
        QMetaObject::invokeMethod(this, &HostsDock::showTags, Qt::QueuedConnection);
    });
    connect(&list, &HostList::profileChanged, this, &HostsDock::hostEdited);
    connect(&list, &HostList::stateChanged, this, &HostsDock::hostChanged);
    connect(&list, &HostList::lostChanged, m_model, &HostsTreeModel::updateHost);
    m_minute->setInterval(std::chrono::minutes(1));
    connect(m_minute, &QTimer::timeout, this, &HostsDock::noteTicket);
    for (HostConnection *host : list.hosts())
        m_model->addHost(host);
    showTags();
    applyFilter();
}

void HostsDock::prepareView()
{
    m_view->setObjectName(u"hostsView"_s);
    m_view->setAccessibleName(tr("Hosts"));
    m_view->setModel(m_filtered);
    Look::prepareTree(m_view);
    m_view->setHeaderHidden(true);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setDragDropMode(QAbstractItemView::DragDrop);
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setDragDropOverwriteMode(true); // onto a folder, not between rows
}

QLayout *HostsDock::makeFilters()
{
    m_filter->setObjectName(u"hostsFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by name or tag"));
    m_filter->setAccessibleName(tr("Filter the hosts"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(Icons::get(u"filter", Meaning::Muted), QLineEdit::LeadingPosition);
    m_tagButton->setObjectName(u"tagsButton"_s);
    m_tagButton->setAutoRaise(true);
    m_tagButton->setCheckable(true);
    m_tagButton->setIcon(Icons::get(u"tag"));
    m_tagButton->setToolTip(tr("Filter by tags (Ctrl+Shift+G)"));
    m_tagButton->setAccessibleName(tr("Filter by tags"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Look::Inside, 0, Look::Inside, 0);
    bar->setSpacing(Look::Inside);
    bar->addWidget(m_filter);
    bar->addWidget(m_tagButton);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setWords(text);
        if (!text.isEmpty())
            m_view->expandToDepth(3);
    });
    connect(m_tagButton, &QToolButton::clicked, this, &HostsDock::setTagsShown);
    connect(m_tags, &TagBar::changed, this, &HostsDock::applyFilter);
    connect(m_tags, &TagBar::dropped, this, [this](const QStringList &ids, const QString &tag) {
        change(ids, [&tag](ProfileSummary &summary) {
            if (!summary.tags.contains(tag))
                summary.tags.append(tag);
        });
    });
    return bar;
}

// --- the filter ---

void HostsDock::showTags()
{
    QStringList tags;
    for (const HostConnection *host : m_list.hosts())
        tags += host->profile().summary.tags;
    tags.removeDuplicates();
    tags.sort(Qt::CaseInsensitive);
    m_tags->setTags(tags);
    setTagsShown(m_tagsShown);
}

void HostsDock::setTagsShown(bool shown)
{
    const bool news = shown != m_tagsShown;
    m_tagsShown = shown;
    m_tags->setVisible(shown && !m_tags->isEmpty());
    m_tagButton->setVisible(!m_tags->isEmpty());
    m_tagButton->setChecked(shown);
    applyFilter();
    if (news)
        Q_EMIT tagsShownChanged(shown);
}

void HostsDock::applyFilter()
{
    m_filtered->setTags(m_tagsShown ? m_tags->filter() : TagFilter());
    m_hint->setText(m_list.hosts().empty() ? tr("Hosts that you connect to or save stand here.")
                                           : tr("No host passes the filter."));
    m_hint->setButtonShown(m_list.hosts().empty());
    if (!m_filtered->isFiltering())
        return;
    for (int row = 0; row < m_filtered->rowCount(); ++row) {
        const QModelIndex index = m_filtered->index(row, 0);
        if (m_model->kind(source(index)) == Kind::Folder)
            m_view->expand(index);
    }
}

void HostsDock::hostEdited(HostConnection *host)
{
    m_model->updateHost(host);
    showTags(); // also brings what stands below the host in line with its tags
}

QByteArray HostsDock::saveState() const
{
    return (m_tagsShown ? "shown " : "hidden ") + m_tags->filter().save();
}

void HostsDock::restoreState(const QByteArray &state)
{
    const qsizetype end = state.indexOf(' ');
    if (end < 0)
        return;
    m_tags->setFilter(TagFilter::restored(state.mid(end + 1)));
    setTagsShown(state.left(end) != "hidden");
}

void HostsDock::change(const QStringList &profileIds,
                       const std::function<void(ProfileSummary &)> &work)
{
    for (const QString &id : profileIds) {
        auto summary = m_list.store().find(id);
        if (!summary)
            continue;
        work(*summary);
        if (const Done done = m_list.store().updateSummary(*summary); !done)
            Q_EMIT failed(done.error());
    }
}

// --- hosts ---

/// Tickets end without any other news.
void HostsDock::noteTicket()
{
    bool ending = false;
    for (HostConnection *host : m_list.hosts()) {
        if (HostsTreeModel::ticketNote(*host, QDateTime::currentDateTime()).isEmpty())
            continue;
        m_model->updateHost(host);
        ending = true;
    }
    if (!ending)
        m_minute->stop();
    else if (!m_minute->isActive())
        m_minute->start();
}

QModelIndex HostsDock::source(const QModelIndex &index) const
{
    return m_filtered->mapToSource(index);
}

HostConnection *HostsDock::currentHost() const
{
    return m_model->host(source(m_view->currentIndex()));
}

void HostsDock::reveal(HostConnection *host)
{
    const QModelIndex index = m_filtered->mapFromSource(m_model->indexOf(host));
    m_view->expand(index);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void HostsDock::hostChanged(HostConnection *host)
{
    m_model->updateHost(host);
    if (host->state() == HostConnection::State::Connected) {
        connect(host->session(), &Session::securityChanged, this,
                [this, host] { m_model->updateHost(host); });
        connect(host->session(), &Session::signInExpiring, this, &HostsDock::noteTicket);
        m_view->expand(m_filtered->mapFromSource(m_model->indexOf(host)));
    }
    if (host == currentHost())
        Q_EMIT currentHostChanged(host);
}

void HostsDock::readNamespaces(HostConnection *host, const QString &parent)
{
    Session *session = host->session();
    if (!session) {
        m_model->setNamespacesFailed(host, parent, tr("The host is not connected."));
        return;
    }
    auto *operation = new NamespacesOperation(session, parent);
    connect(operation, &Operation::finished, this,
            [this, host, parent, operation](const Outcome &outcome) {
                const bool listed = outcome && operation->namedBy() == NamedBy::Catalogue
                    && !catalogueOf(*operation->session()).metadata;
                if (listed)
                    m_model->setGroups(host, catalogueOf(*operation->session()).groups);
                else if (outcome)
                    m_model->setNamespaces(host, parent, operation->namespaces());
                else
                    m_model->setNamespacesFailed(host, parent, explain(outcome.error).sentence);
            });
    operation->start();
}

void HostsDock::activate(const QModelIndex &index)
{
    HostConnection *host = m_model->host(index);
    const QString name = index.data(HostsTreeModel::NameRole).toString();
    const QModelIndex shown = m_filtered->mapFromSource(index);
    switch (m_model->kind(index)) {
    case Kind::Folder:
    case Kind::Group:
    case Kind::Views:
    case Kind::ViewGroup:
    case Kind::Bookmarks:
        m_view->setExpanded(shown, !m_view->isExpanded(shown));
        break;
    case Kind::View:
        Q_EMIT addressRequested(host, u"view:"_s + name);
        break;
    case Kind::Bookmark:
        Q_EMIT bookmarkRequested(*m_model->bookmark(index));
        break;
    case Kind::Host:
        if (host->state() == HostConnection::State::Disconnected)
            Q_EMIT connectRequested(host);
        else
            Q_EMIT overviewRequested(host);
        break;
    case Kind::Configuration:
        Q_EMIT configurationRequested(host, {});
        break;
    case Kind::ConfigurationPart:
        Q_EMIT configurationRequested(host, name);
        break;
    case Kind::Cim:
    case Kind::Namespace:
        Q_EMIT namespaceRequested(host, name);
        break;
    case Kind::Class:
        Q_EMIT classRequested(host, index.data(HostsTreeModel::NamespaceRole).toString(), name);
        break;
    }
}

void HostsDock::fillHostMenu(QMenu *menu, HostConnection *host)
{
    switch (host->state()) {
    case HostConnection::State::Disconnected:
    case HostConnection::State::Failed:
        menu->addAction(Icons::get(u"connect"), tr("Connect"), this,
                        [this, host] { Q_EMIT connectRequested(host); });
        break;
    case HostConnection::State::Connecting:
        menu->addAction(Icons::get(u"stop"), tr("Stop connecting"), this,
                        [this, host] { Q_EMIT disconnectRequested(host); });
        break;
    case HostConnection::State::Connected:
        menu->addAction(Icons::get(u"host"), tr("Overview"), this,
                        [this, host] { Q_EMIT overviewRequested(host); });
        menu->addAction(Icons::get(u"close"), tr("Disconnect"), this,
                        [this, host] { Q_EMIT disconnectRequested(host); });
        break;
    }
    menu->addSeparator();
    menu->addAction(Icons::get(u"edit"), host->isSaved() ? tr("Edit...") : tr("Edit and save..."),
                    this, [this, host] { Q_EMIT editRequested(host); });
    menu->addAction(Icons::get(u"delete"), host->isSaved() ? tr("Delete...") : tr("Remove"), this,
                    [this, host] { Q_EMIT removeRequested(host); });
}

void HostsDock::fillBookmarkMenu(QMenu *menu, const HostBookmark &bookmark)
{
    menu->addAction(Icons::get(u"open"), tr("Open"), this,
                    [this, bookmark] { Q_EMIT bookmarkRequested(bookmark); });
    menu->addAction(Icons::get(u"copy"), tr("Copy address"), this,
                    [bookmark] { QGuiApplication::clipboard()->setText(bookmark.address); });
    menu->addAction(Icons::get(u"delete"), tr("Remove the bookmark"), this,
                    [this, bookmark] { Q_EMIT bookmarkRemoved(bookmark); });
}

void HostsDock::showMenu(const QPoint &at)
{
    const QPersistentModelIndex index(source(m_view->indexAt(at)));
    HostConnection *host = m_model->host(index);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"hostsMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Kind kind = index.isValid() ? m_model->kind(index) : Kind::Folder;
    if (kind == Kind::Host) {
        fillHostMenu(menu, host);
    } else if (const HostBookmark *kept = m_model->bookmark(index)) {
        fillBookmarkMenu(menu, *kept);
    } else if (host) {
        menu->addAction(Icons::get(u"open"), tr("Open"), this, [this, index] { activate(index); });
        if (kind == Kind::Class) {
            const QString space = index.data(HostsTreeModel::NamespaceRole).toString();
            const QString name = index.data(HostsTreeModel::NameRole).toString();
            menu->addAction(
                Icons::get(u"details"), tr("Show the schema"), this,
                [this, host, space, name] { Q_EMIT schemaRequested(host, space, name); });
        }
        if (kind == Kind::Cim || kind == Kind::Namespace)
            menu->addAction(Icons::get(u"refresh"), tr("Read again"), this, [this, index] {
                m_model->forgetNamespaces(index);
                const QModelIndex shown = m_filtered->mapFromSource(index);
                m_view->collapse(shown);
                m_view->expand(shown);
            });
        if (kind == Kind::View)
            Q_EMIT viewMenuShown(menu, index.data(HostsTreeModel::NameRole).toString());
        menu->addAction(Icons::get(u"copy"), tr("Copy name"), this, [index] {
            const QString name = index.data(HostsTreeModel::NameRole).toString();
            QGuiApplication::clipboard()->setText(name.isEmpty() ? index.data().toString() : name);
        });
    }
    if (!menu->isEmpty())
        menu->addSeparator();
    menu->addAction(Icons::get(u"connect"), tr("New connection..."), this,
                    &HostsDock::newRequested);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}
