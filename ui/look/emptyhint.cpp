#include "look/emptyhint.h"

#include "look/look.h"

#include <QAbstractItemView>
#include <QEvent>
#include <QPushButton>

EmptyHint::EmptyHint(QAbstractItemView *view, const QString &sentence)
    : QLabel(sentence, view->viewport())
    , m_view(view)
{
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setMargin(Look::Between);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    Look::setMeaning(this, Meaning::Muted);
    view->viewport()->installEventFilter(this);
    const QAbstractItemModel *model = view->model();
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::refresh);
    refresh();
}

QPushButton *EmptyHint::addButton(const QString &text)
{
    m_button = new QPushButton(text, m_view->viewport());
    m_button->setAutoDefault(false);
    m_button->setCursor(Qt::ArrowCursor);
    refresh();
    return m_button;
}

void EmptyHint::setButtonShown(bool shown)
{
    m_buttonShown = shown;
    refresh();
}

void EmptyHint::refresh()
{
    QRect room = m_view->viewport()->rect();
    const bool empty = m_view->model()->rowCount(m_view->rootIndex()) == 0;
    const bool button = m_button && m_buttonShown && empty;
    if (m_button)
        m_button->setVisible(button);
    if (button) {
        m_button->resize(m_button->sizeHint());
        m_button->move((room.width() - m_button->width()) / 2, room.height() / 2);
        room.setHeight(room.height() / 2);
    }
    setAlignment(Qt::AlignHCenter | (button ? Qt::AlignBottom : Qt::AlignVCenter));
    setGeometry(room);
    setVisible(empty);
}

bool EmptyHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        refresh();
    return QLabel::eventFilter(watched, event);
}
