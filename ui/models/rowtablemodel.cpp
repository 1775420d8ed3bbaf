#include "models/rowtablemodel.h"

#include "models/celltext.h"
#include "models/rowarranger.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFont>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr int shortestWait = 150; ///< ms between two arrangements while rows arrive

} // namespace

RowTableModel::RowTableModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_refreshWanted(std::make_shared<std::atomic<quint64>>(0))
    , m_wanted(std::make_shared<std::atomic<quint64>>(0))
    , m_again(new QTimer(this))
{
    m_again->setSingleShot(true);
    m_again->setInterval(shortestWait);
    connect(m_again, &QTimer::timeout, this, &RowTableModel::startArrangement);
}

RowTableModel::~RowTableModel()
{
    ++*m_wanted; // a worker that still runs stops soon; its result finds nobody
    ++*m_refreshWanted;
}

// --- rows -------------------------------------------------------------------------------------

void RowTableModel::append(const RowBatchPtr &batch)
{
    m_rows.append(batch);
    rowsAppended();
}

void RowTableModel::append(const std::vector<RowBatchPtr> &batches)
{
    for (const RowBatchPtr &batch : batches)
        m_rows.append(batch);
    if (!batches.empty())
        rowsAppended();
}

void RowTableModel::setRows(const RowSet &rows)
{
    clear();
    m_rows = rows;
    rowsAppended();
}

void RowTableModel::clear()
{
    ++*m_wanted;
    ++*m_refreshWanted;
    m_again->stop();
    beginResetModel();
    m_fresh.reset();
    m_changes.reset();
    m_marks.forget();
    m_rows = RowSet();
    m_properties.clear();
    m_types.clear();
    m_order.clear();
    m_indexed = false;
    m_shown = m_covered = 0;
    m_columns.clear();
    m_columns = wantedColumns();
    m_sortSource = -1;
    endResetModel();
    setRunning(false);
    Q_EMIT columnsArranged();
}

void RowTableModel::rowsAppended()
{
    learnTypes();
    if (m_rows.columnCount() != m_properties.size() || m_rows.mixedClasses()) {
        if (m_rows.columnCount() != m_properties.size())
            applySchemaFacts();
        updateColumns();
    }
    if (!isArranged())
        showRows(m_rows.rowCount());
    else if (m_covered == 0 && !m_running)
        startArrangement(); // nothing is shown yet: do not wait for more
    else if (!m_running && !m_again->isActive())
        m_again->start();
}

void RowTableModel::showRows(std::uint32_t count)
{
    m_covered = count;
    if (count <= m_shown)
        return;
    beginInsertRows({}, int(m_shown), int(count) - 1);
    m_shown = count;
    endInsertRows();
}

std::uint32_t RowTableModel::sourceRow(int row) const
{
    return m_indexed ? m_order[std::size_t(row)] : std::uint32_t(row);
}

// --- columns ----------------------------------------------------------------------------------

