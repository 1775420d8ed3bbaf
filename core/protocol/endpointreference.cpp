#include "protocol/endpointreference.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

using namespace Qt::StringLiterals;

namespace {

/// A reference in a selector of a reference in a selector ...: more than any class has.
constexpr int maxNesting = 16;

/// WS-Addressing of August 2004, as WS-Management fixes it, and the one that W3C made of it.
constexpr std::string_view addressing2005 = "http://www.w3.org/2005/08/addressing";

bool isAddressing(std::string_view ns)
{
    return ns == ns::addressing || ns == addressing2005;
}

EndpointReference readReference(Node element, int nesting);

Selector readSelector(Node element, int nesting)
{
    Selector selector{.name = toText(element.attribute("Name").value_or("")).trimmed()};
    const Node wrapped = element.child("EndpointReference");
    const Node reference = wrapped ? wrapped : element;
    if (isEndpointReference(reference) && nesting < maxNesting)
        selector.reference = std::make_shared<const EndpointReference>(
            readReference(reference, nesting + 1));
    else
        selector.value = toText(element.text());
    return selector;
}

void readParameters(Node parameters, EndpointReference &reference, int nesting)
{
    for (const Node child : parameters.children()) {
        if (child.localName() == "ResourceURI") {
            reference.resource.uri = toText(child.trimmedText());
        } else if (child.localName() == "SelectorSet") {
            for (const Node selector : child.children()) {
                if (selector.localName() == "Selector")
                    reference.resource.selectors.push_back(readSelector(selector, nesting));
            }
        }
    }
}

EndpointReference readReference(Node element, int nesting)
{
    EndpointReference reference;
    for (const Node child : element.children()) {
        const std::string_view name = child.localName();
        if (name == "Address")
            reference.address = toText(child.trimmedText());
        else if (name == "ReferenceParameters" || name == "ReferenceProperties")
            readParameters(child, reference, nesting);
        else if (name == "EndpointReference" && element.childCount() == 1 && nesting < maxNesting)
            return readReference(child, nesting + 1);
    }
    return reference;
}

QString quoted(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

} // namespace

bool isEndpointReference(Node element)
{
    for (const Node child : element.children()) {
        if (!isAddressing(child.namespaceUri()))
            continue;
        const std::string_view name = child.localName();
        if (name == "Address" || name == "ReferenceParameters" || name == "ReferenceProperties")
            return true;
        if (name == "EndpointReference" && element.childCount() == 1)
            return isEndpointReference(child);
    }
    return false;
}

EndpointReference readEndpointReference(Node element)
{
    return readReference(element, 0);
}

bool isNamespaceSelector(const Selector &selector)
{
    return selector.name.compare("__cimnamespace"_L1, Qt::CaseInsensitive) == 0;
}

QStringList keyValues(const ResourceLocator &object)
{
    QStringList values;
    for (const Selector &selector : object.selectors) {
        const QString value = selector.reference ? referenceText(*selector.reference)
                                                 : selector.value;
        if (!isNamespaceSelector(selector) && !value.isEmpty())
            values.append(value);
    }
    return values;
}

std::vector<Selector> readSelectors(Node selectorSet)
{
    std::vector<Selector> selectors;
    for (const Node selector : selectorSet.children()) {
        if (selector.localName() == "Selector")
            selectors.push_back(readSelector(selector, 0));
    }
    return selectors;
}

EndpointReference toEndpointReference(const RowReference &reference)
{
    EndpointReference result;
    result.address = toText(reference.address);
    result.resource.uri = toText(reference.resourceUri);
    for (const RowSelector &selector : reference.selectors) {
        Selector key{.name = toText(selector.name)};
        if (const DocumentPtr nested = selectorReference(selector))
            key.reference = std::make_shared<EndpointReference>(
                readEndpointReference(nested->root()));
        else
            key.value = toText(selector.value);
        result.resource.selectors.push_back(std::move(key));
    }
    return result;
}

QString referenceText(const EndpointReference &reference)
{
    QString text = reference.resource.className();
    QChar separator = u'.';
    for (const Selector &selector : reference.resource.selectors) {
        if (isNamespaceSelector(selector))
            continue;
        const QString value = selector.reference ? referenceText(*selector.reference)
                                                 : selector.value;
        text += separator + selector.name + u'=' + quoted(value);
        separator = u',';
    }
    return text.isEmpty() ? reference.address : text;
}
