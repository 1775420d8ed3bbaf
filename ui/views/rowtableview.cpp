#include "views/rowtableview.h"

#include "dialogs/columnsdialog.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/rowtablemodel.h"
#include "widgets/celldelegate.h"
#include "widgets/stickyheader.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QScopedValueRollback>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr int sampledRows = 12;
constexpr int widestColumn = 320;
constexpr int mostInMenu = 16;    ///< columns that a menu lists; more have their dialog
constexpr int mostColumns = 4000; ///< of a saved arrangement

} // namespace

RowTableView::RowTableView(RowTableModel *model, QWidget *parent)
    : StickyTableView(parent)
    , m_rows(model)
    , m_cells(new CellDelegate(this))
{
    setModel(model);
    setItemDelegate(m_cells);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(1);
    verticalHeader()->setDefaultSectionSize(Look::rowHeight(fontMetrics()));
    QHeaderView *header = horizontalHeader();
    Look::prepareHeader(header);
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setSectionsClickable(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setSortIndicatorShown(false);
    connect(header, &QHeaderView::sectionClicked, this, &RowTableView::headerClicked);
    connect(header, &QWidget::customContextMenuRequested, this, &RowTableView::showColumnMenu);
    connect(header, &QHeaderView::sectionResized, this, &RowTableView::sectionResized);
    connect(header, &QHeaderView::sectionMoved, this, &RowTableView::sectionMoved);
    connect(model, &RowTableModel::columnsArranged, this, &RowTableView::columnsArranged);
    connect(model, &RowTableModel::arranged, this, &RowTableView::showSought);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first) {
        if (first < sampledRows)
            fitColumns();
        goToWanted();
    });
}

void RowTableView::showColumn(const QString &name)
{
    m_wanted = name;
    goToWanted();
}

/// Again whenever the columns get other places or widths, until the user goes elsewhere.
void RowTableView::goToWanted()
{
    const int column = m_wanted.isEmpty() ? -1 : int(m_rows->columnNames().indexOf(m_wanted));
    if (column < 0 || m_rows->rowCount() == 0)
        return;
    if (currentIndex().column() != column) {
        const QString wanted = std::exchange(m_wanted, {});
        setCurrentIndex(m_rows->index(std::max(currentIndex().row(), 0), column));
        m_wanted = wanted;
    }
    scrollTo(currentIndex());
}

void RowTableView::headerClicked(int column)
{
    QHeaderView *header = horizontalHeader();
    if (m_rows->sortColumn() != column)
        m_rows->sort(column, Qt::AscendingOrder);
    else if (m_rows->sortOrder() == Qt::AscendingOrder)
        m_rows->sort(column, Qt::DescendingOrder);
    else
        m_rows->sort(-1);
    header->setSortIndicator(m_rows->sortColumn(), m_rows->sortOrder());
    header->setSortIndicatorShown(m_rows->sortColumn() >= 0);
}

void RowTableView::columnsArranged()
{
    QHeaderView *header = horizontalHeader();
    header->setSortIndicator(m_rows->sortColumn(), m_rows->sortOrder());
    header->setSortIndicatorShown(m_rows->sortColumn() >= 0);
    {
        const QScopedValueRollback arranging(m_arranging, true);
        for (int i = 0; i < m_rows->columnCount(); ++i)
            setColumnHidden(i, m_hidden.contains(m_rows->columnName(i)));
        placeColumns();
    }
    stickColumns();
    showSought();
    fitColumns();
    goToWanted();
}

/// The letters that the filter looks for are seen in the cells.
void RowTableView::showSought()
{
    QHash<int, QStringList> sought;
    const QStringList names = m_rows->columnNames();
    for (const RowFilter::Term &term : m_rows->filter().terms()) {
        if (term.op != RowFilter::Operator::Contains || term.value.isEmpty())
            continue;
        int column = -1;
        if (!term.column.isEmpty()) {
            const auto found = std::ranges::find_if(names, [&term](const QString &name) {
                return name.compare(term.column, Qt::CaseInsensitive) == 0;
            });
            if (found == names.end())
                continue;
            column = int(found - names.begin());
        }
        sought[column] << term.value;
    }
    m_cells->setSought(sought);
    viewport()->update();
}

