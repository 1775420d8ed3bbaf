#pragma once

#include "common/result.h"

#include <QSslCertificate>
#include <QSslKey>

/// A certificate and its key, made for one run of the program.
struct SelfSigned
{
    QSslCertificate certificate;
    QSslKey key;
    QByteArray sha256() const; ///< of the DER form, 32 bytes: what a client pins
};

/// EC P-256, CN=localhost, for localhost, 127.0.0.1 and ::1, valid for a year from yesterday on.
/// Kind::Local when OpenSSL refuses.
Result<SelfSigned> makeSelfSigned();
