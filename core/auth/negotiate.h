#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the platform's security library does for a sign-in, without Qt, so that each platform has
/// its own small file behind one interface: negotiate_gssapi.cpp here. Everything may block (a
/// silent KDC for half a minute); a context is used by one thread at a time.
namespace negotiate {

/// What stood in the way, as far as it can be told apart.
enum class Reason {
    None,
    NoTicket,
    TicketExpired,
    ForeignTicket,
    Address,
    RealmUnknown,
    KdcUnreachable,
    UserUnknown,
    WrongPassword,
    PasswordExpired,
    AccountLocked,
    ServiceUnknown,
    ServiceKey,
    ClockSkew,
    EncryptionType,
    Configuration,
    UserForm,
    Unavailable,  ///< a library or plug-in is not there
    HostUnproven, ///< no mutual authentication, confidentiality or integrity
    Malformed,    ///< the host's token is none
    Rejected,     ///< the host says no and not why
    SealBroken,
    SealOrder,
    SealMalformed,
    Other,
};

/// Reason::None: no failure. `text` is the library's, without paths of files that hold secrets.
struct Failure
{
    Reason reason = Reason::None;
    std::uint32_t major = 0; ///< GSSAPI's, 0 where another library failed
    std::uint32_t minor = 0;
    std::string text;

    explicit operator bool() const { return reason != Reason::None; }
};

/// A password, overwritten when it goes. Moving it leaves nothing behind.
class Password
{
public:
    Password() = default;
    explicit Password(std::string_view text);
    Password(Password &&) noexcept = default;
    Password &operator=(Password &&other) noexcept;
    ~Password();

    bool isEmpty() const { return m_text.empty(); }
    const char *text() const { return m_text.data(); } ///< ends with NUL; null when empty
    std::size_t size() const { return m_text.empty() ? 0 : m_text.size() - 1; }

private:
    void wipe();
    std::vector<char> m_text;
};

/// What a context is made of. Names in UTF-8.
struct Wishes
{
    bool spnego = true;    ///< the scheme Negotiate; else the mechanism's tokens as they are
    bool kerberos = true;  ///< with both, Kerberos first
    bool ntlm = false;     ///< only with a password
    Failure noKerberos;    ///< why Kerberos cannot be, known before anybody was asked
    std::string principal; ///< "alice@EXAMPLE.COM"; empty: whose ticket it is
    Password password;     ///< empty: a ticket is used
    /// In the order they are tried: "HTTP/web01.example.com@EXAMPLE.COM"; nothing behind the "@"
    /// leaves the realm to the KDC.
    std::vector<std::string> services;
    std::string ntlmUser, ntlmDomain; ///< as they are sent
    bool delegate = false;
    std::string channelBinding; ///< application_data; empty: none
};

struct Facts
{
    bool ntlm = false;
    std::string principal;    ///< whose ticket; empty with NTLM
    std::string service;      ///< the one of Wishes::services that was used; empty with NTLM
    std::string encryption;   ///< "AES256"; empty where unknown
    std::int64_t expires = 0; ///< seconds since 1970; 0: never
    bool otherService = false;
    bool becameNtlm = false;
    bool delegated = false;
};

class Context
{
public:
    Context() = default;
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;
    virtual ~Context() = default;

    /// First with an empty token. `out` is what goes to the host, maybe nothing.
    virtual Failure step(std::string_view in, std::string &out) = 0;
    virtual bool isComplete() const = 0;
    virtual const Facts &facts() const = 0; ///< once complete

    /// Seals `data` in place; `padding` is what has to follow it.
    virtual Failure seal(std::span<char> data, std::string &header, std::string &padding) = 0;
    /// Opens `data` in place; `size` says how much of it is left.
    virtual Failure unseal(std::span<char> header, std::span<char> data, std::size_t &size) = 0;
};

/// The platform's. Asks nobody before the first step.
std::unique_ptr<Context> makeContext(Wishes wishes);

} // namespace negotiate
