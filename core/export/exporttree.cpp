#include "document/xmlwriter.h"
#include "export/csvtext.h"
#include "export/exporter.h"
#include "export/jsontext.h"
#include "export/leaftypes.h"
#include "export/markup.h"
#include "export/outline.h"
#include "text/nodetext.h"

#include <unordered_map>
#include <vector>

using namespace Qt::StringLiterals;

namespace {

struct LeafRow
{
    std::string path;
    std::string name;
    std::optional<std::string> value; ///< nullopt: nil
    std::string source; ///< what set the value, from the element or the nearest one around it
};

/// One row a leaf. Repeated names carry their place: "Listeners/Listener[2]/Port".
class LeafRows
{
public:
    void add(Node node, const std::string &path, const std::string &inherited)
    {
        const std::string source(node.attribute("", "Source").value_or(inherited));
        addAttributes(node, path, source);
        const std::string name(node.localName());
        if (node.isNil())
            rows.push_back({path, name, std::nullopt, source});
        else if (const auto leaf = leafText(node))
            rows.push_back({path, name, std::string(*leaf), source});
        else if (looksLikeReference(node))
            rows.push_back({path, name, referenceNodeText(node).toStdString(), source});
        else
            addChildren(node, path, source);
    }

    std::vector<LeafRow> rows;

private:
    void addAttributes(Node node, const std::string &path, const std::string &source)
    {
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
            const AttributeView attribute = node.attribute(i);
            const bool isSource = attribute.name.is("", "Source");
            if (isSource || !isValueAttribute(attribute))
                continue;
            const std::string name = "@" + std::string(attribute.name.local);
            rows.push_back({path + "/" + name, name, std::string(attribute.value), source});
        }
    }

    void addChildren(Node node, const std::string &path, const std::string &source)
    {
        if (node.hasMixedContent())
            rows.push_back({path, "#text", std::string(node.trimmedText()), source});
        std::unordered_map<std::string_view, std::uint32_t> counts;
        for (const Node child : node.children())
            ++counts[child.localName()];
        std::unordered_map<std::string_view, std::uint32_t> seen;
        for (const Node child : node.children()) {
            std::string childPath = path + "/" + std::string(child.localName());
            if (counts[child.localName()] > 1)
                childPath += "[" + std::to_string(++seen[child.localName()]) + "]";
            add(child, childPath, source);
        }
    }
};

const QStringList &treeColumns()
{
    static const QStringList names{u"Path"_s, u"Name"_s, u"Value"_s, u"Source"_s};
    return names;
}

void writeCsv(ExportBuffer &out, const std::vector<LeafRow> &rows, bool guard)
{
    out.append(treeColumns().join(u',') + u"\r\n"_s);
    for (const LeafRow &row : rows) {
        appendCsvText(out, row.path, guard);
        out.append(',');
        appendCsvText(out, row.name, false);
        out.append(',');
        if (row.value)
            appendCsvText(out, *row.value, guard);
        out.append(',');
        if (!row.source.empty())
            appendCsvText(out, row.source, guard);
        out.append(std::string_view("\r\n"));
    }
}

void writeMarkup(ExportBuffer &out, const std::vector<LeafRow> &rows, bool markdown,
                 const ExportOptions &options)
{
    Markup markup(markdown, out);
    markup.beginPage(options);
    markup.beginTable(treeColumns());
    for (const LeafRow &row : rows) {
        markup.beginRow();
        markup.cell(row.path);
        markup.cell(row.name);
        if (row.value)
            markup.cell(*row.value);
        else
            markup.nullCell();
        markup.cell(row.source);
        markup.endRow();
    }
    markup.endTable();
    markup.endPage();
}

void writeTree(ExportBuffer &out, Node root, ExportFormat format, const ExportOptions &options,
               const LeafTypes &types)
{
    switch (format) {
    case ExportFormat::Text:
    case ExportFormat::Tree: {
        Outline outline(out, options, format == ExportFormat::Tree);
        writeOutline(outline, root);
        return;
    }
    case ExportFormat::Xml:
        out.append(writeXml(root, {.declaration = true, .indent = true}));
        return;
    case ExportFormat::Json:
    case ExportFormat::JsonLines:
        appendJsonDocument(out, root, types, format == ExportFormat::Json ? 0 : -1);
        out.append('\n');
        return;
    case ExportFormat::Csv:
    case ExportFormat::Html:
    case ExportFormat::Markdown:
        break;
    }
    LeafRows leaves;
    leaves.add(root, std::string(root.localName()), {});
    if (format == ExportFormat::Csv)
        writeCsv(out, leaves.rows, options.formulaGuard);
    else
        writeMarkup(out, leaves.rows, format == ExportFormat::Markdown, options);
}

} // namespace

QByteArray exportTree(Node root, ExportFormat format, const ExportOptions &options,
                      const LeafTypes &types)
{
    QByteArray bytes;
    if (!root)
        return bytes;
    ExportSink sink = [&bytes](QByteArrayView part) {
        bytes.append(part);
        return true;
    };
    const bool ownEscapes = format == ExportFormat::Text || format == ExportFormat::Tree;
    ExportBuffer out(options.terminal && !ownEscapes ? terminalSink(sink) : sink);
    writeTree(out, root, format, options, types);
    // This sink takes everything.
    [[maybe_unused]] const Done done = out.flush();
    if (format == ExportFormat::Xml && !bytes.endsWith('\n'))
        bytes.append('\n');
    return bytes;
}
