#include "models/viewcells.h"

#include "look/icons.h"
#include "models/celltext.h"
#include "protocol/endpointreference.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

Cell cellOf(const RowSet &rows, std::uint32_t row, const QString &property)
{
    const auto column = rows.columnNamed(property.toStdString());
    return column ? rows.cell(row, *column) : Cell();
}

std::optional<double> numberOf(const RowSet &rows, std::uint32_t row, const QString &property)
{
    const Cell cell = cellOf(rows, row, property);
    bool isNumber = false;
    const double number = fromUtf8(cell.text()).trimmed().toDouble(&isNumber);
    return cell.kind() == CellKind::Scalar && isNumber && std::isfinite(number)
        ? std::optional(number)
        : std::nullopt;
}

bool holds(const RowSet &rows, std::uint32_t row, const ViewTest &test)
{
    using Kind = ViewTest::Kind;
    if (test.kind == Kind::Below || test.kind == Kind::Above) {
        auto number = numberOf(rows, row, test.property);
        if (number && !test.of.isEmpty()) {
            const auto whole = numberOf(rows, row, test.of);
            number = whole && *whole > 0 ? std::optional(*number / *whole) : std::nullopt;
        }
        const double limit = test.value.toDouble();
        return number && (test.kind == Kind::Below ? *number < limit : *number > limit);
    }
    const QString value = plainText(cellOf(rows, row, test.property));
    switch (test.kind) {
    case Kind::IsNot:
        return value.compare(test.value, Qt::CaseInsensitive) != 0;
    case Kind::Contains:
        return value.contains(test.value, Qt::CaseInsensitive);
    default:
        return value.compare(test.value, Qt::CaseInsensitive) == 0;
    }
}

QString wordFor(const ViewColumn &column, const QString &raw)
{
    for (const auto &[value, word] : column.words) {
        if (value.compare(raw, Qt::CaseInsensitive) == 0)
            return catalogueText(word);
    }
    return {};
}

QString decimal(double number, int digits = 1)
{
    QString text = QLocale().toString(number, 'f', digits);
    const QString zero = QLocale().decimalPoint() + QLocale().zeroDigit();
    if (digits == 1 && text.endsWith(zero))
        text.chop(zero.size());
    return text;
}

} // namespace

ViewCells::ViewCells(const ViewSection &section)
    : m_section(section)
{
    for (const ViewColumn &column : section.columns)
        m_columns << column.property;
}

const ViewColumn *ViewCells::column(const QString &property) const
{
    const auto found = std::ranges::find(m_section.columns, property, &ViewColumn::property);
    return found == m_section.columns.end() ? nullptr : &*found;
}

QString ViewCells::title(const QString &property) const
{
    const ViewColumn *known = column(property);
    return known && !known->title.isEmpty() ? catalogueText(known->title) : property;
}

bool ViewCells::isRight(const QString &property) const
{
    const ViewColumn *known = column(property);
    return known && known->unit != ViewUnit::None && known->unit != ViewUnit::Date;
}

QString ViewCells::word(const QString &property, const QString &value) const
{
    const ViewColumn *known = column(property);
    return known ? wordFor(*known, value.trimmed()) : QString();
}

bool ViewCells::hasWords(const QString &property) const
{
    const ViewColumn *known = column(property);
    return known && !known->words.empty();
}

Meaning ViewCells::meaning(ViewMark::Sign sign)
{
    using Sign = ViewMark::Sign;
    switch (sign) {
    case Sign::Ok:
        return Meaning::Ok;
    case Sign::Running:
        return Meaning::Running;
    case Sign::Warning:
        return Meaning::Warning;
    case Sign::Error:
        return Meaning::Error;
    case Sign::Muted:
        return Meaning::Muted;
    }
    return Meaning::Plain;
}

QString ViewCells::spanText(double seconds)
{
    if (seconds < 1)
        return tr("%1 ms").arg(QLocale().toString(qint64(std::llround(seconds * 1000))));
    const qint64 all = std::llround(std::min(seconds, 1e15));
    const qint64 days = all / 86400, hours = all / 3600 % 24, minutes = all / 60 % 60;
    if (days > 0)
        return tr("%1 d %2 h", "days, hours").arg(QLocale().toString(days)).arg(hours);
    if (hours > 0)
        return tr("%1 h %2 min").arg(hours).arg(minutes);
    if (minutes > 0)
        return tr("%1 min %2 s").arg(minutes).arg(all % 60);
    return tr("%1 s").arg(decimal(seconds));
}

QString ViewCells::bytesText(double bytes)
{
    // Hosts send what they like: a whole uint64 does not fit the locale's own number.
    if (std::abs(bytes) >= 9e18)
        return tr("%1 EB").arg(decimal(bytes / std::exp2(60)));
    return QLocale().formattedDataSize(qint64(bytes), bytes < 1024 * 1024 ? 0 : 1,
                                       QLocale::DataSizeTraditionalFormat);
}

