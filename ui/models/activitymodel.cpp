#include "models/activitymodel.h"

#include "look/icons.h"
#include "models/shorttitle.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QGuiApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

ActivityModel::ActivityModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_timer.setInterval(200);
    connect(&m_timer, &QTimer::timeout, this, &ActivityModel::refresh);
}

qint64 ActivityModel::Row::elapsed() const
{
    return timer.elapsed() - questions - (asking.isValid() ? asking.elapsed() : 0);
}

ActivityModel::Row *ActivityModel::find(std::uint64_t id)
{
    const auto it = std::ranges::find_if(
        m_rows, [id](const Row &row) { return row.id == id && row.state == State::Running; });
    return it == m_rows.end() ? nullptr : &*it;
}

void ActivityModel::insert(Row row)
{
    beginInsertRows({}, 0, 0);
    m_rows.insert(m_rows.begin(), std::move(row));
    endInsertRows();
    // The oldest finished row gives way; what runs always stands in the list.
    if (int(m_rows.size()) > MaxRows && m_rows.back().state != State::Running) {
        const int last = int(m_rows.size()) - 1;
        beginRemoveRows({}, last, last);
        m_rows.pop_back();
        endRemoveRows();
    }
}

void ActivityModel::add(Operation *operation, const QString &hostName)
{
    Row row;
    row.operation = operation;
    row.id = operation->id();
    row.title = shortTitle(operation->title());
    row.wholeTitle = operation->title();
    row.host = hostName;
    row.started = QDateTime::currentDateTimeUtc();
    row.timer.start();
    insert(std::move(row));
    const std::uint64_t id = operation->id();
    connect(operation, &Operation::progress, this, [this, id](qint64 bytes, qint64 rows, qint64) {
        if (Row *found = find(id)) {
            found->bytes = bytes;
            found->rows = rows;
        }
    });
    connect(operation, &Operation::finished, this,
            [this, id](const Outcome &outcome) { finish(id, outcome); });
    // A session that is destroyed ends its operations without a signal.
    connect(operation, &QObject::destroyed, this,
            [this, id] { finish(id, {.error = Error::cancelled()}); });
    m_timer.start();
    Q_EMIT runningChanged(++m_running);
}

void ActivityModel::addResult(const QString &title, const QString &result, const QString &hostName)
{
    Row row;
    row.state = State::Done;
    row.title = title;
    row.wholeTitle = title;
    row.result = result;
    row.host = hostName;
    row.started = QDateTime::currentDateTimeUtc();
    row.milliseconds = -1;
    insert(std::move(row));
}

void ActivityModel::setAsking(const Session *session, bool asking)
{
    for (Row &row : m_rows) {
        if (row.state != State::Running || !row.operation || row.operation->session() != session
            || asking == row.asking.isValid())
            continue;
        if (asking) {
            row.asking.start();
        } else {
            row.questions += row.asking.elapsed();
            row.asking.invalidate();
        }
    }
    refresh();
}

void ActivityModel::finish(std::uint64_t id, const Outcome &outcome)
{
    Row *row = find(id);
    if (!row)
        return;
    row->milliseconds = row->elapsed();
    row->rows = std::max(row->rows, qint64(outcome.rows));
    if (outcome.error.kind == Error::Kind::Cancelled) {
        row->state = State::Cancelled;
        row->result = tr("stopped");
    } else if (outcome.error) {
        row->state = outcome.partial ? State::Partial : State::Failed;
        row->result = explain(outcome.error).sentence;
    } else {
        row->state = outcome.partial ? State::Partial : State::Done;
    }
    const int at = int(row - m_rows.data());
    Q_EMIT dataChanged(index(at, 0), index(at, ColumnCount - 1));
    if (--m_running == 0)
        m_timer.stop();
    Q_EMIT runningChanged(m_running);
}

