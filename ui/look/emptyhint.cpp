#include "look/emptyhint.h"

#include "look/look.h"

#include <QAbstractItemView>
#include <QEvent>

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

void EmptyHint::refresh()
{
    setGeometry(m_view->viewport()->rect());
    setVisible(m_view->model()->rowCount(m_view->rootIndex()) == 0);
}

bool EmptyHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        refresh();
    return QLabel::eventFilter(watched, event);
}
