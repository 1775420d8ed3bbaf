#include "connection/trust.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslKey>

#include <openssl/bio.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

struct RefuseAll
{
    void operator()(const TrustQuestion &, const TrustReply &reply) const
    {
        reply(TrustAnswer::No);
    }
};

/// "CN=srv1, O=Example", most specific part first; control characters are escaped.
QString nameText(const X509_NAME *name)
{
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    const unsigned long flags = (XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB & ~XN_FLAG_SEP_MASK)
        | XN_FLAG_SEP_CPLUS_SPC;
    if (!out || X509_NAME_print_ex(out.get(), name, 0, flags) < 0)
        return {};
    char *text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return QString::fromUtf8(text, size);
}

QString keyText(const QSslKey &key)
{
    const auto sized = [&key](QLatin1StringView kind) {
        return u"%1 %2"_s.arg(kind).arg(key.length());
    };
    switch (key.algorithm()) {
    case QSsl::Rsa:
        return sized("RSA"_L1);
    case QSsl::Dsa:
        return sized("DSA"_L1);
    case QSsl::Ec:
        return sized("EC"_L1);
    default:
        return {};
    }
}

QStringList alternativeNames(const QSslCertificate &certificate)
{
    const auto names = certificate.subjectAlternativeNames();
    QStringList list = names.values(QSsl::DnsEntry);
    std::reverse(list.begin(), list.end()); // a multi-map gives the last one first
    list += names.values(QSsl::IpAddressEntry);
    return list;
}

} // namespace

TrustDecider refuseUntrusted()
{
    return RefuseAll();
}

bool nobodyDecides(const TrustDecider &decider)
{
    return !decider || decider.target<RefuseAll>();
}

CertificateFacts certificateFacts(const QByteArray &der)
{
    const QSslCertificate certificate(der, QSsl::Der);
    const auto *data = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> x509(
        d2i_X509(nullptr, &data, long(der.size())), &X509_free);
    if (certificate.isNull() || !x509)
        return {};
    return {.der = der,
            .sha256 = QCryptographicHash::hash(der, QCryptographicHash::Sha256),
            .sha1 = QCryptographicHash::hash(der, QCryptographicHash::Sha1),
            .subject = nameText(X509_get_subject_name(x509.get())),
            .issuer = nameText(X509_get_issuer_name(x509.get())),
            .names = alternativeNames(certificate),
            .notBefore = certificate.effectiveDate().toUTC(),
            .notAfter = certificate.expiryDate().toUTC(),
            .keyText = keyText(certificate.publicKey()),
            .selfSigned = certificate.isSelfSigned()};
}

QString colonHex(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex(':').toUpper());
}
