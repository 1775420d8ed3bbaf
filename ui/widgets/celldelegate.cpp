#include "widgets/celldelegate.h"

#include "document/rowset.h"
#include "look/look.h"
#include "models/celltext.h"

namespace {

/// Text whose end says as much as its start.
bool isPath(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    return (slash >= 0 && text.indexOf(u'/', slash + 1) > slash && !text.contains(u' '))
        || text.contains(u":\\") || text.startsWith(u"\\\\");
}

} // namespace

CellDelegate::CellDelegate(QObject *parent)
    : RowDelegate(parent)
{
    setLines(true);
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    RowDelegate::initStyleOption(option, index);
    const QVariant kind = index.data(CellKindRole);
    if (!kind.isValid())
        return;
    const auto value = CellKind(kind.toInt());
    if (value == CellKind::Nil || value == CellKind::Absent) {
        option->palette.setColor(QPalette::Text, Look::muted(option->palette));
        option->font.setItalic(value == CellKind::Nil);
    }
    if (isPath(option->text))
        option->textElideMode = Qt::ElideMiddle;
}
