#include "connection/rules.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What the rules look at.
struct Case
{
    const ConnectionOptions &options;
    const CredentialFacts &credential;
    Use use = Use::Everything;

    bool is(Authentication authentication) const
    {
        return options.authentication == authentication;
    }
    bool basic() const { return is(Authentication::Basic); }
    bool ntlm() const { return is(Authentication::Ntlm); }
    bool hasUser() const { return !options.userName.isEmpty(); }
    /// A ticket may be what signs in.
    bool ticketPossible() const
    {
        return is(Authentication::Kerberos) || is(Authentication::Negotiate)
            || is(Authentication::Automatic);
    }
    /// Without one of these two Automatic has another way: Basic over TLS, no sign-in at all.
    bool mustNegotiate() const
    {
        return is(Authentication::Negotiate)
            || (is(Authentication::Automatic) && http() && !options.allowClearText && !anonymous());
    }
    /// Identify without signing in.
    bool anonymous() const
    {
        return use == Use::IdentifyOnly && is(Authentication::Automatic) && !hasUser();
    }
    /// Tickets are issued for names; a full SPN holds one.
    bool noNameForTicket() const
    {
        return isAddressLiteral(options.host) && !options.servicePrincipal.contains(u'/');
    }
    bool http() const { return !options.tls; }
    bool httpMayFollow() const { return options.tls && options.automaticScheme; }
    bool pinned() const { return !options.pinSha256.isEmpty(); }
    /// Something that needs consent would go over plain http, and nobody gave it.
    bool clearText() const
    {
        return http() && !options.allowClearText
            && (basic() || (is(Authentication::None) && use != Use::IdentifyOnly));
    }
};

struct Rule
{
    const char *id;
    Verdict verdict;
    const char *field;
    std::uint32_t code;
    Cause cause; ///< of the Error when it refuses
    bool (*applies)(const Case &);
    const char *sentence;
};

bool outside(std::chrono::milliseconds time)
{
    return time < 500ms || time > std::chrono::days(7);
}

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c < u' ' || (c >= u'\x7f' && c < u'\xa0'); });
}

/// "HTTP", "HTTP/web01.example.com", "HTTP/web01:5985", with or without "@REALM".
bool isServicePrincipal(const QString &text)
{
    static const QRegularExpression form(u"\\A[^\\s/@]+(/[^\\s/@]+(@[^\\s/@]+)?)?\\z"_s);
    return text.size() <= 512 && !hasControl(text) && form.match(text).hasMatch();
}

/// "alice", "alice@EXAMPLE.COM", "EXAMPLE\\alice", ".\\alice": no part is missing.
bool isAccountForm(const QString &name)
{
    return !name.startsWith(u'\\') && !name.endsWith(u'\\') && !name.startsWith(u'@')
        && !name.endsWith(u'@') && name.count(u'\\') <= 1;
}

bool isLocalhost(const QString &host)
{
    const QString name = host.toLower();
    return name == "localhost"_L1 || name.endsWith(".localhost"_L1)
        || name == "localhost.localdomain"_L1;
}

bool isLanguageTag(const QString &text)
{
    static const QRegularExpression form(u"\\A[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}\\z"_s);
    return form.match(text).hasMatch();
}

constexpr auto Refused = Verdict::Refused;
constexpr auto Warned = Verdict::Warned;
constexpr auto NotApplicable = Verdict::NotApplicable;
constexpr auto Contradiction = Cause::OptionsRefused;
constexpr auto ClearText = Cause::OptionsClearText;
constexpr auto Unverified = Cause::AuthUnverifiedHost;
constexpr auto Address = Cause::KrbAddress;

