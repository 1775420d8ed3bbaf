#include "demo/soaprequest.h"

#include "demo/personality.h"
#include "demo/soapfault.h"
#include "document/xmlreader.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace {

constexpr std::size_t maxMessageId = 2048;
constexpr std::string_view machineId = "http://schemas.microsoft.com/wbem/wsman/1/machineid";

struct KnownHeader
{
    std::string_view ns;
    std::string_view local;
};

constexpr std::array knownHeaders = {
    KnownHeader{ns::addressing, "To"},
    KnownHeader{ns::addressing, "Action"},
    KnownHeader{ns::addressing, "MessageID"},
    KnownHeader{ns::addressing, "ReplyTo"},
    KnownHeader{ns::addressing, "FaultTo"},
    KnownHeader{ns::addressing, "From"},
    KnownHeader{ns::addressing, "RelatesTo"},
    KnownHeader{ns::wsman, "ResourceURI"},
    KnownHeader{ns::wsman, "SelectorSet"},
    KnownHeader{ns::wsman, "OptionSet"},
    KnownHeader{ns::wsman, "MaxEnvelopeSize"},
    KnownHeader{ns::wsman, "OperationTimeout"},
    KnownHeader{ns::wsman, "Locale"},
    KnownHeader{ns::wsman, "FragmentTransfer"},
    KnownHeader{ns::wsman, "RequestEPR"},
    KnownHeader{ns::wsman, "RequestTotalItemsCountEstimate"},
    KnownHeader{ns::microsoft, "DataLocale"},
    KnownHeader{ns::microsoft, "SessionId"},
    KnownHeader{ns::microsoft, "OperationID"},
    KnownHeader{ns::microsoft, "SequenceId"},
    KnownHeader{ns::microsoft, "ActivityId"},
    KnownHeader{machineId, "MachineID"},
};

std::string text(Node node)
{
    return std::string(node.trimmedText());
}

bool isMarked(Node header)
{
    const auto mark = header.attribute(ns::soap, "mustUnderstand");
    if (!mark || *mark == "false" || *mark == "0")
        return false;
    if (*mark == "true" || *mark == "1")
        return true;
    throw SoapFault::of(code::invalidHeader, "mustUnderstand is neither true nor false.");
}

bool isKnown(const NameView &name, const Personality &as)
{
    if (name.namespaceUri == ns::microsoft)
        return as.microsoftHeaders;
    return name.namespaceUri != ns::wsman
        || std::find(as.unknownHeaders.begin(), as.unknownHeaders.end(), name.local)
        == as.unknownHeaders.end();
}

/// A header of w:, if the server knows it.
Node known(Node header, std::string_view local, const Personality &as)
{
    const Node found = header.child(ns::wsman, local);
    return found && isKnown(found.name(), as) ? found : Node();
}

void checkHeaders(Node header, const Personality &as)
{
    std::vector<std::string_view> seen;
    for (Node child : header.children()) {
        const NameView name = child.name();
        const auto known = std::find_if(
            knownHeaders.begin(), knownHeaders.end(),
            [name](const KnownHeader &row) { return name.is(row.ns, row.local); });
        const bool marked = isMarked(child);
        if (known == knownHeaders.end() || !isKnown(name, as)) {
            if (marked)
                throw SoapFault::mustUnderstand(name.namespaceUri, name.local);
            continue;
        }
        if (std::find(seen.begin(), seen.end(), known->local) != seen.end())
            throw SoapFault::of(code::invalidHeader,
                                "The header " + std::string(name.local) + " stands twice.");
        seen.push_back(known->local);
        if (marked && (known->local == "Locale" || known->local == "DataLocale")) {
            SoapFault fault = SoapFault::of(code::mustUnderstandLocale);
            fault.detail = known->local;
            throw fault;
        }
        if (known->local == "FragmentTransfer" && !marked && as.isWindows())
            throw SoapFault::of(code::invalidHeader,
                                "The header FragmentTransfer must be marked mustUnderstand.");
    }
}

