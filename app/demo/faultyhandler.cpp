#include "demo/faultyhandler.h"

#include "demo/soaprequest.h"
#include "demo/wsmanservice.h"
#include "document/xmlreader.h"
#include "protocol/namespaces.h"

#include <algorithm>
#include <cctype>

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return char(std::tolower(static_cast<unsigned char>(c))); });
    return out;
}

/// As FaultRules names it: "get", "invoke/stopservice"; empty when the message has no action.
std::string operationOf(const QByteArray &message)
{
    const auto document = readXml(message);
    if (!document)
        return {};
    const Node envelope = (*document)->root();
    if (envelope.child("Body").firstChild().localName() == "Identify")
        return "identify";
    const std::string_view action = envelope.child("Header").child("Action").trimmedText();
    const std::string last = lower(action.substr(action.rfind('/') + 1));
    const std::string_view families[] = {action::get,      action::put,  action::create,
                                         action::remove,   action::pull, action::release,
                                         action::enumerate};
    const bool known = std::find(std::begin(families), std::end(families), action)
        != std::end(families);
    return known || last.empty() ? last : "invoke/" + last;
}

HttpAnswer webPage()
{
    HttpAnswer answer;
    answer.bare = true; // the host never saw the request
    answer.contentType = "text/html; charset=utf-8";
    answer.body = "<!DOCTYPE html>\n<html><head><title>Sign in to the network</title></head>\n"
                  "<body><p>This network asks for a sign-in first.</p></body></html>\n";
    return answer;
}

} // namespace

HttpAnswer FaultyHandler::handle(const ListenerRequest &request)
{
    if (request.header("Authorization").isEmpty() || request.body.isEmpty() || request.again)
        return m_host.handle(request);
    const FaultEffect effect = m_rules.next(operationOf(request.body));
    HttpAnswer answer = spoiled(request, effect);
    m_host.refuseNext(0); // it did not come so far
    answer.delay += effect.delay;
    return answer;
}

HttpAnswer FaultyHandler::spoiled(const ListenerRequest &request, const FaultEffect &effect)
{
    using Kind = FaultEffect::Kind;
    HttpAnswer answer;
    switch (effect.kind) {
    case Kind::Fault:
        m_host.refuseNext(effect.number);
        break;
    case Kind::Http:
        return withStatus(request, int(effect.number));
    case Kind::Html:
        return webPage();
    case Kind::CloseBefore:
        answer.loss = HttpAnswer::Loss::All;
        return answer;
    case Kind::None:
    case Kind::CloseAfter:
    case Kind::Cut:
    case Kind::Malformed:
        break;
    }
    answer = m_host.handle(request);
    if (effect.kind == Kind::CloseAfter)
        answer.loss = HttpAnswer::Loss::All;
    else if (effect.kind == Kind::Cut)
        answer.loss = HttpAnswer::Loss::Half;
    else if (effect.kind == Kind::Malformed)
        answer.body.chop(answer.body.size() / 6 * 2); // whole characters in UTF-16 as well
    return answer;
}

HttpAnswer FaultyHandler::withStatus(const ListenerRequest &request, int status)
{
    if (status == 401) {
        ListenerRequest anonymous = request;
        anonymous.headers.removeIf([](const auto &header) {
            return header.first.compare("Authorization", Qt::CaseInsensitive) == 0
                || header.first.compare("WSMANIDENTIFY", Qt::CaseInsensitive) == 0;
        });
        return m_host.handle(anonymous);
    }
    HttpAnswer answer;
    answer.status = status;
    return answer;
}

void FaultyHandler::idle()
{
    m_host.idle();
}
