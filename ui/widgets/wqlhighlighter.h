#pragma once

#include <QSyntaxHighlighter>
#include <QTextCharFormat>

/// Colours keywords, texts, numbers and ${parameters} of a query.
class WqlHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    explicit WqlHighlighter(QTextDocument *document);
    void setColors(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    QTextCharFormat m_keyword, m_text, m_number, m_parameter;
};
