#include "views/hostsdock.h"

#include "hosts/hostlist.h"
#include "inventory/ciminventory.h"
#include "look/emptyhint.h"
#include "look/icons.h"
#include "text/sentences.h"
#include "views/dockbar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTreeView>

using namespace Qt::StringLiterals;
using Kind = HostsTreeModel::Kind;

namespace {

/// Hosts by name, folder or tag; what is below a host follows it.
class HostFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override
    {
        const QString text = filterRegularExpression().pattern();
        const QModelIndex index = sourceModel()->index(row, 0, parent);
        const auto kind = Kind(index.data(HostsTreeModel::KindRole).toInt());
        if (text.isEmpty())
            return true;
        const QRegularExpression &expression = filterRegularExpression();
        if (index.data().toString().contains(expression))
            return true;
        return kind == Kind::Host
            && index.data(HostsTreeModel::TagsRole).toStringList().indexOf(expression) >= 0;
    }
};

} // namespace

HostsDock::HostsDock(HostList &list, QWidget *parent)
    : QDockWidget(tr("Hosts"), parent)
    , m_model(new HostsTreeModel(this))
    , m_filtered(new HostFilter(this))
    , m_view(new QTreeView(this))
    , m_filter(new QLineEdit(this))
{
    setObjectName(u"hostsDock"_s);
    new DockBar(this);
    m_filtered->setSourceModel(m_model);
    m_filtered->setRecursiveFilteringEnabled(true);
    m_filtered->setAutoAcceptChildRows(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setObjectName(u"hostsView"_s);
    m_view->setAccessibleName(tr("Hosts"));
    m_view->setModel(m_filtered);
    Look::prepareTree(m_view);
    m_view->setHeaderHidden(true);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_filter->setObjectName(u"hostsFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by name or tag"));
    m_filter->setAccessibleName(tr("Filter the hosts"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(Icons::get(u"filter", Meaning::Muted), QLineEdit::LeadingPosition);

    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(Look::Inside);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Look::Inside, 0, Look::Inside, 0);
    bar->addWidget(m_filter);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    content->setMinimumWidth(160);
    setWidget(content);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterRegularExpression(QRegularExpression(
            QRegularExpression::escape(text.trimmed()), QRegularExpression::CaseInsensitiveOption));
        if (!text.isEmpty())
            m_view->expandToDepth(3);
    });
    connect(m_view, &QTreeView::activated, this,
            [this](const QModelIndex &index) { activate(source(index)); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &HostsDock::showMenu);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { Q_EMIT currentHostChanged(currentHost()); });
    connect(m_model, &HostsTreeModel::namespacesWanted, this, &HostsDock::readNamespaces);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &folder) {
        if (!folder.isValid() || m_model->kind(folder) == Kind::Folder)
            m_view->expand(m_filtered->mapFromSource(folder));
    });
    connect(&list, &HostList::added, m_model, &HostsTreeModel::addHost);
    connect(&list, &HostList::aboutToRemove, m_model, &HostsTreeModel::removeHost);
    connect(&list, &HostList::profileChanged, m_model, &HostsTreeModel::updateHost);
    connect(&list, &HostList::stateChanged, this, &HostsDock::hostChanged);
    for (HostConnection *host : list.hosts())
        m_model->addHost(host);
    new EmptyHint(m_view, tr("Hosts that you connect to or save stand here."));
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
        m_view->setExpanded(shown, !m_view->isExpanded(shown));
        break;
    case Kind::View:
        Q_EMIT addressRequested(host, u"view:"_s + name);
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
