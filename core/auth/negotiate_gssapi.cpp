#include "auth/gsserror.h"
#include "auth/gsshandles.h"
#include "auth/gssseal.h"
#include "auth/hostrefusal.h"
#include "auth/kerberosticket.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace negotiate {

namespace gss {

gss_OID_desc spnego{6, const_cast<char *>("\x2b\x06\x01\x05\x05\x02")};
gss_OID_desc kerberos{9, const_cast<char *>("\x2a\x86\x48\x86\xf7\x12\x01\x02\x02")};
gss_OID_desc ntlm{10, const_cast<char *>("\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a")};

} // namespace gss

namespace {

/// "AES256" for the number of an encryption type (RFC 3961 registry).
std::string encryptionName(unsigned type)
{
    switch (type) {
    case 17:
        return "AES128";
    case 18:
        return "AES256";
    case 19:
        return "AES128-SHA256";
    case 20:
        return "AES256-SHA384";
    case 23:
        return "RC4";
    case 25:
        return "CAMELLIA128";
    case 26:
        return "CAMELLIA256";
    default:
        return {};
    }
}

/// Whether NTLM may be tried: Kerberos was not possible, and nobody judged the password.
bool leavesNtlm(Reason reason)
{
    switch (reason) {
    case Reason::Address:
    case Reason::UserForm:
    case Reason::Configuration:
    case Reason::RealmUnknown:
    case Reason::KdcUnreachable:
    case Reason::UserUnknown:
    case Reason::ServiceUnknown:
        return true;
    default:
        return false;
    }
}

bool hasNtlmPlugin()
{
    OM_uint32 minor = 0;
    gss_OID_set all = GSS_C_NO_OID_SET;
    int present = 0;
    if (!GSS_ERROR(gss_indicate_mechs(&minor, &all)))
        gss_test_oid_set_member(&minor, &gss::ntlm, all, &present);
    gss_release_oid_set(&minor, &all);
    return present != 0;
}

class GssapiContext final : public Context
{
public:
    explicit GssapiContext(Wishes wishes)
        : m_wishes(std::move(wishes))
    { }

    Failure step(std::string_view in, std::string &out) override;
    bool isComplete() const override { return m_complete; }
    const Facts &facts() const override { return m_facts; }
    Failure seal(std::span<char> data, std::string &header, std::string &padding) override
    {
        return m_seal.seal(data, header, padding);
    }
    Failure unseal(std::span<char> header, std::span<char> data, std::size_t &size) override
    {
        return m_seal.unseal(header, data, size);
    }

private:
    Failure begin();
    Failure beginKerberos();
    Failure chooseService();
    Failure beginNtlm();
    Failure restrictTo(gss_OID_desc &mechanism);
    Failure advance(std::string_view in, std::string &out);
    Failure explain(Failure failure, std::string_view in) const;
    Failure finish(OM_uint32 flags);
    void noteKey();

    gss_OID_desc &inner() { return m_facts.ntlm ? gss::ntlm : gss::kerberos; }
    gss_OID_desc &outer() { return m_wishes.spnego ? gss::spnego : inner(); }

