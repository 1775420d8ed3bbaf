#include "views/dockbar.h"

#include "look/icons.h"
#include "look/look.h"

#include <QDockWidget>
#include <QLabel>
#include <QToolButton>

DockBar::DockBar(QDockWidget *dock)
    : QWidget(dock)
    , m_tools(new QHBoxLayout)
{
    auto *title = new QLabel(dock->windowTitle(), this);
    title->setFont(Look::strongFont(font()));
    auto *close = new QToolButton(this);
    close->setObjectName(dock->objectName() + QStringLiteral("Close"));
    close->setIcon(Icons::get(u"close"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    close->setToolTip(tr("Close %1").arg(dock->windowTitle()));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, dock, &QWidget::close);
    m_tools->setContentsMargins({});
    m_tools->setSpacing(Look::Inside);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Look::Between, Look::Inside, Look::Inside, Look::Inside);
    layout->setSpacing(Look::Between);
    layout->addWidget(title);
    layout->addLayout(m_tools, 1);
    layout->addWidget(close);
    setMinimumHeight(close->sizeHint().height() + 2 * Look::Inside);
    dock->setTitleBarWidget(this);
}

void DockBar::addTool(QWidget *tool, int stretch)
{
    m_tools->addWidget(tool, stretch);
}
