#include "protocol/summary.h"

#include "protocol/enumerationpage.h"
#include "protocol/namespaces.h"
#include "protocol/wellformed.h"
#include "protocol/xmltext.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype reasonLength = 120;

constexpr std::array columns{u"well_formed",
                             u"kind",
                             u"operation",
                             u"action",
                             u"message_id",
                             u"relates_to",
                             u"resource_uri",
                             u"body_element",
                             u"class",
                             u"class_namespace",
                             u"item_kind",
                             u"item_count",
                             u"end_of_sequence",
                             u"enumeration_context",
                             u"fault_code",
                             u"fault_subcode",
                             u"fault_codes_resolved",
                             u"fault_reason_start",
                             u"wsman_code",
                             u"fault_detail",
                             u"machine",
                             u"provider",
                             u"inner_wsman_code"};

QString orNull(const QString &text)
{
    return text.isEmpty() ? QString() : text;
}

QString textOrNull(std::string_view utf8)
{
    return orNull(toText(utf8));
}

QString attributeOrNull(Node node, std::string_view name)
{
    return orNull(toText(node.attribute(name).value_or("")).trimmed());
}

/// Actions of these specifications are named by their last part, with a prefix for Microsoft's.
struct ActionFamily
{
    QStringView uri;
    QStringView prefix;
};

constexpr std::array families{
    ActionFamily{u"http://schemas.xmlsoap.org/ws/2004/09/transfer/", u""},
    ActionFamily{u"http://schemas.xmlsoap.org/ws/2004/09/enumeration/", u""},
    ActionFamily{u"http://schemas.xmlsoap.org/ws/2004/08/eventing/", u""},
    ActionFamily{u"http://schemas.dmtf.org/wbem/wsman/1/wsman/", u""},
    ActionFamily{u"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/", u"shell:"},
    ActionFamily{u"http://schemas.microsoft.com/wbem/wsman/1/wsman/", u"ms:"},
};

class Summarizer
{
public:
    Summarizer(const Message &message, const QString &operationPrefix)
        : m_message(message)
        , m_prefix(operationPrefix)
    { }

    Summary summary()
    {
        set(u"well_formed", u"yes"_s);
        set(u"kind", kind());
        set(u"operation", m_prefix.isEmpty() ? operation() : m_prefix + u' ' + operation());
        set(u"action", orNull(m_message.action));
        set(u"message_id", orNull(m_message.messageId));
        set(u"relates_to", orNull(m_message.relatesTo));
        set(u"resource_uri", orNull(m_message.resourceUri));
        if (m_message.envelope)
            set(u"body_element", bodyElement());
        describeContent();
        describeFault();
        Summary result;
        for (const char16_t *const column : columns) {
            const QString name = QString::fromUtf16(column);
            result.emplace_back(name, m_values.value(name));
        }
        return result;
    }

private:
    void set(QStringView column, const QString &value)
    {
        m_values.insert(column.toString(), value);
    }

    bool isReply() const
    {
        const std::string_view content = m_message.content.localName();
        return !m_prefix.isEmpty() || !m_message.relatesTo.isEmpty()
            || m_message.action.endsWith(u"Response") || endsWith(content, "Response")
            || endsWith(content, "_OUTPUT");
    }

    QString kind() const
    {
        if (m_message.isFault())
            return u"fault"_s;
        if (!m_message.envelope)
            return u"fragment"_s;
        return isReply() ? u"response"_s : u"request"_s;
    }

    QString operation() const
    {
        const QString content = toText(m_message.content.localName());
        if (m_message.isFault())
            return u"fault"_s;
        if (!m_message.envelope)
            return u"fragment:"_s + content;
        if (!m_message.action.isEmpty())
            return operationOfAction();
        if (content == u"Identify" || content == u"IdentifyResponse")
            return content;
        return isReply() ? operationOfReply(content) : u"(no action)"_s;
    }

