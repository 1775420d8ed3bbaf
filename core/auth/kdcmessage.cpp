#include "auth/kdcmessage.h"

#include <QLibrary>

#include <krb5.h>
#include <memory>
#include <profile.h>

using namespace Qt::StringLiterals;

namespace {

/// The functions of libkrb5 that are used here. Loaded, not linked: most starts of the programs
/// need none of them.
struct Krb5
{
    decltype(&::krb5_init_context) initContext = nullptr;
    decltype(&::krb5_free_context) freeContext = nullptr;
    decltype(&::krb5_parse_name) parseName = nullptr;
    decltype(&::krb5_free_principal) freePrincipal = nullptr;
    decltype(&::krb5_init_creds_init) initCredsInit = nullptr;
    decltype(&::krb5_init_creds_step) initCredsStep = nullptr;
    decltype(&::krb5_init_creds_free) initCredsFree = nullptr;
    decltype(&::krb5_free_data_contents) freeDataContents = nullptr;
    decltype(&::krb5_rd_error) readError = nullptr;
    decltype(&::krb5_free_error) freeError = nullptr;
    decltype(&::krb5_get_error_message) errorMessage = nullptr;
    decltype(&::krb5_free_error_message) freeErrorMessage = nullptr;
    decltype(&::krb5_get_profile) getProfile = nullptr;
    decltype(&::profile_get_boolean) profileBoolean = nullptr;
    decltype(&::profile_release) releaseProfile = nullptr;
    QString problem; ///< why it cannot be used; empty: all is there

    Krb5();
};

template<typename Function>
bool resolve(QLibrary &library, Function &function, const char *name)
{
    function = reinterpret_cast<Function>(library.resolve(name));
    return function != nullptr;
}

Krb5::Krb5()
{
    QLibrary library(u"krb5"_s, 3);
    const bool all = resolve(library, initContext, "krb5_init_context")
        && resolve(library, freeContext, "krb5_free_context")
        && resolve(library, parseName, "krb5_parse_name")
        && resolve(library, freePrincipal, "krb5_free_principal")
        && resolve(library, initCredsInit, "krb5_init_creds_init")
        && resolve(library, initCredsStep, "krb5_init_creds_step")
        && resolve(library, initCredsFree, "krb5_init_creds_free")
        && resolve(library, freeDataContents, "krb5_free_data_contents")
        && resolve(library, readError, "krb5_rd_error")
        && resolve(library, freeError, "krb5_free_error")
        && resolve(library, errorMessage, "krb5_get_error_message")
        && resolve(library, freeErrorMessage, "krb5_free_error_message")
        && resolve(library, getProfile, "krb5_get_profile")
        && resolve(library, profileBoolean, "profile_get_boolean")
        && resolve(library, releaseProfile, "profile_release");
    if (!all)
        problem = library.errorString();
}

const Krb5 &krb5()
{
    static const Krb5 functions;
    return functions;
}

struct FreeContext
{
    void operator()(krb5_context context) const { krb5().freeContext(context); }
};
using Context = std::unique_ptr<std::remove_pointer_t<krb5_context>, FreeContext>;

Error failure(Cause cause, const QString &words, krb5_error_code code = 0)
{
    return Error::of(Error::Kind::Authentication, cause, words,
                     AuthDetails{.mechanism = u"Kerberos"_s, .minor = std::uint32_t(code)});
}

QString words(krb5_context context, krb5_error_code code)
{
    const char *message = krb5().errorMessage(context, code);
    const QString text = QString::fromUtf8(message);
    krb5().freeErrorMessage(context, message);
    return text;
}

Result<Context> makeContext()
{
    if (!krb5().problem.isEmpty())
        return failure(Cause::AuthUnavailable, krb5().problem);
    krb5_context context = nullptr;
    if (const krb5_error_code code = krb5().initContext(&context))
        return failure(Cause::KrbConfiguration, words(nullptr, code), code);
    return Context(context);
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
    if (const krb5_error_code code = krb5().readError(context, &data, &error))
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
    krb5().freeError(context, error);
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
        code = krb5().parseName(context->get(), principal.toUtf8().constData(), &client);
    if (code)
        return failure(Cause::AuthUserForm, words(context->get(), code), code);
    krb5_init_creds_context steps = nullptr;
    code = krb5().initCredsInit(context->get(), client, nullptr, nullptr, 0, nullptr, &steps);
    krb5_data nothing{KV5M_DATA, 0, nullptr};
    krb5_data request{KV5M_DATA, 0, nullptr};
    krb5_data realm{KV5M_DATA, 0, nullptr};
    unsigned flags = 0;
    if (!code)
        code = krb5().initCredsStep(context->get(), steps, &nothing, &request, &realm, &flags);
    const QByteArray bytes(request.data, request.length);
    const QString problem = code ? words(context->get(), code) : QString();
    krb5().freeDataContents(context->get(), &request);
    krb5().freeDataContents(context->get(), &realm);
    if (steps)
        krb5().initCredsFree(context->get(), steps);
    krb5().freePrincipal(context->get(), client);
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
    if (!context || krb5().getProfile(context->get(), &profile))
        return true;
    int answer = 1;
    if (krb5().profileBoolean(profile, "libdefaults", "dns_lookup_kdc", nullptr, 1, &answer))
        answer = 1;
    krb5().releaseProfile(profile);
    return answer != 0;
}
