#include "demo/demosignin.h"

#include <openssl/crypto.h>

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace {

constexpr qsizetype maxNonces = 256; ///< more and the older ones are forgotten

bool sameBytes(const QByteArray &a, const QByteArray &b)
{
    // The time it takes tells the length at most.
    return a.size() == b.size()
        && CRYPTO_memcmp(a.constData(), b.constData(), std::size_t(a.size())) == 0;
}

QByteArray md5(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Md5).toHex();
}

bool hasScheme(const QByteArray &credentials, QByteArrayView scheme)
{
    return credentials.size() > scheme.size()
        && credentials.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0;
}

/// `name=value` and `name="value"`, separated by commas. Names in lower case; the first of a name
/// counts.
QHash<QByteArray, QByteArray> parametersOf(const QByteArray &text)
{
    QHash<QByteArray, QByteArray> parameters;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype equals = text.indexOf('=', at);
        if (equals < 0)
            break;
        const QByteArray name = text.mid(at, equals - at).trimmed().toLower();
        QByteArray value;
        qsizetype next = equals + 1;
        if (next < text.size() && text.at(next) == '"') {
            for (++next; next < text.size() && text.at(next) != '"'; ++next) {
                if (text.at(next) == '\\' && next + 1 < text.size())
                    ++next;
                value += text.at(next);
            }
        }
        qsizetype comma = text.indexOf(',', next);
        if (comma < 0)
            comma = text.size();
        if (value.isEmpty() && text.at(std::min(equals + 1, text.size() - 1)) != '"')
            value = text.mid(equals + 1, comma - equals - 1).trimmed();
        if (!parameters.contains(name))
            parameters.insert(name, value);
        at = comma + 1;
    }
    return parameters;
}

} // namespace

DemoSignIn::DemoSignIn(const Personality &as, QString userName, Secret password)
    : m_as(as)
    , m_userName(std::move(userName))
    , m_password(std::move(password))
{ }

bool DemoSignIn::accepts(const ListenerRequest &request)
{
    const QByteArray sent = request.header("Authorization");
    if (hasScheme(sent, "Basic "))
        return acceptsBasic(sent.mid(6).trimmed());
    return m_as.digest && hasScheme(sent, "Digest ")
        && acceptsDigest(sent.mid(7).trimmed(), request.method);
}

bool DemoSignIn::acceptsBasic(const QByteArray &credentials) const
{
    const auto decoded = QByteArray::fromBase64Encoding(credentials,
                                                        QByteArray::AbortOnBase64DecodingErrors);
    const qsizetype colon = decoded ? decoded.decoded.indexOf(':') : -1;
    if (colon < 0)
        return false;
    const QString name = QString::fromUtf8(decoded.decoded.left(colon));
    const bool known = name.compare(m_userName, Qt::CaseInsensitive) == 0;
    return sameBytes(decoded.decoded.mid(colon + 1), m_password.reveal()) && known;
}

bool DemoSignIn::acceptsDigest(const QByteArray &credentials, const QByteArray &method)
{
    const auto sent = parametersOf(credentials);
    const QByteArray realm(m_as.realm.data(), qsizetype(m_as.realm.size()));
    const QByteArray nonce = sent.value("nonce");
    const auto known = m_nonces.find(nonce);
    bool isNumber = false;
    const quint32 count = sent.value("nc").toUInt(&isNumber, 16);
    if (known == m_nonces.end() || !isNumber || count <= *known || sent.value("realm") != realm
        || sent.value("qop") != "auth" || sent.value("cnonce").isEmpty())
        return false;
    QByteArray secret = m_userName.toUtf8() + ':' + realm + ':' + m_password.reveal();
    const QByteArray who = md5(secret);
    secret.fill('\0');
    const QByteArray what = md5(method + ':' + sent.value("uri"));
    const QByteArray expected = md5(who + ':' + nonce + ':' + sent.value("nc") + ':'
                                    + sent.value("cnonce") + ":auth:" + what);
    if (sent.value("username") != m_userName.toUtf8()
        || !sameBytes(sent.value("response").toLower(), expected))
        return false;
    *known = count;
    return true;
}

QByteArray DemoSignIn::newNonce()
{
    QByteArray bytes(18, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    const QByteArray nonce = bytes.toBase64();
    if (m_nonces.size() >= maxNonces)
        m_nonces.clear();
    m_nonces.insert(nonce, 0);
    return nonce;
}

QList<QPair<QByteArray, QByteArray>> DemoSignIn::challenges()
{
    const QByteArray realm(m_as.realm.data(), qsizetype(m_as.realm.size()));
    QList<QPair<QByteArray, QByteArray>> headers;
    if (m_as.digest)
        headers.append({"WWW-Authenticate",
                        "Digest realm=\"" + realm + "\", nonce=\"" + newNonce()
                            + "\",stale=\"false\",qop=\"auth\""});
    headers.append({"WWW-Authenticate", "Basic realm=\"" + realm + "\""});
    return headers;
}
