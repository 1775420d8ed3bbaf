#include "widgets/textbutton.h"

#include "look/icons.h"

#include <QToolButton>

QToolButton *textButton(QWidget *parent, const QString &objectName, QStringView icon,
                        const QString &text, const QString &tip)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(objectName);
    button->setIcon(Icons::get(icon));
    button->setText(text);
    button->setToolTip(tip);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    return button;
}
