#pragma once

#include "session/trace.h"

#include <QAbstractTableModel>

#include <array>
#include <map>
#include <vector>

/// Parts of an exchange, microseconds: connecting (TLS included), sending, waiting, receiving.
struct TraceTiming
{
    std::array<qint64, 4> microseconds{};
    qint64 longest = 0; ///< the whole of the longest exchange in the list
};
Q_DECLARE_METATYPE(TraceTiming)

/// The exchanges of a Trace as rows, oldest first. What a row shows is kept here; the envelopes
/// stay in the Trace (`Trace::find`).
class TraceModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Host, Title, Duration, Bytes, Status, Connection, ColumnCount };
    enum Role {
        IdRole = Qt::UserRole + 1, ///< quint64, of the entry
        SortRole,                  ///< raw value, for sorting
        TimingRole,                ///< TraceTiming
    };

    explicit TraceModel(Trace &trace, QObject *parent = nullptr);

    /// What the connection is called that this operation is about: shown in place of the address in
    /// exchanges that come from now on.
    void nameHost(quint64 operation, const QString &name);
    Trace &trace() const { return m_trace; }
    QModelIndex indexOf(quint64 id) const;
    quint64 idAt(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        quint64 id = 0;
        QDateTime started;
        QString host, title;
        ExchangeTimes times;
        qint64 bytes = 0;
        int status = 0, connection = 0;
        bool failed = false;
    };
    Row rowOf(const TraceEntry &entry) const;
    void add(quint64 id);
    void remove(quint64 id);
    void clear();
    TraceTiming timing(const Row &row) const;
    QString timingText(const Row &row) const;
    QString text(const Row &row, int column) const;
    QVariant sortValue(const Row &row, int column) const;

    Trace &m_trace;
    std::map<quint64, QString> m_names; ///< of the newest operations
    std::vector<Row> m_rows;            ///< ascending ids
    qint64 m_longest = 0;               ///< microseconds
};
