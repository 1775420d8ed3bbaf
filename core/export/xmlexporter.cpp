#include "export/xmlexporter.h"

#include "document/xmlwriter.h"
#include "export/leaftypes.h"

#include <array>

namespace {

using namespace std::string_view_literals;

/// Bytes that escapedText may have to change: syntax, and what XML 1.0 cannot hold.
constexpr std::array<bool, 256> makeSpecial()
{
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c)
        table[c] = c != '\t' && c != '\n';
    for (const unsigned char c : {'<', '>', '&'})
        table[c] = true;
    table[0xED] = true; // lone surrogates
    table[0xEF] = true; // U+FFFE, U+FFFF
    return table;
}
constexpr std::array<bool, 256> special = makeSpecial();

bool isAttribute(const PlannedColumn &column)
{
    return column.name.starts_with('@');
}

/// The start tag of a written element, from `<` to `>`, also of an empty one.
std::string startTag(std::string_view xml)
{
    bool quoted = false;
    std::size_t end = 0;
    while (end < xml.size() && (quoted || xml[end] != '>')) {
        quoted = quoted != (xml[end] == '"');
        ++end;
    }
    std::string tag(xml.substr(0, end));
    if (tag.ends_with('/'))
        tag.pop_back();
    return tag + '>';
}

bool meansItself(Node element, std::string_view prefix, std::string_view uri)
{
    const auto resolved = element.resolvePrefix(prefix);
    return !resolved || *resolved == uri;
}

} // namespace

XmlExporter::XmlExporter(const ExportOptions &options, ExportSink sink)
    : m_options(options)
    , m_out(std::move(sink))
{ }

Done XmlExporter::begin()
{
    m_out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Results xmlns:xsi=\""sv);
    m_out.append(XmlNames::xsi);
    m_out.append("\" xmlns:cim=\""sv);
    m_out.append(XmlNames::cim);
    m_out.append("\" xmlns:a=\""sv);
    m_out.append(XmlNames::addressing);
    m_out.append("\" xmlns:w=\""sv);
    m_out.append(XmlNames::wsman);
    m_out.append("\">\n"sv);
    return {};
}

Done XmlExporter::append(const RowSet &rows, std::uint32_t from, std::uint32_t to)
{
    ExportOptions cellsOnly = m_options;
    cellsOnly.references = false;
    m_columns = planColumns(rows, cellsOnly);
    for (std::uint32_t row = from; row < to; ++row) {
        writeRow(rows, row);
        if (Done done = m_out.flushIfFull(); !done)
            return done;
    }
    return {};
}

void XmlExporter::writeRow(const RowSet &rows, std::uint32_t row)
{
    const bool only = isReferenceOnly(rows, row);
    const bool both = !only && m_options.references && rows.hasReference(row);
    if (both)
        m_out.append("<w:Item>"sv);
    if (!only)
        writeInstance(rows, row);
    if (only || both)
        writeReference(rows.reference(row));
    if (both)
        m_out.append("</w:Item>"sv);
    m_out.append('\n');
}

const XmlExporter::Start &XmlExporter::startOf(const RowSet &rows, std::uint32_t row)
{
    const std::string_view key = rows.startKey(row);
    if (m_last && key == m_lastKey)
        return *m_last;
    if (m_starts.size() > 1000)
        m_starts.clear(); // a host whose rows all begin differently
    m_lastKey = key;
    const auto [found, isNew] = m_starts.try_emplace(m_lastKey);
    Start &start = found->second;
    m_last = &start;
    if (!isNew)
        return start;
    const DocumentPtr document = rows.rowDocument(row);
    const Node root = document->root();
    const QByteArray xml = writeXml(root, {.declaration = false});
    start.tag = startTag({xml.constData(), std::size_t(xml.size())});
    start.name = start.tag.substr(1, start.tag.find_first_of(" >") - 1);
    start.prefix = start.name.substr(0, start.name.find(':') + 1); // npos + 1: none
    start.usable = !rows.className(row).empty() && meansItself(root, "xsi", XmlNames::xsi)
        && meansItself(root, "cim", XmlNames::cim);
    return start;
}

void XmlExporter::writeInstance(const RowSet &rows, std::uint32_t row)
{
    if (!m_options.columns.isEmpty()) {
        writeChosen(rows, row);
        return;
    }
    bool plain = !rows.hasHiddenParts(row);
    for (const PlannedColumn &column : m_columns)
        plain = plain && (!isAttribute(column) || column.cell(rows, row).isAbsent());
    const Start *start = plain ? &startOf(rows, row) : nullptr;
    if (!start || !start->usable) {
        m_out.append(writeXml(rows.rowDocument(row)->root(), {.declaration = false}));
        return;
    }
    m_out.append(start->tag);
    writeCells(rows, row, start->prefix);
    m_out.append("</"sv);
    m_out.append(start->name);
    m_out.append('>');
}