// Source of rules and codes: WinRM Scripting API, WSManSessionFlags and CreateSession; ranges:
// Windows' winrm/config. A rule without code is this program's own.
constexpr std::array rules{
    // What cannot be used at all.
    Rule{"host.empty", Refused, "host", 0, Contradiction,
         [](const Case &c) { return c.options.host.isEmpty(); }, "No host is given."},
    Rule{"host.form", Refused, "host", 0, Contradiction,
         [](const Case &c) { return !c.options.host.isEmpty() && !isPossibleHost(c.options.host); },
         "The host is neither a possible name nor an IPv4 or IPv6 address."},
    Rule{"path.form", Refused, "path", 0, Contradiction,
         [](const Case &c) { return !isPossiblePath(c.options.path); },
         "The path must begin with / and may hold no spaces, ? or #."},
    Rule{"none.with_credentials", Refused, "authentication", 0x803380AB, Contradiction,
         [](const Case &c) {
             return c.options.authentication == Authentication::None
                 && (!c.options.userName.isEmpty() || c.credential.hasPassword);
         },
         "A user name or password is given, but the connection is to be made without signing in."},
    Rule{"basic.needs_user", Refused, "userName", 0x803380B0, Contradiction,
         [](const Case &c) { return c.basic() && c.options.userName.isEmpty(); },
         "Basic needs a user name."},
    Rule{"basic.needs_password", Refused, "password", 0x803380B0, Contradiction,
         [](const Case &c) {
             return c.basic() && !c.credential.hasPassword && !c.credential.willAsk;
         },
         "Basic needs a password, and there is nobody to ask for it."},
    Rule{"basic.colon_in_user", Refused, "userName", 0, Contradiction,
         [](const Case &c) { return c.basic() && c.options.userName.contains(u':'); },
         "A user name with a colon cannot be sent with Basic: the host would cut it at the colon."},
    Rule{"basic.control_in_user", Refused, "userName", 0, Contradiction,
         [](const Case &c) { return c.basic() && hasControl(c.options.userName); },
         "The user name holds a control character, such as a line break or a tab."},
    Rule{"user.control", Refused, "userName", 0, Contradiction,
         [](const Case &c) { return !c.basic() && hasControl(c.options.userName); },
         "The user name holds a control character, such as a line break or a tab."},
    Rule{"user.form", Refused, "userName", 0, Contradiction,
         [](const Case &c) {
             return (c.ntlm() || c.ticketPossible()) && !isAccountForm(c.options.userName);
         },
         "A part of the user name is missing, or there is one too many. It is written as user, "
         "user@REALM or DOMAIN\\user."},
    Rule{"kerberos.local_user", Refused, "userName", 0, Contradiction,
         [](const Case &c) {
             return c.is(Authentication::Kerberos) && c.options.userName.startsWith(u".\\");
         },
         "An account of the host itself cannot sign in with Kerberos."},
    Rule{"ntlm.needs_user", Refused, "userName", 0x803380B0, Contradiction,
         [](const Case &c) { return c.ntlm() && !c.hasUser(); },
         "NTLM needs a user name and a password."},
    Rule{"ntlm.needs_password", Refused, "password", 0x803380B0, Contradiction,
         [](const Case &c) {
             return c.ntlm() && c.hasUser() && !c.credential.hasPassword && !c.credential.willAsk;
         },
         "NTLM needs a password, and there is nobody to ask for it."},
    Rule{"credentials.needs_user", Refused, "userName", 0x80338147, Contradiction,
         [](const Case &c) {
             return c.ticketPossible() && !c.hasUser() && c.credential.hasPassword;
         },
         "A password is given, but no user name."},
    Rule{"spn.form", Refused, "servicePrincipal", 0, Contradiction,
         [](const Case &c) {
             return !c.options.servicePrincipal.isEmpty()
                 && !isServicePrincipal(c.options.servicePrincipal);
         },
         "The service name must be written as HTTP/web01.example.com, or as a class alone such as "
         "WSMAN."},
    Rule{"kerberos.address", Refused, "host", 0x8033810B, Address,
         [](const Case &c) {
             return c.noNameForTicket()
                 && (c.is(Authentication::Kerberos) || (c.mustNegotiate() && !c.hasUser()));
         },
         "Kerberos needs the name of the host, and the host is given by its address."},
    Rule{"ntlm.unverified_host", Refused, "unverifiedHost", 0x803380E4, Unverified,
         [](const Case &c) { return c.http() && c.ntlm() && !c.options.unverifiedHost; },
         "With NTLM over http the host proves nothing about itself, and the connection does not "
         "say that it need not."},
    Rule{"negotiate.unverified_host", Refused, "unverifiedHost", 0x803380E4, Unverified,
         [](const Case &c) {
             return c.http() && c.mustNegotiate() && c.hasUser() && c.noNameForTicket()
                 && !c.options.unverifiedHost;
         },
         "To an address only NTLM can sign in. With NTLM over http the host proves nothing about "
         "itself, and the connection does not say that it need not."},
    Rule{"noencryption.only_http", Refused, "allowClearText", 0x803380D7, Contradiction,
         [](const Case &c) {
             return c.options.tls && !c.options.automaticScheme && c.options.allowClearText;
         },
         "Unencrypted traffic can be allowed for http only, and this connection uses https."},
    Rule{"cleartext.automatic", Refused, "allowClearText", 0x803380DE, ClearText,
         [](const Case &c) { return c.clearText() && c.options.automaticScheme; },
         "The host offers no https, and unencrypted traffic over http is not allowed."},
    Rule{"cleartext.basic", Refused, "allowClearText", 0x803380DE, ClearText,
         [](const Case &c) { return c.clearText() && !c.options.automaticScheme && c.basic(); },
         "Basic over http sends the password unencrypted, and unencrypted traffic is not allowed."},
    Rule{"cleartext.data", Refused, "allowClearText", 0x803380DE, ClearText,
         [](const Case &c) { return c.clearText() && !c.options.automaticScheme && !c.basic(); },
         "Over http without signing in, all data travels unencrypted, and unencrypted traffic is "
         "not allowed."},
    Rule{"pin.size", Refused, "pinSha256", 0, Contradiction,
         [](const Case &c) { return c.pinned() && c.options.pinSha256.size() != 32; },
         "The pinned certificate fingerprint is not a SHA-256 digest."},
    Rule{"timeout.range", Refused, "operationTimeout", 0, Contradiction,
         [](const Case &c) { return outside(c.options.operationTimeout); },
         "The operation timeout must be between 0.5 seconds and 7 days."},
    Rule{"network_delay.range", Refused, "networkDelay", 0, Contradiction,
         [](const Case &c) { return outside(c.options.networkDelay); },
         "The network delay must be between 0.5 seconds and 7 days."},
    Rule{"connect_timeout.range", Refused, "connectTimeout", 0, Contradiction,
         [](const Case &c) { return outside(c.options.connectTimeout); },
         "The connect timeout must be between 0.5 seconds and 7 days."},
    Rule{"envelope.range", Refused, "maxEnvelopeKib", 0, Contradiction,
         [](const Case &c) {
             return c.options.maxEnvelopeKib < 8 || c.options.maxEnvelopeKib > 1039440;
         },
         "The largest reply must be between 8 and 1,039,440 KiB."},
    Rule{"batch.zero", Refused, "batchItems", 0x803380C2, Contradiction,
         [](const Case &c) { return c.options.batchItems == 0; },
         "At least one instance must be asked for at a time."},
    Rule{"locale.form", Refused, "locale", 0, Contradiction,
         [](const Case &c) {
             return !c.options.locale.isEmpty() && !isLanguageTag(c.options.locale);
         },
         "The language must be a tag such as en-US or de."},

    // What works, against Windows' policy or good sense.
    Rule{"cleartext.allowed", Warned, "allowClearText", 0, Contradiction,
         [](const Case &c) {
             return c.http() && c.options.allowClearText
                 && (c.basic() || c.is(Authentication::None) || c.is(Authentication::Automatic));
         },
         "Unencrypted traffic is allowed: everyone on the way can read the data, and the password "
         "if there is one."},
    Rule{"cleartext.may_follow", Warned, "allowClearText", 0, Contradiction,
         [](const Case &c) {
             return c.httpMayFollow() && c.options.allowClearText
                 && (c.basic() || c.is(Authentication::None) || c.is(Authentication::Automatic));
         },
         "Unencrypted traffic is allowed: if the host offers no https, everyone on the way can "
         "read the data, and the password if there is one."},
    Rule{"http.trusted_hosts", Warned, "tls", 0x803380E4, Contradiction,
         [](const Case &c) { return c.http() && c.basic(); },
         "Over http the host proves nothing about itself. Windows' own client would connect only "
         "if the host were in its TrustedHosts list."},
    Rule{"ntlm.trusted_hosts", Warned, "unverifiedHost", 0x803380E4, Contradiction,
         [](const Case &c) {
             return (c.http() || c.httpMayFollow()) && c.options.unverifiedHost
                 && (c.ntlm()
                     || (c.hasUser()
                         && (c.is(Authentication::Negotiate) || c.is(Authentication::Automatic))));
         },
         "With NTLM over http the host proves nothing about itself. Windows' own client would "
         "connect only if the host were in its TrustedHosts list."},
    Rule{"kerberos.localhost", Warned, "host", 0, Contradiction,
         [](const Case &c) {
             return c.is(Authentication::Kerberos) && isLocalhost(c.options.host)
                 && !c.options.servicePrincipal.contains(u'/');
         },
         "Tickets are seldom issued for the name localhost. Use the computer's full name."},
    Rule{"delegate.unsafe", Warned, "delegate", 0, Contradiction,
         [](const Case &c) { return c.options.delegate && c.ticketPossible(); },
         "The ticket is handed on to the host, which can then act in your name on other "
         "computers. Do that only with hosts you trust."},
    Rule{"skip_ca.unsafe", Warned, "skipCaCheck", 0, Contradiction,
         [](const Case &c) { return c.options.tls && c.options.skipCaCheck && !c.pinned(); },
         "The issuer of the certificate is not checked, so another machine can pose as the host. "
         "Pinning its certificate is safer."},
    Rule{"skip_cn.unsafe", Warned, "skipCnCheck", 0, Contradiction,
         [](const Case &c) { return c.options.tls && c.options.skipCnCheck && !c.pinned(); },
         "The name in the certificate is not checked, so any machine with a certificate of the "
         "same authority can pose as the host. Pinning its certificate is safer."},
    Rule{"address.certificate_name", Warned, "host", 0, Contradiction,
         [](const Case &c) {
             return c.options.tls && !c.pinned() && !c.options.skipCnCheck
                 && isAddressLiteral(c.options.host);
         },
         "The host is given by its address, and few certificates hold one. Use its name, or pin "
         "its certificate."},
    Rule{"user.space", Warned, "userName", 0, Contradiction,
         [](const Case &c) { return c.options.userName.trimmed() != c.options.userName; },
         "The user name begins or ends with a space. It is sent as it stands."},
    Rule{"basic.domain_user", Warned, "userName", 0, Contradiction,
         [](const Case &c) {
             return c.basic()
                 && (c.options.userName.contains(u'\\') || c.options.userName.contains(u'@'));
         },
         "Windows hosts accept only their own local accounts with Basic, no accounts of a domain."},
    Rule{"port.of_http", Warned, "port", 0, Contradiction,
         [](const Case &c) {
             return c.options.tls && (c.options.port == 5985 || c.options.port == 80);
         },
         "This port is usually the one of http, and the connection uses https."},
    Rule{
        "port.of_https", Warned, "port", 0, Contradiction,
        [](const Case &c) { return c.http() && (c.options.port == 5986 || c.options.port == 443); },
        "This port is usually the one of https, and the connection uses http."},
    Rule{"envelope.beyond_limit", Warned, "maxEnvelopeKib", 0, Contradiction,
         [](const Case &c) { return c.options.maxEnvelopeKib > 65536; },
         "Replies of more than 64 MiB are asked for, but are not accepted here."},
    Rule{"batch.large", Warned, "batchItems", 0, Contradiction,
         [](const Case &c) { return c.options.batchItems > 32000; },
         "More than 32,000 instances are asked for at a time; Windows hosts may refuse that."},

    // What has no effect here.
    Rule{"pin.only_https", NotApplicable, "pinSha256", 0, Contradiction,
         [](const Case &c) { return c.http() && c.pinned(); },
         "The pinned certificate has no effect: over http there is no certificate."},
    Rule{"ca.only_https", NotApplicable, "caFile", 0, Contradiction,
         [](const Case &c) { return c.http() && !c.options.caFile.isEmpty(); },
         "The file of authorities has no effect: over http there is no certificate."},
    Rule{"skip_ca.only_https", NotApplicable, "skipCaCheck", 0, Contradiction,
         [](const Case &c) { return c.http() && c.options.skipCaCheck; },
         "Skipping the check of the issuer has no effect: over http there is no certificate."},
    Rule{"skip_cn.only_https", NotApplicable, "skipCnCheck", 0, Contradiction,
         [](const Case &c) { return c.http() && c.options.skipCnCheck; },
         "Skipping the check of the name has no effect: over http there is no certificate."},
    Rule{"skip_revocation.only_https", NotApplicable, "skipRevocationCheck", 0, Contradiction,
         [](const Case &c) { return c.http() && c.options.skipRevocationCheck; },
         "Skipping the check for revocation has no effect: over http there is no certificate."},
    Rule{"skip_revocation.never_checked", NotApplicable, "skipRevocationCheck", 0, Contradiction,
         [](const Case &c) { return c.options.tls && c.options.skipRevocationCheck; },
         "Skipping the check for revocation has no effect: this program never checks whether a "
         "certificate was revoked."},
    Rule{"ca.replaced_by_pin", NotApplicable, "caFile", 0, Contradiction,
         [](const Case &c) { return c.options.tls && c.pinned() && !c.options.caFile.isEmpty(); },
         "The file of authorities has no effect: the pinned certificate alone decides."},
    Rule{"skip_ca.replaced_by_pin", NotApplicable, "skipCaCheck", 0, Contradiction,
         [](const Case &c) { return c.options.tls && c.pinned() && c.options.skipCaCheck; },
         "Skipping the check of the issuer has no effect: the pinned certificate alone decides."},
    Rule{"skip_cn.replaced_by_pin", NotApplicable, "skipCnCheck", 0, Contradiction,
         [](const Case &c) { return c.options.tls && c.pinned() && c.options.skipCnCheck; },
         "Skipping the check of the name has no effect: the pinned certificate alone decides."},
    Rule{"ca.skipped", NotApplicable, "caFile", 0, Contradiction,
         [](const Case &c) {
             return c.options.tls && !c.pinned() && c.options.skipCaCheck
                 && !c.options.caFile.isEmpty();
         },
         "The file of authorities has no effect: the check of the issuer is skipped."},
    Rule{"cleartext.sealed", NotApplicable, "allowClearText", 0, Contradiction,
         [](const Case &c) {
             return (c.http() || c.options.automaticScheme) && c.options.allowClearText
                 && (c.ntlm() || c.is(Authentication::Negotiate) || c.is(Authentication::Kerberos));
         },
         "Allowing unencrypted traffic has no effect: this way of signing in encrypts the messages "
         "itself."},
    Rule{"unverified.only_ntlm_http", NotApplicable, "unverifiedHost", 0, Contradiction,
         [](const Case &c) {
             return c.options.unverifiedHost
                 && ((c.options.tls && !c.options.automaticScheme) || c.basic()
                     || c.is(Authentication::None) || c.is(Authentication::Kerberos));
         },
         "That the host cannot be verified has no effect: it is about NTLM over http only."},
    Rule{"spn.only_kerberos", NotApplicable, "servicePrincipal", 0, Contradiction,
         [](const Case &c) {
             return !c.options.servicePrincipal.isEmpty() && !c.ticketPossible();
         },
         "The service name has no effect: only Kerberos asks for tickets by it."},
    Rule{"spn_port.only_kerberos", NotApplicable, "servicePort", 0, Contradiction,
         [](const Case &c) { return c.options.servicePort && !c.ticketPossible(); },
         "The port in the service name has no effect: only Kerberos asks for tickets by it."},
    Rule{"spn_port.full_name", NotApplicable, "servicePort", 0, Contradiction,
         [](const Case &c) {
             return c.options.servicePort && c.ticketPossible()
                 && c.options.servicePrincipal.contains(u'/');
         },
         "The port is not added to the service name, which is given in full."},
    Rule{"delegate.only_kerberos", NotApplicable, "delegate", 0, Contradiction,
         [](const Case &c) { return c.options.delegate && !c.ticketPossible(); },
         "Handing the ticket on has no effect: only Kerberos has one."},
};

