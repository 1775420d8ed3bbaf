#include "text/nodetext.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxObjectDepth = 4;
constexpr int maxObjectProperties = 16;

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

/// Datetime and interval properties hold their text in one child.
bool isWrappedScalar(Node child)
{
    const std::string_view name = child.localName();
    return name == "Datetime" || name == "Interval" || name == "CIM_DateTime";
}

QString valueText(Node element, int depth)
{
    if (element.isNil())
        return {};
    if (element.isLeaf())
        return toText(element.text());
    if (looksLikeReference(element))
        return referenceNodeText(element);
    const Node first = element.firstChild();
    if (isWrappedScalar(first) && !first.nextSibling())
        return toText(first.text());
    if (depth >= maxObjectDepth)
        return u"{…}"_s;
    QStringList parts;
    for (const Node child : element.children()) {
        if (parts.size() == maxObjectProperties) {
            parts.append(u"…"_s);
            break;
        }
        parts.append(toText(child.localName()) + u'=' + valueText(child, depth + 1));
    }
    return u'{' + parts.join(u", "_s) + u'}';
}

QString selectorText(Node selector)
{
    const Node reference = selector.firstChild();
    QString value = reference ? referenceNodeText(reference) : toText(selector.text());
    value.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return toText(selector.attribute("Name").value_or(std::string_view())) + u"=\""_s + value
        + u'"';
}

} // namespace

bool looksLikeReference(Node element)
{
    for (const Node child : element.children()) {
        const std::string_view name = child.localName();
        if ((name == "Address" || name == "ReferenceParameters")
            && child.namespaceUri().find("/addressing") != std::string_view::npos)
            return true;
    }
    return false;
}

QString referenceNodeText(Node element)
{
    const Node parameters = element.child("ReferenceParameters");
    const QString resource = toText(parameters.child("ResourceURI").trimmedText());
    if (resource.isEmpty())
        return toText(element.child("Address").trimmedText());
    QStringList keys;
    for (const Node selector : parameters.child("SelectorSet").children()) {
        const std::string_view name = selector.attribute("Name").value_or(std::string_view());
        if (name != "__cimnamespace")
            keys.append(selectorText(selector));
    }
    const QString className = resource.section(u'/', -1);
    return keys.isEmpty() ? className : className + u'.' + keys.join(u',');
}

QString nodeText(Node element)
{
    return valueText(element, 0);
}
