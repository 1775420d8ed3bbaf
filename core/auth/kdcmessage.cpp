#include "auth/kdcmessage.h"

#include "auth/kerberoscontext.h"

#include <profile.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

Error failure(Cause cause, const QString &words, krb5_error_code code = 0)
{
    return Error::of(Error::Kind::Authentication, cause, words,
                     AuthDetails{.mechanism = u"kerberos"_s, .minor = std::uint32_t(code)});
}

QString words(krb5_context context, krb5_error_code code)
{
    const char *message = krb5_get_error_message(context, code);
    const QString text = QString::fromUtf8(message);
    krb5_free_error_message(context, message);
    return text;
}

Result<KerberosContext> makeContext()
{
    krb5_error_code code = 0;
    KerberosContext context = makeKerberosContext(&code);
    if (!context)
        return failure(Cause::KrbConfiguration, words(nullptr, code), code);
    return context;
}

/// A reply as libkrb5 takes it: it does not write into it.
krb5_data dataOf(const QByteArray &bytes)
{
    return {KV5M_DATA, unsigned(bytes.size()), const_cast<char *>(bytes.constData())};
}

Cause causeOf(std::uint32_t code)
{
    switch (code) {
    case 1:  // KDC_ERR_NAME_EXP
    case 18: // KDC_ERR_CLIENT_REVOKED
        return Cause::KrbAccountLocked;
    case 6: // KDC_ERR_C_PRINCIPAL_UNKNOWN
        return Cause::KrbUserUnknown;
    case 7:  // KDC_ERR_S_PRINCIPAL_UNKNOWN: of its own ticket-granting service
    case 68: // KDC_ERR_WRONG_REALM
        return Cause::KrbRealmUnknown;
    case 14: // KDC_ERR_ETYPE_NOSUPP
        return Cause::KrbEncryptionType;
    case 23: // KDC_ERR_KEY_EXPIRED
        return Cause::KrbPasswordExpired;
    case 37: // KRB_AP_ERR_SKEW
        return Cause::KrbClockSkew;
    default:
        return Cause::Unknown;
    }
}

/// Whether the bytes are exactly one DER value: its outer length says so.
bool isOneValue(const QByteArray &bytes)
{
    if (bytes.size() < 2)
        return false;
    const auto at = [&bytes](qsizetype i) { return quint8(bytes[i]); };
    if (at(1) < 0x80)
        return bytes.size() == 2 + at(1);
    const int count = at(1) & 0x7f;
    if (count < 1 || count > 4 || bytes.size() < 2 + count)
        return false;
    qint64 length = 0;
    for (int i = 0; i < count; ++i)
        length = length << 8 | at(2 + i);
    return bytes.size() == 2 + count + length;
}

Result<KdcReply> readError(krb5_context context, const QByteArray &reply)
{
    const krb5_data data = dataOf(reply);
    krb5_error *error = nullptr;
    if (const krb5_error_code code = krb5_rd_error(context, &data, &error))
        return Error::of(Error::Kind::Protocol, Cause::AuthMalformed, words(context, code));
    KdcReply read;
    read.code = error->error;
    read.cause = causeOf(error->error);
    read.tooLarge = error->error == 52; // KRB_ERR_RESPONSE_TOO_BIG
    // The library's 32 bits go on until 2106 when they are read without sign.
    read.time = QDateTime::fromMSecsSinceEpoch(qint64(quint32(error->stime)) * 1000
                                                   + std::clamp(error->susec, 0, 999'999) / 1000,
                                               Qt::UTC);
    read.text = QString::fromUtf8(error->text.data, std::min(error->text.length, 200u));
    krb5_free_error(context, error);
    return read;
}

} // namespace

Result<QByteArray> kdcRequest(const QString &principal)
{
    auto context = makeContext();
    if (!context)
        return context.error();
    const qsizetype at = principal.lastIndexOf(u'@');
    krb5_principal client = nullptr;
    krb5_error_code code = KRB5_PARSE_MALFORMED;
    if (at > 0 && at + 1 < principal.size())
        code = krb5_parse_name(context->get(), principal.toUtf8().constData(), &client);
    if (code)
        return failure(Cause::AuthUserForm, words(context->get(), code), code);
    krb5_init_creds_context steps = nullptr;
    code = krb5_init_creds_init(context->get(), client, nullptr, nullptr, 0, nullptr, &steps);
    krb5_data nothing{KV5M_DATA, 0, nullptr};
    krb5_data request{KV5M_DATA, 0, nullptr};
    krb5_data realm{KV5M_DATA, 0, nullptr};
    unsigned flags = 0;
    if (!code)
        code = krb5_init_creds_step(context->get(), steps, &nothing, &request, &realm, &flags);
    const QByteArray bytes(request.data, request.length);
    const QString problem = code ? words(context->get(), code) : QString();
    krb5_free_data_contents(context->get(), &request);
    krb5_free_data_contents(context->get(), &realm);
    if (steps)
        krb5_init_creds_free(context->get(), steps);
    krb5_free_principal(context->get(), client);
    if (code || bytes.isEmpty())
        return failure(Cause::KrbConfiguration, problem, code);
    return bytes;
}

QString nobodyOf(const QString &realm)
{
    return u"WELLKNOWN/ANONYMOUS@"_s + realm;
}

Result<KdcReply> readKdcReply(const QByteArray &reply)
{
    const auto malformed = [](const QString &why) {
        return Error::of(Error::Kind::Protocol, Cause::AuthMalformed, why);
    };
    if (reply.size() > KdcReplyLimit)
        return malformed(u"the answer of the KDC is too large"_s);
    if (!isOneValue(reply))
        return malformed(u"the answer of the KDC is not one DER value"_s);
    switch (quint8(reply[0])) {
    case 0x6b: { // [APPLICATION 11] AS-REP
        KdcReply read;
        read.ticket = true;
        return read;
    }
    case 0x7e: { // [APPLICATION 30] KRB-ERROR
        auto context = makeContext();
        return context ? readError(context->get(), reply) : context.error();
    }
    default:
        return malformed(u"the answer of the KDC is neither AS-REP nor KRB-ERROR"_s);
    }
}

bool dnsNamesKdcs()
{
    const auto context = makeContext();
    profile_t profile = nullptr;
    if (!context || krb5_get_profile(context->get(), &profile))
        return true;
    int answer = 1;
    if (profile_get_boolean(profile, "libdefaults", "dns_lookup_kdc", nullptr, 1, &answer))
        answer = 1;
    profile_release(profile);
    return answer != 0;
}
