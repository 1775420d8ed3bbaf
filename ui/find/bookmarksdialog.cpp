#include "find/bookmarksdialog.h"

#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

BookmarksDialog::BookmarksDialog(Places &places, NameOfHost nameOfHost, QWidget *parent)
    : QDialog(parent)
    , m_places(places)
    , m_nameOfHost(std::move(nameOfHost))
    , m_list(new QTreeWidget(this))
{
    setObjectName(u"bookmarksDialog"_s);
    setWindowTitle(tr("Bookmarks"));
    m_list->setObjectName(u"bookmarksList"_s);
    m_list->setAccessibleName(tr("Bookmarks"));
    m_list->setHeaderLabels({tr("Bookmark"), tr("Host"), tr("Address")});
    Look::prepareList(m_list);
    m_list->header()->resizeSection(0, 220);
    m_list->header()->resizeSection(1, 130);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_open = buttons->addButton(tr("Open"), QDialogButtonBox::ActionRole);
    m_open->setObjectName(u"bookmarkOpen"_s);
    m_remove = buttons->addButton(tr("Remove"), QDialogButtonBox::ActionRole);
    m_remove->setObjectName(u"bookmarkRemove"_s);
    m_remove->setIcon(Icons::get(u"delete"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Groups, Look::Groups, Look::Groups, Look::Groups);
    layout->setSpacing(Look::Groups);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    connect(m_list, &QTreeWidget::itemActivated, this, &BookmarksDialog::openCurrent);
    connect(m_open, &QPushButton::clicked, this, &BookmarksDialog::openCurrent);
    connect(m_remove, &QPushButton::clicked, this, &BookmarksDialog::remove);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_places, &Places::changed, this, &BookmarksDialog::fill);
    resize(620, 380);
    fill();
}

void BookmarksDialog::fill()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    m_list->clear();
    for (const Place &place : m_places.bookmarks()) {
        auto *item = new QTreeWidgetItem(m_list, {place.title, m_nameOfHost(place), place.address});
        item->setIcon(0, Icons::get(u"bookmark-set", Meaning::Muted));
        item->setToolTip(2, plainTip(place.address));
    }
    const int last = m_list->topLevelItemCount() - 1;
    m_list->setCurrentItem(m_list->topLevelItem(std::clamp(row, 0, std::max(last, 0))));
    for (QPushButton *button : {m_open, m_remove})
        button->setEnabled(last >= 0);
}

const Place *BookmarksDialog::current() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    return row < 0 || std::size_t(row) >= m_places.bookmarks().size()
        ? nullptr
        : &m_places.bookmarks()[std::size_t(row)];
}

void BookmarksDialog::openCurrent()
{
    if (const Place *const place = current()) {
        const Place wanted = *place;
        accept();
        Q_EMIT chosen(wanted);
    }
}

void BookmarksDialog::remove()
{
    if (const Place *const place = current())
        m_places.setBookmarked(Place(*place), false);
}