void RowTableView::stickColumns()
{
    std::vector<int> columns;
    const QStringList kept = keptColumns();
    for (int i = 0; i < m_rows->columnCount(); ++i) {
        if (kept.contains(m_rows->columnName(i)))
            columns.push_back(i);
    }
    stickyHeader()->setStickyColumns(columns);
    viewport()->update();
}

/// The keys; without any, what comes first: it mostly is the name.
QStringList RowTableView::keptColumns() const
{
    if (m_kept)
        return *m_kept;
    QStringList names;
    for (int i = 0; i < m_rows->columnCount(); ++i) {
        if (m_rows->isKeyColumn(i))
            names << m_rows->columnName(i);
    }
    if (names.isEmpty() && m_rows->columnCount() > 0)
        names << m_rows->columnName(0);
    return names;
}

void RowTableView::setKeptColumns(const QStringList &names)
{
    m_kept = names;
    stickColumns();
    Q_EMIT columnsChanged();
}

/// Puts the columns that the user has placed where they were; others follow.
void RowTableView::placeColumns()
{
    QHeaderView *header = horizontalHeader();
    const QStringList names = m_rows->columnNames();
    int place = 0;
    for (const QString &name : m_order) {
        if (const auto column = int(names.indexOf(name)); column >= 0)
            header->moveSection(header->visualIndex(column), place++);
    }
}

void RowTableView::sectionResized(int column, int before, int now)
{
    if (m_arranging || before == 0 || now == 0) // hidden or shown
        return;
    m_widths.insert(m_rows->columnName(column), now);
    Q_EMIT columnsChanged();
}

void RowTableView::sectionMoved()
{
    if (m_arranging)
        return;
    m_order.clear();
    for (int place = 0; place < horizontalHeader()->count(); ++place)
        m_order << m_rows->columnName(horizontalHeader()->logicalIndex(place));
    Q_EMIT columnsChanged();
}

QByteArray RowTableView::saveColumns() const
{
    QJsonObject widths;
    for (const auto &[name, width] : m_widths.asKeyValueRange())
        widths.insert(name, width);
    QJsonObject object{{u"order"_s, QJsonArray::fromStringList(m_order)},
                       {u"hidden"_s, QJsonArray::fromStringList(m_hidden)},
                       {u"widths"_s, widths}};
    if (m_kept)
        object.insert(u"kept"_s, QJsonArray::fromStringList(*m_kept));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void RowTableView::restoreColumns(const QByteArray &saved)
{
    const QJsonDocument document = QJsonDocument::fromJson(saved);
    if (!document.isObject())
        return;
    const auto names = [&document](const QString &key) {
        QStringList list;
        for (const QJsonValue &name : document[key].toArray()) {
            if (name.isString() && list.size() < mostColumns)
                list << name.toString();
        }
        list.removeDuplicates();
        return list;
    };
    m_order = names(u"order"_s);
    m_hidden = names(u"hidden"_s);
    m_kept = document[u"kept"_s].isArray() ? std::optional(names(u"kept"_s)) : std::nullopt;
    m_widths.clear();
    const QJsonObject widths = document[u"widths"_s].toObject();
    for (auto it = widths.begin(); it != widths.end() && m_widths.size() < mostColumns; ++it)
        m_widths.insert(it.key(), std::clamp(it->toInt(), 16, 4000));
    m_fitted.clear();
    m_narrow.clear();
    columnsArranged();
}

void RowTableView::resetColumns()
{
    m_order.clear();
    m_hidden.clear();
    m_kept.reset();
    m_widths.clear();
    m_fitted.clear();
    m_narrow.clear();
    {
        const QScopedValueRollback arranging(m_arranging, true);
        QHeaderView *header = horizontalHeader();
        for (int column = 0; column < header->count(); ++column)
            header->moveSection(header->visualIndex(column), column);
    }
    columnsArranged();
    Q_EMIT columnsChanged();
}

/// Gives columns that have none yet a width by their name and the first rows.
void RowTableView::fitColumns()
{
    const QScopedValueRollback arranging(m_arranging, true);
    const QFontMetrics strong(Look::strongFont(horizontalHeader()->font()));
    const int rows = std::min(sampledRows, m_rows->rowCount());
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        const QString name = m_rows->columnName(column);
        if (m_fitted.contains(name))
            continue;
        if (const auto given = m_widths.constFind(name); given != m_widths.constEnd()) {
            setColumnWidth(column, *given);
            m_fitted << name;
            continue;
        }
        const QString title = m_rows->headerData(column, Qt::Horizontal).toString();
        int width = strong.horizontalAdvance(title) + Look::Around + Look::Between;
        for (int row = 0; row < rows; ++row) {
            const QString text = m_rows->index(row, column).data().toString().left(80);
            const bool icon = m_rows->index(row, column).data(Qt::DecorationRole).isValid();
            width = std::max(width,
                             fontMetrics().horizontalAdvance(text) + Look::Groups
                                 + (icon ? Look::IconSize + Look::Between : 0));
        }
        const int before = m_narrow.contains(name) ? columnWidth(column) : 0;
        setColumnWidth(column, std::clamp(width, before, std::max(before, widestColumn)));
        if (rows > 0)
            m_narrow << name;
        if (rows >= sampledRows)
            m_fitted << name;
    }
}