RuleFinding finding(const Rule &rule)
{
    return {QString::fromLatin1(rule.id), rule.verdict, QString::fromLatin1(rule.field),
            QString::fromLatin1(rule.sentence), rule.code};
}

} // namespace

std::vector<RuleFinding> checkRules(const ConnectionOptions &options,
                                    const CredentialFacts &credential, Use use)
{
    std::vector<RuleFinding> findings;
    for (const Rule &rule : rules) {
        if (rule.applies({options, credential, use}))
            findings.push_back(finding(rule));
    }
    return findings; // the table is in the order of the verdicts
}

Done requireRules(const ConnectionOptions &options, const CredentialFacts &credential, Use use)
{
    for (const Rule &rule : rules) {
        if (rule.verdict != Verdict::Refused || !rule.applies({options, credential, use}))
            continue;
        QString phrase = QString::fromLatin1(rule.sentence);
        phrase.chop(1);
        // What needs another name is a matter of the sign-in, not of contradictory options.
        const auto kind = rule.cause == Cause::KrbAddress ? Error::Kind::Authentication
                                                          : Error::Kind::Local;
        Error error = Error::of(kind, rule.cause, phrase,
                                RuleDetails{QString::fromLatin1(rule.id), rule.code});
        error.host = options.host;
        return error;
    }
    return {};
}

std::vector<RuleFinding> allRules()
{
    std::vector<RuleFinding> all;
    std::transform(rules.begin(), rules.end(), std::back_inserter(all), finding);
    return all;
}
