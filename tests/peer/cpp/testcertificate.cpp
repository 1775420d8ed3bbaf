#include "peer/cpp/testcertificate.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertificatePtr = std::unique_ptr<X509, decltype(&X509_free)>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;

QByteArray contentOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

KeyPtr keyFrom(const TestCertificate &certificate)
{
    const QByteArray pem = certificate.key.toPem();
    const BioPtr bio(BIO_new_mem_buf(pem.constData(), int(pem.size())), &BIO_free);
    return KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
}

CertificatePtr certificateFrom(const TestCertificate &certificate)
{
    const BioPtr bio(BIO_new_mem_buf(certificate.pem.constData(), int(certificate.pem.size())),
                     &BIO_free);
    return CertificatePtr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free);
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData());
    Q_ASSERT(extension);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

void setName(X509_NAME *name, const QString &commonName)
{
    const QByteArray text = commonName.toUtf8();
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(text.constData()), -1, -1,
                               0);
}

} // namespace

QByteArray TestCertificate::sha256() const
{
    return certificate.digest(QCryptographicHash::Sha256);
}

TestCertificate makeCertificate(const CertificateWish &wish, const TestCertificate *issuer)
{
    const KeyPtr key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const CertificatePtr certificate(X509_new(), &X509_free);
    const CertificatePtr signer = issuer ? certificateFrom(*issuer)
                                         : CertificatePtr(nullptr, &X509_free);
    const KeyPtr signerKey = issuer ? keyFrom(*issuer) : KeyPtr(nullptr, &EVP_PKEY_free);
    X509 *parent = signer ? signer.get() : certificate.get();

    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()),
                            QRandomGenerator::global()->generate64() >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.validFrom);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.validTo);
    X509_set_pubkey(certificate.get(), key.get());
    setName(X509_get_subject_name(certificate.get()), wish.commonName);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(parent));
    addExtension(certificate.get(), parent, NID_basic_constraints,
                 wish.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!wish.names.isEmpty())
        addExtension(certificate.get(), parent, NID_subject_alt_name, wish.names.join(','));
    X509_sign(certificate.get(), signerKey ? signerKey.get() : key.get(), EVP_sha256());

    const BioPtr certificateOut(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(certificateOut.get(), certificate.get());
    const BioPtr keyOut(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_PrivateKey_traditional(keyOut.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr);
    const QByteArray pem = contentOf(certificateOut.get());
    return {.certificate = QSslCertificate(pem, QSsl::Pem),
            .key = QSslKey(contentOf(keyOut.get()), QSsl::Ec, QSsl::Pem),
            .pem = pem};
}