std::vector<int> RowTableView::selectedRows() const
{
    std::vector<int> rows;
    const QItemSelection ranges = selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges) {
        for (int row = range.top(); row <= range.bottom(); ++row)
            rows.push_back(row);
    }
    if (ranges.size() < 2) // all rows, mostly
        return rows;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

int RowTableView::selectedRowCount() const
{
    const QItemSelection ranges = selectionModel()->selection();
    // Columns that came later split them: then a row may be in several.
    return ranges.size() == 1 ? ranges.first().height() : int(selectedRows().size());
}

std::vector<int> RowTableView::visibleColumns() const
{
    std::vector<int> columns;
    for (int i = 0; i < horizontalHeader()->count(); ++i) {
        const int column = horizontalHeader()->logicalIndex(i);
        if (!isColumnHidden(column))
            columns.push_back(column);
    }
    return columns;
}

QStringList RowTableView::visibleColumnNames() const
{
    QStringList names;
    for (const int column : visibleColumns()) {
        if (!m_rows->isClassColumn(column))
            names << m_rows->columnName(column);
    }
    return names;
}

void RowTableView::copySelection(CopyFormat format)
{
    std::vector<int> rows = selectedRows();
    if (rows.empty())
        return;
    const auto selected = int(rows.size());
    rows.resize(std::size_t(std::min(selected, m_mostCopied)));
    QGuiApplication::clipboard()->setMimeData(copyRows(*m_rows, rows, visibleColumns(), format));
    Q_EMIT copied(int(rows.size()), selected);
}

void RowTableView::copyCurrentValue()
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(currentIndex().data(RawTextRole).toString());
}

void RowTableView::fillCopyMenu(QMenu *menu)
{
    menu->addAction(Icons::get(u"copy"), tr("Copy"), this,
                    [this] { copySelection(CopyFormat::Text); });
    menu->addAction(tr("Copy value"), this, &RowTableView::copyCurrentValue);
    menu->addAction(tr("Copy as CSV"), this, [this] { copySelection(CopyFormat::Csv); });
    menu->addAction(tr("Copy as JSON"), this, [this] { copySelection(CopyFormat::Json); });
}

void RowTableView::setHiddenColumns(const QStringList &names)
{
    m_hidden = names;
    columnsArranged();
    Q_EMIT columnsChanged();
}

/// Hides columns in which none of the rows that are there has a value.
void RowTableView::hideEmptyColumns()
{
    constexpr int looked = 2000; // rows; enough to tell, quick enough for a click
    QStringList hidden = m_hidden;
    for (int column = 0; column < m_rows->columnCount(); ++column) {
        bool empty = !m_rows->isClassColumn(column) && !m_rows->isKeyColumn(column);
        for (int row = 0; empty && row < std::min(looked, m_rows->rowCount()); ++row) {
            const Cell cell = m_rows->cell(m_rows->index(row, column));
            empty = cell.isAbsent() || cell.kind() == CellKind::Nil
                || (cell.kind() == CellKind::Scalar && cell.text().empty());
        }
        if (empty && !hidden.contains(m_rows->columnName(column)))
            hidden << m_rows->columnName(column);
    }
    setHiddenColumns(hidden);
}

