#include "auth/signinplan.h"

#include "auth/kerberosfacts.h"

#include <openssl/crypto.h>

using namespace Qt::StringLiterals;

namespace {

negotiate::Password passwordOf(const Secret &secret)
{
    const QByteArray bytes = secret.reveal(); // shares the secret's buffer
    return negotiate::Password({bytes.constData(), size_t(bytes.size())});
}

Error refused(Cause cause, const QString &words)
{
    return Error::of(Error::Kind::Authentication, cause, words);
}

negotiate::Failure failureOf(const Error &error)
{
    const auto reason = error.cause == Cause::KrbAddress ? negotiate::Reason::Address
                                                         : negotiate::Reason::UserForm;
    return {reason, 0, 0, error.message.toStdString()};
}

/// "HTTP/web01.example.com@EXAMPLE.COM"; the realm is left to the KDC where krb5.conf has none.
std::string withRealm(const QString &service)
{
    if (service.contains(u'@'))
        return service.toStdString();
    const QString host = service.section(u'/', 1).section(u':', 0, 0);
    return QString(service + u'@' + realmOfHost(host)).toStdString();
}

bool isPlainNameElsewhere(const SignIn &signIn)
{
    if (accountName(signIn.userName).form != AccountName::Form::Plain)
        return false;
    const QString realm = defaultRealm();
    return realm.isEmpty() || realmOfHost(signIn.host) != realm;
}

Done planKerberos(const SignIn &signIn, bool ntlmToo, negotiate::Wishes &wishes)
{
    const auto services = serviceNames(signIn.host, signIn.port, signIn.servicePrincipal,
                                       signIn.servicePort);
    if (!services)
        return services.error();
    for (const QString &service : *services)
        wishes.services.push_back(withRealm(service));
    if (signIn.userName.isEmpty())
        return {};
    if (ntlmToo && isPlainNameElsewhere(signIn))
        return refused(Cause::AuthUserForm, u"The host is not known to be in the default realm"_s);
    const auto principal = kerberosPrincipal(signIn.userName);
    if (!principal)
        return principal.error();
    wishes.principal = principal->toStdString();
    return {};
}

/// Whether the name behind "@" is a realm, and so the DNS name of a domain, rather than one of the
/// other endings that a domain may let its users have.
bool isRealm(const QString &name, const QString &host)
{
    return name == defaultRealm() || name == realmOfHost(host) || !configuredKdcs(name).isEmpty();
}

void planNtlm(const SignIn &signIn, negotiate::Wishes &wishes)
{
    const AccountName name = accountName(signIn.userName);
    const QString realm = name.domain.toUpper();
    const bool principal = name.form == AccountName::Form::Principal;
    const bool whole = principal && !isRealm(realm, signIn.host);
    wishes.ntlmUser = (whole ? signIn.userName : name.user).toStdString();
    if (!whole)
        wishes.ntlmDomain = (principal ? realm : name.domain).toStdString();
    if (wishes.services.empty())
        wishes.services.push_back("HTTP/" + signIn.host.toStdString() + "@");
}

} // namespace

Result<negotiate::Wishes> planSignIn(const SignIn &signIn)
{
    const AccountName name = accountName(signIn.userName);
    negotiate::Wishes wishes;
    wishes.password = passwordOf(signIn.password);
    wishes.spnego = signIn.scheme == HttpScheme::Negotiate;
    wishes.kerberos = signIn.allowKerberos;
    wishes.ntlm = signIn.allowNtlm && wishes.spnego && !name.user.isEmpty()
        && !wishes.password.isEmpty();
    wishes.delegate = signIn.delegate;
    wishes.channelBinding = signIn.channelBinding.toStdString();
    if (signIn.userName.contains(QChar(u'\0')) || signIn.host.contains(QChar(u'\0')))
        return refused(Cause::AuthUserForm, u"The name has a NUL in it"_s);
    if (signIn.password.reveal().contains('\0'))
        return refused(Cause::AuthFailed, u"The password has a NUL in it"_s);
    if (!wishes.password.isEmpty() && signIn.userName.isEmpty())
        return refused(Cause::AuthUserForm, u"There is a password and no user"_s);
    if (!wishes.kerberos && !wishes.ntlm)
        return refused(signIn.allowNtlm ? Cause::AuthUserForm : Cause::AuthFailed,
                       u"NTLM needs a user and a password"_s);
    if (wishes.kerberos) {
        if (const Done planned = planKerberos(signIn, wishes.ntlm, wishes); !planned) {
            if (!wishes.ntlm)
                return planned.error();
            wishes.noKerberos = failureOf(planned.error());
        }
    }
    if (wishes.ntlm)
        planNtlm(signIn, wishes);
    return wishes;
}

QString ntlmIdentity(const QString &userName)
{
    const AccountName name = accountName(userName);
    return name.form == AccountName::Form::Local ? name.user : userName;
}
