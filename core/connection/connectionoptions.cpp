#include "connection/connectionoptions.h"

#include <QHostAddress>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array authenticationNames{
    std::pair{Authentication::Automatic, QLatin1StringView("auto")},
    std::pair{Authentication::None, QLatin1StringView("none")},
    std::pair{Authentication::Basic, QLatin1StringView("basic")},
    std::pair{Authentication::Negotiate, QLatin1StringView("negotiate")},
    std::pair{Authentication::Kerberos, QLatin1StringView("kerberos")},
    std::pair{Authentication::Ntlm, QLatin1StringView("ntlm")},
};

bool isAsciiAlnum(QChar c)
{
    const auto u = c.unicode();
    return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z');
}

bool isHexDigit(QChar c)
{
    const auto u = c.unicode();
    return (u >= '0' && u <= '9') || (u >= 'a' && u <= 'f') || (u >= 'A' && u <= 'F');
}

bool isDigits(QStringView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool isZone(QStringView zone)
{
    return !zone.isEmpty() && zone.size() <= 32
        && std::all_of(zone.begin(), zone.end(),
                       [](QChar c) { return isAsciiAlnum(c) || QStringView(u"._~-").contains(c); });
}

bool isIpv4(QStringView text)
{
    const auto parts = text.split(u'.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](QStringView part) {
               return isDigits(part) && part.size() <= 3 && part.toInt() <= 255
                   && (part.size() == 1 || part[0] != u'0');
           });
}

bool isIpv6(QStringView text)
{
    const auto percent = text.indexOf(u'%');
    if (percent >= 0 && !isZone(text.mid(percent + 1)))
        return false;
    const QStringView address = percent < 0 ? text : text.left(percent);
    if (!address.contains(u':') || !std::all_of(address.begin(), address.end(), [](QChar c) {
            return isHexDigit(c) || c == u':' || c == u'.';
        }))
        return false;
    QHostAddress parsed;
    return parsed.setAddress(address.toString())
        && parsed.protocol() == QAbstractSocket::IPv6Protocol;
}

/// The ASCII form of a DNS name without its trailing dot, lower case; empty when it cannot be one.
QString asciiName(QStringView host)
{
    if (host.endsWith(u'.'))
        host.chop(1);
    if (host.isEmpty() || host.size() > 253)
        return {};
    const bool ascii = std::all_of(host.begin(), host.end(), [](QChar c) { return c < u'\x80'; });
    const QString name = ascii ? host.toString().toLower()
                               : QString::fromLatin1(QUrl::toAce(host.toString()));
    if (name.isEmpty() || name.size() > 253)
        return {};
    const auto labels = QStringView(name).split(u'.');
    const bool possible = std::all_of(labels.begin(), labels.end(), [](QStringView label) {
        return !label.isEmpty() && label.size() <= 63
            && std::all_of(label.begin(), label.end(),
                           [](QChar c) { return isAsciiAlnum(c) || c == u'-' || c == u'_'; });
    });
    const QStringView last = labels.constLast();
    const bool number = isDigits(last) || last.startsWith("0x"_L1);
    return possible && !number ? name : QString();
}

Error refused(const QString &rule, const QString &message, std::uint32_t code = 0)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message, RuleDetails{rule, code});
}

Done readScheme(QStringView &text, ConnectionOptions &options)
{
    const auto end = text.indexOf("://"_L1);
    options.automaticScheme = end < 0;
    options.tls = true;
    if (end < 0)
        return {};
    const QStringView scheme = text.left(end);
    options.tls = scheme.compare("https"_L1, Qt::CaseInsensitive) == 0;
    if (!options.tls && scheme.compare("http"_L1, Qt::CaseInsensitive) != 0)
        return refused(u"connection.scheme"_s, u"the address must begin with http:// or https://"_s,
                       0x803380DA);
    text = text.mid(end + 3);
    return {};
}

Done readPath(QStringView &text, ConnectionOptions &options)
{
    const auto slash = text.indexOf(u'/');
    const QStringView path = slash < 0 ? QStringView() : text.mid(slash);
    options.path = path.size() <= 1 ? ConnectionOptions().path : path.toString();
    if (!isPossiblePath(options.path))
        return refused(u"connection.path"_s, u"the path of the address has an impossible form"_s);
    if (slash >= 0)
        text = text.left(slash);
    return {};
}

Done readPort(QStringView port, ConnectionOptions &options)
{
    const int number = isDigits(port) && port.size() <= 5 ? port.toInt() : 0;
    if (number < 1 || number > 65535)
        return refused(u"connection.port"_s, u"the port must be a number from 1 to 65535"_s,
                       0x803380DB);
    options.port = std::uint16_t(number);
    return {};
}