std::string required(Node header, std::string_view ns, std::string_view local)
{
    const Node node = header.child(ns, local);
    if (!node)
        throw SoapFault::of(code::headerRequired,
                            "The header " + std::string(local) + " is missing.");
    std::string value = text(node);
    if (value.empty() && local != "ReplyTo")
        throw SoapFault::of(code::invalidHeader, "The header " + std::string(local) + " is empty.");
    return value;
}

void checkAddress(Node header, std::string_view local)
{
    const Node endpoint = header.child(ns::addressing, local);
    if (!endpoint)
        return;
    if (endpoint.child(ns::addressing, "Address").trimmedText() != uri::anonymous)
        throw SoapFault::of(code::addressingMode);
}

std::string hostOf(std::string_view url)
{
    const std::size_t start = url.find("://");
    if (start == std::string_view::npos)
        return {};
    std::string_view host = url.substr(start + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    const std::size_t bracket = host.find(']');
    const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    return std::string(host.substr(0, colon));
}

std::string withSlashes(std::string_view ns)
{
    std::string result(ns);
    std::replace(result.begin(), result.end(), '\\', '/');
    return result;
}

void readSelectors(Node set, SoapRequest &request)
{
    bool hasNamespace = false;
    for (Node child : set.children()) {
        const auto name = child.attribute("Name");
        if (!child.name().is(ns::wsman, "Selector") || !name || name->empty())
            throw SoapFault::of(code::schemaValidation, "The SelectorSet is malformed.");
        const bool isNamespace = equalIgnoringCase(*name, "__cimnamespace");
        if (request.selector(*name) || (isNamespace && hasNamespace))
            throw SoapFault::of(code::duplicateSelectors);
        if (isNamespace) {
            hasNamespace = true;
            request.cimNamespace = withSlashes(child.trimmedText());
            continue;
        }
        const Node reference = child.child(ns::addressing, "EndpointReference");
        request.selectors.push_back(
            {std::string(*name), reference ? std::string() : std::string(child.text()), reference});
    }
}

void readOptions(Node set, SoapRequest &request)
{
    for (Node child : set.children()) {
        const auto name = child.attribute("Name");
        if (!child.name().is(ns::wsman, "Option") || !name || name->empty())
            throw SoapFault::of(code::invalidOptions, "The OptionSet is malformed.");
        const std::string_view comply = child.attribute("MustComply").value_or("false");
        request.options.push_back(
            {std::string(*name), text(child), comply == "true" || comply == "1"});
    }
}

void readLimits(Node header, std::uint32_t serverEnvelope, const Personality &as,
                SoapRequest &request)
{
    request.maxEnvelopeSize = serverEnvelope;
    if (const Node size = header.child(ns::wsman, "MaxEnvelopeSize")) {
        const std::string_view digits = size.trimmedText();
        std::uint64_t octets = 0;
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(),
                                                   octets);
        if (error != std::errc() || stop != digits.data() + digits.size())
            throw SoapFault::of(code::invalidHeader, "MaxEnvelopeSize is not a number.");
        if (octets < as.smallestEnvelope)
            throw SoapFault::of(code::encodingLimit);
        request.maxEnvelopeSize = std::uint32_t(std::min<std::uint64_t>(octets, serverEnvelope));
    }
    if (const Node timeout = header.child(ns::wsman, "OperationTimeout")) {
        request.operationTimeout = parseDuration(timeout.trimmedText());
        if (!request.operationTimeout)
            throw SoapFault::of(code::invalidHeader,
                                "The operation timeout is not a duration: " + text(timeout) + ".");
        if (request.operationTimeout->count() < 500)
            throw SoapFault::of(code::unsupportedTimeout);
    }
}

Node envelopeOf(const QByteArray &bytes, SoapRequest &request)
{
    XmlLimits limits;
    limits.maxDepth = 100;
    limits.maxNodes = 50'000;
    const Result<DocumentPtr> document = readXml(bytes, limits);
    if (!document) {
        const bool encoding = document.error().cause == Cause::SoapEncoding;
        throw SoapFault::of(encoding ? code::unsupportedEncoding : code::invalidXml);
    }
    request.document = *document;
    const Node root = request.document->root();
    if (root.localName() != "Envelope")
        throw SoapFault::of(code::invalidBody, "The message is not a SOAP envelope.");
    if (root.namespaceUri() != ns::soap)
        throw SoapFault::of(code::soapVersion);
    return root;
}

} // namespace

