#pragma once

#include <QByteArray>

/// application_data of the channel binding tls-server-end-point (RFC 5929, 4.1): the name, a colon,
/// and the digest of the host's leaf certificate (DER), by the certificate's own signature digest,
/// SHA-256 where that is MD5 or SHA-1. Empty where the signature names no digest (Ed25519) or the
/// certificate cannot be read: then there is nothing to bind to.
QByteArray tlsServerEndPoint(const QByteArray &leafDer);