void XmlExporter::writeCells(const RowSet &rows, std::uint32_t row, std::string_view prefix)
{
    for (const PlannedColumn &column : m_columns) {
        if (!isAttribute(column))
            writeCell(column, column.cell(rows, row), prefix);
    }
}

void XmlExporter::writeChosen(const RowSet &rows, std::uint32_t row)
{
    // Without a class it is a fragment: the properties that a query chose, in no namespace.
    const bool fragment = rows.className(row).empty();
    const std::string_view ns = fragment ? ""sv : rows.classNamespace(row);
    const std::string_view name = fragment ? "w:XmlFragment"sv : rows.className(row);
    const std::string_view prefix = ns.empty() ? ""sv : "p:"sv;
    m_out.append('<');
    m_out.append(prefix);
    m_out.append(name);
    if (!ns.empty()) {
        m_out.append(" xmlns:p=\""sv);
        m_out.append(escapedAttribute(ns));
        m_out.append('"');
    }
    for (const PlannedColumn &column : m_columns) {
        const Cell cell = isAttribute(column) ? column.cell(rows, row) : Cell();
        if (cell.kind() != CellKind::Scalar)
            continue;
        m_out.append(' ');
        m_out.append(std::string_view(column.name).substr(1));
        m_out.append("=\""sv);
        m_out.append(escapedAttribute(cell.text()));
        m_out.append('"');
    }
    m_out.append('>');
    writeCells(rows, row, prefix);
    m_out.append("</"sv);
    m_out.append(prefix);
    m_out.append(name);
    m_out.append('>');
}

void XmlExporter::writeCell(const PlannedColumn &column, const Cell &cell, std::string_view prefix)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return;
    case CellKind::Nil:
        m_out.append('<');
        m_out.append(prefix);
        m_out.append(column.name);
        m_out.append(" xsi:nil=\"true\"/>"sv);
        return;
    case CellKind::Scalar:
        writeScalar(column, cell, prefix);
        return;
    case CellKind::Array:
        for (std::uint32_t i = 0; i < cell.count(); ++i)
            writeCell(column, cell.at(i), prefix);
        return;
    case CellKind::Reference:
    case CellKind::Object:
        m_out.append(writeXml(cell.node(), {.declaration = false}));
        return;
    }
}

void XmlExporter::writeScalar(const PlannedColumn &column, const Cell &cell,
                              std::string_view prefix)
{
    constexpr std::array wrappers{""sv, "cim:Datetime>"sv, "cim:Interval>"sv,
                                  "cim:CIM_DateTime>"sv};
    const std::string_view wrapper = wrappers[std::size_t(cell.form())];
    m_out.append('<');
    m_out.append(prefix);
    m_out.append(column.name);
    m_out.append('>');
    if (!wrapper.empty()) {
        m_out.append('<');
        m_out.append(wrapper);
    }
    writeText(cell.text());
    if (!wrapper.empty()) {
        m_out.append("</"sv);
        m_out.append(wrapper);
    }
    m_out.append("</"sv);
    m_out.append(prefix);
    m_out.append(column.name);
    m_out.append('>');
}

void XmlExporter::writeText(std::string_view utf8)
{
    for (const char c : utf8) {
        if (special[static_cast<unsigned char>(c)]) {
            m_out.append(escapedText(utf8));
            return;
        }
    }
    m_out.append(utf8);
}

void XmlExporter::writeReference(const RowReference &reference)
{
    m_out.append("<a:EndpointReference><a:Address>"sv);
    writeText(reference.address);
    m_out.append("</a:Address><a:ReferenceParameters><w:ResourceURI>"sv);
    writeText(reference.resourceUri);
    m_out.append("</w:ResourceURI><w:SelectorSet>"sv);
    for (const RowSelector &selector : reference.selectors) {
        m_out.append("<w:Selector Name=\""sv);
        m_out.append(escapedAttribute(selector.name));
        m_out.append("\">"sv);
        if (selector.isReference)
            m_out.append(selector.value);
        else
            writeText(selector.value);
        m_out.append("</w:Selector>"sv);
    }
    m_out.append("</w:SelectorSet></a:ReferenceParameters></a:EndpointReference>"sv);
}

Done XmlExporter::end()
{
    m_out.append("</Results>\n"sv);
    return m_out.flush();
}
