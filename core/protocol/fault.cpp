#include "protocol/faultcause.h"
#include "protocol/message.h"
#include "protocol/xmltext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

/// More links than any host nests; what lies deeper is left out.
constexpr std::size_t maxLinks = 32;

QString childText(Node parent, std::string_view name)
{
    return toText(parent.child(name).trimmedText());
}

/// All text in and below `node`, document order, white space between pieces as one space.
QString wholeText(Node node)
{
    QString text = toText(node.text());
    for (const Node child : node.children())
        text += u' ' + wholeText(child);
    return text.simplified();
}

struct QName
{
    QString local;
    QString namespaceUri;
};

/// Text such as `w:QuotaLimit`, its prefix by what is in scope there.
QName readQName(Node value)
{
    const QString text = toText(value.trimmedText());
    const qsizetype colon = text.indexOf(u':');
    const QByteArray prefix = colon < 0 ? QByteArray() : text.first(colon).toUtf8();
    return {.local = text.sliced(colon + 1),
            .namespaceUri = toText(value.resolvePrefix(viewOf(prefix)).value_or(""))};
}

/// The reason to show: English where there is one, else the first that says something.
QString readReason(Node reason)
{
    QString first;
    for (const Node text : reason.children()) {
        if (text.localName() != "Text")
            continue;
        const QString words = toText(text.trimmedText());
        if (words.isEmpty())
            continue;
        const std::string_view language = text.attribute("lang").value_or("");
        if (language == "en" || language.starts_with("en-"))
            return words;
        if (first.isEmpty())
            first = words;
    }
    return first;
}

class ChainReader
{
public:
    explicit ChainReader(FaultDetails &details)
        : m_details(details)
    { }

    void readDetail(Node detail)
    {
        for (const Node child : detail.children()) {
            if (child.localName() == "FaultDetail")
                m_details.detailUri = toText(child.trimmedText());
            else
                readElement(child);
        }
    }

    void readElement(Node element)
    {
        if (m_details.chain.size() >= maxLinks)
            return;
        const std::string_view name = element.localName();
        if (name == "WSManFault")
            readWSManFault(element);
        else if (name == "MSFT_WmiError")
            addCimError(element, FaultLink::Form::WmiError, "error_Code");
        else if (name == "OMI_Error")
            addCimError(element, FaultLink::Form::OmiError, "OMI_Code");
        else if (element.child("CIMStatusCode"))
            addCimError(element, FaultLink::Form::CimError, "CIMStatusCode");
        else
            addOther(element);
    }

private:
    void readWSManFault(Node fault)
    {
        const Node message = fault.child("Message");
        FaultLink link{.form = FaultLink::Form::WSManFault};
        link.code = faultCode(fault.attribute("Code").value_or(""));
        link.machine = toText(fault.attribute("Machine").value_or("")).trimmed();
        link.message = toText(message.trimmedText());
        m_details.chain.push_back(std::move(link));
        for (const Node child : message.children()) {
            if (child.localName() == "ProviderFault")
                readProviderFault(child);
            else
                readElement(child);
        }
    }

    void readProviderFault(Node fault)
    {
        if (m_details.chain.size() >= maxLinks)
            return;
        FaultLink link{.form = FaultLink::Form::ProviderFault};
        link.provider = toText(fault.attribute("provider").value_or("")).trimmed();
        link.message = toText(fault.trimmedText());
        m_details.chain.push_back(std::move(link));
        for (const Node child : fault.children()) {
            if (child.localName() == "ExtendedError")
                readExtendedError(child.firstChild());
            else
                readElement(child);
        }
    }

    /// __ExtendedStatus of WMI: its ParameterInfo is the query or the path that failed.
    void readExtendedError(Node status)
    {
        if (!status || m_details.chain.size() >= maxLinks)
            return;
        FaultLink link{.form = FaultLink::Form::Other};
        link.code = faultCode(status.child("StatusCode").trimmedText());
        link.symbol = childText(status, "Operation");
        link.provider = childText(status, "ProviderName");
        const QString description = childText(status, "Description");
        const QString parameter = childText(status, "ParameterInfo");
        link.message = description.isEmpty() || parameter.isEmpty()
            ? description + parameter
            : description + u" ("_s + parameter + u')';
        m_details.chain.push_back(std::move(link));
    }

    void addCimError(Node error, FaultLink::Form form, std::string_view codeName)
    {
        FaultLink link{.form = form};
        link.code = faultCode(error.child(codeName).trimmedText());
        if (!link.code)
            link.code = faultCode(error.child("CIMStatusCode").trimmedText());
        link.symbol = childText(error, "MessageID");
        link.message = childText(error, "Message");
        m_details.chain.push_back(std::move(link));
    }

    void addOther(Node element)
    {
        const QString words = wholeText(element);
        if (words.isEmpty())
            return;
        m_details.chain.push_back({.form = FaultLink::Form::Other,
                                   .symbol = toText(element.localName()),
                                   .message = words});
    }

    FaultDetails &m_details;
};

/// The innermost code; 1359 ("internal error") may hide the real one in its message.
std::optional<std::uint32_t> mostSpecific(const FaultDetails &details)
{
    static const QRegularExpression hresult(u"HRESULT\\s*=?\\s*(0x[0-9A-Fa-f]{8})\\b"_s);
    for (auto link = details.chain.rbegin(); link != details.chain.rend(); ++link) {
        if (!link->code || (*link->code == 0 && link->form == FaultLink::Form::Other))
            continue;
        if (*link->code == 1359) {
            const QRegularExpressionMatch match = hresult.match(link->message);
            if (match.hasMatch())
                return match.captured(1).toUInt(nullptr, 16);
        }
        return wholeCode(*link->code);
    }
    return std::nullopt;
}

/// The words that tell most: the innermost message of a host's detail, else the reason.
QString bestMessage(const FaultDetails &details)
{
    for (auto link = details.chain.rbegin(); link != details.chain.rend(); ++link) {
        if (link->form != FaultLink::Form::Other && !link->message.isEmpty())
            return link->message;
    }
    return details.chain.empty() ? QString() : details.chain.back().message;
}

} // namespace

Error readFault(const Message &message)
{
    FaultDetails details;
    details.chain.push_back({.form = FaultLink::Form::Soap});
    ChainReader reader(details);
    if (message.isFault()) {
        const Node fault = message.content;
        const Node code = fault.child("Code");
        details.code = readQName(code.child("Value")).local;
        const QName subcode = readQName(code.child("Subcode").child("Value"));
        details.subcode = subcode.local;
        details.subcodeNamespace = subcode.namespaceUri;
        details.chain.front().symbol = subcode.local.isEmpty() ? details.code : subcode.local;
        details.chain.front().message = readReason(fault.child("Reason"));
        reader.readDetail(fault.child("Detail"));
    } else {
        reader.readElement(message.content);
    }
    details.number = mostSpecific(details);
    const QString words = bestMessage(details);
    const Cause cause = causeOfFault(details);
    return Error::of(Error::Kind::Fault, cause, words, std::move(details));
}
