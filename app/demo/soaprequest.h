#pragma once

#include "document/document.h"

#include <QByteArray>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct Personality;

/// One w:Selector: text, or an endpoint reference for a key that is a reference.
struct SoapSelector
{
    std::string name;
    std::string value;
    Node reference;
};

struct SoapOption
{
    std::string name;
    std::string value;
    bool mustComply = false;
};

/// A request whose headers were held against the rules of protocol and host. Nodes point into
/// `document`.
struct SoapRequest
{
    DocumentPtr document;
    bool identify = false; ///< the body is wsmid:Identify; the rest is then empty
    std::string action, messageId, to, resourceUri;
    std::vector<SoapSelector> selectors; ///< without __cimnamespace
    std::string cimNamespace;            ///< the __cimnamespace selector, "/" between its parts
    std::vector<SoapOption> options;
    std::uint32_t maxEnvelopeSize = 0; ///< octets; what was asked, capped by the host's own limit
    std::optional<std::chrono::milliseconds> operationTimeout;
    std::optional<std::string> fragmentPath;
    bool wantsEstimate = false; ///< w:RequestTotalItemsCountEstimate
    std::string machine; ///< host of `to`, for faults
    Node body;           ///< first element of s:Body; null when it is empty

    const SoapSelector *selector(std::string_view name) const; ///< ignoring case
    /// Value of an xs:boolean option, ignoring the case of its name.
    bool option(std::string_view name, bool otherwise) const;
};

/// Reads the bytes of a request. Throws SoapFault. `request` is filled as far as reading came, so
/// that a fault can relate to it. What the server does not know is refused or not read.
void readSoapRequest(const QByteArray &bytes, std::uint32_t serverEnvelope, const Personality &as,
                     SoapRequest &request);

/// xs:duration in milliseconds (months and years refused); nullopt when it is none or negative.
std::optional<std::chrono::milliseconds> parseDuration(std::string_view text);

bool equalIgnoringCase(std::string_view a, std::string_view b); ///< ASCII
