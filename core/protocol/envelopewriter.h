#pragma once

#include "protocol/endpointreference.h"
#include "protocol/request.h"

/// Writes one request envelope as Windows' own client does: its prefixes, its order of headers, no
/// XML declaration. A private part of request.cpp.
class EnvelopeWriter
{
public:
    /// `action` as URI; the header is complete after this.
    EnvelopeWriter(const RequestSettings &settings, const ResourceLocator &resource,
                   std::string_view action);

    /// Appends `xml`, which is well-formed with the prefixes s, a, n, w, b and p, to the body.
    void body(const QByteArray &xml) { m_body += xml; }
    /// The same body as the trace shows it: without what is secret.
    void shownBody(const QByteArray &xml) { m_shownBody = xml; }
    /// One more header, well-formed with those prefixes.
    void headerBlock(const QByteArray &xml) { m_header += xml; }
    Request finish();

private:
    void header(const RequestSettings &settings, const ResourceLocator &resource);

    QByteArray envelope(const QByteArray &body) const;

    QByteArray m_header;
    QByteArray m_body;
    QByteArray m_shownBody;
    Request m_request;
    bool m_utf16 = false;
    bool m_microsoft = false;
};

/// `<name>text</name>`, the text escaped. `attributes` begins with a space or is empty.
QByteArray xmlElement(const char *name, const QString &text, const QByteArray &attributes = {});
/// ` name="value"`, escaped.
QByteArray xmlAttribute(const char *name, const QString &value);
/// w:SelectorSet; empty without selectors.
QByteArray selectorSetXml(const std::vector<Selector> &selectors);
/// a:Address and a:ReferenceParameters, without an element around them; prefixes a and w.
QByteArray referenceFieldsXml(const EndpointReference &reference);
/// The bytes of an envelope: as they are, or as UTF-16LE with byte order mark.
QByteArray encodedEnvelope(const QByteArray &utf8, bool utf16);
