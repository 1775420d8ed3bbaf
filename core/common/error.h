#pragma once

#include "common/cause.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <variant>
#include <vector>

/// One link of a fault's chain, outermost first: SOAP fault, WSManFault, provider fault, WMI or OMI
/// error.
struct FaultLink
{
    enum class Form { Soap, WSManFault, ProviderFault, WmiError, OmiError, CimError, Other };
    Form form = Form::Soap;
    std::optional<std::uint32_t> code; ///< WSManFault/@Code, error_Code, OMI_Code or CIMStatusCode
    QString symbol;   ///< as the host named it (MessageID, OMI_Type ...), may be empty
    QString message;  ///< the host's words
    QString provider; ///< ProviderFault/@provider
    QString machine;  ///< WSManFault/@Machine
};

/// What a SOAP fault says. Sources: SOAP 1.2 part 1 (5.4), DSP0226 (14), MS-WSMV 2.2.4 (faults).
struct FaultDetails
{
    QString code; ///< local name of s:Code/s:Value, e.g. "Sender"
    QString
        subcode; ///< local name of the first s:Subcode/s:Value, e.g. "AccessDenied"; may be empty
    QString subcodeNamespace; ///< its namespace URI where the prefix could be resolved
    QString detailUri; ///< w:FaultDetail, e.g. ".../faultDetail/InvalidResourceURI"; may be empty
    std::vector<FaultLink> chain; ///< never empty: the SOAP fault itself is the first link
    /// The most specific number of the chain (innermost), if any link has one.
    std::optional<std::uint32_t> number;
};

struct TlsDetails
{
    QByteArray leafDer;        ///< the host's certificate as presented; empty if none came
    QByteArray leafSha256;     ///< 32 bytes
    QByteArray expectedSha256; ///< the pin it was held against; empty without one
    QStringList problems;      ///< the TLS library's own words, one a problem
};

struct AuthDetails
{
    QString mechanism;       ///< "basic", "kerberos" ...
    QStringList offered;     ///< schemes of WWW-Authenticate, as the host spelled them
    std::uint32_t major = 0; ///< GSSAPI major status, 0 without
    std::uint32_t minor = 0;
};

struct HttpDetails
{
    int status = 0; ///< 0: no status line arrived
    QString reason;
    QString contentType;
    QString location; ///< of a redirect, as sent
    QByteArray start; ///< first bytes of the body, at most 1 KiB
};

struct FileDetails
{
    QString path;
    int systemError = 0; ///< errno
};

struct KeychainDetails
{
    QString entry;   ///< which entry (its key, never its content)
    QString backend; ///< the keychain library's own words
};

/// Options or command-line words that contradict each other: the rule that refused them.
struct RuleDetails
{
    QString rule;           ///< stable id of connection/rules.h, or the offending word
    std::uint32_t code = 0; ///< the 0x8033xxxx code Windows' client gives for it, 0 without
};

using ErrorDetails = std::variant<std::monostate, FaultDetails, TlsDetails, AuthDetails,
                                  HttpDetails, FileDetails, KeychainDetails, RuleDetails>;

/// The one error of the whole program. Decide on `kind`, `cause` and numbers; never on text. The
/// sentence for the user is made from it by text/sentences.h only. Holds no secret, ever.
struct Error
{
    enum class Kind {
        None,
        Cancelled,
        Connection, ///< name, TCP, TLS handshake, proxy: nothing was asked of the host
        Timeout,    ///< connected, but no answer in our own time
        Certificate,
        Authentication,
        Fault,    ///< the host answered with a SOAP fault
        Protocol, ///< the answer is not ours: HTML, empty, malformed, truncated
        Local,    ///< this machine: usage, files, keychain, options
    };
    Kind kind = Kind::None;
    Cause cause = Cause::Unknown;
    QString message; ///< as the host or a library said it: shown beside the sentence, not for
                     ///< deciding on
    QString host;    ///< whom it concerns, for the sentence; may be empty
    ErrorDetails details;
    bool maybeExecuted = false; ///< bytes of a request that may change something had left
    std::uint64_t exchange = 0; ///< id of the exchange in the session's trace, 0 without

    explicit operator bool() const { return kind != Kind::None; }

    static Error of(Kind kind, Cause cause, const QString &message = {}, ErrorDetails details = {});
    static Error cancelled();
    const FaultDetails *fault() const { return std::get_if<FaultDetails>(&details); }
};