void ActivityModel::refresh()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].state == State::Running)
            Q_EMIT dataChanged(index(int(i), Progress), index(int(i), Elapsed), {Qt::DisplayRole});
    }
}

void ActivityModel::cancel(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    if (const QPointer<Operation> operation = m_rows[std::size_t(index.row())].operation)
        operation->cancel();
}

void ActivityModel::cancelAll()
{
    std::vector<QPointer<Operation>> running;
    for (const Row &row : m_rows) {
        if (row.state == State::Running)
            running.push_back(row.operation);
    }
    for (const auto &operation : running) {
        if (operation)
            operation->cancel();
    }
}

void ActivityModel::clearFinished()
{
    for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
        if (m_rows[std::size_t(i)].state == State::Running)
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ActivityModel::progressText(const Row &row) const
{
    QStringList parts;
    if (row.rows > 0) {
        parts << tr("%L1 rows", nullptr, int(row.rows)).arg(row.rows);
        const qint64 elapsed = row.state == State::Running ? row.elapsed() : row.milliseconds;
        if (elapsed >= 200)
            parts << tr("%1 rows/s").arg(rateText(double(row.rows) * 1000 / double(elapsed)));
    }
    if (row.bytes > 0)
        parts << bytesText(row.bytes);
    switch (row.state) {
    case State::Running:
        if (row.asking.isValid())
            return tr("waiting for your answer");
        return parts.isEmpty() ? tr("running") : parts.join(u", "_s);
    case State::Done:
        if (!row.result.isEmpty())
            return row.result;
        return parts.isEmpty() ? tr("done") : parts.join(u", "_s);
    case State::Partial:
        parts.prepend(row.result.isEmpty() ? tr("not all") : tr("not all: %1").arg(row.result));
        return parts.join(u", "_s);
    case State::Cancelled:
    case State::Failed:
        return row.result;
    }
    return {};
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    if (role == RunningRole)
        return row.state == State::Running;
    if (role == ResultRole)
        return progressText(row);
    if (role == Qt::DecorationRole && index.column() == Title) {
        switch (row.state) {
        case State::Running:
            return Icons::get(u"activity", Meaning::Running);
        case State::Done:
            return Icons::get(u"check", Meaning::Ok);
        case State::Partial:
            return Icons::get(u"warning", Meaning::Warning);
        case State::Cancelled:
            return Icons::get(u"stop", Meaning::Muted);
        case State::Failed:
            return Icons::get(u"error", Meaning::Error);
        }
    }
    if (role == Qt::ToolTipRole && index.column() == Title && row.title != row.wholeTitle)
        return row.wholeTitle.toHtmlEscaped();
    if (role == Qt::ToolTipRole && index.column() == Progress)
        return progressText(row).toHtmlEscaped();
    if (role == Qt::TextAlignmentRole && index.column() == Elapsed)
        return int(Qt::AlignTrailing | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Title:
        return row.title;
    case Host:
        return row.host;
    case Progress:
        return progressText(row);
    case Elapsed: {
        const qint64 ms = row.state == State::Running ? row.elapsed() : row.milliseconds;
        if (ms < 0)
            return QString();
        if (ms < 1000 && row.state != State::Running)
            return tr("%1 ms").arg(ms);
        return tr("%1 s").arg(QLocale().toString(double(ms) / 1000, 'f', 1));
    }
    case Started:
        if (row.state == State::Running)
            return {}; // the button that stops it stands there
        return QLocale().toString(row.started.toLocalTime().time(), u"HH:mm:ss"_s);
    }
    return {};
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ForegroundRole)
        return Look::muted(QGuiApplication::palette());
    if (role == Qt::TextAlignmentRole)
        return int((section == Elapsed ? Qt::AlignTrailing : Qt::AlignLeading) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Work");
    case Host:
        return tr("Host");
    case Progress:
        return tr("Progress");
    case Elapsed:
        return tr("Took");
    case Started:
        return tr("Started");
    }
    return {};
}
