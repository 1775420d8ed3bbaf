#include "demo/wsmanservice.h"

#include "demo/soapwriter.h"
#include "demo/wsmanreply.h"
#include "protocol/namespaces.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <charconv>

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view enumerateObjectAndEpr = "EnumerateObjectAndEPR";

std::uint32_t readCount(Node node, std::string_view what)
{
    const std::string_view digits = node.trimmedText();
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || stop != digits.data() + digits.size() || value == 0)
        throw SoapFault::of(code::schemaValidation,
                            std::string(what) + " is not a positive number.");
    return value;
}

struct EnumerateBody
{
    bool optimize = false;
    std::uint32_t maxElements = 1;
    std::string mode;
    std::string polymorphism;
    Node filter;
};

EnumerateBody readEnumerate(Node body)
{
    if (!body.name().is(ns::enumeration, "Enumerate"))
        throw SoapFault::of(code::invalidBody);
    EnumerateBody read;
    for (Node child : body.children()) {
        const NameView name = child.name();
        if (name.is(ns::wsman, "OptimizeEnumeration")) {
            read.optimize = true;
        } else if (name.is(ns::wsman, "MaxElements")) {
            read.maxElements = readCount(child, "MaxElements");
        } else if (name.is(ns::wsman, "EnumerationMode")) {
            read.mode = child.trimmedText();
        } else if (name.is(ns::wsman, "Filter") || name.is(ns::enumeration, "Filter")) {
            if (read.filter)
                throw SoapFault::of(code::schemaValidation, "There are two filters.");
            read.filter = child;
        } else if (name.is(ns::enumeration, "Expires")) {
            throw SoapFault::of(code::expirationNotSupported);
        } else if (name.is(ns::enumeration, "EndTo")) {
            throw SoapFault::of(code::addressingMode);
        } else if (name.is(ns::cimBinding, "PolymorphismMode")) {
            read.polymorphism = child.trimmedText();
        } else {
            throw SoapFault::of(code::schemaValidation,
                                "Enumerate cannot have the element " + std::string(name.local)
                                    + " of the namespace " + std::string(name.namespaceUri) + ".");
        }
    }
    if (read.mode == "EnumerateObject")
        read.mode.clear();
    if (!read.mode.empty() && read.mode != "EnumerateEPR" && read.mode != enumerateObjectAndEpr)
        throw SoapFault::of(code::modeUnsupported);
    return read;
}

struct PullBody
{
    std::string context;
    std::uint32_t maxElements = 1;
    std::optional<std::chrono::milliseconds> maxTime;
};

PullBody readPull(Node body, std::string_view element)
{
    if (!body.name().is(ns::enumeration, element))
        throw SoapFault::of(code::invalidBody);
    PullBody read;
    for (Node child : body.children()) {
        const NameView name = child.name();
        const bool pull = element == "Pull";
        if (name.is(ns::enumeration, "EnumerationContext")) {
            read.context = child.trimmedText();
        } else if (pull && name.is(ns::enumeration, "MaxElements")) {
            read.maxElements = readCount(child, "MaxElements");
        } else if (pull && name.is(ns::enumeration, "MaxTime")) {
            read.maxTime = parseDuration(child.trimmedText());
            if (!read.maxTime)
                throw SoapFault::of(code::schemaValidation, "MaxTime is not a duration.");
        } else if (pull && name.is(ns::enumeration, "MaxCharacters")) {
            throw SoapFault::of(code::pullParameters);
        } else {
            throw SoapFault::of(code::schemaValidation,
                                std::string(element) + " cannot have the element "
                                    + std::string(name.local) + " of the namespace "
                                    + std::string(name.namespaceUri) + ".");
        }
    }
    return read;
}

QByteArray utf16(const std::string &utf8)
{
    QStringEncoder encode(QStringEncoder::Utf16LE, QStringConverter::Flag::WriteBom);
    return encode(QString::fromUtf8(utf8));
}

} // namespace

WsmanService::WsmanService(const Setup &setup)
    : m_setup(setup)
    , m_as(*setup.as)
    , m_gate(m_as, setup.userName, setup.password)
    , m_dress(m_as)
    , m_config(!setup.tls)
    , m_cim(m_as, setup.items, setup.seed)
    , m_enumerations(m_as.contexts)
{
    applyConfig();
}

void WsmanService::applyConfig()
{
    m_enumerations.setTimeout(
        std::chrono::milliseconds(m_config.number("Service/EnumerationTimeoutms", 240000)));
    if (m_envelopeChanged)
        m_envelopeChanged(serverEnvelope());
}

std::uint32_t WsmanService::serverEnvelope() const
{
    return m_config.number("MaxEnvelopeSizekb", 500) * 1024;
}

HttpAnswer WsmanService::handle(const ListenerRequest &request)
{
    bool signedIn = false;
    if (std::optional<HttpAnswer> refusal = m_gate.refuse(request, signedIn))
        return std::move(*refusal);
    return answerSoap(request, signedIn);
}

