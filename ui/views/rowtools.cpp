#include "views/rowtools.h"

#include "dialogs/comparerowsdialog.h"
#include "dialogs/marksdialog.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/rowtablemodel.h"
#include "views/rowfiltercontrol.h"
#include "views/rowrefresh.h"
#include "views/rowtableview.h"
#include "views/selectionstatistics.h"
#include "widgets/autorefresh.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/textbutton.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

RowTools::RowTools(RowTableModel *model, RowTableView *table, Shape shape, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_table(table)
    , m_shape(shape)
    , m_filter(new FilterField(this))
    , m_problem(new QLabel(this))
    , m_filters(new RowFilterControl(model, m_filter, m_problem))
    , m_statistics(new SelectionStatistics(model, table))
    , m_line(new QHBoxLayout)
    , m_copied(new NoteStrip(this))
{
    m_filter->setObjectName(u"rowFilter"_s);
    m_problem->setObjectName(u"filterProblem"_s);
    m_copied->setObjectName(u"copyNote"_s);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->setSpacing(shape == Shape::Folded ? Look::Inside : Look::Between);
    m_line->setSpacing(Look::Between);
    m_line->addWidget(m_filter, 1);
    lines->addLayout(m_line);
    lines->addWidget(m_problem);
    lines->addWidget(m_copied);
    if (shape != Shape::Folded) {
        makeLine();
        if (m_changes)
            lines->addWidget(m_changes);
    } else {
        m_filter->hide();
        connect(m_filter, &QLineEdit::editingFinished, this, [this] {
            if (m_filter->text().isEmpty())
                setFilterShown(false);
        });
    }
    makeHint();
    m_refresh = new RowRefresh({.model = model, .note = m_changes, .button = m_auto, .age = m_age});
    connect(m_filters, &RowFilterControl::historyChanged, this, &RowTools::layoutChanged);
    connect(m_statistics, &SelectionStatistics::changed, this, &RowTools::statusChanged);
    connect(table, &RowTableView::columnsChanged, this, &RowTools::layoutChanged);
    connect(table, &RowTableView::copied, this, &RowTools::noteCopied);
    connect(table, &RowTableView::filterByColumn, this, [this](const QString &name) {
        setFilterShown(true);
        m_filters->filterByColumn(name);
    });
    connect(table, &RowTableView::markColumn, this,
            [this](const QString &name) { editMarks(name, {}); });
    connect(m_filter, &FilterField::leave, table, qOverload<>(&QWidget::setFocus));
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &RowTools::updateCount);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        m_copied->hide();
        updateCount();
    });
    connect(m_refresh, &RowRefresh::shown, this, &RowTools::updateCount);
}

void RowTools::makeLine()
{
    m_count = new QLabel(this);
    m_count->setObjectName(u"rowCount"_s);
    Look::setMeaning(m_count, Meaning::Muted);
    m_line->addWidget(m_count);
    if (m_shape == Shape::Line)
        makeRefreshing();
    makeColumnsButton();
}

void RowTools::makeRefreshing()
{
    m_age = new QLabel(this);
    m_age->setObjectName(u"readAt"_s);
    m_auto = new AutoRefresh(this);
    m_changes = new NoteStrip(this);
    m_changes->setObjectName(u"changesNote"_s);
    connect(m_auto, &AutoRefresh::due, this, &RowTools::refreshWanted);
    Look::setMeaning(m_age, Meaning::Muted);
    m_line->addWidget(m_age);
    m_line->addWidget(m_auto);
}

void RowTools::makeColumnsButton()
{
    auto *columns = textButton(this, u"columnsButton"_s, u"table", tr("Columns"));
    columns->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(columns);
    columns->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        Q_EMIT columnMenuShown(menu);
        if (!menu->isEmpty())
            menu->addSeparator();
        m_table->fillColumnMenu(menu);
    });
    m_line->addWidget(columns);
}

/// In place of rows: that there are some, and the way back to them.
void RowTools::makeHint()
{
    m_hint = new QLabel(tr("No row passes the filter. <a href=\"all\">Show all rows</a>"),
                        m_table->viewport());
    m_hint->setObjectName(u"noneHint"_s);
    m_hint->setTextFormat(Qt::RichText);
    m_hint->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    Look::setMeaning(m_hint, Meaning::Muted);
    m_hint->hide();
    auto *middle = new QVBoxLayout(m_table->viewport());
    middle->setContentsMargins({});
    middle->addWidget(m_hint, 0, Qt::AlignCenter);
    connect(m_hint, &QLabel::linkActivated, this, [this] {
        m_filter->clear();
        m_filter->apply();
        m_table->setFocus();
    });
    connect(m_model, &RowTableModel::arranged, this, &RowTools::updateCount);
}

