#include "common/secret.h"

#include <openssl/crypto.h>

Secret::Secret(const QString &text)
    : m_buffer(new Buffer{text.toUtf8()})
{ }

Secret Secret::take(QByteArray &bytes)
{
    Secret secret;
    secret.m_buffer = std::shared_ptr<const Buffer>(
        new Buffer{QByteArray(bytes.constData(), bytes.size())});
    OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
    bytes.clear();
    return secret;
}

Secret::Buffer::~Buffer()
{
    if (!bytes.isEmpty())
        OPENSSL_cleanse(bytes.data(), size_t(bytes.size()));
}