    QString operationOfAction() const
    {
        for (const ActionFamily &family : families) {
            if (m_message.action.startsWith(family.uri))
                return family.prefix.toString() + m_message.action.sliced(family.uri.size());
        }
        QString method = m_message.action.sliced(m_message.action.lastIndexOf(u'/') + 1);
        if (!isReply())
            return u"Invoke:"_s + method;
        if (method.endsWith(u"Response"))
            method.chop(8);
        return u"InvokeResponse:"_s + method;
    }

    /// A reply whose header was not kept: what its body says.
    QString operationOfReply(const QString &content) const
    {
        const std::string_view space = m_message.content.namespaceUri();
        if (space == ns::shell)
            return u"shell:"_s + content;
        if (content.endsWith(u"_OUTPUT"))
            return u"InvokeResponse:"_s + content.chopped(7);
        if (content.endsWith(u"Response"))
            return content;
        return u"(no action)"_s;
    }

    QString bodyElement() const
    {
        if (!m_message.body)
            return u"(missing)"_s;
        return m_message.content ? toText(m_message.content.localName()) : u"(empty)"_s;
    }

    void describeContent()
    {
        const NameView name = m_message.content.name();
        if (!m_message.content || m_message.isFault())
            return;
        if (m_message.envelope && isEnumerationResponse(name)) {
            describePage();
            return;
        }
        if (name.is(ns::wsman, "Events")) {
            set(u"item_kind", u"event"_s);
            set(u"item_count", QString::number(countEvents()));
        }
        set(u"class", toText(name.local));
        // Streams have a name, but are instances of no class.
        if (!name.is(ns::shell, "ReceiveResponse"))
            set(u"class_namespace", textOrNull(name.namespaceUri));
    }

    int countEvents() const
    {
        int count = 0;
        for (const Node child : m_message.content.children())
            count += child.localName() == "Event" ? 1 : 0;
        return count;
    }

    void describePage()
    {
        const Node response = m_message.content;
        const Node end = endOfSequence(response);
        set(u"end_of_sequence",
            !end                                        ? u"no"_s
                : end.namespaceUri() == ns::enumeration ? u"yes:wsen"_s
                                                        : u"yes:wsman"_s);
        if (const Node context = response.child(ns::enumeration, "EnumerationContext")) {
            const QString text = toText(context.trimmedText());
            set(u"enumeration_context", text.isEmpty() ? u"(empty)"_s : text);
        }
        for (const Node child : response.children()) {
            if (isItems(child.name())) {
                describeItems(child);
                return;
            }
        }
    }

    static Node instanceOf(Node item)
    {
        if (!item.name().is(ns::wsman, "Item"))
            return item;
        for (const Node child : item.children()) {
            if (!child.name().is(ns::addressing, "EndpointReference"))
                return child;
        }
        return item.firstChild();
    }

    void describeItems(Node items)
    {
        set(u"item_count", QString::number(items.childCount()));
        const Node first = items.firstChild();
        if (!first) {
            set(u"item_kind",
                items.namespaceUri() == ns::wsman ? u"Items in wsman"_s : u"Items in wsen"_s);
            return;
        }
        const NameView name = first.name();
        set(u"item_kind",
            name.is(ns::wsman, "Item")                         ? u"object+epr"_s
                : name.is(ns::addressing, "EndpointReference") ? u"epr"_s
                : name.is(ns::wsman, "XmlFragment")            ? u"fragment"_s
                                                               : u"object"_s);
        QStringList classes;
        for (const Node item : items.children()) {
            const QString local = toText(instanceOf(item).localName());
            if (!classes.contains(local))
                classes.append(local);
        }
        set(u"class", classes.join(u'|'));
        set(u"class_namespace", textOrNull(instanceOf(first).namespaceUri()));
    }

