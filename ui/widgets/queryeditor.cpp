#include "widgets/queryeditor.h"

#include "look/look.h"
#include "models/wqltext.h"
#include "widgets/wqlhighlighter.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStringListModel>

using namespace Qt::StringLiterals;

namespace {

constexpr int letters = 2; ///< typed before names are offered

} // namespace

QueryEditor::QueryEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new WqlHighlighter(document()))
    , m_words(new QStringListModel(this))
    , m_completer(new QCompleter(m_words, this))
{
    setObjectName(u"queryEditor"_s);
    setAccessibleName(tr("Query"));
    setFont(Look::monospace());
    setTabChangesFocus(true);
    setPlaceholderText(u"SELECT Name, State FROM Win32_Service WHERE State = 'Stopped'"_s);
    m_highlighter->setColors(palette());
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setModelSorting(QCompleter::CaseInsensitivelySortedModel);
    m_completer->setMaxVisibleItems(12);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &QueryEditor::insert);
    setWords({});
}

void QueryEditor::setWords(const QStringList &words)
{
    QStringList all = WqlText::keywords() + words;
    all.removeDuplicates();
    all.sort(Qt::CaseInsensitive);
    m_words->setStringList(all);
}

QString QueryEditor::wordBeforeCursor() const
{
    const QString before = toPlainText().left(textCursor().position());
    qsizetype start = before.size();
    while (start > 0 && (before[start - 1].isLetterOrNumber() || before[start - 1] == u'_'))
        --start;
    return before.mid(start);
}

void QueryEditor::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_completer->popup()->isVisible()
        && (isReturn || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Escape)
        && !control) {
        event->ignore(); // the list takes it
        return;
    }
    if (control && isReturn) {
        m_completer->popup()->hide();
        Q_EMIT runRequested();
        return;
    }
    if (control && event->key() == Qt::Key_Space) {
        complete(true);
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
    if (!event->text().isEmpty())
        complete(false);
}

/// Tab leaves the editor, unless names are offered: then it takes the one that is marked.
bool QueryEditor::focusNextPrevChild(bool next)
{
    return !m_completer->popup()->isVisible() && QPlainTextEdit::focusNextPrevChild(next);
}

void QueryEditor::complete(bool asked)
{
    const QString word = wordBeforeCursor();
    m_completer->setCompletionPrefix(word);
    const bool done = m_completer->completionCount() == 1
        && m_completer->currentCompletion().compare(word, Qt::CaseInsensitive) == 0;
    if ((!asked && word.size() < letters) || m_completer->completionCount() == 0 || done) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0)
                   + m_completer->popup()->verticalScrollBar()->sizeHint().width() + Look::Around);
    m_completer->complete(place);
}

void QueryEditor::insert(const QString &word)
{
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(wordBeforeCursor().size()));
    cursor.insertText(word);
    setTextCursor(cursor);
}

void QueryEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setColors(palette());
}
