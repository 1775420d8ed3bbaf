#pragma once

#include "auth/securitycontext.h"

/// The body of an HTTP message whose SOAP is sealed: multipart/encrypted as MS-WSMV 2.2.9.1 has it,
/// which is no valid MIME. Split by the lengths it states, never by looking for the boundary in
/// sealed bytes.
struct SealedMessage
{
    QByteArray protocol;    ///< "application/HTTP-SPNEGO-session-encrypted" ...
    QByteArray contentType; ///< of the plain message, "application/soap+xml"
    QByteArray charset;     ///< "UTF-8", "UTF-16"; as the message spells it; may be empty
    SealedParts parts;
};

/// "multipart/encrypted;protocol=...;boundary=..." for a request signed in by `scheme`.
QByteArray sealedContentType(HttpScheme scheme);
/// The whole body: part headers without the leading TAB, final boundary with CRLF.
QByteArray writeSealedBody(HttpScheme scheme, const QByteArray &charset, const SealedParts &parts);
/// Whether a Content-Type says that the body is sealed.
bool isSealedContentType(const QByteArray &contentType);
/// Reads with and without TABs, part headers in any order and letter case, a space after the
/// boundary's dashes, a last boundary without "--" or CRLF, or with two (OMI), before it one CRLF
/// or none. Bounds: header of 1 to 4096 bytes, exactly `Length` bytes of data (one to 16 bytes of
/// padding more are taken along). Kind::Protocol, Cause::SealMalformed with words for anything
/// else, several pairs of parts included. Source: MS-WSMV 2.2.9.1, recorded traffic.
Result<SealedMessage> readSealedBody(const QByteArray &contentType, const QByteArray &body);
