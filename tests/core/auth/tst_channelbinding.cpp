#include "auth/channelbinding.h"

#include <QCryptographicHash>
#include <QTest>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace {

/// How a certificate is signed.
struct Signing
{
    const char *keyType = "RSA";
    const char *digest = "SHA256"; ///< null: the key knows (Ed25519)
    bool pss = false;
};

EVP_PKEY *makeKey(const QByteArray &type)
{
    if (type == "EC")
        return EVP_EC_gen("P-256");
    return type == "RSA" ? EVP_RSA_gen(2048)
                         : EVP_PKEY_Q_keygen(nullptr, nullptr, type.constData());
}

/// DER of a certificate that signs itself.
QByteArray certificate(const Signing &signing)
{
    EVP_PKEY *key = makeKey(signing.keyType);
    X509 *x509 = X509_new();
    X509_set_version(x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509), 0);
    X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    X509_set_pubkey(x509, key);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *keyContext = nullptr;
    const EVP_MD *digest = signing.digest ? EVP_get_digestbyname(signing.digest) : nullptr;
    EVP_DigestSignInit(context, &keyContext, digest, nullptr, key);
    if (signing.pss) {
        EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING);
        EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_DIGEST);
    }
    X509_sign_ctx(x509, context);
    unsigned char *der = nullptr;
    const int size = i2d_X509(x509, &der);
    const QByteArray bytes(reinterpret_cast<const char *>(der), size);
    OPENSSL_free(der);
    EVP_MD_CTX_free(context);
    X509_free(x509);
    EVP_PKEY_free(key);
    return bytes;
}

} // namespace

/// What is bound to, for certificates signed in every way that tells digests apart.
class TestChannelBinding final : public QObject
{
    Q_OBJECT
private slots:
    void hashes_data();
    void hashes();
    void nothingToBindTo();
    void hostileBytes();
};

void TestChannelBinding::hashes_data()
{
    QTest::addColumn<QByteArray>("der");
    QTest::addColumn<QCryptographicHash::Algorithm>("algorithm");
    const auto sha256 = QCryptographicHash::Sha256;
    QTest::newRow("MD5") << certificate({"RSA", "MD5"}) << sha256;
    QTest::newRow("SHA-1") << certificate({"RSA", "SHA1"}) << sha256;
    QTest::newRow("SHA-256") << certificate({"RSA", "SHA256"}) << sha256;
    QTest::newRow("SHA-384") << certificate({"RSA", "SHA384"}) << QCryptographicHash::Sha384;
    QTest::newRow("SHA-512") << certificate({"RSA", "SHA512"}) << QCryptographicHash::Sha512;
    QTest::newRow("PSS, SHA-256") << certificate({"RSA", "SHA256", true}) << sha256;
    QTest::newRow("PSS, SHA-384") << certificate({"RSA", "SHA384", true})
                                  << QCryptographicHash::Sha384;
    QTest::newRow("ECDSA, SHA-256") << certificate({"EC", "SHA256"}) << sha256;
    QTest::newRow("ECDSA, SHA-384") << certificate({"EC", "SHA384"}) << QCryptographicHash::Sha384;
}

void TestChannelBinding::hashes()
{
    QFETCH(QByteArray, der);
    QFETCH(QCryptographicHash::Algorithm, algorithm);
    QVERIFY(!der.isEmpty());
    QCOMPARE(tlsServerEndPoint(der),
             "tls-server-end-point:" + QCryptographicHash::hash(der, algorithm));
}

void TestChannelBinding::nothingToBindTo()
{
    const QByteArray der = certificate({"ED25519", nullptr});
    QVERIFY(!der.isEmpty());
    QCOMPARE(tlsServerEndPoint(der), QByteArray());
}

void TestChannelBinding::hostileBytes()
{
    const QByteArray der = certificate({"EC", "SHA256"});
    QCOMPARE(tlsServerEndPoint({}), QByteArray());
    for (qsizetype size = 0; size < der.size(); ++size)
        QCOMPARE(tlsServerEndPoint(der.first(size)), QByteArray());
    for (qsizetype at = 0; at < der.size(); ++at) {
        QByteArray changed = der;
        changed[at] = char(~changed[at]);
        const QByteArray bound = tlsServerEndPoint(changed); // must end, whatever it is
        QVERIFY(bound.isEmpty() || bound.startsWith("tls-server-end-point:"));
    }
}

QTEST_GUILESS_MAIN(TestChannelBinding)
#include "tst_channelbinding.moc"
