#include "views/addressbar.h"

#include "look/icons.h"

#include <QFocusEvent>

using namespace Qt::StringLiterals;

AddressBar::AddressBar(QWidget *parent)
    : QLineEdit(parent)
{
    setObjectName(u"addressBar"_s);
    setAccessibleName(tr("Address"));
    setPlaceholderText(tr("Resource URI or alias, such as winrm/config or wmicimv2/Win32_Service"));
    setToolTip(tr("The resource shown. Type another URI or alias and press Enter (Ctrl+L)"));
    addAction(Icons::get(u"resource", Meaning::Muted), LeadingPosition);
    connect(this, &QLineEdit::returnPressed, this, [this] {
        if (const QString text = this->text().trimmed(); !text.isEmpty())
            Q_EMIT entered(text);
    });
}

void AddressBar::setPlace(const QStringList &breadcrumb, const QString &address)
{
    m_breadcrumb = breadcrumb;
    m_address = address;
    if (!hasFocus())
        showPlace();
}

void AddressBar::edit()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

void AddressBar::showPlace()
{
    const QStringView arrow = layoutDirection() == Qt::RightToLeft ? u"  \u2039  " : u"  \u203a  ";
    setText(m_breadcrumb.isEmpty() ? m_address : m_breadcrumb.join(arrow));
    setCursorPosition(0);
}

bool AddressBar::event(QEvent *event)
{
    // Esc is ours while the cursor is here, whatever else it stops in the window.
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void AddressBar::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason)
        return; // coming back from a menu or another window: what was typed stays
    setText(m_address);
    selectAll();
}

void AddressBar::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        showPlace();
}

void AddressBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        setText(m_address);
        Q_EMIT left();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}
