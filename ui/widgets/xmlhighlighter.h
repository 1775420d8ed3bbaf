#pragma once

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

/// Colours tags, attribute names and values of XML. Line by line: enough for what is indented.
class XmlHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit XmlHighlighter(QTextDocument *document);
    void setColors(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    QTextCharFormat m_tag, m_attribute, m_value;
};
