// HostsTreeModel: what it answers of its nodes.

#include "hosts/hostconnection.h"
#include "look/icons.h"
#include "look/look.h"
#include "look/rowdelegate.h"
#include "models/hoststreenode.h"
#include "text/securitytext.h"
#include "text/sentences.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace {

const QString hostsMime = u"application/x-winrm-console-hosts"_s;

const HostConfigurationPart *partNamed(QStringView name)
{
    const auto *it = std::ranges::find(hostConfigurationParts, name, &HostConfigurationPart::name);
    return it == std::end(hostConfigurationParts) ? nullptr : it;
}

} // namespace

QVariant HostsTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return title(node);
    case Qt::DecorationRole:
        return icon(node);
    case KindRole:
        return int(node.kind);
    case NameRole:
        return node.name;
    case NamespaceRole:
        if (node.kind == Kind::Class)
            return node.parent->kind == Kind::Group ? node.cimNamespace : node.parent->name;
        return node.kind == Kind::Namespace || node.kind == Kind::Cim ? node.name : QString();
    case MutedRole:
        if (node.kind == Kind::Bookmark)
            return m_bookmarks[std::size_t(node.row())].hostName;
        if (node.fetch == Node::Fetch::Running)
            return tr("reading");
        if (node.fetch == Node::Fetch::Failed)
            return tr("cannot be read");
        break;
    case Qt::ToolTipRole:
        if (!node.note.isEmpty())
            return node.fetch == Node::Fetch::Failed
                ? node.note
                : u"<p>"_s + node.note.toHtmlEscaped() + u"</p>"_s; // a user's own words, maybe
        break;
    }
    return node.kind == Kind::Host ? hostData(node, role) : QVariant();
}

QVariant HostsTreeModel::hostData(const Node &node, int role) const
{
    const HostConnection &host = *node.host;
    const ProfileSummary &summary = host.profile().summary;
    switch (role) {
    case MutedRole: {
        const QString ticket = ticketNote(host, QDateTime::currentDateTime());
        return ticket.isEmpty() || host.lost() ? stateText(host) : ticket;
    }
    case ReadOnlyRole:
        return host.profile().options.readOnly;
    case SignRole:
        if (host.lost() || !ticketNote(host, QDateTime::currentDateTime()).isEmpty())
            return Icons::get(u"warning", Meaning::Warning);
        return host.profile().options.readOnly ? Icons::get(u"eye", Meaning::ReadOnly) : QIcon();
    case BandRole:
        return summary.color.isEmpty() ? QVariant() : QVariant::fromValue(QColor(summary.color));
    case ChipsRole:
    case TagsRole:
        return summary.tags;
    case Qt::AccessibleTextRole:
        return facts(host).join(u", "_s);
    case Qt::ToolTipRole:
        return facts(host).join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s);
    default:
        return {};
    }
}

/// All that the row says by colour, shape and word, as words.
QStringList HostsTreeModel::facts(const HostConnection &host)
{
    const Profile &profile = host.profile();
    QStringList lines{host.name(), stateText(host)};
    if (Look::isProduction(QColor(profile.summary.color)))
        lines.insert(1, tr("Production"));
    if (const QString ticket = ticketNote(host, QDateTime::currentDateTime()); !ticket.isEmpty())
        lines << ticket << ticketRemedy(host.session()->security());
    if (profile.options.readOnly)
        lines << tr("Read-only: nothing is changed on this host");
    if (host.state() == HostConnection::State::Failed)
        lines << explain(host.error()).sentence;
    if (host.lost())
        lines << explain(host.lost()).sentence;
    if (!profile.summary.tags.isEmpty())
        lines << tr("Tags: %1").arg(profile.summary.tags.join(u", "_s));
    return lines;
}

QString HostsTreeModel::ticketNote(const HostConnection &host, const QDateTime &now)
{
    if (host.state() != HostConnection::State::Connected || !host.session())
        return {};
    const SecurityState security = host.session()->security();
    const TicketState ticket = ticketState(security, now);
    return ticket == TicketState::Ending || ticket == TicketState::Ended ? ticketText(security, now)
                                                                         : QString();
}