HttpAnswer WsmanService::answerSoap(const ListenerRequest &request, bool signedIn)
{
    const bool wide = HttpGate::isWide(request);
    HttpAnswer answer;
    Reply reply;
    reply.octetFactor = wide ? 2 : 1;
    SoapRequest soap;
    try {
        if (wide && !m_as.utf16)
            throw SoapFault::of(code::unsupportedEncoding);
        readSoapRequest(request.body, serverEnvelope(), m_as, soap);
        if (!signedIn && !soap.identify)
            return m_gate.unauthorized();
        if (waits(soap, request)) {
            answer.again = std::chrono::milliseconds(50);
            return answer;
        }
        if (const std::uint32_t code = std::exchange(m_refusal, 0))
            throw SoapFault::of(code);
        if (soap.identify)
            reply.envelope = identify(signedIn);
        else
            dispatch(soap, reply);
        applyLatency(soap, reply);
    } catch (const SoapFault &fault) {
        answer.status = refuse(fault, soap, reply);
        reply.delay = std::max(reply.delay, m_setup.latency);
        if (reply.inFlight)
            m_enumerations.touch(*reply.inFlight);
    }
    if (!soap.identify && !reply.envelope.empty())
        reply.envelope = m_dress(std::move(reply.envelope), soap.resourceUri);
    answer.delay = reply.delay;
    answer.contentType = m_gate.contentType(request);
    const bool answersWide = wide && m_as.utf16;
    if (answersWide && !m_as.xmlDeclaration.empty())
        reply.envelope.replace(reply.envelope.find("UTF-8"), 5, "UTF-16");
    answer.body = answersWide ? utf16(reply.envelope) : QByteArray::fromStdString(reply.envelope);
    if (const auto enumeration = reply.inFlight) {
        enumeration->inFlight = true;
        m_prepareNext = enumeration;
        answer.sent = [this, enumeration] {
            enumeration->inFlight = false;
            m_enumerations.touch(*enumeration);
        };
    }
    return answer;
}

void WsmanService::applyLatency(const SoapRequest &request, Reply &reply) const
{
    reply.delay = m_setup.latency;
    if (request.operationTimeout && m_setup.latency > *request.operationTimeout) {
        reply.delay = *request.operationTimeout;
        throw SoapFault::of(code::timedOut);
    }
}

/// The configuration knows no option. One that must be complied with is refused; WMI does not look
/// at that mark.
void WsmanService::refuseOptions(const SoapRequest &request)
{
    for (const SoapOption &option : request.options) {
        if (option.mustComply)
            throw SoapFault::of(code::invalidOptions,
                                "The resource has no option " + option.name.substr(0, 80) + ".");
    }
}

void WsmanService::dispatch(const SoapRequest &request, Reply &reply)
{
    if (!isConfig(request) && !m_cim.owns(request.resourceUri))
        throw SoapFault::of(code::resourceNotFound);
    if (isConfig(request))
        refuseOptions(request);
    if (isTransfer(request))
        reply.envelope = transfer(request);
    else if (isInvoke(request))
        reply.envelope = invoke(request);
    else if (request.action == action::enumerate)
        enumerate(request, reply);
    else if (request.action == action::pull)
        pull(request, reply);
    else if (request.action == action::release)
        reply.envelope = release(request);
    else
        throw SoapFault::of(code::actionNotSupported);
}

std::string WsmanService::identify(bool signedIn) const
{
    if (!m_as.isWindows())
        return deviceIdentify();
    std::string out = "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"";
    out += ns::soap;
    out += "\"><s:Header/><s:Body><wsmid:IdentifyResponse xmlns:wsmid=\"";
    out += ns::identity;
    out += "\">";
    appendLeaf(out, "wsmid:ProtocolVersion", ns::wsman);
    appendLeaf(out, "wsmid:ProductVendor", m_as.vendor);
    appendLeaf(out, "wsmid:ProductVersion",
               signedIn ? m_as.version : "OS: 0.0.0 SP: 0.0 Stack: 3.0");
    if (signedIn) {
        out += "<wsmid:SecurityProfiles>";
        appendLeaf(out, "wsmid:SecurityProfileName",
                   m_setup.tls
                       ? "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/basic"
                       : "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/basic");
        out += "</wsmid:SecurityProfiles>";
    }
    out += "</wsmid:IdentifyResponse></s:Body></s:Envelope>";
    return out;
}

