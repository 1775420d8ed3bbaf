#include "session/redaction.h"

#include <QRegularExpression>
#include <QString>
#include <QStringDecoder>

#include <array>

using namespace Qt::StringLiterals;

namespace {

QString decoded(const QByteArray &bytes)
{
    const bool utf16 = bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff");
    QStringDecoder decoder(utf16 ? QStringDecoder::Utf16 : QStringDecoder::Utf8);
    return decoder(bytes);
}

/// How far to go on when a byte ends a place where "pass" might stand and does not.
constexpr auto steps = [] {
    std::array<std::uint8_t, 256> result{};
    result.fill(4);
    result['p'] = result['P'] = 3;
    result['a'] = result['A'] = 2;
    result['s'] = result['S'] = 1;
    return result;
}();

/// True when no byte of it can begin the name of a secret. Looks at every fourth byte only: each
/// page of an enumeration goes through here, on the thread of the window.
bool isHarmless(const QByteArray &utf8)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    for (qsizetype end = 3; end < utf8.size(); end += steps[std::uint8_t(utf8[end])]) {
        if (lower(utf8[end]) == 's' && lower(utf8[end - 1]) == 's' && lower(utf8[end - 2]) == 'a'
            && lower(utf8[end - 3]) == 'p')
            return false;
    }
    return !utf8.contains("\xC5\xBF"); // a long s is an s to who ignores case
}

bool mayHoldSecret(const QString &text)
{
    return text.contains("passw"_L1, Qt::CaseInsensitive)
        || text.contains("passphrase"_L1, Qt::CaseInsensitive);
}

} // namespace

QByteArray redactedEnvelope(const QByteArray &envelope)
{
    const bool utf16 = envelope.startsWith("\xff\xfe") || envelope.startsWith("\xfe\xff");
    if (!utf16 && isHarmless(envelope))
        return envelope;
    QString text = decoded(envelope);
    if (!mayHoldSecret(text))
        return utf16 ? text.toUtf8() : envelope;

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

/// What is long and looks like base64 behind a scheme is a token; a scheme or realm is none.
QString withoutTokens(QString text)
{
    static const QRegularExpression field(uR"(^(?:www|proxy)-authenticate\s*:[^\r\n]*)"_s,
                                          QRegularExpression::CaseInsensitiveOption
                                              | QRegularExpression::MultilineOption);
    static const QRegularExpression token(
        uR"(((?:^[^:]*:|,)[ \t]*[\w!#$%&'*+.^`|~-]+[ \t]+)[A-Za-z0-9\-._~+/]{8,}=*(?=[ \t]*(?:,|$)))"_s);
    qsizetype from = 0;
    for (auto match = field.match(text); match.hasMatch(); match = field.match(text, from)) {
        QString line = match.captured();
        line.replace(token, uR"(\1[removed])"_s);
        text.replace(match.capturedStart(), match.capturedLength(), line);
        from = match.capturedStart() + line.size();
    }
    return text;
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
    return withoutTokens(text).toLatin1();
}
