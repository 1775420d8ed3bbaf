#pragma once

#include <QString>
#include <QStringList>

#include <vector>

class RowTableModel;

/// Columns of a table that belong together.
struct ColumnGroup
{
    QString title;
    QStringList columns; ///< names, in the table's order
    bool operator==(const ColumnGroup &) const = default;
};

/// Keys, the class's own, then those inherited from each of its parents, system properties, those
/// the schema does not know. Without a schema there are keys and the others; a ready view has but
/// one group. Groups without columns are left out.
std::vector<ColumnGroup> columnGroups(const RowTableModel &model);
