#pragma once

#include <QAbstractTableModel>

#include <vector>

class RowTableModel;

/// Two rows of a table beside each other: a line a column, the values as the table shows them when
/// the model is made (it keeps them). Lines that differ have ChangeRole.
class RowPairModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, LeftColumn, RightColumn };

    /// `left` and `right`: rows of `rows`.
    RowPairModel(const RowTableModel &rows, int left, int right, QObject *parent = nullptr);

    void setOnlyDifferent(bool only);
    int differentCount() const; ///< of all lines
    int lineCount() const { return int(m_lines.size()); }
    QString title(Column side) const; ///< the keys of a row, to read
    QString text() const;             ///< what is shown, tabs between, for the clipboard

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Side
    {
        QString shown, raw;
        int kind = 0; ///< of CellKind
    };
    struct Line
    {
        QString name;
        Side left, right;
        bool different = false;
    };
    std::vector<Line> m_lines;
    std::vector<std::size_t> m_shown; ///< of m_lines
    QString m_left, m_right;
};
