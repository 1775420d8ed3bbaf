#pragma once

#include "document/rowset.h"
#include "models/celltext.h"
#include "models/rowchanges.h"
#include "models/rowdress.h"
#include "models/rowfilter.h"
#include "models/rowmarks.h"
#include "protocol/cimclass.h"

#include <QAbstractTableModel>

#include <atomic>
#include <memory>
#include <vector>

/// Rows of an enumeration as a table. Rows are appended in batches as they come; sorting and
/// filtering are an index over them, computed on another thread and swapped in when ready, so the
/// table stays usable meanwhile. A newer request makes the older one stop.
///
/// Columns: keys first, then the class if the rows are of several, then the rest in the schema's
/// order, then what the schema does not know.
class RowTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit RowTableModel(QObject *parent = nullptr);
    ~RowTableModel() override;

    void append(const RowBatchPtr &batch);
    void append(const std::vector<RowBatchPtr> &batches); ///< as one change, for who gathers them
    /// Takes the whole of a set, in place of what was there.
    void setRows(const RowSet &rows);
    void clear(); ///< rows, columns; filter, sort order and schema stay
    /// Types, keys, value texts and the order of columns. While there are no rows, its properties
    /// stand as columns if `showAll`.
    void setSchema(const CimClass &schema, bool showAll = true);
    const CimClass *schema() const { return m_schema.get(); }
    /// Columns, titles and texts that somebody chose; before there are rows.
    void setDress(std::shared_ptr<const RowDress> dress);

    /// Takes rows that were read again in place of those that are shown: soon, after another
    /// thread compared them and put them in order; then `refreshed`. Selections, the current cell,
    /// sort and filter stay, columns keep their places. What changed is marked (ChangeRole, tool
    /// tips) until the next time. Rows are matched as compareRows says.
    void refreshWith(const RowSet &rows, const QStringList &keys);
    /// Since the refresh before; null before the first one.
    const RowChanges *changes() const { return m_changes.get(); }
    void forgetChanges(); ///< no marks any more

    /// Signs that the user set on cells: icon and word beside the value.
    void setMarks(const std::vector<RowMark> &marks);
    const std::vector<RowMark> &marks() const { return m_marks.marks(); }

    void setFilter(const RowFilter &filter);
    const RowFilter &filter() const { return m_filter; }
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override; ///< -1: host's order
    /// By a column that may not be there yet: it counts once it is. Empty: the host's order.
    void sortBy(const QString &columnName, Qt::SortOrder order);
    const QString &sortName() const { return m_sortName; }
    int sortColumn() const; ///< where the column sorted by stands now; -1 without one
    Qt::SortOrder sortOrder() const { return m_sortOrder; }
    bool isArranging() const { return m_running; } ///< a sort or filter is being computed

    const RowSet &rows() const { return m_rows; }
    std::uint32_t totalRows() const { return m_rows.rowCount(); } ///< filtered out ones included
    std::uint32_t sourceRow(int row) const;
    Cell cell(const QModelIndex &index) const; ///< Absent for the class column
    QString columnName(int column) const;
    QStringList columnNames() const;
    bool isKeyColumn(int column) const;
    bool isClassColumn(int column) const; ///< made from the rows, not a property
    const CimProperty *property(int column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void arranged();         ///< a sort or filter took effect, or none is left to wait for
    void refreshed();        ///< refreshWith took effect
    void arrangingChanged(); ///< isArranging()
    void columnsArranged();  ///< columns were added or moved: sortColumn() may have changed

private:
    struct ViewColumn
    {
        QString name;
        int source = -1; ///< column of the set, ArrangeRequest::classColumn, or -1: not sent yet
        bool operator==(const ViewColumn &) const = default;
    };
    bool isArranged() const { return !m_filter.isEmpty() || m_sortSource != -1; }
    std::vector<ViewColumn> wantedColumns() const;
    int sourceNamed(const QString &columnName) const;
    void applySchemaFacts();
    void learnTypes();
    void updateColumns();
    void removeColumnsNotIn(const std::vector<ViewColumn> &wanted);
    void orderColumns(const std::vector<ViewColumn> &wanted);
    void rowsAppended();
    void showRows(std::uint32_t count);
    void requestArrangement();
    void startArrangement();
    void arrangementReady(quint64 generation, std::vector<std::uint32_t> order,
                          std::uint32_t covered, qint64 milliseconds);
    void showOrder(std::vector<std::uint32_t> order);
    void appendMissing(const std::vector<std::uint32_t> &order);
    void swapOrder(std::vector<std::uint32_t> order);
    void setRunning(bool running);
    QVariant plainData(const QModelIndex &index, int role) const;
    QVariant withMark(const QVariant &plain, const QModelIndex &index, int role) const;
    QString columnTip(int section) const;
    void startRefresh();
    void swapRows(const std::shared_ptr<const RowChanges> &changes,
                  std::vector<std::uint32_t> order, int sortSource);
    QModelIndexList followRows(const QModelIndexList &indexes,
                               const std::vector<std::uint32_t> &oldOrder,
                               const std::vector<std::uint32_t> &order,
                               const RowChanges &changes) const;
    void rebindColumns(int sortSource);
    CellChange changeOf(std::uint32_t row, int source) const;
    QString withChange(const QString &text, std::uint32_t row, int source) const;

    RowSet m_rows;
    std::shared_ptr<const CimClass> m_schema;
    std::vector<const CimProperty *> m_properties; ///< by column of the set
    std::vector<CimType> m_types;                  ///< the same; asked for with every cell painted
    bool m_showUnsent = false;
    std::shared_ptr<const RowDress> m_dress;
    RowMarks m_marks;
    std::vector<ViewColumn> m_columns;

    std::vector<std::uint32_t> m_order; ///< view row -> row of the set, while m_indexed
    bool m_indexed = false;             ///< false: the host's order, the first m_shown rows
    std::uint32_t m_shown = 0;
    std::uint32_t m_covered = 0; ///< rows of the set the present order knows of

    std::optional<RowSet> m_fresh; ///< being compared
    QStringList m_freshKeys;
    std::shared_ptr<std::atomic<quint64>> m_refreshWanted;
    std::shared_ptr<const RowChanges> m_changes;

    RowFilter m_filter;
    QString m_sortName;    ///< outlives clear()
    int m_sortSource = -1; ///< as ArrangeRequest::sortColumn
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::shared_ptr<std::atomic<quint64>> m_wanted;
    bool m_running = false;
    class QTimer *m_again; ///< rows came while sorted or filtered: arrange them soon
};
