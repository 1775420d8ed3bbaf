#include "export/outline.h"

#include "export/leaftypes.h"
#include "export/textwidth.h"
#include "text/nodetext.h"
#include "text/valuetext.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int longestLine = 1'000'000;

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

QString attributesText(Node node)
{
    QString text;
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        if (isValueAttribute(attribute))
            text += u" ["_s + toText(attribute.name.local) + u"=\""_s + toText(attribute.value)
                + u"\"]"_s;
    }
    return text;
}

/// A leaf's value, or what stands for all of the element on one line; nullopt for a branch.
std::optional<QString> valueOf(Node node)
{
    if (node.isNil())
        return u"null"_s;
    if (const auto leaf = leafText(node))
        return toText(*leaf);
    if (looksLikeReference(node))
        return referenceNodeText(node);
    return std::nullopt;
}

bool joins(Node node, Node next)
{
    return next && next.name().is(node.namespaceUri(), node.localName())
        && attributesText(node).isEmpty() && attributesText(next).isEmpty() && valueOf(next);
}

} // namespace

Outline::Outline(ExportBuffer &out, const ExportOptions &options, bool branches)
    : m_out(out)
    , m_branches(branches)
    , m_width(options.terminal ? options.width : 0)
{ }

void Outline::line(const QString &text, bool last)
{
    QString line;
    if (m_branches) {
        m_open.resize(std::size_t(m_level) + 1);
        m_open.back() = !last;
        for (int level = 1; level < m_level; ++level)
            line += m_open[std::size_t(level)] ? u"│  "_s : u"   "_s;
        if (m_level > 0)
            line += last ? u"└─ "_s : u"├─ "_s;
    } else {
        line = QString(m_level * 4, u' ');
    }
    line += oneLine(text, longestLine);
    m_out.append(m_width > 0 ? clipped(line, m_width) : line);
    m_out.append('\n');
}

void Outline::up()
{
    --m_level;
}

QString outlineText(const QString &name, const QString &value)
{
    return value.isEmpty() ? name + u" ="_s : name + u" = "_s + value;
}

void writeOutline(Outline &outline, Node node, bool last)
{
    const QString name = toText(node.localName());
    if (const auto value = valueOf(node)) {
        const bool bare = value->isEmpty() && node.attributeCount() > 0 && !node.isNil();
        outline.line((bare ? name : outlineText(name, *value)) + attributesText(node), last);
        return;
    }
    const QString own = node.hasMixedContent() ? toText(node.trimmedText()) : QString();
    outline.line((own.isEmpty() ? name : outlineText(name, own)) + attributesText(node), last);
    outline.down();
    for (Node child = node.firstChild(); child;) {
        Node next = child.nextSibling();
        if (!joins(child, next) || !valueOf(child)) {
            writeOutline(outline, child, !next);
            child = next;
            continue;
        }
        QString values = *valueOf(child);
        for (; joins(child, next); next = next.nextSibling())
            values += u", "_s + *valueOf(next);
        outline.line(outlineText(toText(child.localName()), values), !next);
        child = next;
    }
    outline.up();
}
