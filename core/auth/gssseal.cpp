#include "auth/gssseal.h"

#include "auth/gsserror.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace negotiate {

namespace {

constexpr std::size_t ntlmHeader = 16; ///< NTLMSSP_MESSAGE_SIGNATURE
constexpr std::size_t cfxHeader = 16;  ///< RFC 4121, 4.2.6.2
constexpr std::size_t cfxConfounder = 16;

unsigned byteAt(std::string_view bytes, std::size_t i)
{
    return static_cast<unsigned char>(bytes[i]);
}

/// A token of RFC 4121, rotated so that everything but the data stands in the header. Others (RRC 0
/// as OMI sends them, RC4) have to be joined to be opened.
bool opensInPlace(std::string_view header)
{
    if (header.size() < cfxHeader + cfxConfounder || byteAt(header, 0) != 5
        || byteAt(header, 1) != 4)
        return false;
    const unsigned extra = byteAt(header, 4) << 8 | byteAt(header, 5);
    const unsigned rotation = byteAt(header, 6) << 8 | byteAt(header, 7);
    return extra == 0 && rotation == header.size() - cfxHeader - cfxConfounder;
}

std::uint32_t ntlmNumber(std::string_view header)
{
    return byteAt(header, 12) | byteAt(header, 13) << 8 | byteAt(header, 14) << 16
        | byteAt(header, 15) << 24;
}

Failure broken(Reason reason, const char *text)
{
    return {reason, 0, 0, text};
}

std::string_view bytes(const gss_iov_buffer_desc &part)
{
    return {static_cast<const char *>(part.buffer.value), part.buffer.length};
}

} // namespace

Failure GssSeal::seal(std::span<char> data, std::string &header, std::string &padding)
{
    padding.clear();
    return m_ntlm ? sealNtlm(data, header) : sealKerberos(data, header, padding);
}

Failure GssSeal::sealNtlm(std::span<char> data, std::string &header)
{
    if (data.empty()) // it answers "invalid value in argument"
        return broken(Reason::Unavailable, "gss-ntlmssp does not seal an empty message");
    OM_uint32 minor = 0;
    int confidential = 0;
    gss::Buffer sealed;
    gss_buffer_desc plain = gss::borrowed({data.data(), data.size()});
    const OM_uint32 major = gss_wrap(&minor, m_context, 1, GSS_C_QOP_DEFAULT, &plain, &confidential,
                                     sealed.out());
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &gss::ntlm);
    if (confidential == 0 || sealed.view().size() != ntlmHeader + data.size())
        return broken(Reason::HostUnproven, "The message was not sealed");
    header = sealed.view().substr(0, ntlmHeader);
    std::copy_n(sealed.view().data() + ntlmHeader, data.size(), data.data());
    return {};
}

Failure GssSeal::sealKerberos(std::span<char> data, std::string &header, std::string &padding)
{
    std::array<gss_iov_buffer_desc, 3> parts{};
    parts[0].type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE;
    parts[1].type = GSS_IOV_BUFFER_TYPE_DATA;
    parts[1].buffer = {data.size(), data.data()};
    parts[2].type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE;
    OM_uint32 minor = 0, ignored = 0;
    int confidential = 0;
    const OM_uint32 major = gss_wrap_iov(&minor, m_context, 1, GSS_C_QOP_DEFAULT, &confidential,
                                         parts.data(), int(parts.size()));
    if (!GSS_ERROR(major)) {
        header = bytes(parts[0]);
        padding = bytes(parts[2]);
    }
    gss_release_iov_buffer(&ignored, parts.data(), int(parts.size()));
    if (GSS_ERROR(major))
        return gssFailure(major, minor, &gss::kerberos);
    return confidential != 0 ? Failure{}
                             : broken(Reason::HostUnproven, "The message was not sealed");
}

Failure GssSeal::unseal(std::span<char> header, std::span<char> data, std::size_t &size)
{
    if (m_ntlm && header.size() != ntlmHeader)
        return broken(Reason::SealMalformed, "The header of the sealed message has a wrong length");
    return !m_ntlm && opensInPlace({header.data(), header.size()})
        ? unsealInPlace(header, data, size)
        : unsealJoined(header, data, size);
}

Failure GssSeal::unsealInPlace(std::span<char> header, std::span<char> data, std::size_t &size)
{
    std::array<gss_iov_buffer_desc, 3> parts{};
    parts[0].type = GSS_IOV_BUFFER_TYPE_HEADER;
    parts[0].buffer = {header.size(), header.data()};
    parts[1].type = GSS_IOV_BUFFER_TYPE_DATA;
    parts[1].buffer = {data.size(), data.data()};
    parts[2].type = GSS_IOV_BUFFER_TYPE_DATA;
    OM_uint32 minor = 0;
    int confidential = 0;
    const OM_uint32 major = gss_unwrap_iov(&minor, m_context, &confidential, nullptr, parts.data(),
                                           int(parts.size()));
    size = data.size();
    return judge(major, minor, confidential, {header.data(), header.size()});
}

Failure GssSeal::unsealJoined(std::span<char> header, std::span<char> data, std::size_t &size)
{
    std::string joined;
    joined.reserve(header.size() + data.size());
    joined.append(header.data(), header.size()).append(data.data(), data.size());
    OM_uint32 minor = 0;
    int confidential = 0;
    gss::Buffer plain;
    gss_buffer_desc sealed = gss::borrowed(joined);
    const OM_uint32 major = gss_unwrap(&minor, m_context, &sealed, plain.out(), &confidential,
                                       nullptr);
    if (Failure failure = judge(major, minor, confidential, {header.data(), header.size()}))
        return failure;
    if (plain.view().size() > data.size())
        return broken(Reason::SealMalformed, "More was sealed than the message has");
    std::copy(plain.view().begin(), plain.view().end(), data.begin());
    size = plain.view().size();
    return {};
}

Failure GssSeal::judge(OM_uint32 major, OM_uint32 minor, int confidential, std::string_view header)
{
    if (GSS_ERROR(major)) {
        Failure failure = gssFailure(major, minor, m_ntlm ? &gss::ntlm : &gss::kerberos);
        failure.reason = Reason::SealBroken;
        // NTLM's key stream has run on or not yet: such a message looks as if it were changed.
        if (m_ntlm && ntlmNumber(header) != m_nextReceived)
            failure.reason = Reason::SealOrder;
        return failure;
    }
    if (m_ntlm)
        m_nextReceived = ntlmNumber(header) + 1;
    if (confidential == 0)
        return broken(Reason::SealBroken, "The message was only signed");
    constexpr OM_uint32 outOfOrder = GSS_S_DUPLICATE_TOKEN | GSS_S_OLD_TOKEN | GSS_S_UNSEQ_TOKEN
        | GSS_S_GAP_TOKEN;
    if ((GSS_SUPPLEMENTARY_INFO(major) & outOfOrder) != 0)
        return {Reason::SealOrder, major, 0, "The message is not the next one"};
    return {};
}

} // namespace negotiate
