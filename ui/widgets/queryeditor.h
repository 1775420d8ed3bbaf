#pragma once

#include <QPlainTextEdit>

class QCompleter;
class QStringListModel;
class WqlHighlighter;

/// Where a query is typed: colours, and names to choose from while one types (Ctrl+Space shows them
/// at once). Ctrl+Enter runs.
class QueryEditor final : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit QueryEditor(QWidget *parent = nullptr);

    void setWords(const QStringList &words); ///< classes and properties; keywords are known
    QString query() const { return toPlainText().trimmed(); }

Q_SIGNALS:
    void runRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QString wordBeforeCursor() const;
    void complete(bool asked);
    void insert(const QString &word);
    WqlHighlighter *m_highlighter;
    QStringListModel *m_words;
    QCompleter *m_completer;
};
