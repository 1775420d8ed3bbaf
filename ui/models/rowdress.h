#pragma once

#include "document/rowset.h"

#include <QStringList>
#include <QVariant>

/// What a table shows in place of its model's own columns and texts: those that a ready view
/// chose. A value made before the rows; properties are named as the host names them.
class RowDress
{
public:
    virtual ~RowDress() = default;
    virtual QStringList columns() const = 0; ///< properties, in order; none else is shown
    virtual QString title(const QString &column) const = 0;
    /// What is shown in place of that value; empty: the value itself. Any thread.
    virtual QString word(const QString &column, const QString &value) const = 0;
    virtual bool hasWords(const QString &column) const = 0;
    virtual bool isRight(const QString &column) const = 0; ///< aligned: numbers
    /// Invalid: the model's own answer. Asked for text, tip, alignment, icon and colour.
    virtual QVariant data(const RowSet &rows, std::uint32_t row, const QString &column,
                          int role) const = 0;
};
