#include "widgets/pagestate.h"

#include "look/focus.h"
#include "look/icons.h"
#include "look/look.h"
#include "text/sentences.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int textWidth = 560; ///< a line that one can read

/// Lies over old content and lets it be seen, scrolled and selected, but fainter.
class Veil final : public QWidget
{
public:
    explicit Veil(QWidget *parent)
        : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QColor color = palette().color(QPalette::Base);
        color.setAlphaF(0.4F);
        QPainter(this).fillRect(event->rect(), color);
    }
};

} // namespace

PageState::PageState(QWidget *content, QWidget *parent)
    : QStackedWidget(parent)
    , m_content(content)
    , m_state(new QWidget(this))
    , m_icon(new QLabel(m_state))
    , m_action(new QPushButton(m_state))
    , m_again(new QPushButton(Icons::get(u"refresh"), tr("Try again"), m_state))
    , m_exchange(new QPushButton(Icons::get(u"trace"), tr("Show exchange"), m_state))
    , m_delay(new QTimer(this))
{
    m_sentence = addText(u"stateSentence"_s);
    m_hostWords = addText(u"stateHostWords"_s);
    m_remedy = addText(u"stateRemedy"_s);
    m_code = addText(u"stateCode"_s);
    Look::setMeaning(m_hostWords, Meaning::Muted);
    Look::setMeaning(m_code, Meaning::Muted);
    m_code->setFont(Look::monospace());
    m_action->setObjectName(u"stateAction"_s);
    m_again->setObjectName(u"tryAgain"_s);
    m_exchange->setObjectName(u"showExchange"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Look::Between);
    for (QPushButton *button : {m_again, m_action, m_exchange}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *box = new QWidget(m_state);
    box->setMaximumWidth(textWidth);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Look::Between);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_icon, m_sentence, m_hostWords, m_remedy, m_code})
        column->addWidget(widget);
    column->addSpacing(Look::Between);
    column->addLayout(buttons);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(box, 100); // as wide as a line that one can read, in the middle
    row->addStretch(1);
    auto *layout = new QVBoxLayout(m_state);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Around);
    layout->addStretch(2);
    layout->addLayout(row);
    layout->addStretch(3);
    addWidget(m_content);
    addWidget(m_state);
    m_delay->setSingleShot(true);
    m_delay->setInterval(200);
    connect(m_delay, &QTimer::timeout, this, [this] { setCurrentWidget(m_state); });
    connect(this, &QStackedWidget::currentChanged, this, &PageState::placeVeil);
    connect(m_action, &QPushButton::clicked, this, &PageState::acted);
    connect(m_again, &QPushButton::clicked, this, &PageState::tryAgain);
    connect(m_exchange, &QPushButton::clicked, this, [this] { Q_EMIT showExchange(m_exchangeId); });
}

QLabel *PageState::addText(const QString &objectName)
{
    auto *label = new QLabel(m_state);
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void PageState::setText(QLabel *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

/// A button that goes would hand the focus to whatever comes next in the window: it stays here.
void PageState::keepFocus()
{
    if (Focus::isIn(m_state))
        setFocus();
}

void PageState::passFocus()
{
    if (hasFocus())
        Focus::enter(currentWidget());
}

void PageState::focusInEvent(QFocusEvent *event)
{
    QStackedWidget::focusInEvent(event);
    passFocus();
}

void PageState::clear()
{
    m_delay->stop();
    keepFocus();
    for (QLabel *label : {m_sentence, m_hostWords, m_remedy, m_code})
        setText(label, {});
    m_icon->hide();
    for (QPushButton *button : {m_action, m_again, m_exchange})
        button->hide();
}

void PageState::setFailed(bool failed)
{
    if (m_failed == failed)
        return;
    m_failed = failed;
    Q_EMIT failureShown(failed);
}

void PageState::showContent()
{
    m_delay->stop();
    keepFocus();
    setCurrentWidget(m_content);
    setFailed(false);
    passFocus();
}

void PageState::setDimmed(bool dimmed)
{
    if (dimmed == isDimmed())
        return;
    delete m_veil;
    m_veil = dimmed ? new Veil(this) : nullptr;
    placeVeil();
}

void PageState::placeVeil()
{
    if (!m_veil)
        return;
    m_veil->setGeometry(rect());
    m_veil->setVisible(showsContent());
    m_veil->raise();
}

void PageState::resizeEvent(QResizeEvent *event)
{
    QStackedWidget::resizeEvent(event);
    placeVeil();
}

bool PageState::isDimmed() const
{
    return m_veil;
}

bool PageState::showsContent() const
{
    return currentWidget() == m_content;
}

QString PageState::sentence() const
{
    return showsContent() ? QString() : m_sentence->text();
}

void PageState::showLoading(const QString &sentence)
{
    clear();
    setFailed(false);
    setText(m_sentence, sentence);
    m_delay->start();
}

void PageState::showEmpty(QStringView icon, const QString &sentence, const QString &button)
{
    clear();
    setFailed(false);
    m_icon->setPixmap(Icons::get(icon, Meaning::Muted)
                          .pixmap(QSize(Look::LargeIcon, Look::LargeIcon), devicePixelRatioF()));
    m_icon->show();
    setText(m_sentence, sentence);
    m_action->setText(button);
    m_action->setVisible(!button.isEmpty());
    setCurrentWidget(m_state);
    passFocus();
}

void PageState::showStopped(const QString &sentence)
{
    showEmpty(u"stop", sentence);
    m_again->show();
    setFailed(true);
    passFocus();
}

void PageState::showFailure(const Error &error, const QString &button)
{
    clear();
    const Explanation said = explain(error);
    m_icon->setPixmap(Icons::get(u"error", Meaning::Error)
                          .pixmap(QSize(Look::LargeIcon, Look::LargeIcon), devicePixelRatioF()));
    m_icon->show();
    setText(m_sentence, said.sentence);
    setText(m_hostWords,
            said.hostWords.isEmpty() ? QString() : tr("The host says: %1").arg(said.hostWords));
    setText(m_remedy, said.remedy);
    setText(m_code, said.code);
    m_exchangeId = error.exchange;
    m_exchange->setVisible(m_exchangeId != 0);
    m_again->show();
    m_action->setText(button);
    m_action->setVisible(!button.isEmpty());
    setCurrentWidget(m_state);
    setFailed(true);
    passFocus();
}
