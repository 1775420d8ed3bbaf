#include "dialogs/tagchecklist.h"

#include "look/emptyhint.h"
#include "look/icons.h"
#include "look/rowdelegate.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int BeforeRole = Qt::UserRole;    ///< Qt::CheckState when the dialog opened
constexpr int CountRole = Qt::UserRole + 1; ///< on how many it was then

int countOf(const std::vector<ProfileSummary> &profiles, const QString &tag)
{
    return int(std::ranges::count_if(
        profiles, [&tag](const ProfileSummary &profile) { return profile.tags.contains(tag); }));
}

} // namespace

TagCheckList::TagCheckList(const std::vector<ProfileSummary> &known,
                           const std::vector<ProfileSummary> &edited, QWidget *parent)
    : QWidget(parent)
    , m_count(int(edited.size()))
    , m_list(new QTreeWidget(this))
    , m_new(new QLineEdit(this))
    , m_add(new QPushButton(tr("&Add"), this))
{
    m_list->setObjectName(u"tagList"_s);
    m_list->setAccessibleName(tr("Tags"));
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    Look::prepareTree(m_list);
    m_list->setFrameShape(QFrame::StyledPanel);
    m_list->setMinimumHeight(5 * Look::rowHeight(fontMetrics()));
    m_new->setObjectName(u"newTag"_s);
    m_new->setPlaceholderText(tr("new tag for all"));
    m_new->setAccessibleName(tr("New tag"));
    m_new->setMaxLength(100);
    m_add->setObjectName(u"addTag"_s);
    m_add->setAutoDefault(false);
    m_add->setEnabled(false);

    QStringList tags;
    for (const ProfileSummary &profile : known)
        tags += profile.tags;
    tags.removeDuplicates();
    tags.sort(Qt::CaseInsensitive);
    for (const QString &tag : tags)
        addRow(tag, countOf(edited, tag));
    new EmptyHint(m_list, tr("No connection has a tag yet."));

    auto *line = new QHBoxLayout;
    line->setSpacing(Look::Between);
    line->addWidget(m_new, 1);
    line->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Look::Inside);
    layout->addWidget(m_list, 1);
    layout->addLayout(line);
    connect(m_list, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem *item) {
        showNote(item);
        m_list->viewport()->update();
        Q_EMIT changed();
    });
    connect(m_new, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_add->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_add, &QPushButton::clicked, this, &TagCheckList::addTyped);
    connect(m_new, &QLineEdit::returnPressed, this, &TagCheckList::addTyped);
}

QTreeWidgetItem *TagCheckList::addRow(const QString &tag, int on)
{
    const Qt::CheckState state = on == 0 ? Qt::Unchecked
        : on == m_count                  ? Qt::Checked
                                         : Qt::PartiallyChecked;
    auto *item = new QTreeWidgetItem({tag});
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    if (state == Qt::PartiallyChecked)
        item->setFlags(item->flags() | Qt::ItemIsUserTristate);
    item->setCheckState(0, state);
    item->setData(0, BeforeRole, int(state));
    item->setData(0, CountRole, on);
    if (state == Qt::PartiallyChecked)
        item->setToolTip(0, tr("Half ticked: stays as it is in each"));
    m_list->addTopLevelItem(item);
    showNote(item);
    return item;
}

/// On how many it is; once touched, what becomes of it.
void TagCheckList::showNote(QTreeWidgetItem *item)
{
    const QSignalBlocker quiet(m_list);
    const int on = item->data(0, CountRole).toInt();
    const int state = item->checkState(0);
    QString note;
    if (state == Qt::PartiallyChecked)
        note = tr("on %1 of %2").arg(on).arg(m_count);
    else if (state != item->data(0, BeforeRole).toInt())
        note = state == Qt::Checked ? tr("added to %1").arg(m_count - on)
                                    : tr("removed from %1").arg(on);
    item->setData(0, MutedRole, note);
}

void TagCheckList::addTyped()
{
    for (const QString &part : m_new->text().split(u',', Qt::SkipEmptyParts)) {
        const QString tag = part.simplified();
        if (tag.isEmpty())
            continue;
        const auto same = m_list->findItems(tag, Qt::MatchFixedString | Qt::MatchCaseSensitive);
        QTreeWidgetItem *item = same.isEmpty() ? addRow(tag, 0) : same.first();
        item->setCheckState(0, Qt::Checked);
        m_list->scrollToItem(item);
    }
    m_new->clear();
}

QMap<QString, bool> TagCheckList::changes() const
{
    QMap<QString, bool> touched;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *item = m_list->topLevelItem(i);
        const Qt::CheckState state = item->checkState(0);
        if (state != Qt::PartiallyChecked && int(state) != item->data(0, BeforeRole).toInt())
            touched.insert(item->text(0), state == Qt::Checked);
    }
    return touched;
}