void RowTableView::chooseColumns()
{
    auto *dialog = new ColumnsDialog(columnGroups(*m_rows), m_hidden, this);
    connect(dialog, &ColumnsDialog::hiddenChanged, this, &RowTableView::setHiddenColumns);
    dialog->open();
}

void RowTableView::fillColumnMenu(QMenu *menu)
{
    menu->addAction(Icons::get(u"table"), tr("Columns\u2026"), this, &RowTableView::chooseColumns)
        ->setObjectName(u"chooseColumns"_s);
    menu->addAction(tr("Show all columns"), this, [this] { setHiddenColumns({}); })
        ->setEnabled(!m_hidden.isEmpty());
    menu->addAction(tr("Hide empty columns"), this, &RowTableView::hideEmptyColumns);
    menu->addAction(tr("Columns as they came"), this, &RowTableView::resetColumns)
        ->setEnabled(!m_hidden.isEmpty() || !m_order.isEmpty() || !m_widths.isEmpty() || m_kept);
    if (m_rows->columnCount() > mostInMenu)
        return;
    menu->addSeparator();
    for (int i = 0; i < horizontalHeader()->count(); ++i) {
        const QString name = m_rows->columnName(horizontalHeader()->logicalIndex(i));
        QAction *action = menu->addAction(QString(name).replace(u'&', u"&&"_s));
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(name));
        connect(action, &QAction::toggled, this, [this, name](bool shown) {
            QStringList hidden = m_hidden;
            hidden.removeAll(name);
            if (!shown)
                hidden << name;
            setHiddenColumns(hidden);
        });
    }
}

void RowTableView::showColumnMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"columnMenu"_s);
    if (const int column = stickyHeader()->columnAt(at.x()); column >= 0)
        fillHeaderMenu(menu, column);
    fillColumnMenu(menu);
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

/// What is about the one column.
void RowTableView::fillHeaderMenu(QMenu *menu, int column)
{
    const QString name = m_rows->columnName(column);
    menu->addAction(Icons::get(u"filter"), tr("Filter by this column\u2026"), this,
                    [this, name] { Q_EMIT filterByColumn(name); });
    if (!m_rows->isClassColumn(column))
        menu->addAction(Icons::get(u"tag"), tr("Mark cells where\u2026"), this,
                        [this, name] { Q_EMIT markColumn(name); })
            ->setObjectName(u"markColumn"_s);
    menu->addSeparator();
    const auto sort = [this, menu](const QString &text, int by, Qt::SortOrder order) {
        menu->addAction(text, this, [this, by, order] {
            m_rows->sort(by, order);
            columnsArranged();
        });
    };
    sort(tr("Sort ascending"), column, Qt::AscendingOrder);
    sort(tr("Sort descending"), column, Qt::DescendingOrder);
    sort(tr("Host's order"), -1, Qt::AscendingOrder);
    menu->addSeparator();
    QAction *keep = menu->addAction(Icons::get(u"pin"), tr("Keep in view when scrolling"));
    keep->setObjectName(u"keepColumn"_s);
    keep->setCheckable(true);
    keep->setChecked(keptColumns().contains(name));
    connect(keep, &QAction::toggled, this, [this, name](bool kept) {
        QStringList names = keptColumns();
        names.removeAll(name);
        setKeptColumns(kept ? names + QStringList{name} : names);
    });
    menu->addAction(tr("Hide this column"), this,
                    [this, name] { setHiddenColumns(m_hidden + QStringList{name}); });
    menu->addSeparator();
}

void RowTableView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    StickyTableView::currentChanged(current, previous);
    if (current.isValid() && m_rows->columnName(current.column()) != m_wanted)
        m_wanted.clear();
    Q_EMIT currentMoved();
}

void RowTableView::selectionChanged(const QItemSelection &selected,
                                    const QItemSelection &deselected)
{
    StickyTableView::selectionChanged(selected, deselected);
    Q_EMIT currentMoved();
}

void RowTableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection(CopyFormat::Text); // the base copies the current cell only
        event->accept();
        return;
    }
    StickyTableView::keyPressEvent(event);
}
