#include "auth/hostrefusal.h"

#include "auth/gsserror.h"

#include <krb5/krb5.h>

#include <optional>

namespace negotiate {

namespace {

constexpr std::size_t longestText = 256;
constexpr unsigned genericError = 60; ///< KRB_ERR_GENERIC (RFC 4120, 7.5.9)

enum Tag : unsigned char {
    Integer = 0x02,
    OctetString = 0x04,
    ObjectId = 0x06,
    Enumerated = 0x0a,
    Sequence = 0x30,
    GssFrame = 0x60,
    KrbError = 0x7e, ///< [APPLICATION 30]
    NegTokenResp = 0xa1,
};

struct Element
{
    unsigned char tag = 0;
    std::string_view content;
};

/// Takes one DER element off the front of `rest`.
std::optional<Element> takeElement(std::string_view &rest)
{
    if (rest.size() < 2)
        return std::nullopt;
    const auto at = [&rest](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    std::size_t length = at(1);
    std::size_t head = 2;
    if (length > 0x80) {
        const std::size_t count = length - 0x80;
        if (count > 3 || rest.size() < 2 + count)
            return std::nullopt;
        length = 0;
        for (; head < 2 + count; ++head)
            length = length << 8 | at(head);
    } else if (length == 0x80) {
        return std::nullopt;
    }
    if (rest.size() - head < length)
        return std::nullopt;
    const Element element{at(0), rest.substr(head, length)};
    rest.remove_prefix(head + length);
    return element;
}

std::optional<std::string_view> inside(std::string_view from, unsigned char tag)
{
    const auto element = takeElement(from);
    return element && element->tag == tag ? std::optional(element->content) : std::nullopt;
}

std::string baseText(std::int32_t code)
{
    krb5_context context = nullptr;
    if (krb5_init_context(&context) != 0)
        return {};
    const char *text = krb5_get_error_message(context, code);
    std::string copy(text != nullptr ? text : "");
    krb5_free_error_message(context, text);
    krb5_free_context(context);
    return copy;
}

/// The host's own words, as far as they are plain text.
std::string printable(std::string_view text)
{
    std::string clean;
    for (const char c : text.substr(0, longestText))
        clean += c >= ' ' && c < 0x7f ? c : ' ';
    return clean;
}

Failure krbError(std::string_view content)
{
    auto fields = inside(content, Sequence);
    if (!fields)
        return {};
    std::optional<unsigned> number;
    std::string words;
    while (const auto field = takeElement(*fields)) {
        std::string_view value = field->content;
        const auto element = takeElement(value);
        if (!element)
            return {};
        if (field->tag == 0xa6 && element->tag == Integer && element->content.size() == 1)
            number = static_cast<unsigned char>(element->content[0]);
        else if (field->tag == 0xab)
            words = printable(element->content);
    }
    if (!number || *number > 127)
        return {};
    const auto code = std::int32_t(ERROR_TABLE_BASE_krb5 + *number);
    // The library's text for "generic" only points at the host's words, which may be missing.
    std::string text = *number != genericError ? baseText(code)
        : words.empty()                        ? std::string("the host gives no reason")
                                               : words;
    if (!words.empty() && text.find(words) == std::string::npos)
        text += ": " + words;
    return {reasonOfKerberos(code), 0, std::uint32_t(code), text};
}

/// A token of Kerberos: framed or not, with the two bytes that say it is an error or without.
Failure kerberosRefusal(std::string_view token)
{
    if (auto framed = inside(token, GssFrame)) {
        const auto mech = takeElement(*framed);
        if (!mech || mech->tag != ObjectId)
            return {};
        token = *framed;
    }
    if (token.size() > 2 && token[0] == 3 && token[1] == 0)
        token.remove_prefix(2);
    const auto content = inside(token, KrbError);
    return content ? krbError(*content) : Failure{};
}

} // namespace

Failure refusalIn(std::string_view token)
{
    const auto response = inside(token, NegTokenResp);
    if (!response)
        return kerberosRefusal(token);
    auto fields = inside(*response, Sequence);
    bool rejected = false;
    Failure told;
    while (fields) {
        const auto field = takeElement(*fields);
        if (!field)
            break;
        if (const auto state = inside(field->content, Enumerated); field->tag == 0xa0 && state)
            rejected = *state == std::string_view("\2");
        else if (const auto inner = inside(field->content, OctetString);
                 field->tag == 0xa2 && inner)
            told = kerberosRefusal(*inner);
    }
    if (!told && rejected)
        told = {Reason::Rejected, 0, 0, "SPNEGO: the host rejects the sign-in"};
    return told;
}

} // namespace negotiate