void WsmanService::enumerate(const SoapRequest &request, Reply &reply)
{
    const EnumerateBody body = readEnumerate(request.body);
    using Polymorphism = Personality::Polymorphism;
    const bool queried = m_as.polymorphism == Polymorphism::Windows && body.filter
        && body.polymorphism != "IncludeSubClassProperties";
    if (!body.polymorphism.empty() && (queried || m_as.polymorphism == Polymorphism::Refused))
        throw SoapFault::of(code::polymorphism);
    const std::string polymorphism = m_as.polymorphism == Polymorphism::Honored ? body.polymorphism
                                                                                : std::string();
    std::unique_ptr<ItemSource> source;
    if (isConfig(request)) {
        if (body.filter)
            throw SoapFault::of(code::filteringNotSupported);
        source = m_config.enumerate(request, body.mode);
    } else {
        source = m_cim.enumerate(request, body.mode, body.filter, polymorphism);
    }
    Enumeration::Parameters parameters;
    parameters.resourceUri = request.resourceUri;
    parameters.maxElements = body.maxElements;
    parameters.maxEnvelopeSize = request.maxEnvelopeSize;
    parameters.batch = std::min(body.maxElements, m_config.number("MaxBatchItems", 32000));
    if (m_as.blocks)
        parameters.blocked = resourceKey(request);
    if (m_as.countEstimate && request.wantsEstimate)
        reply.estimate = countItems(*m_cim.enumerate(request, {}, body.filter, polymorphism));
    const auto enumeration = m_enumerations.open(std::move(source), parameters);
    reply.inFlight = enumeration;
    try {
        writePage(*enumeration, request, true, body.optimize && m_as.optimizes, reply);
    } catch (const SoapFault &) {
        m_enumerations.close(enumeration->context);
        throw;
    }
}

void WsmanService::pull(const SoapRequest &request, Reply &reply)
{
    const PullBody body = readPull(request.body, "Pull");
    const auto enumeration = m_enumerations.find(body.context);
    if (!enumeration
        || !equalIgnoringCase(enumeration->parameters().resourceUri, request.resourceUri))
        throw SoapFault::of(code::invalidContext);
    if (enumeration->inFlight)
        throw SoapFault::of(code::pullInProgress);
    const bool same = body.maxElements == enumeration->parameters().maxElements
        && request.maxEnvelopeSize == enumeration->parameters().maxEnvelopeSize;
    if (!same && m_as.samePulls)
        throw SoapFault::of(code::pullParameters);
    if (!same)
        enumeration->setBatch(body.maxElements);
    if (body.maxTime && m_setup.latency > *body.maxTime) {
        reply.delay = *body.maxTime;
        throw SoapFault::of(code::enumerateTimedOut);
    }
    reply.inFlight = enumeration;
    writePage(*enumeration, request, false, true, reply);
}

std::string WsmanService::release(const SoapRequest &request)
{
    const PullBody body = readPull(request.body, "Release");
    const auto enumeration = m_enumerations.find(body.context);
    if (!enumeration)
        throw SoapFault::of(code::invalidContext);
    m_enumerations.close(body.context);
    std::string out;
    openEnvelope(out, EnvelopeKind::Enumeration, std::string(action::release) + "Response",
                 request.messageId);
    openBody(out);
    closeEnvelope(out);
    return out;
}

void WsmanService::writePage(Enumeration &enumeration, const SoapRequest &request, bool first,
                             bool withItems, Reply &reply)
{
    if (!m_as.isWindows()) {
        writeDevicePage(enumeration, request, first, withItems, reply);
        return;
    }
    std::string &out = reply.envelope;
    out.reserve(enumeration.parameters().maxEnvelopeSize + 64);
    const char *element = first ? "EnumerateResponse" : "PullResponse";
    const char *prefix = first ? "w:" : "n:";
    openEnvelope(out, EnvelopeKind::Enumeration,
                 std::string(first ? action::enumerate : action::pull) + "Response",
                 request.messageId);
    openBody(out);
    out.append("<n:").append(element).append("><n:EnumerationContext>");
    const std::size_t contextAt = out.size();
    out.append(enumeration.context).append("</n:EnumerationContext>");
    if (withItems) {
        out.append("<").append(prefix).append("Items>");
        std::string tail;
        tail.append("</").append(prefix).append("Items><").append(prefix);
        tail.append("EndOfSequence/></n:").append(element).append("></s:Body></s:Envelope>");
        const std::size_t room = enumeration.parameters().maxEnvelopeSize / reply.octetFactor;
        const std::size_t used = out.size() + tail.size() + reply.octetFactor;
        const auto count = enumeration.take(out, room > used ? room - used : 0);
        if (count == 0 && !enumeration.isAtEnd())
            throw SoapFault::of(code::envelopeExceeded);
        out.append("</").append(prefix).append("Items>");
        if (enumeration.isAtEnd()) {
            out.append("<").append(prefix).append("EndOfSequence/>");
            // The context ends with its items: an empty one first, none in a Pull, as in Windows.
            const std::string_view close = "</n:EnumerationContext>";
            const std::string_view open = "<n:EnumerationContext>";
            if (first)
                out.erase(contextAt, enumeration.context.size());
            else
                out.erase(contextAt - open.size(),
                          open.size() + enumeration.context.size() + close.size());
            m_enumerations.close(enumeration.context);
            reply.inFlight.reset();
        }
    }
    out.append("</n:").append(element).append(">");
    closeEnvelope(out);
}

void WsmanService::idle()
{
    const auto enumeration = m_prepareNext.lock();
    m_prepareNext.reset();
    if (!enumeration)
        return;
    try {
        enumeration->prepare();
    } catch (const SoapFault &) {
        // The host is being stopped: nobody will ask for more.
    }
}
