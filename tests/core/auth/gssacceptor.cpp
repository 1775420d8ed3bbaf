#include "core/auth/gssacceptor.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include <array>

namespace {

QByteArray bytesOf(const gss_buffer_desc &buffer)
{
    return QByteArray(static_cast<const char *>(buffer.value), qsizetype(buffer.length));
}

gss_buffer_desc borrowed(const QByteArray &bytes)
{
    return {size_t(bytes.size()), const_cast<char *>(bytes.constData())};
}

QString words(OM_uint32 status, int kind)
{
    OM_uint32 minor = 0, more = 0;
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    gss_display_status(&minor, status, kind, GSS_C_NO_OID, &more, &text);
    const QString copy = QString::fromUtf8(bytesOf(text));
    gss_release_buffer(&minor, &text);
    return copy;
}

} // namespace

struct GssAcceptor::Private
{
    QByteArray binding;
    gss_ctx_id_t context = GSS_C_NO_CONTEXT;
    gss_name_t peer = GSS_C_NO_NAME;
    gss_cred_id_t delegated = GSS_C_NO_CREDENTIAL;
    bool ntlm = false;
};

GssAcceptor::GssAcceptor(const QByteArray &channelBinding)
    : d(std::make_unique<Private>())
{
    d->binding = channelBinding;
}

GssAcceptor::~GssAcceptor()
{
    OM_uint32 minor = 0;
    gss_delete_sec_context(&minor, &d->context, GSS_C_NO_BUFFER);
    gss_release_name(&minor, &d->peer);
    gss_release_cred(&minor, &d->delegated);
}

GssAcceptor::Leg GssAcceptor::step(const QByteArray &token)
{
    gss_channel_bindings_struct bindings{};
    bindings.application_data = borrowed(d->binding);
    gss_buffer_desc input = borrowed(token), output = GSS_C_EMPTY_BUFFER;
    gss_OID mechanism = GSS_C_NO_OID;
    OM_uint32 minor = 0, ignored = 0;
    const OM_uint32 major = gss_accept_sec_context(
        &minor, &d->context, GSS_C_NO_CREDENTIAL, &input,
        d->binding.isEmpty() ? GSS_C_NO_CHANNEL_BINDINGS : &bindings, &d->peer, &mechanism, &output,
        nullptr, nullptr, &d->delegated);
    Leg leg{bytesOf(output), major == GSS_S_COMPLETE, GSS_ERROR(major) != 0, {}};
    gss_release_buffer(&ignored, &output);
    if (leg.failed)
        leg.words = words(major, GSS_C_GSS_CODE) + QStringLiteral(": ")
            + words(minor, GSS_C_MECH_CODE);
    if (leg.complete) {
        gss_inquire_context(&minor, d->context, nullptr, nullptr, nullptr, &mechanism, nullptr,
                            nullptr, nullptr);
        d->ntlm = mechanism->length == 10;
    }
    return leg;
}

QString GssAcceptor::peer() const
{
    OM_uint32 minor = 0;
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    if (GSS_ERROR(gss_display_name(&minor, d->peer, &text, nullptr)))
        return {};
    QByteArray name = bytesOf(text);
    gss_release_buffer(&minor, &text);
    while (name.endsWith('\0'))
        name.chop(1);
    return QString::fromUtf8(name);
}

bool GssAcceptor::delegated() const
{
    return d->delegated != GSS_C_NO_CREDENTIAL;
}

SealedParts GssAcceptor::seal(const QByteArray &plain, int cut)
{
    OM_uint32 minor = 0;
    SealedParts parts;
    parts.plainLength = plain.size();
    if (d->ntlm || cut > 0) {
        gss_buffer_desc input = borrowed(plain), output = GSS_C_EMPTY_BUFFER;
        gss_wrap(&minor, d->context, 1, GSS_C_QOP_DEFAULT, &input, nullptr, &output);
        const QByteArray all = bytesOf(output);
        gss_release_buffer(&minor, &output);
        parts.header = all.first(d->ntlm ? 16 : cut);
        parts.data = all.mid(parts.header.size());
        return parts;
    }
    parts.data = plain;
    std::array<gss_iov_buffer_desc, 3> iov{};
    iov[0].type = GSS_IOV_BUFFER_TYPE_HEADER | GSS_IOV_BUFFER_FLAG_ALLOCATE;
    iov[1].type = GSS_IOV_BUFFER_TYPE_DATA;
    iov[1].buffer = {size_t(parts.data.size()), parts.data.data()};
    iov[2].type = GSS_IOV_BUFFER_TYPE_PADDING | GSS_IOV_BUFFER_FLAG_ALLOCATE;
    gss_wrap_iov(&minor, d->context, 1, GSS_C_QOP_DEFAULT, nullptr, iov.data(), int(iov.size()));
    parts.header = bytesOf(iov[0].buffer);
    parts.data += bytesOf(iov[2].buffer);
    parts.plainLength = parts.data.size();
    gss_release_iov_buffer(&minor, iov.data(), int(iov.size()));
    return parts;
}

SealedParts GssAcceptor::signOnly(const QByteArray &plain)
{
    OM_uint32 minor = 0;
    gss_buffer_desc input = borrowed(plain), output = GSS_C_EMPTY_BUFFER;
    gss_wrap(&minor, d->context, 0, GSS_C_QOP_DEFAULT, &input, nullptr, &output);
    const QByteArray all = bytesOf(output);
    gss_release_buffer(&minor, &output);
    return {all.first(16), all.mid(16), plain.size()};
}

QByteArray GssAcceptor::unseal(const SealedParts &sealed)
{
    OM_uint32 minor = 0;
    const QByteArray all = sealed.header + sealed.data;
    gss_buffer_desc input = borrowed(all), output = GSS_C_EMPTY_BUFFER;
    int confidential = 0;
    const OM_uint32 major = gss_unwrap(&minor, d->context, &input, &output, &confidential, nullptr);
    if (major != GSS_S_COMPLETE || confidential == 0)
        return {};
    const QByteArray plain = QByteArray("") + bytesOf(output);
    gss_release_buffer(&minor, &output);
    return plain;
}
