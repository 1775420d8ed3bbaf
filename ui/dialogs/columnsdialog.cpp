#include "dialogs/columnsdialog.h"

#include "look/icons.h"
#include "look/look.h"
#include "widgets/filterfield.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

ColumnsDialog::ColumnsDialog(const std::vector<ColumnGroup> &groups, const QStringList &hidden,
                             QWidget *parent)
    : QDialog(parent)
    , m_tree(new QTreeWidget(this))
    , m_filter(new FilterField(this))
{
    setObjectName(u"columnsDialog"_s);
    setWindowTitle(tr("Columns"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_filter->setObjectName(u"columnFilter"_s);
    m_filter->setPlaceholderText(tr("Find a column"));
    m_tree->setObjectName(u"columnTree"_s);
    m_tree->setAccessibleName(tr("Columns by group"));
    Look::prepareTree(m_tree);
    m_tree->setHeaderHidden(true);
    fill(groups, hidden);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *all = buttons->addButton(tr("&Show all"), QDialogButtonBox::ActionRole);
    all->setObjectName(u"showAllColumns"_s);
    all->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    connect(all, &QPushButton::clicked, this, [this] {
        {
            const QScopedValueRollback filling(m_filling, true);
            for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
                m_tree->topLevelItem(i)->setCheckState(0, Qt::Checked);
        }
        Q_EMIT hiddenChanged({});
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_tree, &QTreeWidget::itemChanged, this, &ColumnsDialog::changed);
    connect(m_filter, &FilterField::filterChanged, this, &ColumnsDialog::narrow);
    connect(m_filter, &FilterField::leave, m_tree, qOverload<>(&QWidget::setFocus));
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(Look::Between);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);
    layout->addWidget(buttons);
    resize(380, 520);
}

void ColumnsDialog::fill(const std::vector<ColumnGroup> &groups, const QStringList &hidden)
{
    for (const ColumnGroup &group : groups) {
        auto *top = new QTreeWidgetItem(m_tree, {group.title});
        top->setFont(0, Look::strongFont(font()));
        top->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                      | Qt::ItemIsAutoTristate);
        for (const QString &name : group.columns) {
            auto *item = new QTreeWidgetItem(top, {name});
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                           | Qt::ItemNeverHasChildren);
            item->setCheckState(0, hidden.contains(name) ? Qt::Unchecked : Qt::Checked);
        }
    }
    m_tree->expandAll();
}

/// A group's box changes each of its columns: the table follows once.
void ColumnsDialog::changed(QTreeWidgetItem *)
{
    if (std::exchange(m_filling, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_filling = false;
            Q_EMIT hiddenChanged(hidden());
        },
        Qt::QueuedConnection);
}

QStringList ColumnsDialog::hidden() const
{
    QStringList names;
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *group = m_tree->topLevelItem(i);
        for (int j = 0; j < group->childCount(); ++j) {
            if (group->child(j)->checkState(0) == Qt::Unchecked)
                names << group->child(j)->text(0);
        }
    }
    return names;
}

void ColumnsDialog::narrow(const QString &text)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_tree->topLevelItem(i);
        int shown = 0;
        for (int j = 0; j < group->childCount(); ++j) {
            const bool fits = group->child(j)->text(0).contains(text, Qt::CaseInsensitive);
            group->child(j)->setHidden(!fits);
            shown += fits;
        }
        group->setHidden(shown == 0);
    }
}