    Wishes m_wishes;
    KerberosTicket m_ticket; // the credential reads its cache: it has to go later
    gss::Credential m_credential;
    gss::Name m_target;
    gss::SecContext m_context;
    GssSeal m_seal;
    Facts m_facts;
    bool m_begun = false;
    bool m_complete = false;
};

Failure GssapiContext::step(std::string_view in, std::string &out)
{
    out.clear();
    if (Failure refusal = refusalIn(in))
        return refusal;
    if (m_complete)
        return {Reason::Rejected, 0, 0, {}};
    if (!m_begun) {
        m_begun = true;
        Failure failure = begin();
        m_wishes.password = {};
        if (failure)
            return failure;
    } else if (in.empty()) {
        return {Reason::HostUnproven, 0, 0, "The host ended the handshake before its part"};
    }
    return advance(in, out);
}

Failure GssapiContext::begin()
{
    Failure failure = m_wishes.noKerberos;
    if (m_wishes.kerberos) {
        if (!failure)
            failure = beginKerberos();
        const bool goOn = m_wishes.ntlm && !m_wishes.password.isEmpty()
            && leavesNtlm(failure.reason);
        if (!goOn)
            return failure;
        m_facts = {};
        m_facts.becameNtlm = true;
    }
    return beginNtlm();
}

Failure GssapiContext::beginKerberos()
{
    const bool withPassword = !m_wishes.password.isEmpty();
    if (m_wishes.services.empty())
        return {Reason::ServiceUnknown, 0, 0, "There is no service name to ask for"};
    Failure failure = withPassword
        ? m_ticket.fromPassword(m_wishes.principal, m_wishes.password, m_wishes.delegate)
        : m_ticket.fromCache(m_wishes.principal, m_wishes.services.front());
    if (!failure)
        failure = chooseService();
    if (failure)
        return failure;

    const std::string cache = m_ticket.cacheName();
    gss_key_value_element_desc element{"ccache", cache.c_str()};
    const gss_key_value_set_desc store{1, &element};
    gss_OID_set_desc mechanisms{1, &outer()};
    OM_uint32 minor = 0;
    OM_uint32 major = gss_acquire_cred_from(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechanisms,
                                            GSS_C_INITIATE, &store, m_credential.out(), nullptr,
                                            nullptr);
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &gss::kerberos);
    // A principal's name is taken as it is: a host-based one would be looked up in the DNS.
    gss_buffer_desc name = gss::borrowed(m_facts.service);
    major = gss_import_name(&minor, &name, GSS_KRB5_NT_PRINCIPAL_NAME, m_target.out());
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &gss::kerberos);
    m_facts.principal = m_ticket.principal();
    return restrictTo(gss::kerberos);
}

/// The first service name that the KDC knows. Anything but "unknown" ends the search: a KDC that is
/// silent is not asked again.
Failure GssapiContext::chooseService()
{
    Failure failure;
    for (const std::string &service : m_wishes.services) {
        failure = m_ticket.getService(service);
        if (!failure) {
            m_facts.service = service;
            return {};
        }
        m_facts.otherService = true;
        if (failure.reason != Reason::ServiceUnknown)
            break;
    }
    return failure;
}

Failure GssapiContext::beginNtlm()
{
    if (!hasNtlmPlugin())
        return {Reason::Unavailable, 0, 0,
                "GSSAPI has no NTLM: the plug-in gss-ntlmssp is not installed"};
    m_facts.ntlm = true;
    // Forms of gss-ntlmssp: DOMAIN\user, and user\@domain for a name that is to stay whole.
    std::string text = m_wishes.ntlmUser;
    if (!m_wishes.ntlmDomain.empty() || text.find('@') == std::string::npos)
        text.insert(0, m_wishes.ntlmDomain + "\\");
    else
        text.insert(text.rfind('@'), "\\");
    gss_buffer_desc buffer = gss::borrowed(text);
    gss_OID_set_desc mechanisms{1, &outer()};
    // Not gss_acquire_cred_with_password(): SPNEGO lets every mechanism acquire what it can, and
    // Kerberos would offer the password to a KDC. In this store it finds nothing of its own.
    std::array<gss_key_value_element_desc, 3> elements{
        {{"ntlmssp_password", m_wishes.password.text()},
         {"ccache", "MEMORY:none"},
         {"client_keytab", "MEMORY:none"}}};
    const gss_key_value_set_desc store{OM_uint32(elements.size()), elements.data()};
    OM_uint32 minor = 0;
    gss::Name user;
    OM_uint32 major = gss_import_name(&minor, &buffer, GSS_C_NT_USER_NAME, user.out());
    if (!GSS_ERROR(major))
        major = gss_acquire_cred_from(&minor, user.get(), GSS_C_INDEFINITE, &mechanisms,
                                      GSS_C_INITIATE, &store, m_credential.out(), nullptr, nullptr);
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &gss::ntlm);
    const std::string service = m_wishes.services.empty() ? "HTTP@" : m_wishes.services.front();
    std::string target = service.substr(0, service.rfind('@'));
    std::replace(target.begin(), target.end(), '/', '@');
    buffer = gss::borrowed(target);
    major = gss_import_name(&minor, &buffer, GSS_C_NT_HOSTBASED_SERVICE, m_target.out());
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &gss::ntlm);
    return restrictTo(gss::ntlm);
}

