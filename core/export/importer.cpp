#include "export/importer.h"

#include "document/documentbuilder.h"
#include "document/rowsetbuilder.h"
#include "export/csvreader.h"
#include "export/jsonreader.h"
#include "export/leaftypes.h"

#include <algorithm>
#include <charconv>
#include <map>

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t batchRows = 10'000;

Error unknownFormat(const QString &reason)
{
    return Error::of(Error::Kind::Local, Cause::OpenUnknownFormat, reason);
}

/// Hands the children of `<Results>` to a RowSetBuilder; stops at any other root.
class ResultsSink final : public XmlSink
{
public:
    bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const Declaration> declarations) override
    {
        if (m_depth == 0 && !name.is("", "Results"))
            return false;
        return m_depth++ == 0 || m_builder.startElement(name, attributes, declarations);
    }
    bool text(std::string_view utf8) override { return m_depth < 2 || m_builder.text(utf8); }
    bool endElement() override
    {
        if (--m_depth == 0)
            return true;
        const bool more = m_builder.endElement();
        if (m_builder.pendingRows() >= batchRows)
            take();
        return more;
    }
    RowSet finish()
    {
        take();
        return m_rows;
    }

private:
    void take()
    {
        if (const RowBatchPtr batch = m_builder.takeBatch())
            m_rows.append(batch);
    }
    RowSetBuilder m_builder;
    RowSet m_rows;
    int m_depth = 0;
};

