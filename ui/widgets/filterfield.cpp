#include "widgets/filterfield.h"

#include "look/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>
#include <QTimer>

FilterField::FilterField(QWidget *parent)
    : QLineEdit(parent)
    , m_wait(new QTimer(this))
    , m_sign(addAction(Icons::get(u"error", Meaning::Error), QLineEdit::TrailingPosition))
    , m_funnel(addAction(Icons::get(u"filter", Meaning::Muted), QLineEdit::LeadingPosition))
{
    connect(m_funnel, &QAction::triggered, this, &FilterField::showMenu);
    setClearButtonEnabled(true);
    setPlaceholderText(tr("Filter"));
    setAccessibleName(tr("Filter"));
    m_sign->setVisible(false);
    m_wait->setSingleShot(true);
    m_wait->setInterval(120);
    connect(m_wait, &QTimer::timeout, this, &FilterField::apply);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            apply();
        else
            m_wait->start();
    });
    connect(this, &QLineEdit::returnPressed, this, &FilterField::apply);
}

void FilterField::setProblem(const QString &problem)
{
    m_problem = problem;
    m_sign->setVisible(!problem.isEmpty());
    m_sign->setToolTip(problem);
    setAccessibleDescription(problem);
}

void FilterField::setMenu(QMenu *menu, const QString &tip)
{
    m_menu = menu;
    m_funnel->setToolTip(tip);
}

void FilterField::showMenu()
{
    if (m_menu)
        m_menu->popup(mapToGlobal(QPoint(0, height())));
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && event->modifiers().testFlag(Qt::AltModifier) && m_menu) {
        showMenu();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Down) {
        apply();
        Q_EMIT leave();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::apply()
{
    m_wait->stop();
    if (text() == m_applied)
        return;
    m_applied = text();
    Q_EMIT filterChanged(m_applied);
}
