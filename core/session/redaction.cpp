#include "session/redaction.h"

#include <QRegularExpression>
#include <QString>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace {

QString decoded(const QByteArray &bytes)
{
    const bool utf16 = bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff");
    QStringDecoder decoder(utf16 ? QStringDecoder::Utf16 : QStringDecoder::Utf8);
    return decoder(bytes);
}

bool mayHoldSecret(const QString &text)
{
    return text.contains("passw"_L1, Qt::CaseInsensitive)
        || text.contains("passphrase"_L1, Qt::CaseInsensitive);
}

} // namespace

QByteArray redactedEnvelope(const QByteArray &envelope)
{
    QString text = decoded(envelope);
    if (!mayHoldSecret(text))
        return envelope.startsWith("\xff\xfe") || envelope.startsWith("\xfe\xff") ? text.toUtf8()
                                                                                  : envelope;

    // <p:Password ...>content</p:Password>, also cut off before its end.
    static const QRegularExpression element(
        uR"(<((?:[\w.-]+:)?[\w.-]*(?:passw(?:or)?d|passphrase)[\w.-]*)((?:\s[^<>]*)?)(?<!/)>.*?(</\1\s*>|\z))"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    text.replace(element, uR"(<\1\2>[removed]\3)"_s);
    static const QRegularExpression attribute(
        uR"(([\w.:-]*(?:passw(?:or)?d|passphrase)[\w.-]*\s*=\s*)("[^"]*("|\z)|'[^']*('|\z)))"_s,
        QRegularExpression::CaseInsensitiveOption);
    text.replace(attribute, uR"(\1"[removed]")"_s);
    // <Param Name="Password" Value="..."/> and <Selector Name="Password">...</Selector>
    static const QRegularExpression named(
        uR"((<[^<>]*\bName\s*=\s*["'][^"'<>]*(?:passw(?:or)?d|passphrase)[^"'<>]*["'][^<>]*?)(\bValue\s*=\s*)("[^"]*"|'[^']*'))"_s,
        QRegularExpression::CaseInsensitiveOption);
    text.replace(named, uR"(\1\2"[removed]")"_s);
    static const QRegularExpression namedContent(
        uR"((<([\w.:-]+)\s[^<>]*\bName\s*=\s*["'][^"'<>]*(?:passw(?:or)?d|passphrase)[^"'<>]*["'][^<>]*(?<!/)>).*?(</\2\s*>|\z))"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    text.replace(namedContent, uR"(\1[removed]\3)"_s);
    return text.toUtf8();
}

QByteArray redactedHead(const QByteArray &head)
{
    static const QRegularExpression secretHeader(
        uR"(^((?:proxy-)?authorization|(?:set-)?cookie)\s*:\s*(\S*)[^\r\n]*)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    QString text = QString::fromLatin1(head);
    qsizetype from = 0;
    for (auto match = secretHeader.match(text); match.hasMatch();
         match = secretHeader.match(text, from)) {
        const bool scheme = match.captured(1).endsWith("authorization"_L1, Qt::CaseInsensitive);
        const QString kept = match.captured(1) + u": "_s
            + (scheme ? match.captured(2) + u' ' : QString()) + u"[removed]"_s;
        text.replace(match.capturedStart(), match.capturedLength(), kept);
        from = match.capturedStart() + kept.size();
    }
    return text.toLatin1();
}
