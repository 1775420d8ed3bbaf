#pragma once

#include "session/operation.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QElapsedTimer>
#include <QTimer>

#include <vector>

/// What is being asked of the hosts and what became of it, newest first, the last `MaxRows`.
/// Running rows are refreshed at most five times a second.
class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Title, Host, Progress, Elapsed, Started, ColumnCount };
    enum Role {
        RunningRole = Qt::UserRole + 1, ///< bool
        ResultRole,                     ///< QString, what became of it
    };
    static constexpr int MaxRows = 200;

    explicit ActivityModel(QObject *parent = nullptr);

    void add(Operation *operation, const QString &hostName); ///< once it has started
    /// Work of a page that is no operation of its own, such as an export: "Exported disks.csv",
    /// "5 rows, 1 KB".
    void addResult(const QString &title, const QString &result, const QString &hostName);
    /// The user is being asked something on behalf of this session: what it runs waits for the
    /// answer, and the time until then is not time that the work took.
    void setAsking(const Session *session, bool asking);
    void cancel(const QModelIndex &index); ///< of a running one
    void cancelAll();
    void clearFinished();
    int running() const { return m_running; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void runningChanged(int running);

private:
    enum class State { Running, Done, Partial, Cancelled, Failed };
    struct Row
    {
        QPointer<Operation> operation;
        std::uint64_t id = 0;
        State state = State::Running;
        QString title, wholeTitle, host, result;
        QDateTime started;
        QElapsedTimer timer;
        QElapsedTimer asking; ///< valid while the user is being asked
        qint64 questions = 0; ///< ms that questions took before
        qint64 milliseconds = 0, bytes = 0, rows = 0;
        bool changed = true;
        qint64 elapsed() const; ///< ms of work, until now
    };
    Row *find(std::uint64_t id);
    void insert(Row row);
    void finish(std::uint64_t id, const Outcome &outcome);
    void refresh();
    QString progressText(const Row &row) const;

    std::vector<Row> m_rows;
    QTimer m_timer;
    int m_running = 0;
};
