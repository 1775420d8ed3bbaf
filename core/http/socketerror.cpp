#include "http/socketerror.h"

#include <QAbstractSocket>
#include <QRegularExpression>

#include <openssl/sslerr.h>

using namespace Qt::StringLiterals;

namespace {

/// OpenSSL's reason code, which Qt hands on as part of a text only: "error:0A00010B:SSL
/// routines::wrong version number".
int opensslReason(const QString &text)
{
    static const QRegularExpression pattern(u"error:([0-9A-Fa-f]{8}):"_s);
    const auto match = pattern.match(text);
    return match.hasMatch() ? int(match.capturedView(1).toUInt(nullptr, 16) & 0x7fffff) : 0;
}

bool isNoCommonTls(int reason)
{
    switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
    case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
    case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
    case SSL_R_NO_CIPHERS_AVAILABLE:
    case SSL_R_WRONG_SSL_VERSION:
        return true;
    default:
        return false;
    }
}

Error tlsError(const QString &words)
{
    const int reason = opensslReason(words);
    if (isNoCommonTls(reason))
        return Error::of(Error::Kind::Connection, Cause::NetNoCommonTls, words);
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST)
        return Error::of(Error::Kind::Connection, Cause::NetTlsHandshake,
                         u"the answer is not TLS; the port may expect http"_s);
    return Error::of(Error::Kind::Connection, Cause::NetTlsHandshake, words);
}

Cause causeOf(QAbstractSocket::SocketError error, SocketPhase phase)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return Cause::NetDns;
    case QAbstractSocket::ConnectionRefusedError:
        return Cause::NetRefused;
    case QAbstractSocket::SocketTimeoutError:
        return phase == SocketPhase::Connecting ? Cause::NetTimeout : Cause::NetReset;
    case QAbstractSocket::RemoteHostClosedError:
        return Cause::NetClosed;
    default:
        return phase == SocketPhase::Connecting ? Cause::NetUnreachable : Cause::NetReset;
    }
}

} // namespace

Error socketError(const QAbstractSocket &socket, SocketPhase phase)
{
    const auto error = socket.error();
    const bool tls = error == QAbstractSocket::SslHandshakeFailedError
        || error == QAbstractSocket::SslInternalError
        || error == QAbstractSocket::SslInvalidUserDataError;
    if (tls)
        return tlsError(socket.errorString());
    if (phase == SocketPhase::Handshaking)
        return Error::of(Error::Kind::Connection, Cause::NetTlsHandshake,
                         error == QAbstractSocket::RemoteHostClosedError
                             ? u"the connection was closed during the handshake"_s
                             : socket.errorString());
    return Error::of(Error::Kind::Connection, causeOf(error, phase), socket.errorString());
}
