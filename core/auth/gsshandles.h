#pragma once

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

#include <string_view>
#include <utility>

/// GSSAPI's handles with an owner each, and its buffers and mechanisms as this room says them.
namespace negotiate::gss {

/// A handle that `release` takes back.
template<typename T, OM_uint32 (*release)(OM_uint32 *, T *)>
class Handle
{
public:
    Handle() = default;
    ~Handle() { reset(); }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    T get() const { return m_handle; }
    T *out() { return &m_handle; }
    explicit operator bool() const { return m_handle != nullptr; }
    void reset()
    {
        OM_uint32 minor = 0;
        if (m_handle != nullptr)
            release(&minor, &m_handle);
        m_handle = nullptr;
    }

private:
    T m_handle = nullptr;
};

inline OM_uint32 forgetContext(OM_uint32 *minor, gss_ctx_id_t *context)
{
    return gss_delete_sec_context(minor, context, GSS_C_NO_BUFFER);
}

using Name = Handle<gss_name_t, gss_release_name>;
using Credential = Handle<gss_cred_id_t, gss_release_cred>;
using SecContext = Handle<gss_ctx_id_t, forgetContext>;

/// A buffer that GSSAPI filled.
class Buffer
{
public:
    Buffer() = default;
    ~Buffer()
    {
        OM_uint32 minor = 0;
        gss_release_buffer(&minor, &m_buffer);
    }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    gss_buffer_t out() { return &m_buffer; }
    std::string_view view() const
    {
        return {static_cast<const char *>(m_buffer.value), m_buffer.length};
    }

private:
    gss_buffer_desc m_buffer = GSS_C_EMPTY_BUFFER;
};

/// Bytes of ours for GSSAPI to read.
inline gss_buffer_desc borrowed(std::string_view bytes)
{
    return {bytes.size(), const_cast<char *>(bytes.data())};
}

extern gss_OID_desc spnego;   ///< 1.3.6.1.5.5.2
extern gss_OID_desc kerberos; ///< 1.2.840.113554.1.2.2
extern gss_OID_desc ntlm;     ///< 1.3.6.1.4.1.311.2.2.10

inline bool same(gss_const_OID a, const gss_OID_desc &b)
{
    return a != GSS_C_NO_OID && a->length == b.length
        && std::string_view(static_cast<const char *>(a->elements), a->length)
        == std::string_view(static_cast<const char *>(b.elements), b.length);
}

} // namespace negotiate::gss