namespace {

QString bitsText(double bits)
{
    if (bits >= 1e9)
        return ViewCells::tr("%1 Gbit/s").arg(decimal(bits / 1e9));
    if (bits >= 1e6)
        return ViewCells::tr("%1 Mbit/s").arg(decimal(bits / 1e6));
    return ViewCells::tr("%1 kbit/s").arg(decimal(bits / 1e3));
}

QString numberText(double number, const QString &raw, ViewUnit unit)
{
    const QString grouped = number == std::floor(number) && std::abs(number) < 9e15
        ? QLocale().toString(qint64(number))
        : QLocale().toString(number, 'f', 2);
    switch (unit) {
    case ViewUnit::Id:
        return raw;
    case ViewUnit::Bytes:
        return ViewCells::bytesText(number);
    case ViewUnit::KiB:
        return ViewCells::bytesText(number * 1024);
    case ViewUnit::MiB:
        return ViewCells::bytesText(number * 1024 * 1024);
    case ViewUnit::Ticks:
        return ViewCells::spanText(number / 1e7);
    case ViewUnit::Milliseconds:
        return ViewCells::spanText(number / 1e3);
    case ViewUnit::Seconds:
        return ViewCells::spanText(number);
    case ViewUnit::MHz:
        return ViewCells::tr("%1 MHz").arg(grouped);
    case ViewUnit::BitsPerSecond:
        return bitsText(number);
    case ViewUnit::Percent:
        return ViewCells::tr("%1 %", "percent").arg(grouped);
    case ViewUnit::Watt:
        return ViewCells::tr("%1 W").arg(grouped);
    case ViewUnit::Volt:
        return ViewCells::tr("%1 V").arg(grouped);
    case ViewUnit::Rpm:
        return ViewCells::tr("%1 rpm").arg(grouped);
    default:
        return grouped;
    }
}

/// The keys of what is referred to, as people write them: SRV21\Administrator.
QString referredText(const Cell &cell)
{
    QStringList keys;
    for (const Selector &selector : readEndpointReference(cell.node()).resource.selectors) {
        if (!isNamespaceSelector(selector) && !selector.value.isEmpty())
            keys << selector.value;
    }
    return keys.isEmpty() ? shownText(cell) : oneLine(keys.join(u'\\'));
}

QDateTime dateOf(const RowSet &rows, std::uint32_t row, const QString &property)
{
    return parseCimDateTime(cellOf(rows, row, property).text());
}

} // namespace

QString ViewCells::text(const RowSet &rows, std::uint32_t row, const ViewColumn &column) const
{
    const Cell cell = cellOf(rows, row, column.property);
    if (cell.kind() == CellKind::Absent || cell.kind() == CellKind::Nil)
        return {};
    if (cell.kind() == CellKind::Reference)
        return referredText(cell);
    if (cell.kind() != CellKind::Scalar)
        return shownText(cell);
    const QString raw = fromUtf8(cell.text()).trimmed();
    if (const QString word = wordFor(column, raw); !word.isEmpty())
        return word;
    if (column.unit == ViewUnit::Since) {
        const QDateTime from = dateOf(rows, row, column.property);
        const QDateTime to = dateOf(rows, row, column.of);
        return from.isValid() && to.isValid() && to >= from ? spanText(double(from.secsTo(to)))
                                                            : QString();
    }
    if (column.unit == ViewUnit::Date || column.unit == ViewUnit::None) {
        const QDateTime date = column.unit == ViewUnit::Date || cell.form() != ScalarForm::Plain
            ? parseCimDateTime(cell.text())
            : QDateTime();
        return date.isValid() ? localDateText(date) : shownText(cell);
    }
    const auto number = numberOf(rows, row, column.property);
    if (!number)
        return oneLine(raw);
    const QString shown = numberText(*number, raw, column.unit);
    const auto whole = column.of.isEmpty() ? std::nullopt : numberOf(rows, row, column.of);
    return whole && *whole > 0 ? tr("%1 (%2 %)", "part, percent")
                                     .arg(shown)
                                     .arg(qRound(std::clamp(*number * 100 / *whole, -1e6, 1e6)))
                               : shown;
}

const ViewMark *ViewCells::mark(const RowSet &rows, std::uint32_t row,
                                const QString &property) const
{
    for (const ViewMark &mark : m_section.marks) {
        if (mark.property == property && std::ranges::all_of(mark.when, [&](const ViewTest &test) {
                return holds(rows, row, test);
            }))
            return &mark;
    }
    return nullptr;
}

QVariant ViewCells::data(const RowSet &rows, std::uint32_t row, const QString &property,
                         int role) const
{
    const ViewColumn *known = column(property);
    if (!known)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const QString shown = text(rows, row, *known);
        const ViewMark *marked = mark(rows, row, property);
        if (marked && !marked->word.isEmpty())
            return shown.isEmpty()
                ? catalogueText(marked->word)
                : tr("%1, %2", "value, what is said of it").arg(shown, catalogueText(marked->word));
        return shown.isNull() ? u""_s : shown; // what is not there needs no word
    }
    case Qt::TextAlignmentRole:
        return isRight(property) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::DecorationRole:
        if (const ViewMark *marked = mark(rows, row, property)) {
            const QStringView sign = Icons::signOf(meaning(marked->sign));
            return sign.isEmpty() ? QVariant() : QVariant(Icons::get(sign, meaning(marked->sign)));
        }
        return {};
    case Qt::FontRole:
        return known->code ? QVariant(Look::monospace()) : QVariant();
    default:
        return {};
    }
}