void RowTools::stopAutoRefresh()
{
    if (m_auto)
        m_auto->stop();
}

// --- the filter -------------------------------------------------------------------------------

void RowTools::find()
{
    setFilterShown(true);
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool RowTools::isFilterShown() const
{
    return !m_filter->isHidden();
}

void RowTools::setFilterShown(bool shown)
{
    if (m_shape != Shape::Folded || shown == isFilterShown())
        return;
    m_filter->setVisible(shown);
    Q_EMIT filterShown(shown);
}

void RowTools::foldFilter()
{
    m_filter->clear();
    setFilterShown(false);
}

void RowTools::setFilter(const QString &text)
{
    m_filter->setText(text);
    m_filter->apply();
    setFilterShown(!text.isEmpty() || isFilterShown());
}

// --- rows -------------------------------------------------------------------------------------

void RowTools::fillRowMenu(QMenu *menu, const QModelIndex &current)
{
    menu->setToolTipsVisible(true);
    if (m_table->selectedRowCount() == 2) {
        QAction *compare = menu->addAction(Icons::get(u"duplicate"),
                                           tr("Compare the two rows\u2026"), this,
                                           &RowTools::compareRows);
        compare->setObjectName(u"compareRowsAction"_s);
    }
    menu->addSeparator();
    m_filters->fillCellMenu(menu, current);
    if (const QString where = m_filters->termsOf(current); !where.isEmpty())
        menu->addAction(Icons::get(u"tag"), tr("Mark cells like this\u2026"), this,
                        [this, where, name = m_model->columnName(current.column())] {
                            editMarks(name, where);
                        })
            ->setObjectName(u"markCell"_s);
    menu->addSeparator();
    m_table->fillCopyMenu(menu);
    menu->addSeparator();
}

void RowTools::editMarks(const QString &column, const QString &where)
{
    auto *dialog = new MarksDialog(*m_model, column, where, this);
    connect(dialog, &MarksDialog::marksChanged, this, &RowTools::layoutChanged);
    dialog->open();
}

void RowTools::compareRows()
{
    const std::vector<int> rows = m_table->selectedRows();
    if (rows.size() == 2)
        (new CompareRowsDialog(*m_model, rows[0], rows[1], this))->open();
}

void RowTools::noteCopied(int copied, int selected)
{
    m_copied->hide();
    if (copied == selected)
        return;
    m_copied->showNote(Meaning::Warning,
                       tr("Only the first %L1 of %L2 selected rows are on the clipboard. An export "
                          "writes all of them to a file.")
                           .arg(copied)
                           .arg(selected));
    connect(m_copied->addButton(tr("Export\u2026")), &QPushButton::clicked, this,
            &RowTools::exportWanted);
}

void RowTools::updateCount()
{
    if (m_count)
        m_count->setText(countText());
    m_hint->setVisible(m_model->totalRows() > 0 && m_model->rowCount() == 0
                       && !m_model->filter().isEmpty() && !m_model->isArranging());
    Q_EMIT statusChanged();
}

QString RowTools::countText() const
{
    const int shown = m_model->rowCount();
    const auto all = int(m_model->totalRows());
    if (all == 0)
        return {};
    // Rows that are being put in order are not there yet; only a filter leaves some out.
    return shown == all || m_model->filter().isEmpty() ? tr("%Ln rows", nullptr, all)
                                                       : tr("%L1 of %L2 rows").arg(shown).arg(all);
}

QString RowTools::statusText() const
{
    const QString count = countText();
    const int selected = m_table->selectedRowCount();
    if (selected < 2 || count.isEmpty())
        return count;
    const QString text = tr("%1, %L2 selected").arg(count).arg(selected);
    const QString values = m_statistics->text();
    return values.isEmpty() ? text : values + u"  \u00b7  "_s + text;
}

// --- what is kept -----------------------------------------------------------------------------

QByteArray RowTools::saveLayout() const
{
    QJsonObject object = QJsonDocument::fromJson(m_table->saveColumns()).object();
    object.insert(u"filters"_s, QJsonArray::fromStringList(m_filters->history()));
    if (!m_model->marks().empty())
        object.insert(u"marks"_s, toJson(m_model->marks()));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void RowTools::restoreLayout(const QByteArray &layout)
{
    m_table->restoreColumns(layout);
    QStringList filters;
    for (const QJsonValue &filter : QJsonDocument::fromJson(layout)[u"filters"_s].toArray())
        filters << filter.toString();
    m_filters->setHistory(filters);
    m_model->setMarks(rowMarksFrom(QJsonDocument::fromJson(layout)[u"marks"_s].toArray()));
}
