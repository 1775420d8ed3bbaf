#include "widgets/autorefresh.h"

#include "look/icons.h"

#include <QActionGroup>
#include <QMenu>
#include <QTimer>

using namespace Qt::StringLiterals;

AutoRefresh::AutoRefresh(QWidget *parent)
    : QToolButton(parent)
    , m_timer(new QTimer(this))
{
    setObjectName(u"autoRefresh"_s);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &AutoRefresh::elapsed);
    auto *menu = new QMenu(this);
    auto *group = new QActionGroup(menu);
    const std::pair<int, QString> choices[] = {{0, tr("Off")},
                                               {5, tr("Every 5 s")},
                                               {30, tr("Every 30 s")},
                                               {60, tr("Every minute")},
                                               {300, tr("Every 5 minutes")}};
    for (const auto &[seconds, text] : choices) {
        QAction *choice = menu->addAction(text);
        choice->setCheckable(true);
        choice->setData(seconds);
        group->addAction(choice);
        m_choices << choice;
        connect(choice, &QAction::triggered, this,
                [this, wanted = seconds] { setSeconds(wanted); });
    }
    setMenu(menu);
    showState();
}

void AutoRefresh::setSeconds(int seconds)
{
    m_seconds = 0;
    for (const QAction *choice : m_choices) {
        if (choice->data().toInt() == seconds)
            m_seconds = seconds;
    }
    m_timer->stop();
    if (m_seconds > 0)
        m_timer->start(m_seconds * m_unit);
    showState();
}

void AutoRefresh::setUnit(int milliseconds)
{
    m_unit = milliseconds;
    setSeconds(m_seconds);
}

void AutoRefresh::wasRead()
{
    if (m_seconds > 0)
        m_timer->start(m_seconds * m_unit);
}

void AutoRefresh::elapsed()
{
    if (isVisible())
        Q_EMIT due();
    else
        m_timer->start(m_unit); // look again whether it is to be seen
}

void AutoRefresh::showState()
{
    QString text = tr("Auto-refresh");
    for (QAction *choice : m_choices) {
        choice->setChecked(choice->data().toInt() == m_seconds);
        if (m_seconds > 0 && choice->isChecked())
            text = choice->text();
    }
    setText(text);
    setIcon(Icons::get(u"refresh", m_seconds > 0 ? Meaning::Running : Meaning::Plain));
    setAccessibleName(tr("Auto-refresh"));
    setToolTip(m_seconds > 0 ? tr("The rows are read again by themselves while this tab is seen")
                             : tr("Read the rows again by themselves, and mark what changed"));
}
