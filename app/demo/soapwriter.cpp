#include "demo/soapwriter.h"

#include "protocol/namespaces.h"

#include <QUuid>

namespace {

template<bool Attribute>
void append(std::string &out, std::string_view text)
{
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c > '>' || (c >= ' ' && c != '<' && c != '>' && c != '&' && c != '"'))
            continue;
        std::string_view replacement;
        if (c == '<')
            replacement = "&lt;";
        else if (c == '>')
            replacement = "&gt;";
        else if (c == '&')
            replacement = "&amp;";
        else if (c == '\r')
            replacement = "&#13;";
        else if (c == '"' && Attribute)
            replacement = "&quot;";
        else if (c == '\n' && Attribute)
            replacement = "&#10;";
        else if (c == '\t' && Attribute)
            replacement = "&#9;";
        else if (c == '"' || c == '\n' || c == '\t')
            continue;
        else
            replacement = "?";
        out.append(text.substr(start, i - start));
        out.append(replacement);
        start = i + 1;
    }
    out.append(text.substr(start));
}

} // namespace

void appendText(std::string &out, std::string_view utf8)
{
    append<false>(out, utf8);
}

void appendAttribute(std::string &out, std::string_view utf8)
{
    append<true>(out, utf8);
}

void appendLeaf(std::string &out, std::string_view name, std::string_view text)
{
    out.append("<").append(name).append(">");
    appendText(out, text);
    out.append("</").append(name).append(">");
}

void openEnvelope(std::string &out, EnvelopeKind kind, std::string_view action,
                  std::string_view relatesTo)
{
    const auto declare = [&out](std::string_view prefix, std::string_view uri) {
        out.append(" xmlns:").append(prefix).append("=\"").append(uri).append("\"");
    };
    out += "<s:Envelope xml:lang=\"en-US\"";
    declare("s", ns::soap);
    declare("a", ns::addressing);
    if (kind != EnvelopeKind::Enumeration)
        declare("x", ns::transfer);
    if (kind == EnvelopeKind::Fault)
        declare("e", ns::eventing);
    if (kind != EnvelopeKind::Transfer)
        declare("n", ns::enumeration);
    declare("w", ns::wsman);
    declare("p", ns::microsoft);
    out += "><s:Header>";
    appendLeaf(out, "a:Action", action);
    appendLeaf(out, "a:MessageID", "uuid:" + newUuid());
    appendLeaf(out, "p:ActivityId", newUuid());
    appendLeaf(out, "a:To", uri::anonymous);
    if (!relatesTo.empty())
        appendLeaf(out, "a:RelatesTo", relatesTo);
}

void openBody(std::string &out)
{
    out += "</s:Header><s:Body>";
}

void closeEnvelope(std::string &out)
{
    out += "</s:Body></s:Envelope>";
}

std::string newUuid()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toUpper().toStdString();
}
