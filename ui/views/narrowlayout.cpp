#include "views/narrowlayout.h"

#include "look/look.h"

#include <QApplication>
#include <QDockWidget>
#include <QFrame>
#include <QKeyEvent>
#include <QMainWindow>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int leastWide = 900;   ///< room for hosts, page and details beside each other
constexpr int leastWindow = 480; ///< width
constexpr int overlayWidth = 280;

} // namespace

NarrowLayout::NarrowLayout(QMainWindow &window, const Docks &docks)
    : QObject(&window)
    , m_window(window)
    , m_docks(docks)
    , m_overlay(new QFrame(&window))
    , m_wideWidth(leastWide)
{
    m_overlay->setObjectName(u"hostsOverlay"_s);
    m_overlay->setFrameShape(QFrame::StyledPanel);
    m_overlay->setAutoFillBackground(true);
    m_overlay->hide();
    auto *layout = new QVBoxLayout(m_overlay);
    layout->setContentsMargins(Look::Inside, Look::Inside, Look::Inside, Look::Inside);
    // Else the window could never become so narrow that its docks give way.
    window.layout()->setSizeConstraint(QLayout::SetNoConstraint);
    window.setMinimumWidth(leastWindow);
    window.installEventFilter(this);
    connect(docks.hosts, &QDockWidget::visibilityChanged, this, [this] {
        if (!m_narrow)
            Q_EMIT hostsShownChanged(hostsShown());
    });
}

NarrowLayout::~NarrowLayout()
{
    qApp->removeEventFilter(this);
}

bool NarrowLayout::hostsShown() const
{
    return m_narrow ? !m_overlay->isHidden() : !m_docks.hosts->isHidden();
}

void NarrowLayout::showHosts(bool shown)
{
    if (!m_narrow) {
        m_docks.hosts->setVisible(shown);
        return;
    }
    placeOverlay();
    m_overlay->setVisible(shown);
    if (shown) {
        m_overlay->raise();
        qApp->installEventFilter(this); // a click beside it
        m_content->setFocus();
    } else {
        qApp->removeEventFilter(this);
    }
    Q_EMIT hostsShownChanged(shown);
}

void NarrowLayout::hideOverlay()
{
    if (m_narrow && !m_overlay->isHidden())
        showHosts(false);
}

QByteArray NarrowLayout::wideState() const
{
    return m_narrow ? m_wideState : m_window.saveState(StateVersion);
}

void NarrowLayout::fit()
{
    if (!m_narrow)
        m_wideWidth = std::max(leastWide, m_window.layout()->minimumSize().width());
    const bool narrow = m_window.width() < m_wideWidth;
    if (narrow && !m_narrow)
        enter();
    else if (!narrow && m_narrow)
        leave();
    const QSize least = m_window.layout()->minimumSize();
    m_window.setMinimumSize(m_narrow ? std::max(leastWindow, least.width()) : leastWindow,
                            least.height());
    placeOverlay();
}

void NarrowLayout::enter()
{
    m_wideState = m_window.saveState(StateVersion);
    m_narrow = true;
    m_docks.hosts->hide();
    m_content = m_docks.hosts->widget();
    m_docks.hosts->setWidget(nullptr);
    m_overlay->layout()->addWidget(m_content);
    m_content->show();
    const bool details = !m_docks.details->isHidden();
    if (!m_docks.details->isFloating()) {
        m_window.addDockWidget(Qt::BottomDockWidgetArea, m_docks.details);
        m_window.tabifyDockWidget(m_docks.bottom, m_docks.details);
        m_docks.details->setVisible(details);
        if (details)
            m_docks.details->raise();
    }
    Q_EMIT hostsShownChanged(false);
}

void NarrowLayout::leave()
{
    if (!m_narrow)
        return;
    hideOverlay();
    m_narrow = false;
    m_overlay->layout()->removeWidget(m_content);
    m_docks.hosts->setWidget(m_content);
    m_content = nullptr;
    m_window.restoreState(m_wideState, StateVersion);
    Q_EMIT hostsShownChanged(hostsShown());
}

void NarrowLayout::placeOverlay()
{
    if (!m_narrow)
        return;
    const QWidget *centre = m_window.centralWidget();
    m_overlay->setGeometry(QStyle::visualRect(
        m_window.layoutDirection(), m_window.rect(),
        QRect(0, centre->y(), std::min(overlayWidth, m_window.width()), centre->height())));
}

bool NarrowLayout::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window) {
        if (event->type() == QEvent::Resize || event->type() == QEvent::Show
            || event->type() == QEvent::LayoutRequest)
            QMetaObject::invokeMethod(this, &NarrowLayout::fit, Qt::QueuedConnection);
        return false;
    }
    if (m_overlay->isHidden() || !watched->isWidgetType())
        return false;
    const auto *widget = static_cast<QWidget *>(watched);
    const bool inside = widget == m_overlay || m_overlay->isAncestorOf(widget);
    const bool key = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (key && inside && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // before the window's own shortcut
        if (event->type() == QEvent::KeyPress)
            hideOverlay();
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress && !inside && widget->window() == &m_window)
        hideOverlay();
    return false;
}
