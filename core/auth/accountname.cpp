#include "auth/kerberosfacts.h"

using namespace Qt::StringLiterals;

AccountName accountName(const QString &userName)
{
    using Form = AccountName::Form;
    if (userName.isEmpty())
        return {};
    if (const qsizetype slash = userName.indexOf(u'\\'); slash >= 0) {
        const QString domain = userName.left(slash), user = userName.mid(slash + 1);
        if (domain == u"."_s)
            return {Form::Local, user, {}};
        return {Form::Domain, user, domain};
    }
    const qsizetype at = userName.lastIndexOf(u'@');
    if (at > 0 && at + 1 < userName.size())
        return {Form::Principal, userName.left(at), userName.mid(at + 1)};
    return {Form::Plain, userName, {}};
}

namespace {

Error wrongForm(const QString &words)
{
    return Error::of(Error::Kind::Authentication, Cause::AuthUserForm, words,
                     AuthDetails{.mechanism = u"kerberos"_s});
}

/// A part of a principal's name: what would separate parts loses that meaning.
QString escaped(QString part)
{
    return part.replace(u"\\"_s, u"\\\\"_s).replace(u"@"_s, u"\\@"_s);
}

/// The realm that a domain's name means; empty if that cannot be known.
QString realmOfDomain(const QString &domain)
{
    const QString upper = domain.toUpper();
    if (upper.contains(u'.'))
        return upper;
    const QString realm = defaultRealm();
    if (realm.compare(upper, Qt::CaseInsensitive) == 0
        || realm.startsWith(upper + u'.', Qt::CaseInsensitive))
        return realm;
    return {};
}

} // namespace

Result<QString> kerberosPrincipal(const QString &userName)
{
    const AccountName name = accountName(userName);
    if (userName.contains(QChar(u'\0')) || name.user.isEmpty())
        return wrongForm(u"The name is empty or has a NUL in it"_s);
    switch (name.form) {
    case AccountName::Form::Principal:
        return QString(escaped(name.user) + u'@' + name.domain.toUpper());
    case AccountName::Form::Plain:
        if (const QString realm = defaultRealm(); !realm.isEmpty() && !name.user.contains(u'@'))
            return QString(escaped(name.user) + u'@' + realm);
        return wrongForm(u"The name has no realm, and krb5.conf names no default one"_s);
    case AccountName::Form::Domain:
        if (const QString realm = name.domain.isEmpty() ? QString() : realmOfDomain(name.domain);
            !realm.isEmpty())
            return QString(escaped(name.user) + u'@' + realm);
        return wrongForm(u"The realm of the domain %1 is not known"_s.arg(name.domain));
    case AccountName::Form::Local:
        return wrongForm(u"An account of the host itself is in no realm"_s);
    case AccountName::Form::Empty:
        break;
    }
    return wrongForm(u"The name is empty"_s);
}
