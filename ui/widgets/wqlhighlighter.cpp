#include "widgets/wqlhighlighter.h"

#include "look/look.h"
#include "models/wqltext.h"

WqlHighlighter::WqlHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
    m_keyword.setFontWeight(QFont::DemiBold);
}

void WqlHighlighter::setColors(const QPalette &palette)
{
    m_keyword.setForeground(Look::color(Meaning::Accent, palette));
    m_text.setForeground(Look::color(Meaning::Ok, palette));
    m_number.setForeground(Look::color(Meaning::Ok, palette));
    m_parameter.setForeground(Look::color(Meaning::Warning, palette));
    rehighlight();
}

void WqlHighlighter::highlightBlock(const QString &text)
{
    using Kind = WqlText::Token::Kind;
    for (const WqlText::Token &token : WqlText::tokens(text)) {
        const QTextCharFormat *format = nullptr;
        if (token.kind == Kind::Keyword)
            format = &m_keyword;
        else if (token.kind == Kind::Text)
            format = &m_text;
        else if (token.kind == Kind::Number)
            format = &m_number;
        else if (token.kind == Kind::Parameter)
            format = &m_parameter;
        if (format)
            setFormat(int(token.start), int(token.length), *format);
        if (token.kind == Kind::Text) {
            const QStringView part = QStringView(text).mid(token.start, token.length);
            for (qsizetype at = part.indexOf(u"${"); at >= 0; at = part.indexOf(u"${", at + 2)) {
                const qsizetype end = part.indexOf(u'}', at);
                if (end > at)
                    setFormat(int(token.start + at), int(end - at + 1), m_parameter);
            }
        }
    }
}
