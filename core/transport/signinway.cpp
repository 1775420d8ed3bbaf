#include "transport/signinway.h"

#include "auth/kerberosfacts.h"

using namespace Qt::StringLiterals;

namespace {

/// Tickets are issued for names; a full SPN holds one.
bool hasNameForTicket(const ConnectionOptions &options)
{
    return !isAddressLiteral(options.host) || options.servicePrincipal.contains(u'/');
}

/// NTLM over http trusts a host that proves nothing.
bool mayUseNtlm(const ConnectionOptions &options)
{
    return options.authentication != Authentication::Kerberos
        && (options.tls || options.unverifiedHost);
}

Error signInError(Cause cause, const ConnectionOptions &options)
{
    return Error::of(Error::Kind::Authentication, cause, {},
                     AuthDetails{.mechanism = wayName(options), .offered = {}});
}

/// Nothing where the ticket of the person will do.
Error ticketError(const ConnectionOptions &options)
{
    if (!hasNameForTicket(options))
        return signInError(Cause::KrbAddress, options);
    const auto ticket = currentTicket();
    if (!ticket)
        return ticket.error();
    if (ticket->isExpired())
        return signInError(Cause::KrbTicketExpired, options);
    return ticket->isUsable() ? Error() : signInError(Cause::KrbNoTicket, options);
}

} // namespace

Result<SignInWay> signInWay(const ConnectionOptions &options, const HostLesson &lesson)
{
    const bool inTheClear = !options.tls && !options.allowClearText;
    const auto plain = [&](SignInWay way) {
        return inTheClear
            ? Result<SignInWay>(Error::of(Error::Kind::Local, Cause::OptionsClearText))
            : Result<SignInWay>(way);
    };
    if (options.authentication == Authentication::None)
        return plain(SignInWay::None);
    if (options.authentication == Authentication::Basic || lesson.basicOnly)
        return plain(SignInWay::Basic);
    if (!options.userName.isEmpty())
        return SignInWay::Context;
    const Error missing = ticketError(options);
    if (!missing)
        return SignInWay::Context;
    const bool mayGoWithout = options.authentication == Authentication::Automatic && !inTheClear
        && !lesson.usedTicket;
    return mayGoWithout ? Result<SignInWay>(SignInWay::None) : Result<SignInWay>(missing);
}

Result<SignIn> signInFor(const ConnectionOptions &options, const HostLesson &lesson,
                         const std::optional<OfferedCredential> &offer)
{
    SignIn signIn{.scheme = lesson.scheme.value_or(
                      options.authentication == Authentication::Kerberos ? HttpScheme::Kerberos
                                                                         : HttpScheme::Negotiate),
                  .host = options.host,
                  .port = options.effectivePort(),
                  .userName = {},
                  .password = {},
                  .servicePrincipal = options.servicePrincipal,
                  .servicePort = options.servicePort,
                  .delegate = options.delegate,
                  .channelBinding = {}};
    if (offer) {
        signIn.userName = offer->credential.userName;
        signIn.password = offer->credential.password;
    }
    const bool password = !signIn.userName.isEmpty() && !signIn.password.isEmpty();
    signIn.allowNtlm = password && mayUseNtlm(options) && signIn.scheme == HttpScheme::Negotiate;
    signIn.allowKerberos = mayUseKerberos(options) && !(lesson.noKerberos && signIn.allowNtlm);
    if (signIn.allowKerberos || signIn.allowNtlm)
        return signIn;
    if (password && !mayUseNtlm(options) && options.authentication != Authentication::Kerberos)
        return unverifiedHost();
    return signInError(hasNameForTicket(options) ? Cause::KrbNoTicket : Cause::KrbAddress, options);
}

bool mayUseKerberos(const ConnectionOptions &options)
{
    return (options.authentication == Authentication::Automatic
            || options.authentication == Authentication::Negotiate
            || options.authentication == Authentication::Kerberos)
        && hasNameForTicket(options);
}

bool basicMayFollow(const ConnectionOptions &options)
{
    return options.authentication == Authentication::Automatic && !options.userName.isEmpty()
        && (options.tls || options.allowClearText);
}

Error unverifiedHost(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::AuthUnverifiedHost, message,
                     RuleDetails{.rule = u"ntlm.unverified_host"_s, .code = 0x803380E4});
}

bool ticketServes(const ConnectionOptions &options)
{
    if (!mayUseKerberos(options))
        return false;
    const auto ticket = currentTicket();
    if (!ticket || !ticket->isUsable())
        return false;
    if (options.userName.isEmpty())
        return true;
    const auto principal = kerberosPrincipal(options.userName);
    return principal && *principal == ticket->principal;
}

QString wayName(const ConnectionOptions &options)
{
    return options.authentication == Authentication::Automatic
        ? authenticationName(Authentication::Negotiate)
        : authenticationName(options.authentication);
}
