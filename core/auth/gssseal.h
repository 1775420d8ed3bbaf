#pragma once

#include "auth/gsshandles.h"
#include "auth/negotiate.h"

namespace negotiate {

/// Seals and opens messages with a complete context. Kerberos: gss_wrap_iov, so that the header is
/// what the host's SSPI takes for the token (RFC 4121 with RRC 28). NTLM knows no IOV: gss_wrap,
/// whose first 16 bytes are the header. Strictly in order.
class GssSeal
{
public:
    GssSeal() = default;
    GssSeal(gss_ctx_id_t context, bool ntlm, bool firstIsMechListMic)
        : m_context(context)
        , m_ntlm(ntlm)
        , m_nextReceived(firstIsMechListMic ? 1 : 0)
    { }

    Failure seal(std::span<char> data, std::string &header, std::string &padding);
    Failure unseal(std::span<char> header, std::span<char> data, std::size_t &size);

private:
    Failure sealNtlm(std::span<char> data, std::string &header);
    Failure sealKerberos(std::span<char> data, std::string &header, std::string &padding);
    Failure unsealInPlace(std::span<char> header, std::span<char> data, std::size_t &size);
    Failure unsealJoined(std::span<char> header, std::span<char> data, std::size_t &size);
    Failure judge(OM_uint32 major, OM_uint32 minor, int confidential, std::string_view header);

    gss_ctx_id_t m_context = GSS_C_NO_CONTEXT;
    bool m_ntlm = false;
    std::uint32_t m_nextReceived = 0; ///< NTLM's number of the host's next message
};

} // namespace negotiate
