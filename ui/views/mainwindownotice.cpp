#include "views/mainwindownotice.h"

#include "look/icons.h"
#include "text/sentences.h"

#include <QBoxLayout>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;

MainWindowNotice::MainWindowNotice(QWidget *parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_text(new QLabel(this))
{
    setObjectName(u"notice"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    m_text->setObjectName(u"noticeText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *close = new QToolButton(this);
    close->setObjectName(u"noticeClose"_s);
    close->setAutoRaise(true);
    close->setIcon(Icons::get(u"close"));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::Between, Look::Inside, Look::Inside, Look::Inside);
    layout->setSpacing(Look::Between);
    layout->addWidget(m_sign, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    setVisible(false);
}

void MainWindowNotice::say(const Error &error)
{
    const Explanation words = explain(error);
    QStringList parts{words.sentence};
    for (const QString &part : {words.remedy, words.hostWords}) {
        if (!part.isEmpty())
            parts << part;
    }
    if (!words.code.isEmpty())
        parts << u'(' + words.code + u')';
    say(parts.join(u' '));
}

void MainWindowNotice::say(const QString &sentence)
{
    m_sign->setPixmap(Icons::get(u"warning", Meaning::Warning)
                          .pixmap({Look::IconSize, Look::IconSize}, devicePixelRatioF()));
    m_text->setText(sentence);
    setVisible(true);
}

QString MainWindowNotice::text() const
{
    return isHidden() ? QString() : m_text->text();
}
