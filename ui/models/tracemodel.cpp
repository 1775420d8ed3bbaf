#include "models/tracemodel.h"

#include "look/icons.h"
#include "look/look.h"
#include "models/shorttitle.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Operations that may still have exchanges to come; the trace itself holds 500.
constexpr std::size_t mostNames = 2000;

} // namespace

TraceModel::TraceModel(Trace &trace, QObject *parent)
    : QAbstractTableModel(parent)
    , m_trace(trace)
{
    for (const TraceEntry &entry : trace.entries()) {
        m_rows.push_back(rowOf(entry));
        m_longest = std::max(m_longest, entry.times.finished);
    }
    connect(&trace, &Trace::added, this, &TraceModel::add);
    connect(&trace, &Trace::removed, this, &TraceModel::remove);
    connect(&trace, &Trace::cleared, this, &TraceModel::clear);
}

void TraceModel::nameHost(quint64 operation, const QString &name)
{
    m_names[operation] = name;
    if (m_names.size() > mostNames)
        m_names.erase(m_names.begin());
}

TraceModel::Row TraceModel::rowOf(const TraceEntry &entry) const
{
    const auto named = m_names.find(entry.operation);
    return {.id = entry.id,
            .started = entry.started,
            .host = named == m_names.end() ? entry.host : named->second,
            .title = shortTitle(entry.title),
            .times = entry.times,
            .bytes = entry.bytesSent + entry.bytesReceived,
            .status = entry.status,
            .connection = entry.connection,
            .failed = bool(entry.error)};
}

void TraceModel::add(quint64 id)
{
    const TraceEntry *entry = m_trace.find(id);
    if (!entry)
        return;
    const auto at = std::ranges::lower_bound(m_rows, id, {}, &Row::id);
    const int row = int(at - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(at, rowOf(*entry));
    m_longest = std::max(m_longest, entry->times.finished);
    endInsertRows();
}

void TraceModel::remove(quint64 id)
{
    const QModelIndex index = indexOf(id);
    if (!index.isValid())
        return;
    beginRemoveRows({}, index.row(), index.row());
    m_rows.erase(m_rows.begin() + index.row());
    endRemoveRows();
}

void TraceModel::clear()
{
    if (m_rows.empty())
        return;
    beginRemoveRows({}, 0, int(m_rows.size()) - 1);
    m_rows.clear();
    endRemoveRows();
}

QModelIndex TraceModel::indexOf(quint64 id) const
{
    const auto at = std::ranges::lower_bound(m_rows, id, {}, &Row::id);
    if (at == m_rows.end() || at->id != id)
        return {};
    return index(int(at - m_rows.begin()), 0);
}

quint64 TraceModel::idAt(const QModelIndex &index) const
{
    return index.isValid() ? m_rows[std::size_t(index.row())].id : 0;
}

int TraceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TraceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TraceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::TextAlignmentRole:
        if (column == Duration || column == Bytes || column == Status || column == Connection)
            return int(Qt::AlignTrailing | Qt::AlignVCenter);
        break;
    case Qt::DecorationRole:
        if (column == Title)
            return row.failed ? Icons::get(u"error", Meaning::Error) : Icons::get(u"trace");
        break;
    case TimingRole:
        return QVariant::fromValue(timing(row));
    case Qt::ToolTipRole:
        if (column == Duration)
            return timingText(row);
        if (const TraceEntry *entry = m_trace.find(row.id); entry && entry->error)
            return explain(entry->error).sentence.toHtmlEscaped();
        else if (entry && column == Host && entry->host != row.host)
            return entry->host.toHtmlEscaped();
        else if (entry && column == Title && entry->title != row.title)
            return entry->title.toHtmlEscaped();
        break;
    case IdRole:
        return row.id;
    case SortRole:
        return sortValue(row, column);
    }
    return {};
}

/// Moments that did not come (a connection that was there already) make parts of nothing.
TraceTiming TraceModel::timing(const Row &row) const
{
    TraceTiming timing{.longest = m_longest};
    const ExchangeTimes &times = row.times;
    const std::array<qint64, 4> ends{std::max(times.connected, times.encrypted), times.sent,
                                     times.firstByte, times.finished};
    qint64 last = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (ends[i] < last)
            continue;
        timing.microseconds[i] = ends[i] - last;
        last = ends[i];
    }
    return timing;
}

QString TraceModel::timingText(const Row &row) const
{
    const TraceTiming parts = timing(row);
    const auto milliseconds = [&parts](std::size_t part) {
        return QLocale().toString(double(parts.microseconds[part]) / 1000, 'f', 1);
    };
    return tr("connecting %1 ms, sending %2 ms, waiting %3 ms, receiving %4 ms")
        .arg(milliseconds(0), milliseconds(1), milliseconds(2), milliseconds(3));
}

QString TraceModel::text(const Row &row, int column) const
{
    switch (column) {
    case Time:
        return row.started.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
    case Host:
        return row.host;
    case Title:
        return row.title;
    case Duration:
        return row.times.finished < 0
            ? QString()
            : tr("%1 ms").arg(QLocale().toString(double(row.times.finished) / 1000, 'f', 1));
    case Bytes:
        return bytesText(row.bytes);
    case Status:
        return row.status ? QString::number(row.status) : QString();
    case Connection:
        return row.connection ? QString::number(row.connection) : QString();
    }
    return {};
}

QVariant TraceModel::sortValue(const Row &row, int column) const
{
    switch (column) {
    case Time:
        return row.id;
    case Duration:
        return row.times.finished;
    case Bytes:
        return row.bytes;
    case Status:
        return row.status;
    case Connection:
        return row.connection;
    default:
        return text(row, column);
    }
}

QVariant TraceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(
            (section == Duration || section == Bytes || section == Status || section == Connection)
                ? Qt::AlignTrailing | Qt::AlignVCenter
                : Qt::AlignLeading | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole)
        return Look::muted(QGuiApplication::palette());
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Host:
        return tr("Host");
    case Title:
        return tr("Exchange");
    case Duration:
        return tr("Took");
    case Bytes:
        return tr("Bytes");
    case Status:
        return tr("Status", "of HTTP");
    case Connection:
        return tr("Connection");
    }
    return {};
}
