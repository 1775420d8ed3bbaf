#include "views/detailspane.h"

#include "look/look.h"
#include "widgets/valueview.h"
#include "widgets/xmlview.h"

#include <QDockWidget>
#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

/// Text of the host as HTML that shows exactly it.
QString escaped(const QString &text)
{
    return text.toHtmlEscaped().replace(u'\n', u"<br>"_s);
}

QString rowHtml(const Details::Row &row, const QString &muted)
{
    QString value = escaped(row.value);
    if (row.monospace)
        value = u"<span style=\"font-family:'%1'\">%2</span>"_s.arg(Look::monospace().family(),
                                                                    value);
    if (!row.note.isEmpty())
        value += u" <span style=\"color:%1\">%2</span>"_s.arg(
            muted, escaped(row.value.isEmpty() ? row.note : u'(' + row.note + u')'));
    return u"<tr><td style=\"color:%1; padding-right:12px; padding-bottom:3px\">%2</td>"
           "<td style=\"padding-bottom:3px\">%3</td></tr>"_s.arg(muted, escaped(row.name), value);
}

QString sectionHtml(const Details::Section &section, const QString &muted)
{
    QString html;
    if (!section.title.isEmpty())
        html += u"<p style=\"margin-top:14px; margin-bottom:4px\"><b>%1</b></p>"_s.arg(
            escaped(section.title));
    if (!section.rows.empty()) {
        // After the prose of the section before a table without a title keeps its distance.
        html += u"<table cellspacing=\"0\" cellpadding=\"0\" width=\"100%\" "
                "style=\"margin-top:%1px\">"_s.arg(section.title.isEmpty() ? 8 : 0);
        for (const Details::Row &row : section.rows)
            html += rowHtml(row, muted);
        html += u"</table>"_s;
    }
    if (!section.prose.isEmpty())
        html += u"<p style=\"margin-top:4px; margin-bottom:8px\">%1</p>"_s.arg(
            escaped(section.prose));
    return html;
}

} // namespace

DetailsPane::DetailsPane(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_sections(new QTextEdit(this))
    , m_full(new ValueView(this))
    , m_xml(new XmlView(this))
{
    setObjectName(u"detailsPane"_s);
    auto *empty = plainLabel(tr("Select a setting, a class or a row to see what it is."), this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setMargin(Look::Around);
    Look::setMeaning(empty, Meaning::Muted);
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(createHead());
    m_sections->setObjectName(u"detailsSections"_s);
    m_sections->setReadOnly(true);
    m_sections->setFrameShape(QFrame::NoFrame);
    m_sections->document()->setDocumentMargin(Look::Between);
    m_sections->setAccessibleName(tr("Details"));
    m_sections->setTabChangesFocus(true);
    m_sections->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_sections->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_sections, tr("Details"));
    m_tabs->addTab(m_full, tr("Value"));
    m_tabs->addTab(m_xml, tr("XML"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &DetailsPane::showValue);
    column->addWidget(m_tabs, 1);
    m_stack->addWidget(empty);
    m_stack->addWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget *DetailsPane::createHead()
{
    auto *head = new QWidget(this);
    m_icon = new QLabel(head);
    m_title = plainLabel({}, head);
    m_title->setObjectName(u"detailsTitle"_s);
    Look::setTitle(m_title);
    m_subtitle = plainLabel({}, head);
    Look::setMeaning(m_subtitle, Meaning::Muted);
    m_value = new QPlainTextEdit(head);
    m_value->setObjectName(u"detailsValue"_s);
    m_value->setReadOnly(true);
    m_value->setAccessibleName(tr("Value"));
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *title = new QHBoxLayout;
    title->setSpacing(Look::Between);
    title->addWidget(m_icon, 0, Qt::AlignTop);
    title->addWidget(m_title, 1);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(Look::Between, Look::Between, Look::Between, Look::Between);
    layout->setSpacing(Look::Inside);
    layout->addLayout(title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_value);
    return head;
}

void DetailsPane::setDetails(const Details &details)
{
    m_details = details;
    m_stack->setCurrentIndex(details.isEmpty() ? 0 : 1);
    m_icon->setPixmap(
        details.icon.pixmap(QSize(Look::IconSize, Look::IconSize), devicePixelRatioF()));
    m_title->setText(details.title);
    m_subtitle->setText(details.subtitle);
    m_subtitle->setVisible(!details.subtitle.isEmpty());
    m_value->setPlainText(details.value.left(100'000));
    const int lines = qBound(
        1, int(details.value.count(u'\n')) + 1 + int(details.value.size() / 40), 6);
    m_value->setFixedHeight(lines * m_value->fontMetrics().lineSpacing() + 2 * Look::Between);
    showSections();
    m_xml->setNode(details.document, details.raw);
    m_tabs->setTabVisible(m_tabs->indexOf(m_xml), bool(details.raw));
    showValue();
}

/// With the value view open the few lines above would say the same.
void DetailsPane::showValue()
{
    const bool open = m_tabs->currentWidget() == m_full;
    m_value->setVisible(!open && !m_details.value.isEmpty());
    if (open)
        m_full->setValue({m_details.title, m_details.value, m_details.valueNote, m_details.items,
                          m_details.document, m_details.object});
}

void DetailsPane::toggleValue(QDockWidget *dock)
{
    const bool open = dock->isVisible() && m_tabs->currentWidget() == m_full;
    if (!open)
        m_tabs->setCurrentWidget(m_full);
    dock->setVisible(!open);
    if (!open)
        dock->raise();
}

void DetailsPane::showSections()
{
    const QString muted = Look::muted(palette()).name();
    QString html;
    for (const Details::Section &section : m_details.sections) {
        if (!section.rows.empty() || !section.prose.isEmpty())
            html += sectionHtml(section, muted);
    }
    m_sections->setHtml(html);
}

void DetailsPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_details.isEmpty())
        showSections();
}

QString DetailsPane::plainText() const
{
    QStringList lines{m_details.title, m_details.subtitle, m_details.value};
    for (const Details::Section &section : m_details.sections) {
        lines << QString() << section.title;
        for (const Details::Row &row : section.rows)
            lines << u"%1: %2 %3"_s.arg(row.name, row.value, row.note).trimmed();
        lines << section.prose;
    }
    return lines.join(u'\n').trimmed();
}