    /// `{namespace}local` of QName text; a prefix that stands for nothing is said.
    static QString resolved(Node value)
    {
        const QString text = toText(value.trimmedText());
        const qsizetype colon = text.indexOf(u':');
        const QByteArray prefix = colon < 0 ? QByteArray() : text.first(colon).toUtf8();
        const std::optional<std::string_view> space = value.resolvePrefix(viewOf(prefix));
        const QString spaceText = space ? toText(*space)
            : colon < 0                 ? QString()
                                        : u"?unbound:"_s + QString::fromUtf8(prefix);
        return u'{' + spaceText + u'}' + text.sliced(colon + 1);
    }

    void describeFault()
    {
        const bool fault = m_message.isFault();
        if (fault)
            describeSoapFault();
        const Node detail = fault ? m_message.content.child("Detail") : m_message.content;
        if (!detail)
            return;
        const Node wsmanFault = !fault && detail.localName() == "WSManFault"
            ? detail
            : (fault ? detail.descendant("WSManFault") : Node());
        if (wsmanFault) {
            set(u"wsman_code", attributeOrNull(wsmanFault, "Code"));
            set(u"machine", attributeOrNull(wsmanFault, "Machine"));
            const Node provider = wsmanFault.descendant("ProviderFault");
            set(u"provider", attributeOrNull(provider, "provider"));
            set(u"inner_wsman_code", attributeOrNull(provider.descendant("WSManFault"), "Code"));
        } else if (fault) {
            describeCimError(detail);
        }
        if (fault)
            set(u"fault_detail", textOrNull(detail.child("FaultDetail").trimmedText()));
    }

    /// MSFT_WmiError, OMI_Error, CIM_Error: an instance that derives from CIM_Error.
    void describeCimError(Node detail)
    {
        for (const Node error : detail.children()) {
            if (!error.child("CIMStatusCode"))
                continue;
            set(u"class", toText(error.localName()));
            set(u"wsman_code", textOrNull(error.child("error_Code").trimmedText()));
            return;
        }
    }

    void describeSoapFault()
    {
        const Node code = m_message.content.child("Code");
        QStringList resolvedCodes;
        for (Node level = code; level; level = level.child("Subcode")) {
            if (const Node value = level.child("Value"))
                resolvedCodes.append(resolved(value));
        }
        set(u"fault_code", textOrNull(code.child("Value").trimmedText()));
        set(u"fault_subcode", textOrNull(code.child("Subcode").child("Value").trimmedText()));
        set(u"fault_codes_resolved", orNull(resolvedCodes.join(u" > ")));
        const QString reason = toText(
            m_message.content.child("Reason").child("Text").trimmedText());
        set(u"fault_reason_start", orNull(reason.simplified().left(reasonLength)));
    }

    const Message &m_message;
    QString m_prefix;
    QHash<QString, QString> m_values;
};

/// Of bytes that cannot be read: only what their text gives away.
Summary summaryOfUnreadable(const QByteArray &bytes, const QString &prefix, const Error &error)
{
    const QString reason = malformedReason(bytes, error);
    const bool fault = bytes.contains(":Fault>") && bytes.contains("Code>");
    const bool reply = !prefix.isEmpty() || bytes.contains("RelatesTo>")
        || bytes.contains("Response>");
    Summary result;
    for (const char16_t *const column : columns)
        result.emplace_back(QString::fromUtf16(column), QString());
    result[0].second = u"no: "_s + reason;
    result[1].second = fault ? u"fault"_s : reply ? u"response"_s : u"request"_s;
    if (!prefix.isEmpty())
        result[2].second = reason == u"HTML body" ? prefix + u" HTML"_s : prefix;
    return result;
}

} // namespace

Summary summarize(const QByteArray &bytes, const QString &operationPrefix)
{
    const Result<Message> message = readMessage(bytes);
    if (!message)
        return summaryOfUnreadable(bytes, operationPrefix, message.error());
    return Summarizer(message.value(), operationPrefix).summary();
}
