#include "dialogs/comparerowsdialog.h"

#include "look/icons.h"
#include "look/look.h"
#include "models/rowpairmodel.h"
#include "widgets/celldelegate.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

CompareRowsDialog::CompareRowsDialog(const RowTableModel &rows, int left, int right,
                                     QWidget *parent)
    : QDialog(parent)
    , m_model(new RowPairModel(rows, left, right, this))
    , m_view(new QTreeView(this))
{
    setObjectName(u"compareRows"_s);
    setWindowTitle(tr("Compare %1 and %2")
                       .arg(m_model->title(RowPairModel::LeftColumn).left(60),
                            m_model->title(RowPairModel::RightColumn).left(60)));
    setAttribute(Qt::WA_DeleteOnClose);
    Look::prepareList(m_view);
    m_view->setObjectName(u"compareView"_s);
    m_view->setAccessibleName(tr("Columns of both rows"));
    m_view->setItemDelegate(new CellDelegate(m_view));
    m_view->setModel(m_model);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(RowPairModel::NameColumn, QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(RowPairModel::LeftColumn, QHeaderView::Stretch);
    m_view->header()->setSectionResizeMode(RowPairModel::RightColumn, QHeaderView::Stretch);
    auto *count = new QLabel(this);
    count->setObjectName(u"compareCount"_s);
    count->setText(m_model->differentCount() == 0
                       ? tr("The rows are equal")
                       : tr("%1 of %n columns differ", nullptr, m_model->lineCount())
                             .arg(m_model->differentCount()));
    Look::setMeaning(count, Meaning::Muted);
    auto *only = new QCheckBox(tr("&Only what differs"), this);
    only->setObjectName(u"onlyDifferent"_s);
    only->setVisible(m_model->differentCount() > 0);
    connect(only, &QCheckBox::toggled, m_model, &RowPairModel::setOnlyDifferent);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copyButton = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copyButton->setObjectName(u"copyComparison"_s);
    copyButton->setIcon(Icons::get(u"copy"));
    copyButton->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    copyButton->setToolTip(tr("Copy what is shown, for a spreadsheet or a text"));
    connect(copyButton, &QPushButton::clicked, this, &CompareRowsDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *tools = new QHBoxLayout;
    tools->setSpacing(Look::Between);
    tools->addWidget(only);
    tools->addStretch(1);
    tools->addWidget(count);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(Look::Between);
    layout->addLayout(tools);
    layout->addWidget(m_view, 1);
    layout->addWidget(buttons);
    resize(760, 560);
}

void CompareRowsDialog::copy() const
{
    QGuiApplication::clipboard()->setText(m_model->text());
}
