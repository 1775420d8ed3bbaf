#include "export/peopletext.h"

#include "text/nodetext.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

} // namespace

QString peopleText(const Cell &cell)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return {};
    case CellKind::Nil:
        return u"null"_s;
    case CellKind::Scalar:
        return toText(cell.text());
    case CellKind::Array: {
        QStringList items;
        for (std::uint32_t i = 0; i < cell.count(); ++i)
            items.append(peopleText(cell.at(i)));
        return items.join(u", "_s);
    }
    case CellKind::Reference:
    case CellKind::Object:
        return nodeText(cell.node());
    }
    return {};
}

QString referenceText(const RowReference &reference)
{
    const std::string_view uri = reference.resourceUri;
    QStringList keys;
    for (const RowSelector &selector : reference.selectors) {
        if (selector.name == "__cimnamespace")
            continue;
        const DocumentPtr nested = selectorReference(selector);
        QString quoted = nested ? nodeText(nested->root()) : toText(selector.value);
        quoted.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
        keys.append(toText(selector.name) + u"=\""_s + quoted + u'"');
    }
    const QString className = toText(uri.substr(uri.rfind('/') + 1)); // npos + 1 is the beginning
    return keys.isEmpty() ? className : className + u'.' + keys.join(u',');
}

QString peopleText(const PlannedColumn &column, const RowSet &rows, std::uint32_t row)
{
    if (column.source == PlannedColumn::Source::ClassName)
        return toText(column.className(rows, row));
    if (column.source == PlannedColumn::Source::Reference)
        return rows.hasReference(row) ? referenceText(rows.reference(row)) : QString();
    return peopleText(column.cell(rows, row));
}
