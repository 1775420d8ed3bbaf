#include "demo/configrules.h"

#include "demo/soapfault.h"
#include "demo/soaprequest.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace {

enum class Kind { Number, Boolean, Text, Prefix, Hosts, Sddl, Filter, Thumbprint, Cbt };
enum class Access { Write, ReadOnly, Deprecated };

struct Rule
{
    std::string_view path;
    Kind kind = Kind::Boolean;
    std::uint64_t min = 0;
    std::uint64_t max = 0xFFFFFFFF;
    Access access = Access::Write;
};

constexpr std::uint64_t most = 0x7FFFFFFF;

constexpr std::array rules = {
    Rule{"MaxEnvelopeSizekb", Kind::Number, 32},
    Rule{"MaxTimeoutms", Kind::Number, 500},
    Rule{"MaxBatchItems", Kind::Number, 1},
    Rule{"MaxProviderRequests", Kind::Number, 0, 0xFFFFFFFF, Access::Deprecated},
    Rule{"Client/NetworkDelayms", Kind::Number, 500},
    Rule{"Client/URLPrefix", Kind::Prefix},
    Rule{"Client/DefaultPorts/HTTP", Kind::Number, 1, 65535},
    Rule{"Client/DefaultPorts/HTTPS", Kind::Number, 1, 65535},
    Rule{"Client/TrustedHosts", Kind::Hosts},
    Rule{"Service/RootSDDL", Kind::Sddl},
    Rule{"Service/MaxConcurrentOperations", Kind::Number, 0, 0xFFFFFFFF, Access::Deprecated},
    Rule{"Service/MaxConcurrentOperationsPerUser", Kind::Number, 1},
    Rule{"Service/EnumerationTimeoutms", Kind::Number, 500},
    Rule{"Service/MaxConnections", Kind::Number, 1, 512},
    Rule{"Service/MaxPacketRetrievalTimeSeconds", Kind::Number, 1},
    Rule{"Service/Auth/CbtHardeningLevel", Kind::Cbt},
    Rule{"Service/DefaultPorts/HTTP", Kind::Number, 1, 65535, Access::ReadOnly},
    Rule{"Service/DefaultPorts/HTTPS", Kind::Number, 1, 65535, Access::ReadOnly},
    Rule{"Service/IPv4Filter", Kind::Filter},
    Rule{"Service/IPv6Filter", Kind::Filter},
    Rule{"Service/CertificateThumbprint", Kind::Thumbprint},
    Rule{"Service/AllowRemoteAccess", Kind::Boolean, 0, 0, Access::ReadOnly},
    Rule{"Winrs/IdleTimeout", Kind::Number, 0, most},
    Rule{"Winrs/MaxConcurrentUsers", Kind::Number, 1, most},
    Rule{"Winrs/MaxShellRunTime", Kind::Number, 0, most, Access::Deprecated},
    Rule{"Winrs/MaxProcessesPerShell", Kind::Number, 0, most},
    Rule{"Winrs/MaxMemoryPerShellMB", Kind::Number, 0, most},
    Rule{"Winrs/MaxShellsPerUser", Kind::Number, 0, most},
};

struct Certificate
{
    std::string_view thumbprint;
    std::string_view name;
};

constexpr std::array certificates = {
    Certificate{"5A0E6B1F93C84D27A1B0C35E7F6D48920E4B7C11", "srv21.example.com"},
    Certificate{"B3D1F05C7E924A6880CE1D27F4963B5A0817E2DC", "backup.srv21.example.com"},
};

constexpr std::array<std::string_view, 3> issuers = {"1F0C7B2A94D83E65B7A0213C4D5E6F708192A3B4",
                                                     "C9D8E7F60514233241506F7E8D9CABBAC0D1E2F3",
                                                     "7E4402B9D1C35F8A60E7B2149D38CF51A06B8E72"};

[[noreturn]] void refuse(std::string_view name, const std::string &why)
{
    throw SoapFault::of(code::schemaValidation, std::string(name) + ": " + why);
}