void RowTableModel::setSchema(const CimClass &schema, bool showAll)
{
    m_schema = std::make_shared<const CimClass>(schema);
    m_showUnsent = showAll;
    applySchemaFacts();
    updateColumns();
    if (rowCount() > 0 && !m_columns.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (isArranged())
        requestArrangement(); // types and value texts count for order and filter
}

void RowTableModel::setDress(std::shared_ptr<const RowDress> dress)
{
    m_dress = std::move(dress);
    m_marks.forget();
    updateColumns();
}

void RowTableModel::applySchemaFacts()
{
    m_marks.forget();
    m_properties.assign(m_rows.columnCount(), nullptr);
    if (!m_schema)
        return;
    applySchema(m_rows, *m_schema);
    learnTypes();
    for (std::size_t i = 0; i < m_properties.size(); ++i)
        m_properties[i] = m_schema->property(fromUtf8(m_rows.column(std::uint32_t(i)).name));
}

void RowTableModel::learnTypes()
{
    m_types.resize(m_rows.columnCount());
    for (std::size_t i = 0; i < m_types.size(); ++i)
        m_types[i] = m_rows.column(std::uint32_t(i)).type;
}

std::vector<RowTableModel::ViewColumn> RowTableModel::wantedColumns() const
{
    std::vector<ViewColumn> keys, others, unknown;
    if (m_dress && !m_dress->columns().isEmpty()) {
        for (const QString &name : m_dress->columns()) {
            const auto source = m_rows.columnNamed(name.toStdString());
            others.push_back({name, source ? int(*source) : -1});
        }
        return others;
    }
    std::vector<bool> used(m_rows.columnCount(), false);
    const bool showUnsent = m_showUnsent && m_rows.rowCount() == 0;
    for (std::size_t i = 0; m_schema && i < m_schema->properties.size(); ++i) {
        const CimProperty &property = m_schema->properties[i];
        const auto source = m_rows.columnNamed(property.name.toStdString());
        if (!source && !showUnsent)
            continue;
        if (source && used[*source])
            continue;
        if (source)
            used[*source] = true;
        (property.isKey() ? keys : others)
            .push_back({source ? fromUtf8(m_rows.column(*source).name) : property.name,
                        source ? int(*source) : -1});
    }
    for (std::uint32_t i = 0; i < used.size(); ++i) {
        if (!used[i])
            (m_rows.column(i).key ? keys : unknown)
                .push_back({fromUtf8(m_rows.column(i).name), int(i)});
    }
    if (m_rows.mixedClasses())
        keys.push_back({tr("Class"), ArrangeRequest::classColumn});
    keys.insert(keys.end(), others.begin(), others.end());
    keys.insert(keys.end(), unknown.begin(), unknown.end());
    return keys;
}

void RowTableModel::updateColumns()
{
    const std::vector<ViewColumn> wanted = wantedColumns();
    if (wanted == m_columns)
        return;
    removeColumnsNotIn(wanted);
    std::vector<ViewColumn> added;
    for (const ViewColumn &column : wanted) {
        if (std::find(m_columns.begin(), m_columns.end(), column) == m_columns.end())
            added.push_back(column);
    }
    if (!added.empty()) {
        beginInsertColumns({}, int(m_columns.size()), int(m_columns.size() + added.size()) - 1);
        m_columns.insert(m_columns.end(), added.begin(), added.end());
        endInsertColumns();
    }
    orderColumns(wanted);
    if (m_sortSource == -1 && !m_sortName.isEmpty())
        m_sortSource = sourceNamed(m_sortName);
    Q_EMIT columnsArranged();
}

/// Columns that a schema announced and the rows do not have; those that are there now keep their
/// place (the name stays, the source becomes known).
void RowTableModel::removeColumnsNotIn(const std::vector<ViewColumn> &wanted)
{
    for (ViewColumn &column : m_columns) {
        const auto same = std::find_if(wanted.begin(), wanted.end(), [&](const ViewColumn &other) {
            return column.source == -1 && other.name.compare(column.name, Qt::CaseInsensitive) == 0;
        });
        if (same != wanted.end())
            column = *same;
    }
    for (int i = int(m_columns.size()) - 1; i >= 0; --i) {
        if (std::find(wanted.begin(), wanted.end(), m_columns[std::size_t(i)]) != wanted.end())
            continue;
        beginRemoveColumns({}, i, i);
        m_columns.erase(m_columns.begin() + i);
        endRemoveColumns();
    }
}

void RowTableModel::orderColumns(const std::vector<ViewColumn> &wanted)
{
    if (wanted == m_columns)
        return;
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::HorizontalSortHint);
    std::vector<int> place(m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        place[i] = int(std::find(wanted.begin(), wanted.end(), m_columns[i]) - wanted.begin());
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex &old : before)
        after << index(old.row(), place[std::size_t(old.column())]);
    m_columns = wanted;
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::HorizontalSortHint);
}

