#include "widgets/notestrip.h"

#include "look/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

NoteStrip::NoteStrip(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_buttons(new QHBoxLayout)
{
    setAutoFillBackground(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setObjectName(QStringLiteral("noteText"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::Between, Look::Inside, Look::Between, Look::Inside);
    layout->setSpacing(Look::Between);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_buttons);
    hide();
}

void NoteStrip::showNote(Meaning meaning, const QString &text, const QString &tip)
{
    m_meaning = meaning;
    m_text->setText(text);
    m_text->setToolTip(tip);
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_icon->setPixmap(Icons::get(Icons::signOf(meaning), meaning)
                          .pixmap(QSize(Look::IconSize, Look::IconSize), devicePixelRatioF()));
    applyColors();
    show();
}

QPushButton *NoteStrip::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    m_buttons->addWidget(button);
    return button;
}

QString NoteStrip::text() const
{
    return m_text->text();
}

void NoteStrip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyColors();
}

void NoteStrip::applyColors()
{
    QPalette colors = parentWidget() ? parentWidget()->palette() : QPalette();
    colors.setColor(QPalette::Window, Look::tint(m_meaning, colors));
    setPalette(colors);
}