/// Splits HOST[:PORT]; brackets are for IPv6 literals only, and two colons without them are one.
Done readHostAndPort(QStringView text, ConnectionOptions &options)
{
    options.port = 0;
    const bool bracket = text.startsWith(u'[');
    const auto close = bracket ? text.indexOf(u']') : -1;
    const Error badHost = refused(
        u"connection.host"_s, u"the host is neither a possible name nor an IPv4 or IPv6 address"_s);
    if (bracket && close < 0)
        return badHost;
    const bool bareIpv6 = !bracket && text.count(u':') > 1;
    const auto hostEnd = bracket ? close + 1 : bareIpv6 ? text.size() : text.indexOf(u':');
    const QStringView rest = hostEnd < 0 ? QStringView() : text.mid(hostEnd);
    QString host = (bracket           ? text.mid(1, close - 1)
                        : hostEnd < 0 ? text
                                      : text.left(hostEnd))
                       .toString();
    if (host.contains(u':'))
        host.replace("%25"_L1, "%"_L1);
    if (host.isEmpty())
        return refused(u"connection.empty"_s, u"no host is given"_s);
    if ((bracket && !isIpv6(host)) || (!rest.isEmpty() && !rest.startsWith(u':'))
        || !isPossibleHost(host))
        return badHost;
    options.host = host;
    return rest.isEmpty() ? Done() : readPort(rest.mid(1), options);
}

} // namespace

std::uint16_t ConnectionOptions::effectivePort() const
{
    return port ? port : tls ? 5986 : 5985;
}

QUrl ConnectionOptions::url() const
{
    QUrl url;
    url.setScheme(tls ? u"https"_s : u"http"_s);
    url.setHost(isAddressLiteral(host)
                    ? host
                    : asciiName(host) + (host.endsWith(u'.') ? u"."_s : QString()));
    url.setPort(effectivePort());
    url.setPath(path, QUrl::TolerantMode);
    return url;
}

QString ConnectionOptions::displayHost() const
{
    if (port == 0 || port == (tls ? 5986 : 5985))
        return host;
    return (host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s).arg(host).arg(port);
}

QString ConnectionOptions::certificateName() const
{
    if (isIpv6(host))
        return host.section(u'%', 0, 0).toLower();
    return isIpv4(host) ? host : asciiName(host);
}

bool isAddressLiteral(QStringView host)
{
    return isIpv4(host) || isIpv6(host);
}

bool isPossibleHost(const QString &host)
{
    return isAddressLiteral(host) || !asciiName(host).isEmpty();
}

bool isPossiblePath(QStringView path)
{
    if (!path.startsWith(u'/') || path.size() > 255)
        return false;
    for (qsizetype i = 0; i < path.size(); ++i) {
        const bool escape = path[i] == u'%' && i + 2 < path.size() && isHexDigit(path[i + 1])
            && isHexDigit(path[i + 2]);
        if (!escape && !isAsciiAlnum(path[i])
            && !QStringView(u"/-._~!$&'()*+,;=:@").contains(path[i]))
            return false;
    }
    const auto segments = path.split(u'/');
    return !segments.contains(u".") && !segments.contains(u"..");
}

Authentication effectiveAuthentication(const ConnectionOptions &options, bool hasTicket)
{
    if (options.authentication != Authentication::Automatic)
        return options.authentication;
    const bool nobody = options.userName.isEmpty() && !hasTicket;
    return nobody ? Authentication::None : Authentication::Negotiate;
}

Result<ConnectionOptions> parseConnection(const QString &text, const ConnectionOptions &defaults)
{
    const QString trimmed = text.trimmed();
    QStringView rest = trimmed;
    ConnectionOptions options = defaults;
    if (rest.isEmpty())
        return refused(u"connection.empty"_s, u"no host is given"_s);
    if (rest.size() > 2048)
        return refused(u"connection.host"_s, u"the address is too long"_s);
    if (const Done scheme = readScheme(rest, options); !scheme)
        return scheme.error();
    if (rest.split(u'/').constFirst().contains(u'@'))
        return refused(u"connection.userinfo"_s,
                       u"a user name or password does not belong into the address"_s);
    if (rest.contains(u'?') || rest.contains(u'#'))
        return refused(u"connection.query"_s,
                       u"the address may not have a query (?) or fragment (#)"_s);
    if (const Done path = readPath(rest, options); !path)
        return path.error();
    if (const Done hostAndPort = readHostAndPort(rest, options); !hostAndPort)
        return hostAndPort.error();
    return options;
}

Result<QByteArray> parsePin(const QString &text)
{
    QStringView digits = QStringView(text).trimmed();
    if (digits.startsWith("sha256:"_L1, Qt::CaseInsensitive))
        digits = digits.mid(7);
    QByteArray hex;
    for (const QChar c : digits) {
        if (c == u':')
            continue;
        if (!isHexDigit(c) || hex.size() >= 64) {
            hex.clear();
            break;
        }
        hex.append(char(c.unicode()));
    }
    if (hex.size() != 64)
        return refused(u"pin"_s, u"a pin is \"sha256:\" and 64 hexadecimal digits"_s);
    return QByteArray::fromHex(hex);
}

QString pinText(const QByteArray &sha256)
{
    return u"sha256:"_s + QString::fromLatin1(sha256.toHex());
}

QString authenticationName(Authentication authentication)
{
    for (const auto &[value, name] : authenticationNames) {
        if (value == authentication)
            return name;
    }
    return authenticationNames.front().second;
}

std::optional<Authentication> authenticationNamed(QStringView name)
{
    for (const auto &[value, known] : authenticationNames) {
        if (name.compare(known, Qt::CaseInsensitive) == 0)
            return value;
    }
    return std::nullopt;
}
