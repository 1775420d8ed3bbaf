#include "samples.h"

#include "protocol/enumerationreader.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <QMap>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

/// The table names the first three children of a structured value.
QString childNames(Node node)
{
    QStringList names;
    for (const Node child : node.children()) {
        if (names.size() < 3)
            names.append(toText(child.localName()));
    }
    return u'{' + names.join(u',') + u'}';
}

QString cellText(const Cell &cell)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return {};
    case CellKind::Nil:
        return u"<nil>"_s;
    case CellKind::Scalar:
        return toText(cell.text()).trimmed();
    case CellKind::Reference:
    case CellKind::Object:
        return childNames(cell.node());
    case CellKind::Array:
        break;
    }
    QStringList items;
    for (std::uint32_t i = 0; i < cell.count(); ++i)
        items.append(cellText(cell.at(i)));
    return u'[' + items.join(u'|') + u']';
}

void addRow(Samples &samples, const RowSet &rows, std::uint32_t row, const QString &prefix)
{
    for (std::uint32_t column = 0; column < rows.columnCount(); ++column) {
        const Cell cell = rows.cell(row, column);
        if (!cell.isAbsent())
            samples.emplace_back(prefix + toText(rows.column(column).name), cellText(cell));
    }
    if (rows.hasReference(row)) {
        const RowReference reference = rows.reference(row);
        samples.emplace_back(prefix + u"Address"_s, toText(reference.address).trimmed());
        samples.emplace_back(prefix + u"ReferenceParameters"_s, u"{ResourceURI,SelectorSet}"_s);
    }
}

void addRows(Samples &samples, const Message &message)
{
    const Result<MessageRows> rows = readRows(message);
    if (!rows || rows.value().rows.rowCount() == 0)
        return;
    const RowSet &set = rows.value().rows;
    addRow(samples, set, 0, {});
    addRow(samples, set, set.rowCount() - 1, u"last."_s);
}

/// The words of an error: rows would show a Message with a ProviderFault in it as an object.
QString wholeText(Node node)
{
    QString text = toText(node.text());
    for (const Node child : node.children())
        text += wholeText(child);
    return text;
}

/// The table cuts what an error says without a mark: a WSManFault's message after 200 characters,
/// a CIM error's properties after 160.
void addError(Samples &samples, Node error)
{
    const qsizetype length = error.localName() == "WSManFault" ? 200 : 160;
    for (const Node child : error.children())
        samples.emplace_back(toText(child.localName()),
                             child.isNil() ? u"<nil>"_s
                                           : wholeText(child).simplified().left(length));
}

void addSelectors(Samples &samples, const Message &message)
{
    const Result<EndpointReference> created = readCreateReply(message);
    if (!created)
        return;
    for (const Selector &selector : created.value().resource.selectors)
        samples.emplace_back(u"selector:"_s + selector.name, selector.value.trimmed());
}

void addShellOutput(Samples &samples, Node response)
{
    QMap<QString, std::pair<int, qsizetype>> streams;
    for (const Node child : response.children()) {
        if (child.localName() == "Stream") {
            auto &[chunks, bytes] = streams[toText(child.attribute("Name").value_or(""))];
            ++chunks;
            bytes += QByteArray::fromBase64(toBytes(child.text())).size();
        } else if (child.localName() == "CommandState") {
            const QString state = toText(child.attribute("State").value_or(""));
            samples.emplace_back(u"State"_s, state.sliced(state.lastIndexOf(u'/') + 1));
            if (const Node exitCode = child.child("ExitCode"))
                samples.emplace_back(u"ExitCode"_s, toText(exitCode.trimmedText()));
        }
    }
    for (auto stream = streams.cbegin(); stream != streams.cend(); ++stream)
        samples.emplace_back(u"stream:"_s + stream.key(),
                             u"%1 chunks,%2 bytes"_s.arg(stream->first).arg(stream->second));
}

} // namespace

Samples samplesOf(const Message &message)
{
    Samples samples;
    const Node content = message.content;
    if (message.isFault()) {
        for (const Node detail : content.child("Detail").children()) {
            if (detail.localName() != "FaultDetail")
                addError(samples, detail);
        }
    } else if (content.localName() == "WSManFault") {
        addError(samples, content);
    } else if (content.name().is(ns::shell, "ReceiveResponse")) {
        addShellOutput(samples, content);
    } else {
        addRows(samples, message);
        addSelectors(samples, message);
    }
    return samples;
}

bool sameSample(const QString &name, const QString &expected, const QString &actual)
{
    static const QRegularExpression cut(u"^(.*)\u2026\\((\\d+) chars\\)$"_s,
                                        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = cut.match(expected);
    if (!match.hasMatch())
        return expected == actual;
    const qsizetype nameSize = name.startsWith(u"last.") ? name.size() - 5 : name.size();
    return actual.startsWith(match.captured(1))
        && nameSize + 1 + actual.size() == match.captured(2).toInt();
}
