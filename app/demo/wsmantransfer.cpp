#include "demo/soapwriter.h"
#include "demo/wsmanservice.h"
#include "protocol/namespaces.h"

/// The operations that are one request and one reply: Get, Put, Create, Delete, Invoke.

namespace {

std::string replyOf(const SoapRequest &request, std::string_view headers, std::string_view body,
                    bool namedResponse = true)
{
    std::string out;
    openEnvelope(out, EnvelopeKind::Transfer, request.action + (namedResponse ? "Response" : ""),
                 request.messageId);
    out += headers;
    openBody(out);
    out += body;
    closeEnvelope(out);
    if (out.size() > request.maxEnvelopeSize)
        throw SoapFault::of(code::envelopeExceeded);
    return out;
}

std::string fragmentHeader(const SoapRequest &request)
{
    std::string header;
    if (request.fragmentPath) {
        header += "<w:FragmentTransfer s:mustUnderstand=\"true\">";
        appendText(header, *request.fragmentPath);
        header += "</w:FragmentTransfer>";
    }
    return header;
}

bool isEmptyBodied(const SoapRequest &request)
{
    return request.action == action::get || request.action == action::remove;
}

} // namespace

bool WsmanService::isTransfer(const SoapRequest &request)
{
    return request.action == action::get || request.action == action::put
        || request.action == action::create || request.action == action::remove;
}

std::string WsmanService::transfer(const SoapRequest &request)
{
    if (isEmptyBodied(request) && request.body)
        throw SoapFault::of(code::invalidBody, "Get and Delete have an empty body.");
    if (!isEmptyBodied(request) && !request.body)
        throw SoapFault::of(code::invalidBody, "The body is empty.");
    const bool config = isConfig(request);
    std::string body;
    if (request.action == action::get)
        body = config ? m_config.get(request) : m_cim.get(request);
    else if (request.action == action::put)
        body = config ? m_config.put(request) : m_cim.put(request);
    else if (request.action == action::create)
        body = config ? m_config.create(request) : m_cim.create(request);
    else if (config)
        m_config.remove(request);
    else
        m_cim.remove(request);
    if (config && request.action != action::get)
        applyConfig();
    return replyOf(request, fragmentHeader(request), body);
}

std::string WsmanService::invoke(const SoapRequest &request)
{
    const std::string_view method = std::string_view(request.action)
                                        .substr(request.resourceUri.size() + 1);
    if (!isConfig(request))
        return replyOf(request, {}, m_cim.invoke(request, method), !m_as.omiInvoke);
    const std::string body = m_config.invoke(request, method);
    applyConfig();
    return replyOf(request, {}, body);
}

bool WsmanService::isInvoke(const SoapRequest &request)
{
    const std::string_view action = request.action;
    const std::size_t length = request.resourceUri.size();
    return action.size() > length + 1
        && equalIgnoringCase(action.substr(0, length), request.resourceUri) && action[length] == '/'
        && action.find('/', length + 1) == std::string_view::npos;
}
