#include "auth/channelbinding.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

namespace {

struct FreeCertificate
{
    void operator()(X509 *certificate) const { X509_free(certificate); }
};

/// The digest that RFC 5929 wants for a signature of this kind; null where there is none.
const EVP_MD *bindingDigest(const X509 *certificate)
{
    int digest = NID_undef;
    // RSA-PSS has its digest in the parameters: this looks there.
    if (X509_get_signature_info(const_cast<X509 *>(certificate), &digest, nullptr, nullptr, nullptr)
        == 0)
        return nullptr;
    if (digest == NID_md5 || digest == NID_sha1)
        return EVP_sha256();
    return digest == NID_undef ? nullptr : EVP_get_digestbynid(digest);
}

} // namespace

QByteArray tlsServerEndPoint(const QByteArray &leafDer)
{
    const auto *at = reinterpret_cast<const unsigned char *>(leafDer.constData());
    const std::unique_ptr<X509, FreeCertificate> certificate(
        d2i_X509(nullptr, &at, long(leafDer.size())));
    const EVP_MD *digest = certificate ? bindingDigest(certificate.get()) : nullptr;
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (digest == nullptr
        || EVP_Digest(leafDer.constData(), size_t(leafDer.size()), hash.data(), &size, digest,
                      nullptr)
            != 1)
        return {};
    return QByteArrayLiteral("tls-server-end-point:")
        + QByteArray(reinterpret_cast<const char *>(hash.data()), qsizetype(size));
}
