#include "text/valuetext.h"

#include "text/nodetext.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t maxArrayItems = 100; ///< shown of one array

QString scalarText(const Cell &cell)
{
    const std::string_view text = cell.text();
    QString shown;
    if (cell.form() == ScalarForm::Interval)
        shown = durationText(text);
    else if (cell.form() != ScalarForm::Plain)
        shown = localDateText(parseCimDateTime(text));
    return shown.isEmpty() ? QString::fromUtf8(text.data(), qsizetype(text.size())) : shown;
}

QString arrayText(const Cell &cell)
{
    QStringList items;
    for (std::uint32_t i = 0; i < std::min(cell.count(), maxArrayItems); ++i)
        items.append(cellText(cell.at(i)));
    if (cell.count() > maxArrayItems)
        items.append(u"…"_s);
    return items.join(u", "_s);
}

} // namespace

QString cellText(const Cell &cell)
{
    switch (cell.kind()) {
    case CellKind::Absent:
    case CellKind::Nil:
        return {};
    case CellKind::Scalar:
        return scalarText(cell);
    case CellKind::Array:
        return arrayText(cell);
    case CellKind::Reference:
    case CellKind::Object:
        return nodeText(cell.node());
    }
    return {};
}
