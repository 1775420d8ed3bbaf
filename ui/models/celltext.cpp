#include "models/celltext.h"

#include "protocol/cimclass.h"
#include "protocol/endpointreference.h"
#include "protocol/namespaces.h"
#include "text/valuetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t shownItems = 50; ///< of an array, in one line
constexpr int shownCharacters = 300;
constexpr int tipCharacters = 2000;

QString tr(const char *text)
{
    return QCoreApplication::translate("CellText", text);
}

bool isDate(const Cell &cell, const CellContext &context)
{
    return context.type == CimType::DateTime || cell.form() != ScalarForm::Plain;
}

QString dateText(std::string_view text)
{
    if (const QDateTime time = parseCimDateTime(text); time.isValid())
        return localDateText(time);
    if (const QString duration = durationText(text); !duration.isEmpty())
        return duration;
    return oneLine(fromUtf8(text), shownCharacters);
}

/// Digits grouped from five on: "1044" is often a name, "17179869184" is hard to read.
QString numberText(const QString &raw)
{
    bool isInteger = false;
    const qlonglong number = raw.toLongLong(&isInteger);
    if (!isInteger || raw.size() < 5)
        return raw;
    return QLocale().toString(number);
}

QString scalarText(const Cell &cell, const CellContext &context)
{
    if (cell.text().empty())
        return {};
    if (isDate(cell, context))
        return dateText(cell.text());
    const QString raw = oneLine(fromUtf8(cell.text()), shownCharacters);
    QString text = isNumeric(context.type) ? numberText(raw) : raw;
    if (context.type == CimType::Boolean)
        text = raw.toLower();
    if (context.property) {
        if (const QString meaning = context.property->valueText(raw);
            !meaning.isEmpty() && meaning != raw)
            return u"%1 (%2)"_s.arg(raw, meaning);
    }
    return text;
}

QString objectText(Node node)
{
    QString text = u"{"_s + objectClass(node) + u": "_s;
    int shown = 0;
    for (Node child : node.children()) {
        if (shown++ > 0)
            text += u", "_s;
        if (shown > 8 || text.size() > shownCharacters) {
            text += u"\u2026"_s;
            break;
        }
        const QString value = child.isNil() ? u"null"_s : fromUtf8(child.trimmedText());
        text += fromUtf8(child.localName()) + u'=' + value;
    }
    return oneLine(text + u'}', shownCharacters);
}

QString arrayText(const Cell &cell, const CellContext &context)
{
    QString text;
    const std::uint32_t shown = std::min(cell.count(), shownItems);
    for (std::uint32_t i = 0; i < shown; ++i) {
        if (i > 0)
            text += u", "_s;
        text += shownText(cell.at(i), context);
    }
    return cell.count() > shown ? text + u", \u2026"_s : text;
}

QString arrayTip(const Cell &cell, const CellContext &context)
{
    QStringList lines;
    const std::uint32_t shown = std::min(cell.count(), 20u);
    for (std::uint32_t i = 0; i < shown; ++i)
        lines << shownText(cell.at(i), context);
    if (cell.count() > shown)
        lines << u"\u2026"_s;
    //: %n: number of values in an array
    lines.prepend(QCoreApplication::translate("CellText", "%n values", nullptr, int(cell.count())));
    return lines.join(u'\n');
}

QString scalarTip(const Cell &cell, const CellContext &context)
{
    if (cell.text().empty())
        return tr("Empty text");
    const QString raw = fromUtf8(cell.text()).left(tipCharacters);
    if (!isDate(cell, context))
        return raw.size() > 40 || raw.contains(u'\n') ? raw : QString();
    const QDateTime time = parseCimDateTime(cell.text());
    if (!time.isValid())
        return raw;
    return tr("Host's own time: %1").arg(hostDateText(time)) + u'\n' + raw;
}

} // namespace

QString shownText(const Cell &cell, const CellContext &context)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return u"\u2013"_s;
    case CellKind::Nil:
        return u"null"_s;
    case CellKind::Scalar:
        return scalarText(cell, context);
    case CellKind::Array:
        return arrayText(cell, context);
    case CellKind::Reference:
        return referenceText(readEndpointReference(cell.node()));
    case CellKind::Object:
        return objectText(cell.node());
    }
    return {};
}

QString plainText(const Cell &cell)
{
    switch (cell.kind()) {
    case CellKind::Absent:
    case CellKind::Nil:
        return {};
    case CellKind::Scalar:
        return fromUtf8(cell.text());
    case CellKind::Array: {
        QStringList items;
        for (std::uint32_t i = 0; i < cell.count(); ++i)
            items << plainText(cell.at(i));
        return items.join(u'\n');
    }
    case CellKind::Reference:
    case CellKind::Object:
        return shownText(cell);
    }
    return {};
}

QString tipText(const Cell &cell, const CellContext &context)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return tr("The host did not send this property");
    case CellKind::Nil:
        return tr("The host sent no value (null)");
    case CellKind::Scalar:
        return scalarTip(cell, context);
    case CellKind::Array:
        return arrayTip(cell, context);
    case CellKind::Reference:
    case CellKind::Object:
        return shownText(cell, context);
    }
    return {};
}

QString plainTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

QString objectClass(Node node)
{
    if (const auto type = node.attribute(ns::xsi, "type")) {
        QString name = fromUtf8(*type);
        name = name.mid(name.indexOf(u':') + 1);
        if (name.endsWith(u"_Type"))
            name.chop(5);
        if (!name.isEmpty())
            return name;
    }
    return fromUtf8(node.localName());
}

QString typeText(CimType type, bool array)
{
    if (type == CimType::Unknown)
        return array ? u"[]"_s : QString();
    return cimTypeName(type) + (array ? u"[]"_s : QString());
}