QString HostsTreeModel::stateText(const HostConnection &host)
{
    switch (host.state()) {
    case HostConnection::State::Disconnected:
        return tr("not connected");
    case HostConnection::State::Connecting:
        return tr("connecting");
    case HostConnection::State::Failed:
        return tr("failed");
    case HostConnection::State::Connected:
        break;
    }
    if (host.lost())
        return tr("not answering");
    const SecurityState security = host.session() ? host.session()->security() : SecurityState();
    const QString way = security.mechanism.isEmpty() || security.mechanism == u"none"_s
        ? tr("no sign-in")
        : security.mechanism;
    if (!security.sealing.isEmpty())
        return tr("%1, sealed", "way of sign-in").arg(way);
    return security.tls ? tr("%1, TLS", "way of sign-in").arg(way)
                        : tr("%1, clear text", "way of sign-in").arg(way);
}

QIcon HostsTreeModel::icon(const Node &node) const
{
    switch (node.kind) {
    case Kind::Folder:
        return Icons::get(u"folder");
    case Kind::Configuration:
        return Icons::get(u"configuration");
    case Kind::ConfigurationPart:
        return Icons::get(partNamed(node.name)->icon);
    case Kind::Cim:
    case Kind::Namespace:
        return Icons::get(u"namespace");
    case Kind::Group:
    case Kind::ViewGroup:
        return Icons::get(u"folder");
    case Kind::Views:
        return Icons::get(u"eye");
    case Kind::View:
        return Icons::get(node.icon.isEmpty() ? u"table"_s : node.icon);
    case Kind::Class:
        return Icons::get(u"class");
    case Kind::Bookmarks:
        return Icons::get(u"bookmark");
    case Kind::Bookmark:
        return Icons::get(u"bookmark-set", Meaning::Muted);
    case Kind::Host:
        break;
    }
    switch (node.host->state()) {
    case HostConnection::State::Disconnected:
        return Icons::get(u"host", Badge::Ring, Meaning::Muted);
    case HostConnection::State::Connecting:
        return Icons::get(u"host", Badge::Arc, Meaning::Running);
    case HostConnection::State::Connected:
        return node.host->lost() ? Icons::get(u"host", Badge::Ring, Meaning::Warning)
                                 : Icons::get(u"host", Badge::Dot, Meaning::Ok);
    case HostConnection::State::Failed:
        return Icons::get(u"host", Badge::Octagon, Meaning::Error);
    }
    return {};
}

QString HostsTreeModel::title(const Node &node) const
{
    switch (node.kind) {
    case Kind::Folder:
    case Kind::Namespace:
        return lastPathPart(node.name);
    case Kind::Host:
        return node.host->name();
    case Kind::Configuration:
        return tr("Configuration");
    case Kind::ConfigurationPart:
        return tr(partNamed(node.name)->title);
    case Kind::Cim:
        return tr("CIM");
    case Kind::Views:
        return tr("Views");
    case Kind::View:
    case Kind::Bookmark:
        return node.title;
    case Kind::Bookmarks:
        return tr("Bookmarks");
    case Kind::ViewGroup:
    case Kind::Group:
    case Kind::Class:
        return node.name;
    }
    return {};
}

// --- dragging ---

Qt::ItemFlags HostsTreeModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    const Node *node = nodeOf(index);
    if (node->kind == Kind::Host && node->host->isSaved())
        flags |= Qt::ItemIsDragEnabled;
    if (node->kind == Kind::Folder) // the root is one as well
        flags |= Qt::ItemIsDropEnabled;
    return flags;
}

QStringList HostsTreeModel::mimeTypes() const
{
    return {hostsMime};
}

QMimeData *HostsTreeModel::mimeData(const QModelIndexList &indexes) const
{
    QStringList ids;
    for (const QModelIndex &index : indexes) {
        const Node *node = nodeOf(index);
        if (node->kind == Kind::Host && node->host->isSaved())
            ids << node->host->profile().summary.id;
    }
    if (ids.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(hostsMime, ids.join(u'\n').toUtf8());
    return data;
}

QStringList HostsTreeModel::draggedHosts(const QMimeData *data)
{
    return QString::fromUtf8(data->data(hostsMime)).split(u'\n', Qt::SkipEmptyParts);
}

bool HostsTreeModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int, int,
                                     const QModelIndex &parent) const
{
    return action == Qt::MoveAction && nodeOf(parent)->kind == Kind::Folder
        && !draggedHosts(data).isEmpty();
}

bool HostsTreeModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                  const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    Q_EMIT dropped(draggedHosts(data), nodeOf(parent)->name);
    return false; // the store moves it; the view has no row to remove
}
