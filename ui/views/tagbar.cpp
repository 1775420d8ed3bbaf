#include "views/tagbar.h"

#include "look/icons.h"
#include "models/hoststreemodel.h"

#include <QDropEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;
using Wish = TagFilter::Wish;

namespace {

constexpr int MostLines = 5;
constexpr char TagProperty[] = "tag";

QToolButton *makeButton(QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setIconSize({Look::IconSize - 2, Look::IconSize - 2});
    return button;
}

/// A & in a tag is only text.
QString plain(const QString &tag)
{
    return QString(tag).replace(u'&', u"&&"_s);
}

} // namespace

TagBar::TagBar(QWidget *parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_content(new QWidget)
    , m_any(makeButton(m_content))
    , m_clear(makeButton(m_content))
{
    setObjectName(u"tagBar"_s);
    setAccessibleName(tr("Filter the hosts by tags"));
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_area->setWidget(m_content);
    m_area->viewport()->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_area);
    m_any->setObjectName(u"tagAny"_s);
    m_any->setAutoRaise(true);
    m_any->setIcon(Icons::get(u"filter", Meaning::Muted));
    m_clear->setObjectName(u"tagClear"_s);
    m_clear->setAutoRaise(true);
    m_clear->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_clear->setIcon(Icons::get(u"clear-field"));
    m_clear->setToolTip(tr("Show the hosts whatever their tags are"));
    m_clear->setAccessibleName(tr("Clear the tags"));
    connect(m_any, &QToolButton::clicked, this, [this] {
        m_filter.any = !m_filter.any;
        apply();
    });
    connect(m_clear, &QToolButton::clicked, this, [this] { setFilter({.any = m_filter.any}); });
}

QToolButton *TagBar::makeChip(const QString &tag)
{
    QToolButton *chip = makeButton(m_content);
    chip->setProperty(TagProperty, tag);
    chip->setObjectName(u"tag-"_s + tag);
    chip->setContextMenuPolicy(Qt::NoContextMenu);
    chip->setAcceptDrops(true);
    chip->installEventFilter(this);
    connect(chip, &QToolButton::clicked, this, [this, tag] { step(tag, 1); });
    return chip;
}

void TagBar::setTags(const QStringList &tags)
{
    if (tags == m_tags)
        return;
    m_tags = tags;
    for (QToolButton *chip : std::exchange(m_chips, {})) {
        chip->hide();
        chip->deleteLater(); // it may be the one that was clicked
    }
    for (const QString &tag : tags)
        m_chips.push_back(makeChip(tag));
    const TagFilter before = m_filter;
    m_filter.keepOnly(tags);
    for (QToolButton *chip : m_chips) {
        showWish(chip);
        chip->show();
    }
    if (m_filter != before)
        apply();
    else
        arrange();
}

void TagBar::setFilter(const TagFilter &filter)
{
    m_filter = filter;
    m_filter.keepOnly(m_tags);
    apply();
}

void TagBar::step(const QString &tag, int by)
{
    m_filter.setWish(tag, Wish((int(m_filter.wish(tag)) + by + 3) % 3));
    apply();
}

void TagBar::apply()
{
    for (QToolButton *chip : m_chips)
        showWish(chip);
    arrange();
    Q_EMIT changed(m_filter);
}

void TagBar::showWish(QToolButton *chip) const
{
    const QString tag = chip->property(TagProperty).toString();
    QFont font = this->font();
    switch (m_filter.wish(tag)) {
    case Wish::Whatever:
        chip->setText(plain(tag));
        chip->setIcon(Icons::get(u"tag", Meaning::Muted));
        chip->setToolTip(tr("Click: only hosts with this tag"));
        chip->setAccessibleName(tr("Tag %1").arg(tag));
        break;
    case Wish::With:
        font = Look::strongFont(font);
        chip->setText(plain(tag));
        chip->setIcon(Icons::get(u"check", Meaning::Accent));
        chip->setToolTip(tr("Only hosts with this tag. Click: only those without it"));
        chip->setAccessibleName(tr("Tag %1: must have").arg(tag));
        break;
    case Wish::Without:
        font = Look::strongFont(font);
        chip->setText(tr("not %1", "tag").arg(plain(tag)));
        chip->setIcon(Icons::get(u"close", Meaning::Error));
        chip->setToolTip(tr("Only hosts without this tag. Click: whatever"));
        chip->setAccessibleName(tr("Tag %1: must not have").arg(tag));
        break;
    }
    chip->setFont(font);
}

/// Chips beside each other, as many as fit in a line.
void TagBar::arrange()
{
    m_any->setVisible(m_filter.with.size() > 1);
    m_any->setText(m_filter.any ? tr("Any of them") : tr("All of them"));
    m_any->setToolTip(m_filter.any
                          ? tr("Hosts with one of these tags. Click: only those with all of them")
                          : tr("Hosts with all of these tags. Click: one is enough"));
    m_clear->setVisible(!m_filter.isEmpty());
    std::vector<QToolButton *> buttons = m_chips;
    buttons.push_back(m_any);
    buttons.push_back(m_clear);
    const int width = m_area->viewport()->width();
    const int height = m_clear->sizeHint().height();
    int x = Look::Inside, y = 0;
    for (QToolButton *button : buttons) {
        if (button->isHidden())
            continue;
        const int wanted = std::min(button->sizeHint().width(), width - 2 * Look::Inside);
        if (x > Look::Inside && x + wanted > width - Look::Inside) {
            x = Look::Inside;
            y += height + Look::Inside;
        }
        button->setGeometry(
            QStyle::visualRect(layoutDirection(), QRect(0, 0, width, 0), {x, y, wanted, height}));
        x += wanted + Look::Inside;
    }
    m_content->resize(width, y + height);
    const int most = MostLines * (height + Look::Inside);
    m_area->setFixedHeight(std::min(y + height, most));
}

bool TagBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_area->viewport() && event->type() == QEvent::Resize)
        arrange();
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove
        || event->type() == QEvent::Drop)
        return takeDrop(watched, static_cast<QDropEvent *>(event));
    // Backwards with the other button, or with Backspace.
    const bool back = (event->type() == QEvent::MouseButtonRelease
                       && static_cast<QMouseEvent *>(event)->button() == Qt::RightButton)
        || (event->type() == QEvent::KeyPress
            && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Backspace);
    if (const QString tag = watched->property(TagProperty).toString(); back && !tag.isEmpty()) {
        step(tag, -1);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool TagBar::takeDrop(const QObject *chip, QDropEvent *event)
{
    const QStringList hosts = HostsTreeModel::draggedHosts(event->mimeData());
    if (hosts.isEmpty())
        return false;
    event->acceptProposedAction();
    if (event->type() == QEvent::Drop)
        Q_EMIT dropped(hosts, chip->property(TagProperty).toString());
    return true;
}

void TagBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange && event->type() != QEvent::LayoutDirectionChange)
        return;
    for (QToolButton *chip : m_chips)
        showWish(chip);
    arrange();
}
