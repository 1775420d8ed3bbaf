#include "text/valuetext.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

bool isBidiControl(char16_t c)
{
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
}

bool isLineSeparator(char16_t c)
{
    return c == 0x2028 || c == 0x2029;
}

bool isControl(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

/// A surrogate without its other half.
bool isLone(QStringView text, qsizetype i)
{
    if (!text[i].isSurrogate())
        return false;
    if (text[i].isHighSurrogate())
        return i + 1 == text.size() || !text[i + 1].isLowSurrogate();
    return i == 0 || !text[i - 1].isHighSurrogate();
}

/// What stands for a character in one line; 0 when it stands for itself.
char16_t symbolOf(char16_t c)
{
    if (c == u'\n' || c == u'\r' || isLineSeparator(c))
        return 0x21b5; // downwards arrow with corner leftwards
    if (c < 0x20)
        return char16_t(0x2400 + c); // control pictures
    if (c == 0x7f)
        return 0x2421;
    return isControl(c) || isBidiControl(c) ? char16_t(QChar::ReplacementCharacter) : char16_t(0);
}

void appendEscape(QString &out, char16_t c)
{
    switch (c) {
    case u'\n':
        out += "\\n"_L1;
        return;
    case u'\r':
        out += "\\r"_L1;
        return;
    case u'\t':
        out += "\\t"_L1;
        return;
    default:
        break;
    }
    const bool small = c <= 0xff;
    out += small ? "\\x"_L1 : "\\u"_L1;
    out += QString::number(c, 16).rightJustified(small ? 2 : 4, u'0');
}

} // namespace

QString oneLine(QStringView text, int max)
{
    QString out;
    out.reserve(std::min(text.size(), qsizetype(max)));
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (out.size() >= max) {
            if (!out.isEmpty() && out.back().isHighSurrogate())
                out.chop(1);
            return out + u'…';
        }
        const char16_t c = text[i].unicode();
        if (c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
            continue;
        const char16_t symbol = isLone(text, i) ? char16_t(QChar::ReplacementCharacter)
                                                : symbolOf(c);
        out += QChar(symbol ? symbol : c);
    }
    return out;
}

QString terminalText(QStringView text, bool keepNewlines)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const bool lineEnd = c == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n';
        if (keepNewlines && lineEnd)
            continue;
        if (keepNewlines && c == u'\n')
            out += u'\n';
        else if (isControl(c) || isBidiControl(c) || isLineSeparator(c) || isLone(text, i))
            appendEscape(out, c);
        else
            out += text[i];
    }
    return out;
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString rateText(double perSecond)
{
    if (!(perSecond > 0) || !std::isfinite(perSecond))
        return QLocale().toString(0);
    if (perSecond < 10)
        return QLocale().toString(perSecond, 'f', 1);
    const double step = std::pow(10.0, std::max(0.0, std::floor(std::log10(perSecond)) - 2));
    return QLocale().toString(std::round(perSecond / step) * step, 'f', 0);
}
