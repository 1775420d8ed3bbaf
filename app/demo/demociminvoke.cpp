#include "demo/democim.h"
#include "demo/demoread.h"
#include "demo/soapfault.h"
#include "demo/soapwriter.h"
#include "protocol/namespaces.h"

#include <algorithm>

namespace {

SoapFault badParameters(std::uint32_t code, std::string message)
{
    return SoapFault::fromWmi(code, std::move(message), code::wmiInvalidMethodParameters);
}

void readParameters(const SoapRequest &request, const DemoSchema &schema, MethodCall &call)
{
    const std::vector<DemoProperty> &parameters = call.method.parameters;
    call.values.resize(parameters.size());
    std::vector<std::vector<Node>> given(parameters.size());
    const std::string name = call.method.name + "_INPUT";
    if (!request.body) {
        if (std::any_of(parameters.begin(), parameters.end(), [](const auto &p) { return p.in; }))
            throw badParameters(code::invalidParameter, "The body is empty.");
        return;
    }
    if (request.body.localName() != name)
        throw SoapFault::fromWmi(code::invalidRepresentation,
                                 "The root element is " + std::string(request.body.localName())
                                     + ", not " + name + ".");
    if (!equalIgnoringCase(request.body.namespaceUri(), request.resourceUri))
        throw SoapFault::fromWmi(code::invalidXmlNamespace, {});
    for (Node element : request.body.children()) {
        const auto found = std::find_if(parameters.begin(), parameters.end(), [&](const auto &p) {
            return p.in && p.name == element.localName();
        });
        if (found == parameters.end())
            throw badParameters(code::parameterName,
                                call.method.name + " has no parameter "
                                    + std::string(element.localName()) + ".");
        given[std::size_t(found - parameters.begin())].push_back(element);
    }
    const DemoReader read{schema, code::parameterType};
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (!given[i].empty())
            call.values[i] = read.value(parameters[i], given[i]);
        if (parameters[i].required && call.values[i].kind == DemoValue::Kind::Nil)
            throw badParameters(code::invalidParameter,
                                call.method.name + " needs the parameter " + parameters[i].name
                                    + ".");
    }
}

/// The body of the reply. OMI names it after the method alone, in a namespace made of that name.
std::string methodAnswer(const MethodCall &call, UriStyle style)
{
    const bool omi = style.as->omiInvoke;
    const std::string name = "p:" + call.method.name + (omi ? "" : "_OUTPUT");
    std::string out = "<" + name + " xmlns:xsi=\"";
    out.append(ns::xsi).append("\" xmlns:p=\"");
    if (omi)
        out.append(uri::cimSchema).append("/").append(call.method.name);
    else
        out.append(style.classUri(call.cls));
    out.append("\" xmlns:cim=\"").append(ns::cimCommon).append("\">");
    if (omi)
        appendLeaf(out, "p:ReturnValue", call.result);
    style.wrapsReferences = style.as->wrapsParameterEpr;
    for (std::size_t i = 0; i < call.values.size(); ++i) {
        if (call.method.parameters[i].out)
            appendProperty(out, call.method.parameters[i], call.values[i], call.cls, style);
    }
    if (!omi)
        appendLeaf(out, "p:ReturnValue", call.result);
    return out + "</" + name + ">";
}

} // namespace

std::string DemoCim::invoke(const SoapRequest &request, std::string_view method)
{
    const Target to = target(request);
    if (!to.cls || request.resourceUri == uri::classMetadata)
        throw SoapFault::of(code::actionNotSupported);
    const DemoMethod *meant = to.cls->method(method);
    if (!meant)
        throw SoapFault::fromWmi(code::actionNotSupported,
                                 to.cls->name + " has no method " + std::string(method) + ".",
                                 code::wmiInvalidMethod);
    MethodCall call{
        .cls = *to.cls, .method = *meant, .ns = to.style.ns, .object = {}, .values = {}};
    if (meant->isStatic) {
        if (!request.selectors.empty())
            throw SoapFault::fromWmi(code::unexpectedSelectors,
                                     meant->name + " is static: it takes no keys.");
    } else {
        Found found = locate(request, to);
        call.source = found.source;
        call.index = found.index;
        call.object = std::move(found.object);
    }
    readParameters(request, m_schema, call);
    if (call.object.cls && call.object.cls != to.cls) {
        // Called by the name of a parent: the instance's own class decides what happens.
        MethodCall own{.cls = *call.object.cls,
                       .method = *meant,
                       .ns = call.ns,
                       .source = call.source,
                       .index = call.index,
                       .object = call.object,
                       .values = call.values};
        m_methods.run(own);
        call.values = own.values;
        call.result = own.result;
    } else {
        m_methods.run(call);
    }
    return methodAnswer(call, to.style);
}
