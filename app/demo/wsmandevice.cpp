#include "demo/devicefault.h"
#include "demo/soapwriter.h"
#include "demo/wsmanreply.h"
#include "protocol/namespaces.h"

#include <algorithm>

/// Where other servers than Windows go other ways: Identify, pages of enumerations, faults, classes
/// that an enumeration holds.

bool WsmanService::isConfig(const SoapRequest &request) const
{
    return m_as.isWindows() && DemoConfig::owns(request.resourceUri);
}

int WsmanService::refuse(const SoapFault &fault, const SoapRequest &request, Reply &reply) const
{
    if (m_as.isWindows()) {
        reply.envelope = writeFault(fault, request.messageId, request.machine);
        return 500;
    }
    DeviceFault made = deviceFault(fault, request.messageId, m_as);
    reply.envelope = std::move(made.envelope);
    return made.status;
}

std::string WsmanService::resourceKey(const SoapRequest &request)
{
    const std::string_view uri = request.resourceUri;
    std::string key = request.cimNamespace + ':' + std::string(uri.substr(uri.rfind('/') + 1));
    std::transform(key.begin(), key.end(), key.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return key;
}

/// Whether the provider of the class is busy with somebody's enumeration. Throws once the
/// operation's time is over.
bool WsmanService::waits(const SoapRequest &request, const ListenerRequest &from)
{
    if (!m_as.blocks || request.identify || request.action == action::pull
        || request.action == action::release || !m_enumerations.isBlocked(resourceKey(request)))
        return false;
    const auto limit = request.operationTimeout.value_or(std::chrono::seconds(60));
    if (std::chrono::steady_clock::now() - from.arrived > limit)
        throw SoapFault::of(code::timedOut);
    return true;
}

std::size_t WsmanService::countItems(ItemSource &source)
{
    std::size_t count = 0;
    for (std::string item; source.next(item); item.clear())
        ++count;
    return count;
}

std::string WsmanService::deviceIdentify() const
{
    const bool omi = m_as.kind == Personality::Kind::Omi;
    const bool amt = m_as.kind == Personality::Kind::Amt;
    const std::string soap = omi ? "soap:" : amt ? "a:" : "s:";
    const std::string own = amt ? "b:" : "wsmid:";
    const std::string root = (omi ? soap : own) + "IdentifyResponse"; // OMI's slip, kept by clients
    std::string out(m_as.xmlDeclaration);
    out += "<" + soap + "Envelope xmlns:" + soap.substr(0, soap.size() - 1) + "=\"";
    out.append(ns::soap).append("\" xmlns:" + own.substr(0, own.size() - 1) + "=\"");
    out.append(ns::identity).append("\"><" + soap + "Header/><" + soap + "Body><" + root + ">");
    appendLeaf(out, own + "ProtocolVersion", ns::wsman);
    appendLeaf(out, own + "ProductVendor", m_as.vendor);
    appendLeaf(out, own + "ProductVersion", m_as.version);
    if (m_as.securityProfiles) {
        out += "<" + own + "SecurityProfiles>";
        appendLeaf(out, own + "SecurityProfileName",
                   "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/"
                       + std::string(m_setup.tls ? "https/" : "http/")
                       + (m_as.digest ? "digest" : "basic"));
        out += "</" + own + "SecurityProfiles>";
    }
    if (omi)
        out += "<wsmb:Capability_FaultIncludesCIMError "
               "xmlns:wsmb=\"http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xml\"/>";
    out += "</" + root + "></" + soap + "Body></" + soap + "Envelope>";
    out += m_as.tail;
    return out;
}

void WsmanService::writeDevicePage(Enumeration &enumeration, const SoapRequest &request, bool first,
                                   bool withItems, Reply &reply)
{
    const std::string prefix = first ? "w:" : "n:";
    const std::string element = first ? "n:EnumerateResponse" : "n:PullResponse";
    std::string items;
    bool ended = false;
    if (withItems) {
        constexpr std::size_t frame = 4096; // what an envelope is besides its items
        const std::size_t size = enumeration.parameters().maxEnvelopeSize / reply.octetFactor;
        if (enumeration.take(items, size > frame ? size - frame : 0) == 0 && !enumeration.isAtEnd())
            throw SoapFault::of(code::envelopeExceeded);
        ended = enumeration.isAtEnd();
    }
    std::string context = "<n:EnumerationContext>" + enumeration.context
        + "</n:EnumerationContext>";
    if (ended && !first)
        context.clear();
    else if (ended && !m_as.keepsLastContext)
        context = "<n:EnumerationContext/>";
    if (withItems || (first && m_as.emptyItems))
        items = "<" + prefix + "Items>" + items + "</" + prefix + "Items>";

    std::string &out = reply.envelope;
    openEnvelope(out, EnvelopeKind::Enumeration,
                 std::string(first ? action::enumerate : action::pull) + "Response",
                 request.messageId);
    if (first && reply.estimate)
        appendLeaf(out, "w:TotalItemsCountEstimate", std::to_string(*reply.estimate));
    openBody(out);
    out += "<" + element + ">";
    const bool itemsFirst = first && m_as.contextAfterItems;
    out += itemsFirst ? items + context : context + items;
    if (ended) {
        out += "<" + prefix + "EndOfSequence/>";
        m_enumerations.close(enumeration.context);
        reply.inFlight.reset();
    }
    out += "</" + element + ">";
    closeEnvelope(out);
}
