#pragma once

#include <QByteArray>
#include <QDateTime>

/// A KRB-ERROR as a KDC sends it (RFC 4120, 5.9.1), made by hand.
inline QByteArray der(int tag, const QByteArray &content)
{
    QByteArray value(1, char(tag));
    if (content.size() >= 0x80) {
        value += char(0x82);
        value += char(content.size() >> 8);
    }
    return value + char(content.size()) + content;
}

inline QByteArray derInteger(int value)
{
    QByteArray bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += char(value >> shift);
    return der(0x02, bytes);
}

inline QByteArray derText(const QByteArray &text)
{
    return der(0x1b, text);
}

inline QByteArray krbError(int code, const QDateTime &time, const QByteArray &text = {})
{
    const QByteArray service = der(0xa0, derInteger(2))
        + der(0xa1, der(0x30, derText("krbtgt") + derText("EXAMPLE.COM")));
    QByteArray fields = der(0xa0, derInteger(5)) + der(0xa1, derInteger(30))
        + der(0xa4, der(0x18, time.toUTC().toString(u"yyyyMMddhhmmss").toLatin1() + 'Z'))
        + der(0xa5, derInteger(500'000)) + der(0xa6, derInteger(code))
        + der(0xa9, derText("EXAMPLE.COM")) + der(0xaa, der(0x30, service));
    if (!text.isEmpty())
        fields += der(0xab, derText(text));
    return der(0x7e, der(0x30, fields));
}
