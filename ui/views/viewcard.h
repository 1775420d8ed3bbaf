#pragma once

#include "models/viewcells.h"

#include <QWidget>

class QGridLayout;

/// What there is once, or a few times, as names and values: a card of a ready view. Values can be
/// selected and copied; a mark stands before its value as a sign, with its word.
class ViewCard final : public QWidget
{
    Q_OBJECT
public:
    explicit ViewCard(QWidget *parent = nullptr);
    /// In place of what was shown; a value that is another now says what it was. At most eight
    /// rows.
    void setRows(const RowSet &rows, const ViewCells &cells);
    void forget();             ///< what was shown was about something else
    QString plainText() const; ///< "Name: value", a line each

private:
    void clear();
    void addLine(const RowSet &rows, std::uint32_t row, const ViewColumn &column,
                 const ViewCells &cells);
    QGridLayout *m_lines;
    QStringList m_text;
    QHash<QString, QString> m_shown, m_before; ///< texts by row and column
};
