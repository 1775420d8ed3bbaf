#include "widgets/xmlhighlighter.h"

#include "look/look.h"

namespace {

constexpr int longestLine = 20000; ///< characters; longer ones stay plain

bool isName(QChar c)
{
    return c.isLetterOrNumber() || c == u':' || c == u'_' || c == u'-' || c == u'.';
}

} // namespace

XmlHighlighter::XmlHighlighter(QTextDocument *document)
    : QSyntaxHighlighter(document)
{ }

void XmlHighlighter::setColors(const QPalette &palette)
{
    m_tag.setForeground(Look::color(Meaning::Accent, palette));
    m_attribute.setForeground(Look::color(Meaning::Muted, palette));
    m_value.setForeground(Look::color(Meaning::Ok, palette));
    rehighlight();
}

void XmlHighlighter::highlightBlock(const QString &text)
{
    if (text.size() > longestLine)
        return;
    bool inTag = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const QChar c = text.at(at);
        const qsizetype start = at;
        if (c == u'<') {
            inTag = true;
            while (
                at + 1 < text.size()
                && (isName(text.at(at + 1)) || text.at(at + 1) == u'/' || text.at(at + 1) == u'?'))
                ++at;
            setFormat(int(start), int(at - start) + 1, m_tag);
        } else if (inTag && c == u'>') {
            setFormat(int(start), 1, m_tag);
            inTag = false;
        } else if (inTag && (c == u'"' || c == u'\'')) {
            const qsizetype end = text.indexOf(c, at + 1);
            at = end < 0 ? text.size() - 1 : end;
            setFormat(int(start), int(at - start) + 1, m_value);
        } else if (inTag && isName(c)) {
            while (at + 1 < text.size() && isName(text.at(at + 1)))
                ++at;
            setFormat(int(start), int(at - start) + 1, m_attribute);
        } else if (inTag) {
            setFormat(int(start), 1, m_tag);
        }
    }
}
