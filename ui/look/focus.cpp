#include "look/focus.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace {

bool takesFocus(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
}

} // namespace

QWidget *Focus::targetIn(QWidget *part)
{
    QWidget *last = part->focusWidget();
    if (last && last != part && takesFocus(last) && !qobject_cast<QLineEdit *>(last))
        return last;
    QWidget *first = nullptr;
    for (QWidget *next = part->nextInFocusChain(); next != part; next = next->nextInFocusChain()) {
        if (!part->isAncestorOf(next) || !takesFocus(next))
            continue;
        if (qobject_cast<QAbstractItemView *>(next) || qobject_cast<QPlainTextEdit *>(next))
            return next;
        if (!first)
            first = next;
    }
    return first ? first : takesFocus(part) ? part : nullptr;
}

bool Focus::enter(QWidget *part)
{
    QWidget *target = targetIn(part);
    if (target)
        target->setFocus(Qt::OtherFocusReason);
    return target;
}

bool Focus::isIn(const QWidget *part)
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && (focus == part || part->isAncestorOf(focus));
}
