#include "find/commandpalette.h"

#include "look/icons.h"
#include "look/look.h"
#include "look/rowdelegate.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int Widest = 680;
constexpr int MostVisible = 14; ///< rows

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window)
    , m_model(new PaletteModel(this))
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
{
    setObjectName(u"commandPalette"_s);
    setAccessibleName(tr("Command palette"));
    hide();
    m_field->setObjectName(u"paletteField"_s);
    m_field->setAccessibleName(tr("What to do or to find"));
    m_field->setPlaceholderText(
        tr("A command, view, host, tab or bookmark; a class, property or method of the host"));
    m_field->addAction(Icons::get(u"find", Meaning::Muted), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("What fits"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({Look::IconSize, Look::IconSize});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFocusPolicy(Qt::NoFocus); // the field keeps it, and moves the selection
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Between, Look::Between, Look::Between, Look::Between);
    layout->setSpacing(Look::Between);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &typed) {
        m_model->setTyped(typed);
        m_list->setCurrentIndex(m_model->index(0));
        fit();
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    window->installEventFilter(this);
}

void CommandPalette::open(std::vector<PaletteItem> items, PaletteModel::Search search)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_model->setItems(std::move(items), std::move(search));
    m_field->clear();
    m_list->setCurrentIndex(m_model->index(0));
    fit();
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

/// In the upper middle of the window, as high as what it lists.
void CommandPalette::fit()
{
    const QWidget *window = parentWidget();
    const int width = std::min(Widest, window->width() - 2 * Look::Around);
    const int rows = std::clamp(m_model->rowCount(), 1, MostVisible);
    const int row = Look::rowHeight(m_list->fontMetrics());
    const int height = std::min(layout()->contentsMargins().top() * 2 + m_field->sizeHint().height()
                                    + Look::Between + rows * row + 2 * m_list->frameWidth(),
                                window->height() - 4 * Look::Around);
    setGeometry((window->width() - width) / 2, 2 * Look::Around, width, height);
    raise();
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Look::outline(palette()));
    painter.setBrush(palette().base());
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void CommandPalette::run(const QModelIndex &index)
{
    const PaletteItem *const item = m_model->item(index);
    if (!item)
        return;
    const auto action = item->run; // the list may change by what it does
    leave();
    action();
}

void CommandPalette::leave()
{
    if (!isVisible())
        return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    hide();
    if (focused && m_before)
        m_before->setFocus(Qt::PopupFocusReason);
    m_before = nullptr;
}

bool CommandPalette::keyPressed(const QKeyEvent &key)
{
    const int rows = m_model->rowCount();
    const int row = m_list->currentIndex().row();
    const auto go = [this, rows](int to) {
        if (rows > 0)
            m_list->setCurrentIndex(m_model->index(std::clamp(to, 0, rows - 1)));
    };
    switch (key.key()) {
    case Qt::Key_Escape:
        leave();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(m_list->currentIndex());
        return true;
    case Qt::Key_Down:
        go(row + 1 < rows ? row + 1 : 0);
        return true;
    case Qt::Key_Up:
        go(row > 0 ? row - 1 : rows - 1);
        return true;
    case Qt::Key_PageDown:
        go(row + MostVisible - 1);
        return true;
    case Qt::Key_PageUp:
        go(row - MostVisible + 1);
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nothing else to go to
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget()) {
        // Later: the window may move its docks over us first.
        if ((event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
            && isVisible())
            QMetaObject::invokeMethod(this, &CommandPalette::fit, Qt::QueuedConnection);
        return false;
    }
    switch (event->type()) {
    case QEvent::ShortcutOverride: // Esc is ours while it is open, whatever else it stops
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
            event->accept();
        return false;
    case QEvent::KeyPress:
        return keyPressed(*static_cast<QKeyEvent *>(event));
    case QEvent::FocusOut: {
        const auto reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            leave();
        return false;
    }
    default:
        return false;
    }
}