void checkNumber(std::string_view name, std::string_view value, std::uint64_t min,
                 std::uint64_t max)
{
    std::uint64_t number = 0;
    const auto [stop, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc() || stop != value.data() + value.size())
        refuse(name, "\"" + std::string(value) + "\" is not a number.");
    if (number < min || number > max)
        refuse(name,
               "the value must be from " + std::to_string(min) + " to " + std::to_string(max)
                   + ".");
}

void checkBoolean(std::string_view name, std::string_view value)
{
    if (value != "true" && value != "false" && value != "1" && value != "0")
        refuse(name, "\"" + std::string(value) + "\" is neither true nor false.");
}

void checkPrefix(std::string_view name, std::string_view value)
{
    const bool letters = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '_' || c == '/';
    });
    if (value.empty() || !letters || value.front() == '/' || value.back() == '/')
        refuse(name,
               "a URL prefix has letters, digits, _ and / and neither begins nor ends with "
               "/.");
}

bool isHostPattern(std::string_view host)
{
    if (host == "*" || host == "<local>")
        return true;
    const std::size_t star = host.find('*');
    if (star != std::string_view::npos) {
        const bool edge = star == 0 || star == host.size() - 1;
        if (!edge || host.size() < 2 || host.find('*', star + 1) != std::string_view::npos)
            return false;
    }
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (!bracketed && host.find(':') != std::string_view::npos)
        return false;
    return !host.empty() && host.find_first_of(" /\\\t<>\"'") == std::string_view::npos;
}

void checkHosts(std::string_view value)
{
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        std::string_view host = value.substr(0, comma);
        while (host.starts_with(' '))
            host.remove_prefix(1);
        while (host.ends_with(' '))
            host.remove_suffix(1);
        if (!isHostPattern(host))
            throw SoapFault::of(code::hostPattern,
                                "TrustedHosts: \"" + std::string(host) + "\" is no host name.");
        value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
    }
}

void checkFilter(std::string_view name, std::string_view value)
{
    if (value.empty() || value == "*")
        return;
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        const std::string_view range = value.substr(0, comma);
        const std::size_t dash = range.find('-');
        const auto isAddress = [](std::string_view text) {
            return !QHostAddress(QString::fromUtf8(text.data(), qsizetype(text.size()))).isNull();
        };
        if (dash == std::string_view::npos || !isAddress(range.substr(0, dash))
            || !isAddress(range.substr(dash + 1)))
            refuse(name, "a filter is *, blank, or ranges of addresses: first-last,first-last.");
        value = comma == std::string_view::npos ? std::string_view() : value.substr(comma + 1);
    }
}

void checkSddl(std::string_view name, std::string_view value)
{
    if (!value.starts_with("O:") || value.find("D:") == std::string_view::npos)
        throw SoapFault::of(code::invalidSddl, std::string(name) + " is no security descriptor.");
}

void checkByKind(const Rule &rule, std::string_view value)
{
    switch (rule.kind) {
    case Kind::Number:
        return checkNumber(rule.path, value, rule.min, rule.max);
    case Kind::Boolean:
        return checkBoolean(rule.path, value);
    case Kind::Prefix:
        return checkPrefix(rule.path, value);
    case Kind::Hosts:
        return checkHosts(value);
    case Kind::Sddl:
        return checkSddl(rule.path, value);
    case Kind::Filter:
        return checkFilter(rule.path, value);
    case Kind::Thumbprint:
        if (!value.empty() && storedCertificateName(value).empty())
            throw SoapFault::of(code::certificateNotFound);
        return;
    case Kind::Cbt:
        if (value != "Strict" && value != "Relaxed" && value != "None")
            refuse(rule.path, "the level is Strict, Relaxed or None.");
        return;
    case Kind::Text:
        return;
    }
}

/// One `*` at most, and only where `atEnd` or, else, the beginning allows it.
bool hasGoodStar(std::string_view text, bool atEnd)
{
    const std::size_t star = text.find('*');
    return star == std::string_view::npos
        || (star == (atEnd ? text.size() - 1 : 0)
            && text.find('*', star + 1) == std::string_view::npos);
}

} // namespace

bool isThumbprint(std::string_view text)
{
    return text.size() == 40 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           });
}

std::string storedCertificateName(std::string_view thumbprint)
{
    for (const Certificate &certificate : certificates) {
        if (equalIgnoringCase(certificate.thumbprint, thumbprint))
            return std::string(certificate.name);
    }
    return {};
}

