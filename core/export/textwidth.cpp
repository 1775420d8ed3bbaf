#include "export/textwidth.h"

namespace {

/// Source: Unicode's East Asian Width, the blocks that are wide as a whole.
bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff)
        || (c >= 0x20000 && c <= 0x3fffd);
}

int widthOf(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    return isWide(c) ? 2 : 1;
}

/// The code point at `i`, which moves behind it.
char32_t next(QStringView text, qsizetype &i)
{
    const QChar first = text[i++];
    if (first.isHighSurrogate() && i < text.size() && text[i].isLowSurrogate())
        return QChar::surrogateToUcs4(first, text[i++]);
    return first.unicode();
}

} // namespace

int textWidth(QStringView text)
{
    int width = 0;
    for (qsizetype i = 0; i < text.size();)
        width += widthOf(next(text, i));
    return width;
}

QString clipped(const QString &text, int width)
{
    if (text.size() * 2 <= width || textWidth(text) <= width)
        return text;
    int taken = 0;
    qsizetype end = 0;
    for (qsizetype i = 0; i < text.size(); end = i) {
        taken += widthOf(next(text, i));
        if (taken > width - 1)
            break;
    }
    return text.left(end) + u'…';
}