Result<Imported> readXmlExport(const QByteArray &bytes)
{
    // The file is in memory already, and rows are counted where they are kept.
    const XmlLimits limits{.maxBytes = std::size_t(bytes.size()), .maxNodes = 1'000'000'000};
    ResultsSink sink;
    XmlReader reader(sink, limits);
    if (reader.feed(bytes) && reader.finish())
        return Imported{{}, sink.finish()};
    if (!reader.stopped())
        return unknownFormat(reader.error().message);
    Result<DocumentPtr> document = readXml(bytes, {.maxBytes = limits.maxBytes});
    if (!document)
        return unknownFormat(document.error().message);
    return Imported{*document, {}};
}

bool isXmlName(std::string_view name)
{
    const auto isStart = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
    };
    if (name.empty() || !isStart(name.front()))
        return false;
    return std::all_of(name.begin(), name.end(), [isStart](char c) {
        return isStart(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

CimType typeOf(const JsonValue &value)
{
    if (value.kind == JsonValue::Kind::Boolean)
        return CimType::Boolean;
    if (value.kind != JsonValue::Kind::Number)
        return CimType::Unknown;
    const char *const first = value.text.data();
    const char *const last = first + value.text.size();
    std::int64_t small = 0;
    if (const auto [end, error] = std::from_chars(first, last, small);
        error == std::errc() && end == last)
        return CimType::SInt64;
    std::uint64_t large = 0;
    if (const auto [end, error] = std::from_chars(first, last, large);
        error == std::errc() && end == last)
        return CimType::UInt64;
    return value.text.find_first_of(".eE") == std::string::npos ? CimType::Unknown
                                                                : CimType::Real64;
}

std::string_view schemaName(CimType type)
{
    switch (type) {
    case CimType::Boolean:
        return "xsd:boolean";
    case CimType::SInt64:
        return "xsd:long";
    case CimType::UInt64:
        return "xsd:unsignedLong";
    case CimType::Real64:
        return "xsd:double";
    default:
        return {};
    }
}

/// What the values of one column have in common.
struct ColumnTypes
{
    bool array = false;
    bool mixed = false;
    bool negative = false;
    CimType type = CimType::Unknown;

    void add(const JsonValue &value)
    {
        if (value.kind == JsonValue::Kind::Array) {
            array = true;
            for (const JsonValue &item : value.items)
                add(item);
            return;
        }
        if (value.kind == JsonValue::Kind::Null)
            return;
        const CimType found = typeOf(value);
        negative = negative || value.text.starts_with('-');
        if (found == CimType::Unknown)
            mixed = true;
        else if (type == CimType::Unknown)
            type = found;
        else if (type != found)
            widen(found);
    }
    CimType common() const { return mixed ? CimType::Unknown : type; }

private:
    void widen(CimType found)
    {
        const auto has = [this, found](CimType wanted) {
            return type == wanted || found == wanted;
        };
        if (has(CimType::Boolean))
            mixed = true;
        else if (has(CimType::Real64))
            type = CimType::Real64;
        else
            type = CimType::UInt64; // with a negative one: see below
        mixed = mixed || (type == CimType::UInt64 && negative);
    }
};

/// Writes JSON as elements. False: it is not one of our exports.
class ElementWriter
{
public:
    explicit ElementWriter(bool typedLeaves)
        : m_typedLeaves(typedLeaves)
    { }

    /// A row or a document: an object with `__class`, a reference, or both.
    bool writeTop(const JsonValue &value)
    {
        const JsonValue *object = value.member("object");
        const JsonValue *reference = value.member("epr");
        if (object && reference && value.members.size() == 2) {
            m_builder.startElement(XmlNames::wsman, "Item", "w");
            const bool ok = writeTop(*object) && writeTop(*reference);
            m_builder.endElement();
            return ok;
        }
        if (isReference(value)) {
            m_builder.startElement(XmlNames::addressing, "EndpointReference", "a");
            const bool ok = writeReference(value.members.front().second);
            m_builder.endElement();
            return ok;
        }
        const JsonValue *name = value.member("__class");
        if (value.kind != JsonValue::Kind::Object || !name)
            return false;
        if (name->kind == JsonValue::Kind::String && name->text.empty())
            m_builder.startElement(XmlNames::wsman, "XmlFragment", "w");
        else if (isXmlName(name->text))
            m_builder.startElement({}, name->text);
        else
            return false;
        m_builder.declareNamespace("xsi", XmlNames::xsi);
        if (m_typedLeaves)
            m_builder.declareNamespace("xsd", XmlNames::xsd);
        const bool ok = writeMembers(value);
        m_builder.endElement();
        return ok;
    }

    DocumentPtr finish() { return m_builder.finish(); }

private:
    static bool isReference(const JsonValue &value)
    {
        return value.members.size() == 1 && value.members.front().first == "__epr";
    }

    void writeLeaf(const JsonValue &value)
    {
        if (value.kind == JsonValue::Kind::Null)
            m_builder.attribute(XmlNames::xsi, "nil", "true", "xsi");
        else if (const auto type = schemaName(typeOf(value)); m_typedLeaves && !type.empty())
            m_builder.attribute(XmlNames::xsi, "type", type, "xsi");
        m_builder.text(value.text);
    }

    bool writeElement(std::string_view name, const JsonValue &value)
    {
        if (!isXmlName(name) || value.kind == JsonValue::Kind::Array)
            return false;
        m_builder.startElement({}, name);
        bool ok = true;
        if (value.kind != JsonValue::Kind::Object)
            writeLeaf(value);
        else if (isReference(value))
            ok = writeReference(value.members.front().second);
        else
            ok = writeNested(value);
        m_builder.endElement();
        return ok;
    }

    bool writeNested(const JsonValue &value)
    {
        if (const JsonValue *name = value.member("__class")) {
            if (!isXmlName(name->text))
                return false;
            m_builder.attribute(XmlNames::xsi, "type", name->text + "_Type", "xsi");
        }
        return writeMembers(value);
    }

    /// Attributes before anything else, as XML wants it.
    bool writeMembers(const JsonValue &value)
    {
        std::vector<std::string_view> names;
        for (const auto &[name, member] : value.members) {
            if (!name.starts_with('@'))
                continue;
            const std::string_view local = std::string_view(name).substr(1);
            if (!isXmlName(local) || member.kind != JsonValue::Kind::String
                || std::find(names.begin(), names.end(), local) != names.end())
                return false;
            names.push_back(local);
            m_builder.attribute({}, local, member.text);
        }
        if (const JsonValue *text = value.member("#text"))
            writeLeaf(*text);
        return std::all_of(value.members.begin(), value.members.end(), [this](const auto &member) {
            return writeMember(member.first, member.second);
        });
    }

    bool writeMember(std::string_view name, const JsonValue &value)
    {
        if (name == "__class" || name == "#text" || name.starts_with('@'))
            return true;
        if (value.kind != JsonValue::Kind::Array)
            return writeElement(name, value);
        return std::all_of(value.items.begin(), value.items.end(),
                           [this, name](const auto &item) { return writeElement(name, item); });
    }

    void writeLeaf(std::string_view ns, std::string_view name, const JsonValue *value)
    {
        if (value)
            m_builder.leaf(ns, name, value->text);
    }

    bool writeReference(const JsonValue &value)
    {
        if (value.kind != JsonValue::Kind::Object)
            return false;
        writeLeaf(XmlNames::addressing, "Address", value.member("Address"));
        if (!value.member("ResourceURI") && !value.member("SelectorSet"))
            return true;
        m_builder.startElement(XmlNames::addressing, "ReferenceParameters", "a");
        writeLeaf(XmlNames::wsman, "ResourceURI", value.member("ResourceURI"));
        bool ok = true;
        if (const JsonValue *selectors = value.member("SelectorSet")) {
            m_builder.startElement(XmlNames::wsman, "SelectorSet", "w");
            for (const auto &[name, selector] : selectors->members)
                ok = writeSelector(name, selector) && ok;
            m_builder.endElement();
        }
        m_builder.endElement();
        return ok;
    }

    bool writeSelector(std::string_view name, const JsonValue &value)
    {
        m_builder.startElement(XmlNames::wsman, "Selector", "w");
        m_builder.attribute({}, "Name", name);
        bool ok = true;
        if (isReference(value)) {
            m_builder.startElement(XmlNames::addressing, "EndpointReference", "a");
            ok = writeReference(value.members.front().second);
            m_builder.endElement();
        } else {
            m_builder.text(value.text);
        }
        m_builder.endElement();
        return ok;
    }

    DocumentBuilder m_builder;
    bool m_typedLeaves;
};

/// Collects rows and what their values say about the columns.
class RowImport
{
public:
    bool add(const JsonValue &value)
    {
        ElementWriter writer(false);
        if (!writer.writeTop(value))
            return false;
        const DocumentPtr document = writer.finish();
        m_builder.addRow(document->root());
        const JsonValue *object = value.member("object");
        for (const auto &[name, member] :
             (object && !value.member("__class") ? *object : value).members)
            m_types[name].add(member);
        if (m_builder.pendingRows() >= batchRows)
            take();
        return true;
    }
    RowSet finish()
    {
        take();
        for (std::uint32_t i = 0; i < m_rows.columnCount(); ++i) {
            Column column = m_rows.column(i);
            const auto found = m_types.find(column.name);
            if (found == m_types.end())
                continue;
            column.type = found->second.common();
            column.array = column.array || found->second.array;
            m_rows.setColumn(i, column);
        }
        return m_rows;
    }

private:
    void take()
    {
        if (const RowBatchPtr batch = m_builder.takeBatch())
            m_rows.append(batch);
    }
    RowSetBuilder m_builder;
    RowSet m_rows;
    std::map<std::string, ColumnTypes, std::less<>> m_types;
};

Result<Imported> notJson(const JsonReader &reader)
{
    return unknownFormat(u"not one of our exports at byte %1"_s.arg(reader.position()));
}

Result<Imported> readArrayExport(JsonReader &reader)
{
    RowImport rows;
    reader.take('[');
    if (!reader.take(']')) {
        do {
            const std::optional<JsonValue> value = reader.value();
            if (!value || !rows.add(*value))
                return notJson(reader);
        } while (reader.take(','));
        if (!reader.take(']'))
            return notJson(reader);
    }
    if (!reader.atEnd())
        return notJson(reader);
    return Imported{{}, rows.finish()};
}

/// One object is a document; several are rows.
Result<Imported> readObjectExport(JsonReader &reader)
{
    std::optional<JsonValue> value = reader.value();
    if (!value)
        return notJson(reader);
    if (reader.atEnd()) {
        ElementWriter writer(true);
        if (!writer.writeTop(*value))
            return notJson(reader);
        return Imported{writer.finish(), {}};
    }
    RowImport rows;
    while (value && rows.add(*value)) {
        if (reader.atEnd())
            return Imported{{}, rows.finish()};
        value = reader.value();
    }
    return notJson(reader);
}

/// As rows of one class, whose name CSV does not tell.
Result<Imported> readCsvExport(std::string_view text)
{
    CsvReader reader(text);
    const auto names = reader.header();
    const auto isName = [](std::string_view name) {
        return isXmlName(name.starts_with('@') ? name.substr(1) : name);
    };
    if (!names || !std::ranges::all_of(*names, isName))
        return unknownFormat(u"neither XML, JSON nor CSV"_s);
    const auto refused = [&reader] {
        return unknownFormat(u"not one of our exports at byte %1"_s.arg(reader.position()));
    };
    // A header alone is that of no rows only as we write it: its line ends with CRLF.
    if (reader.atEnd() && !text.ends_with("\r\n"))
        return refused();
    RowImport rows;
    while (!reader.atEnd()) {
        auto values = reader.record();
        if (!values || values->size() != names->size())
            return refused();
        JsonValue row{.kind = JsonValue::Kind::Object};
        row.members.emplace_back("__class", JsonValue{JsonValue::Kind::String, "Instance"});
        for (std::size_t i = 0; i < names->size(); ++i)
            row.members.emplace_back((*names)[i], std::move((*values)[i]));
        if (!rows.add(row))
            return refused();
    }
    return Imported{{}, rows.finish()};
}

} // namespace

Result<Imported> readExport(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return Imported{{}, RowSet()};
    QByteArrayView rest(bytes);
    if (rest.startsWith("\xEF\xBB\xBF"))
        rest = rest.sliced(3);
    const QByteArrayView start = rest.trimmed();
    if (start.startsWith('<') || bytes.startsWith("\xFF\xFE") || bytes.startsWith("\xFE\xFF"))
        return readXmlExport(bytes);
    if (!QUtf8StringView(rest).isValidUtf8())
        return unknownFormat(u"neither XML nor UTF-8"_s);
    JsonReader reader(std::string_view(rest.data(), std::size_t(rest.size())));
    if (start.startsWith('['))
        return readArrayExport(reader);
    if (start.startsWith('{'))
        return readObjectExport(reader);
    return readCsvExport(std::string_view(rest.data(), std::size_t(rest.size())));
}
