#pragma once

#include "common/error.h"

class QAbstractSocket;

/// Where a connection stood when its socket reported an error.
enum class SocketPhase {
    Connecting,  ///< name and TCP
    Handshaking, ///< TLS
    Exchanging,  ///< bytes of a request may have left
};

/// What the socket's present error means. Kind::Connection: NetDns, NetRefused, NetTimeout,
/// NetUnreachable, NetTlsHandshake, NetNoCommonTls, NetReset, NetClosed. Decided on Qt's error
/// number and, within TLS, on OpenSSL's; the libraries' words stay in `message`.
Error socketError(const QAbstractSocket &socket, SocketPhase phase);
