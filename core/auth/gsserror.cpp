#include "auth/gsserror.h"

#include <krb5/krb5.h>

#include <algorithm>
#include <array>
#include <utility>

namespace negotiate {

namespace {

constexpr std::array kerberosReasons{
    std::pair{KRB5_CC_NOTFOUND, Reason::NoTicket},
    std::pair{KRB5_FCC_NOFILE, Reason::NoTicket},
    std::pair{KRB5_FCC_INTERNAL, Reason::NoTicket},
    std::pair{KRB5_CC_IO, Reason::NoTicket},
    std::pair{KRB5_CC_NOSUPP, Reason::NoTicket},
    std::pair{KRB5_CC_END, Reason::NoTicket},
    std::pair{KRB5_CC_FORMAT, Reason::NoTicket},
    std::pair{KRB5_CC_BADNAME, Reason::NoTicket},
    std::pair{KRB5_CC_UNKNOWN_TYPE, Reason::NoTicket},
    std::pair{KRB5_CCACHE_BADVNO, Reason::NoTicket},
    std::pair{KRB5_NO_TKT_IN_RLM, Reason::NoTicket},
    std::pair{KRB5_FCC_PERM, Reason::ForeignTicket},
    std::pair{KRB5_PRINC_NOMATCH, Reason::ForeignTicket},
    std::pair{KRB5KRB_AP_ERR_TKT_EXPIRED, Reason::TicketExpired},
    std::pair{KRB5KDC_ERR_NEVER_VALID, Reason::TicketExpired},
    std::pair{KRB5_REALM_UNKNOWN, Reason::RealmUnknown},
    std::pair{KRB5KDC_ERR_WRONG_REALM, Reason::RealmUnknown},
    std::pair{KRB5_REALM_CANT_RESOLVE, Reason::KdcUnreachable},
    std::pair{KRB5_KDC_UNREACH, Reason::KdcUnreachable},
    std::pair{KRB5KDC_ERR_SVC_UNAVAILABLE, Reason::KdcUnreachable},
    std::pair{KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN, Reason::UserUnknown},
    std::pair{KRB5KDC_ERR_PREAUTH_FAILED, Reason::WrongPassword},
    std::pair{KRB5KDC_ERR_KEY_EXP, Reason::PasswordExpired},
    std::pair{KRB5KDC_ERR_CLIENT_REVOKED, Reason::AccountLocked},
    std::pair{KRB5KDC_ERR_NAME_EXP, Reason::AccountLocked},
    std::pair{KRB5KDC_ERR_CLIENT_NOTYET, Reason::AccountLocked},
    std::pair{KRB5KDC_ERR_POLICY, Reason::AccountLocked},
    std::pair{KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN, Reason::ServiceUnknown},
    std::pair{KRB5KDC_ERR_SERVICE_REVOKED, Reason::ServiceUnknown},
    std::pair{KRB5_ERR_HOST_REALM_UNKNOWN, Reason::ServiceUnknown},
    std::pair{KRB5KDC_ERR_MUST_USE_USER2USER, Reason::ServiceUnknown},
    std::pair{KRB5KRB_AP_ERR_MODIFIED, Reason::ServiceKey},
    std::pair{KRB5KRB_AP_ERR_BAD_INTEGRITY, Reason::ServiceKey},
    std::pair{KRB5KRB_AP_ERR_NOT_US, Reason::ServiceKey},
    std::pair{KRB5KRB_AP_ERR_BADKEYVER, Reason::ServiceKey},
    std::pair{KRB5KRB_AP_ERR_NOKEY, Reason::ServiceKey},
    std::pair{KRB5KRB_AP_WRONG_PRINC, Reason::ServiceKey},
    std::pair{KRB5_KT_NOTFOUND, Reason::ServiceKey},
    std::pair{KRB5_KT_KVNONOTFOUND, Reason::ServiceKey},
    std::pair{KRB5KRB_AP_ERR_SKEW, Reason::ClockSkew},
    std::pair{KRB5_KDCREP_SKEW, Reason::ClockSkew},
    std::pair{KRB5KRB_AP_ERR_TKT_NYV, Reason::ClockSkew},
    std::pair{KRB5KDC_ERR_ETYPE_NOSUPP, Reason::EncryptionType},
    std::pair{KRB5_CONFIG_ETYPE_NOSUPP, Reason::EncryptionType},
    std::pair{KRB5_BAD_ENCTYPE, Reason::EncryptionType},
    std::pair{KRB5_PROG_ETYPE_NOSUPP, Reason::EncryptionType},
    std::pair{KRB5_CC_NOT_KTYPE, Reason::EncryptionType},
    std::pair{KRB5_NOPERM_ETYPE, Reason::EncryptionType},
    std::pair{KRB5_CONFIG_CANTOPEN, Reason::Configuration},
    std::pair{KRB5_CONFIG_BADFORMAT, Reason::Configuration},
    std::pair{KRB5_CONFIG_NODEFREALM, Reason::Configuration},
    std::pair{KRB5_PARSE_MALFORMED, Reason::UserForm},
    std::pair{KRB5_MUTUAL_FAILED, Reason::HostUnproven},
};

std::string statusText(OM_uint32 status, int kind, gss_OID mech)
{
    std::string text;
    OM_uint32 more = 0;
    do {
        OM_uint32 minor = 0;
        gss_buffer_desc line = GSS_C_EMPTY_BUFFER;
        if (GSS_ERROR(gss_display_status(&minor, status, kind, mech, &more, &line)))
            break;
        if (!text.empty())
            text += ": ";
        text.append(static_cast<const char *>(line.value), line.length);
        gss_release_buffer(&minor, &line);
    } while (more != 0 && text.size() < 1024);
    while (!text.empty() && text.back() == '\0')
        text.pop_back();
    return text;
}

Reason reasonOfMajor(OM_uint32 major)
{
    switch (GSS_ROUTINE_ERROR(major)) {
    case GSS_S_DEFECTIVE_TOKEN:
    case GSS_S_BAD_MIC: // SPNEGO's list of mechanisms came back changed
    case GSS_S_DUPLICATE_TOKEN:
        return Reason::Malformed;
    case GSS_S_BAD_MECH:
        return Reason::Unavailable;
    case GSS_S_NO_CRED:
        return Reason::NoTicket;
    case GSS_S_CREDENTIALS_EXPIRED:
    case GSS_S_CONTEXT_EXPIRED:
        return Reason::TicketExpired;
    default:
        return Reason::Other;
    }
}

} // namespace

Reason reasonOfKerberos(std::int32_t code)
{
    const auto *found = std::find_if(kerberosReasons.begin(), kerberosReasons.end(),
                                     [code](const auto &entry) { return entry.first == code; });
    return found == kerberosReasons.end() ? Reason::Other : found->second;
}

Failure gssFailure(OM_uint32 major, OM_uint32 minor, gss_OID mech)
{
    Failure failure{reasonOfKerberos(std::int32_t(minor)), major, minor, {}};
    if (failure.reason == Reason::Other)
        failure.reason = reasonOfMajor(major);
    if (minor != 0)
        failure.text = statusText(minor, GSS_C_MECH_CODE, mech);
    if (failure.text.empty())
        failure.text = statusText(major, GSS_C_GSS_CODE, mech);
    return failure;
}

Failure kerberosFailure(std::int32_t code, const char *text)
{
    return {reasonOfKerberos(code), 0, std::uint32_t(code), text != nullptr ? text : ""};
}

} // namespace negotiate