/// Of what SPNEGO could do, `mechanism` alone: the choice is ours, not silently its own.
Failure GssapiContext::restrictTo(gss_OID_desc &mechanism)
{
    if (!m_wishes.spnego)
        return {};
    gss_OID_set_desc mechanisms{1, &mechanism};
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_set_neg_mechs(&minor, m_credential.get(), &mechanisms);
    return GSS_ERROR(major) ? gssFailure(major, minor, &mechanism) : Failure{};
}

Failure GssapiContext::advance(std::string_view in, std::string &out)
{
    OM_uint32 wanted = GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG | GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG;
    if (!m_facts.ntlm)
        wanted |= GSS_C_MUTUAL_FLAG | (m_wishes.delegate ? GSS_C_DELEG_FLAG : 0);
    gss_channel_bindings_struct bindings{};
    bindings.application_data = gss::borrowed(m_wishes.channelBinding);
    gss_buffer_desc input = gss::borrowed(in);
    gss::Buffer output;
    OM_uint32 minor = 0, granted = 0;
    const OM_uint32 major = gss_init_sec_context(
        &minor, m_credential.get(), m_context.out(), m_target.get(), &outer(), wanted, 0,
        m_wishes.channelBinding.empty() ? GSS_C_NO_CHANNEL_BINDINGS : &bindings,
        in.empty() ? GSS_C_NO_BUFFER : &input, nullptr, output.out(), &granted, nullptr);
    if (GSS_ERROR(major))
        return explain(gssFailure(major, minor, &inner()), in);
    out = output.view();
    return major == GSS_S_COMPLETE ? finish(granted) : Failure{};
}

/// What a number means here: once the host has spoken, an answer that does not open is a host that
/// does not have the key, and a library that is none of ours is the host's token's fault.
Failure GssapiContext::explain(Failure failure, std::string_view in) const
{
    if (in.empty())
        return failure;
    if (failure.reason == Reason::ServiceKey)
        failure.reason = Reason::HostUnproven;
    else if (failure.reason == Reason::Unavailable || failure.reason == Reason::NoTicket)
        failure.reason = Reason::Malformed;
    return failure;
}

Failure GssapiContext::finish(OM_uint32 flags)
{
    OM_uint32 needed = GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG;
    if (!m_facts.ntlm)
        needed |= GSS_C_MUTUAL_FLAG;
    if ((flags & needed) != needed)
        return {Reason::HostUnproven, 0, 0, "The host did not agree to seal messages"};
    OM_uint32 minor = 0, lifetime = 0;
    gss_OID mechanism = GSS_C_NO_OID;
    const OM_uint32 major = gss_inquire_context(&minor, m_context.get(), nullptr, nullptr,
                                                &lifetime, &mechanism, nullptr, nullptr, nullptr);
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &inner());
    if (!gss::same(mechanism, inner()))
        return {Reason::HostUnproven, 0, 0, "The host answered with another mechanism"};
    if (lifetime != GSS_C_INDEFINITE && !m_facts.ntlm)
        m_facts.expires = std::int64_t(std::time(nullptr)) + lifetime;
    m_facts.delegated = (flags & GSS_C_DELEG_FLAG) != 0;
    if (!m_facts.ntlm)
        noteKey();
    m_seal = GssSeal(m_context.get(), m_facts.ntlm, m_wishes.spnego);
    m_complete = true;
    return {};
}

/// The second element of the answer is an object id that ends with the key's encryption type.
void GssapiContext::noteKey()
{
    OM_uint32 minor = 0;
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    if (GSS_ERROR(gss_inquire_sec_context_by_oid(&minor, m_context.get(),
                                                 GSS_C_INQ_SSPI_SESSION_KEY, &set)))
        return;
    if (set != GSS_C_NO_BUFFER_SET && set->count > 1 && set->elements[1].length > 0) {
        const auto *end = static_cast<const unsigned char *>(set->elements[1].value)
            + set->elements[1].length;
        m_facts.encryption = encryptionName(end[-1]);
    }
    gss_release_buffer_set(&minor, &set); // overwrites the key
}

} // namespace

std::unique_ptr<Context> makeContext(Wishes wishes)
{
    return std::make_unique<GssapiContext>(std::move(wishes));
}

} // namespace negotiate