QString RowTableModel::columnName(int column) const
{
    return m_columns[std::size_t(column)].name;
}

QStringList RowTableModel::columnNames() const
{
    QStringList names;
    for (const ViewColumn &column : m_columns)
        names << column.name;
    return names;
}

bool RowTableModel::isKeyColumn(int column) const
{
    const ViewColumn &viewed = m_columns[std::size_t(column)];
    if (viewed.source >= 0)
        return m_rows.column(std::uint32_t(viewed.source)).key;
    const CimProperty *known = property(column);
    return known && known->isKey();
}

bool RowTableModel::isClassColumn(int column) const
{
    return m_columns[std::size_t(column)].source == ArrangeRequest::classColumn;
}

const CimProperty *RowTableModel::property(int column) const
{
    const ViewColumn &viewed = m_columns[std::size_t(column)];
    if (viewed.source >= 0)
        return m_properties[std::size_t(viewed.source)];
    return m_schema && viewed.source == -1 ? m_schema->property(viewed.name) : nullptr;
}

// --- sort and filter --------------------------------------------------------------------------

void RowTableModel::setFilter(const RowFilter &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    requestArrangement();
}

void RowTableModel::sort(int column, Qt::SortOrder order)
{
    const bool known = column >= 0 && column < int(m_columns.size());
    sortBy(known ? columnName(column) : QString(), order);
}

void RowTableModel::sortBy(const QString &columnName, Qt::SortOrder order)
{
    m_sortName = columnName;
    const int source = sourceNamed(columnName);
    if (source == m_sortSource && order == m_sortOrder)
        return;
    m_sortSource = source;
    m_sortOrder = order;
    requestArrangement();
}

int RowTableModel::sourceNamed(const QString &columnName) const
{
    for (const ViewColumn &column : m_columns) {
        if (column.name == columnName)
            return column.source;
    }
    return -1;
}

int RowTableModel::sortColumn() const
{
    for (std::size_t i = 0; m_sortSource != -1 && i < m_columns.size(); ++i) {
        if (m_columns[i].source == m_sortSource)
            return int(i);
    }
    return -1;
}

void RowTableModel::requestArrangement()
{
    ++*m_wanted;
    m_again->stop();
    if (isArranged()) {
        startArrangement();
        return;
    }
    std::vector<std::uint32_t> order(m_rows.rowCount());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    showOrder(std::move(order));
    m_indexed = false;
    m_order = {};
    m_covered = m_rows.rowCount();
    setRunning(false);
    Q_EMIT arranged();
}

void RowTableModel::startArrangement()
{
    const quint64 generation = ++*m_wanted;
    const ArrangeRequest request{m_rows, m_schema, m_filter, m_sortSource, m_sortOrder, m_dress};
    QPointer<RowTableModel> self(this);
    setRunning(true);
    QThreadPool::globalInstance()->start([self, request, generation, wanted = m_wanted] {
        QElapsedTimer clock;
        clock.start();
        auto order = arrangeRows(request, *wanted, generation);
        const qint64 elapsed = clock.elapsed();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, order = std::move(order), generation, covered = request.rows.rowCount(),
             elapsed]() mutable {
                if (self)
                    self->arrangementReady(generation, std::move(order), covered, elapsed);
            },
            Qt::QueuedConnection);
    });
}

void RowTableModel::arrangementReady(quint64 generation, std::vector<std::uint32_t> order,
                                     std::uint32_t covered, qint64 milliseconds)
{
    if (generation != m_wanted->load())
        return;
    showOrder(std::move(order));
    m_covered = covered;
    setRunning(false);
    if (m_covered < m_rows.rowCount()) {
        m_again->setInterval(std::max<int>(shortestWait, int(milliseconds) * 3));
        m_again->start();
    }
    Q_EMIT arranged();
}

void RowTableModel::setRunning(bool running)
{
    if (running == m_running)
        return;
    m_running = running;
    Q_EMIT arrangingChanged();
}

// --- what is shown ----------------------------------------------------------------------------

int RowTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown);
}

int RowTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

Cell RowTableModel::cell(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const int source = m_columns[std::size_t(index.column())].source;
    const std::uint32_t row = sourceRow(index.row());
    if (source < 0 || row >= m_rows.rowCount())
        return {};
    return m_rows.cell(row, std::uint32_t(source));
}

namespace {

/// Roles that data() answers; a view asks for a dozen others with every cell.
bool isGiven(int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::TextAlignmentRole:
    case Qt::AccessibleTextRole:
    case RawTextRole:
    case CellKindRole:
    case CimTypeRole:
    case EmptyRole:
    case ChangeRole:
        return true;
    default:
        return false;
    }
}

} // namespace

QVariant RowTableModel::data(const QModelIndex &index, int role) const
{
    const QVariant plain = plainData(index, role);
    return m_marks.isEmpty() ? plain : withMark(plain, index, role);
}

QVariant RowTableModel::plainData(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (m_dress && sourceRow(index.row()) < m_rows.rowCount()) {
        const QVariant dressed = m_dress->data(m_rows, sourceRow(index.row()),
                                               columnName(index.column()), role);
        if (dressed.isValid())
            return dressed;
    }
    if (!isGiven(role))
        return {};
    const int source = m_columns[std::size_t(index.column())].source;
    const std::uint32_t row = sourceRow(index.row());
    if (row >= m_rows.rowCount())
        return {};
    if (role == ChangeRole)
        return int(changeOf(row, source));
    if (source == ArrangeRequest::classColumn) {
        if (role == CellKindRole)
            return int(CellKind::Scalar);
        return role == Qt::DisplayRole || role == RawTextRole
            ? QVariant(fromUtf8(m_rows.className(row)))
            : QVariant();
    }
    const CellContext context{source < 0 ? CimType::Unknown : m_types[std::size_t(source)],
                              property(index.column())};
    const Cell value = cell(index);
    switch (role) {
    case Qt::DisplayRole:
        return shownText(value, context);
    case Qt::ToolTipRole:
        return plainTip(withChange(tipText(value, context), row, source));
    case Qt::TextAlignmentRole:
        return isNumeric(context.type) && value.kind() == CellKind::Scalar
            ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
            : QVariant();
    case Qt::AccessibleTextRole:
        return withChange(value.isAbsent() ? tr("not sent") : shownText(value, context), row,
                          source);
    case RawTextRole:
        return plainText(value);
    case CellKindRole:
        return int(value.kind());
    case CimTypeRole:
        return int(context.type);
    case EmptyRole:
        return value.kind() == CellKind::Scalar && value.text().empty();
    default:
        return {};
    }
}

QVariant RowTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (section < 0 || section >= int(m_columns.size()))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m_dress ? m_dress->title(columnName(section)) : columnName(section);
    case Qt::ToolTipRole:
        return plainTip(columnTip(section));
    case Qt::TextAlignmentRole: {
        const CimProperty *known = property(section);
        const bool right = m_dress ? m_dress->isRight(columnName(section))
                                   : known && isNumeric(known->type) && !known->array;
        return QVariant(Qt::Alignment((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    case Qt::FontRole:
        if (isKeyColumn(section)) {
            QFont font;
            font.setWeight(QFont::DemiBold);
            return font;
        }
        return {};
    default:
        return {};
    }
}

QString RowTableModel::columnTip(int section) const
{
    QStringList lines{columnName(section)};
    const CimProperty *known = property(section);
    if (!known)
        return lines.first();
    QString type = typeText(known->type, known->array);
    if (known->isKey())
        type = type.isEmpty() ? tr("key") : tr("%1, key").arg(type);
    if (!type.isEmpty())
        lines << type;
    if (const QString units = known->units(); !units.isEmpty())
        lines << tr("Unit: %1").arg(units);
    if (const QString text = known->description(); !text.isEmpty())
        lines << QString() << text.left(500);
    return lines.join(u'\n');
}