bool equalIgnoringCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(),
                      [lower](char x, char y) { return lower(x) == lower(y); });
}

const SoapSelector *SoapRequest::selector(std::string_view name) const
{
    const auto found = std::find_if(
        selectors.begin(), selectors.end(),
        [name](const SoapSelector &selector) { return equalIgnoringCase(selector.name, name); });
    return found == selectors.end() ? nullptr : &*found;
}

bool SoapRequest::option(std::string_view name, bool otherwise) const
{
    for (const SoapOption &option : options) {
        if (equalIgnoringCase(option.name, name))
            return equalIgnoringCase(option.value, "true") || option.value == "1";
    }
    return otherwise;
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text)
{
    if (!text.starts_with('P') || text.size() < 3)
        return std::nullopt;
    text.remove_prefix(1);
    double seconds = 0;
    bool time = false;
    bool any = false;
    while (!text.empty()) {
        if (text.front() == 'T') {
            if (time || text.size() == 1)
                return std::nullopt;
            time = true;
            text.remove_prefix(1);
            continue;
        }
        double number = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number,
                                                   std::chars_format::fixed);
        if (error != std::errc() || number < 0 || stop == text.data() + text.size())
            return std::nullopt;
        const char unit = *stop;
        if (unit == 'D' && !time)
            seconds += number * 86400;
        else if (unit == 'H' && time)
            seconds += number * 3600;
        else if (unit == 'M' && time)
            seconds += number * 60;
        else if (unit == 'S' && time)
            seconds += number;
        else if (!((unit == 'Y' || unit == 'M') && !time && number == 0))
            return std::nullopt;
        any = true;
        text.remove_prefix(std::size_t(stop - text.data()) + 1);
    }
    if (!any || !(seconds < 4e9))
        return std::nullopt;
    return std::chrono::milliseconds(std::int64_t(seconds * 1000));
}

void readSoapRequest(const QByteArray &bytes, std::uint32_t serverEnvelope, const Personality &as,
                     SoapRequest &request)
{
    const Node envelope = envelopeOf(bytes, request);
    const Node header = envelope.child(ns::soap, "Header");
    const Node body = envelope.child(ns::soap, "Body");
    if (!body)
        throw SoapFault::of(code::invalidBody, "The envelope has no body.");
    request.body = body.firstChild();
    request.messageId = text(header.child(ns::addressing, "MessageID"));
    if (request.messageId.size() > maxMessageId) {
        request.messageId.clear();
        throw SoapFault::of(code::invalidHeader, "The MessageID is longer than 2048 characters.");
    }
    request.to = text(header.child(ns::addressing, "To"));
    request.machine = hostOf(request.to);
    if (header)
        checkHeaders(header, as);
    if (request.body.name().is(ns::identity, "Identify")) {
        request.identify = true;
        return;
    }
    request.action = required(header, ns::addressing, "Action");
    required(header, ns::addressing, "MessageID");
    required(header, ns::addressing, "To");
    required(header, ns::addressing, "ReplyTo");
    checkAddress(header, "ReplyTo");
    checkAddress(header, "FaultTo");
    if (!header.child(ns::wsman, "ResourceURI"))
        throw SoapFault::of(code::invalidResourceUri, "The header ResourceURI is missing.");
    request.resourceUri = text(header.child(ns::wsman, "ResourceURI"));
    if (request.resourceUri.empty())
        throw SoapFault::of(code::invalidResourceUri);
    readLimits(header, serverEnvelope, as, request);
    if (const Node set = header.child(ns::wsman, "SelectorSet"))
        readSelectors(set, request);
    if (const Node set = known(header, "OptionSet", as))
        readOptions(set, request);
    if (const Node fragment = known(header, "FragmentTransfer", as)) {
        if (!as.fragments)
            throw SoapFault::of(code::fragmentNotSupported);
        request.fragmentPath = text(fragment);
    }
    request.wantsEstimate = bool(header.child(ns::wsman, "RequestTotalItemsCountEstimate"));
}
