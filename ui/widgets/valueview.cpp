#include "widgets/valueview.h"

#include "document/xmlreader.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/documenttreemodel.h"
#include "models/sddltext.h"
#include "text/valuetext.h"
#include "widgets/textbutton.h"
#include "widgets/xmlview.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QStringListModel>
#include <QTextEdit>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 1'000'000;    ///< characters shown
constexpr qsizetype longestXml = 4'000'000; ///< characters tried as XML
constexpr int mostItems = 20'000;           ///< of an array

} // namespace

ValueView::ValueView(QWidget *parent)
    : QWidget(parent)
    , m_stack(new QStackedWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_xml(new XmlView(this))
    , m_list(new QTreeView(this))
    , m_tree(new QTreeView(this))
    , m_items(new QStringListModel(this))
    , m_nodes(new DocumentTreeModel(this))
    , m_facts(new QTextEdit(this))
{
    m_text->setObjectName(u"valueText"_s);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("Value"));
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->document()->setDocumentMargin(Look::Between);
    m_facts->setObjectName(u"valueFacts"_s);
    m_facts->setReadOnly(true);
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setAccessibleName(tr("What it means"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_facts->document()->setDocumentMargin(Look::Between);
    m_xml->setObjectName(u"valueXml"_s);
    Look::prepareList(m_list);
    m_list->setObjectName(u"valueItems"_s);
    m_list->setHeaderHidden(true);
    m_list->setModel(m_items);
    m_list->setAccessibleName(tr("Items"));
    Look::prepareTree(m_tree);
    m_tree->setObjectName(u"valueTree"_s);
    m_tree->setModel(m_nodes);
    m_tree->setAccessibleName(tr("Embedded object"));
    for (QWidget *page : std::initializer_list<QWidget *>{m_text, m_xml, m_list, m_tree})
        m_stack->addWidget(page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHead());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_facts, 2);
    setValue({});
}

QWidget *ValueView::createHead()
{
    auto *head = new QWidget(this);
    m_kind = new QLabel(head);
    m_kind->setObjectName(u"valueKind"_s);
    m_kind->setTextFormat(Qt::PlainText);
    m_kind->setWordWrap(true);
    Look::setMeaning(m_kind, Meaning::Muted);
    auto *copyButton = textButton(head, u"copyValue"_s, u"copy", tr("Copy"),
                                  tr("Copy the value as the host wrote it"));
    connect(copyButton, &QAbstractButton::clicked, this, &ValueView::copy);
    m_copy = copyButton;
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(Look::Between, Look::Inside, Look::Between, Look::Inside);
    line->setSpacing(Look::Between);
    line->addWidget(m_kind, 1);
    line->addWidget(copyButton);
    return head;
}

void ValueView::setValue(const ShownValue &value)
{
    m_value = value;
    m_facts->hide();
    m_nodes->clear();
    m_items->setStringList({});
    m_xml->setXml({});
    m_copy->setVisible(!value.text.isEmpty());
    if (value.object) {
        m_nodes->setDocument(value.document, value.object);
        m_kind->setText(tr("Embedded object or reference, %n parts", nullptr, m_nodes->rowCount()));
        m_tree->expandToDepth(1);
        m_tree->resizeColumnToContents(0);
        m_stack->setCurrentWidget(m_tree);
    } else if (!value.items.isEmpty()) {
        m_items->setStringList(value.items.mid(0, mostItems));
        m_kind->setText(tr("Array, %Ln items", nullptr, int(value.items.size())));
        m_stack->setCurrentWidget(m_list);
    } else if (value.text.isEmpty()) {
        m_kind->setText(value.note);
        showText({});
    } else if (!showXml() && !showDate() && !showSddl()) {
        showText(value.text);
        m_kind->setText(tr("Text, %Ln characters", nullptr, int(value.text.size())));
    }
}

void ValueView::showText(const QString &text)
{
    m_text->setPlainText(text.size() > longest ? text.left(longest) + u"\n\n"_s
                                 + tr("Only the start is shown. Copy takes all of it.")
                                               : text);
    m_stack->setCurrentWidget(m_text);
}

bool ValueView::showXml()
{
    const QString text = m_value.text.trimmed();
    if (!text.startsWith(u'<') || !text.endsWith(u'>') || text.size() > longestXml)
        return false;
    const auto read = readXml(text.toUtf8());
    if (!read)
        return false;
    m_xml->setNode(*read, (*read)->root());
    m_kind->setText(tr("XML, indented here; %Ln characters as the host wrote it", nullptr,
                       int(m_value.text.size())));
    m_stack->setCurrentWidget(m_xml);
    return true;
}

bool ValueView::showDate()
{
    if (m_value.text.size() > 64)
        return false;
    const std::string text = m_value.text.trimmed().toStdString();
    Facts facts;
    if (const QDateTime time = parseCimDateTime(text); time.isValid()) {
        facts = {{tr("Here"), localDateText(time)},
                 {tr("In UTC"), QLocale().toString(time.toUTC(), QLocale::ShortFormat)},
                 {tr("On the host"), hostDateText(time)}};
        if (time.timeSpec() == Qt::LocalTime)
            facts = {{tr("On the host"), hostDateText(time)},
                     {tr("Offset"), tr("not given: here and UTC are unknown")}};
        m_kind->setText(tr("Date and time"));
    } else if (const QString interval = durationText(text); !interval.isEmpty()) {
        facts = {{tr("Interval"), interval}};
        m_kind->setText(tr("Interval"));
    } else {
        return false;
    }
    facts.emplace_back(tr("As written"), m_value.text);
    showText(m_value.text);
    showFacts(facts);
    return true;
}

bool ValueView::showSddl()
{
    const auto parts = sddlParts(m_value.text);
    if (!parts)
        return false;
    Facts facts;
    for (const SddlPart &part : *parts)
        facts.emplace_back(part.name, part.text);
    showText(m_value.text);
    showFacts(facts);
    m_kind->setText(tr("Security descriptor, %n parts", nullptr, int(parts->size())));
    return true;
}

void ValueView::showFacts(const Facts &facts)
{
    m_written = facts;
    writeFacts();
    m_facts->show();
}

void ValueView::writeFacts()
{
    const QString muted = Look::muted(palette()).name();
    QString html = u"<table cellspacing=\"0\" cellpadding=\"0\">"_s;
    for (const auto &[name, text] : m_written)
        html += u"<tr><td style=\"color:%1; padding-right:12px; padding-bottom:4px\">%2</td>"
                "<td style=\"padding-bottom:4px\">%3</td></tr>"_s.arg(muted, name.toHtmlEscaped(),
                                                                      text.toHtmlEscaped());
    m_facts->setHtml(html + u"</table>"_s);
}

QString ValueView::kind() const
{
    return m_kind->text();
}

void ValueView::copy() const
{
    QGuiApplication::clipboard()->setText(m_value.text);
}

void ValueView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_facts->isVisible())
        writeFacts();
}
