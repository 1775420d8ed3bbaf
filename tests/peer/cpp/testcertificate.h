#pragma once

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>

/// What a test wants a certificate to say. Times in seconds from now.
struct CertificateWish
{
    QString commonName = QStringLiteral("127.0.0.1");
    QList<QByteArray> names{"IP:127.0.0.1"}; ///< as OpenSSL writes them: DNS:a.example, IP:::1
    qint64 validFrom = -3600;
    qint64 validTo = 3600;
    bool authority = false;
};

struct TestCertificate
{
    QSslCertificate certificate;
    QSslKey key;
    QByteArray pem;
    QByteArray sha256() const;
};

/// Makes a P-256 certificate, signed by itself or by `issuer`.
TestCertificate makeCertificate(const CertificateWish &wish = {},
                                const TestCertificate *issuer = nullptr);
