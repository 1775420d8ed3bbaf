#include "auth/kerberosfacts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Whether it is written as an address: a colon (IPv6), or digits and dots only (IPv4).
bool isAddress(const QString &host)
{
    return host.contains(u':') || std::all_of(host.begin(), host.end(), [](QChar c) {
               return c == u'.' || (c >= u'0' && c <= u'9');
           });
}

/// As names stand in a KDC: small letters, no dot of the root.
QString canonicalHost(QString host)
{
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    host = host.toLower();
    return host.endsWith(u'.') ? host.chopped(1) : host;
}

} // namespace

Result<QStringList> serviceNames(const QString &host, std::uint16_t port, const QString &service,
                                 bool withPort)
{
    if (service.contains(u'/'))
        return QStringList{service};
    const QString name = canonicalHost(host);
    if (isAddress(name))
        return Error::of(Error::Kind::Authentication, Cause::KrbAddress, host,
                         AuthDetails{.mechanism = u"kerberos"_s});
    const QString end = withPort ? u"/%1:%2"_s.arg(name).arg(port) : u'/' + name;
    if (!service.isEmpty())
        return QStringList{service + end};
    return QStringList{u"HTTP"_s + end, u"WSMAN"_s + end, u"host"_s + end};
}