bool isStoredIssuer(std::string_view thumbprint)
{
    return std::any_of(issuers.begin(), issuers.end(), [thumbprint](std::string_view issuer) {
        return equalIgnoringCase(issuer, thumbprint);
    });
}

void checkConfigValue(std::string_view path, std::string_view value)
{
    const auto found = std::find_if(rules.begin(), rules.end(), [path](const Rule &rule) {
        return equalIgnoringCase(rule.path, path);
    });
    const Rule rule = found == rules.end() ? Rule{path} : *found;
    if (rule.access == Access::Deprecated)
        throw SoapFault::of(code::deprecatedSetting,
                            std::string(path) + " is deprecated and keeps its value.");
    if (rule.access == Access::ReadOnly)
        throw SoapFault::of(code::readOnlySetting, std::string(path) + " is read-only.");
    checkByKind(rule, value);
}

void checkListenerAddress(std::string_view address)
{
    if (address == "*")
        return;
    const std::string_view head = address.substr(0, address.find(':'));
    const std::string_view rest = address.substr(std::min(address.size(), head.size() + 1));
    if (equalIgnoringCase(head, "IP")
        && !QHostAddress(QString::fromUtf8(rest.data(), qsizetype(rest.size()))).isNull())
        return;
    if (equalIgnoringCase(head, "MAC") && (rest.size() == 17 || rest.size() == 23)) {
        bool good = true;
        for (std::size_t i = 0; i < rest.size(); ++i)
            good = good
                && (i % 3 == 2 ? rest[i] == '-' : std::isxdigit(std::uint8_t(rest[i])) != 0);
        if (good)
            return;
    }
    throw SoapFault::of(code::invalidSelectorValue,
                        "Address is *, IP:address or MAC:xx-xx-xx-xx-xx-xx, not \""
                            + std::string(address) + "\".");
}

std::string listenerTransport(std::string_view transport)
{
    if (equalIgnoringCase(transport, "HTTP"))
        return "HTTP";
    if (equalIgnoringCase(transport, "HTTPS"))
        return "HTTPS";
    throw SoapFault::of(code::invalidSelectorValue,
                        "Transport is HTTP or HTTPS, not \"" + std::string(transport) + "\".");
}

void checkListenerValue(std::string_view name, std::string_view value)
{
    if (name == "Port")
        checkNumber(name, value, 1, 65535);
    else if (name == "Enabled")
        checkBoolean(name, value);
    else if (name == "URLPrefix")
        checkPrefix(name, value);
    else if (name == "CertificateThumbprint" && !value.empty() && !isThumbprint(value))
        refuse(name, "a thumbprint has 40 hexadecimal digits and no spaces.");
    else if (name == "Hostname" && value.find_first_of(" /\\:*") != std::string_view::npos)
        refuse(name, "\"" + std::string(value) + "\" is no host name.");
}

void checkMappingValue(std::string_view name, std::string_view value)
{
    if (name == "Issuer") {
        if (!isThumbprint(value))
            throw SoapFault::of(code::invalidSelectorValue,
                                "Issuer is a thumbprint of 40 hexadecimal digits.");
        if (!isStoredIssuer(value))
            throw SoapFault::of(code::mappingIssuer);
    } else if (name == "Subject") {
        if (value.empty() || !hasGoodStar(value, false))
            throw SoapFault::of(code::mappingSubject);
    } else if (name == "URI") {
        if (value.empty() || !hasGoodStar(value, true)
            || value.find_first_of(" \t\r\n?") != std::string_view::npos)
            throw SoapFault::of(code::invalidSelectorValue,
                                "URI is a resource URI or the beginning of one and a *.");
    } else if (name == "UserName") {
        if (value.empty() || value.find_first_of("\\@") != std::string_view::npos)
            throw SoapFault::of(code::mappingCredentials,
                                "Certificates are mapped to local accounts only.");
    } else if (name == "Password") {
        if (value.empty())
            throw SoapFault::of(code::mappingPasswordBlank);
        if (value.size() > 255)
            throw SoapFault::of(code::mappingPasswordLong);
    } else if (name == "Enabled") {
        checkBoolean(name, value);
    }
}
