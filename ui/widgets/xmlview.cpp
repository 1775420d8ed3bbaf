#include "widgets/xmlview.h"

#include "document/xmlwriter.h"
#include "look/look.h"
#include "widgets/xmlhighlighter.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 512 * 1024; ///< characters shown

} // namespace

XmlView::XmlView(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new XmlHighlighter(document()))
{
    setReadOnly(true);
    setFont(Look::monospace());
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("XML"));
    m_highlighter->setColors(palette());
}

void XmlView::setNode(const DocumentPtr &document, Node node)
{
    m_document = document;
    m_node = node;
    m_pending = true;
    if (isVisible())
        write();
}

void XmlView::setXml(const QString &xml)
{
    m_pending = false;
    m_document.reset();
    m_node = {};
    setPlainText(xml.size() > longest ? xml.left(longest) + u"\n\n"_s
                         + tr("Only the start is shown. Export writes all of it.")
                                      : xml);
}

void XmlView::write()
{
    const DocumentPtr document = m_document;
    const Node node = m_node;
    if (!node) {
        setXml({});
        return;
    }
    setXml(QString::fromUtf8(writeXml(node, {.declaration = false, .indent = true})));
    m_document = document;
    m_node = node;
}

void XmlView::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    if (m_pending)
        write();
}

void XmlView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setColors(palette());
}
