#include "views/instancespage.h"

#include "dialogs/exportdialog.h"
#include "inventory/ciminventory.h"
#include "inventory/costly.h"
#include "inventory/readyview.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"
#include "models/rowtablemodel.h"
#include "models/wqltext.h"
#include "session/enumerateoperation.h"
#include "text/costtext.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/pagefactory.h"
#include "views/rowtableview.h"
#include "views/treetools.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// ms. Rows come in hundreds of small batches a second; table, count and status line follow this
/// often. The first ones are shown at once.
constexpr int showEvery = 50;

} // namespace

InstancesPage::InstancesPage(HostConnection *host, const EnumerateParameters &parameters,
                             QWidget *parent)
    : HostPage(host, parent)
    , m_parameters(parameters)
    , m_model(new RowTableModel(this))
    , m_table(new RowTableView(m_model, this))
    , m_filter(new FilterField(this))
    , m_copied(new NoteStrip(this))
    , m_count(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_show(new QTimer(this))
{
    m_show->setSingleShot(true);
    m_show->setInterval(showEvery);
    connect(m_show, &QTimer::timeout, this, &InstancesPage::showReceived);
    m_table->setObjectName(u"instancesTable"_s);
    m_table->setAccessibleName(tr("Instances of %1").arg(title()));
    addTools(createTools());
    connectModel();
    setContent(m_table);
}

InstancesPage::~InstancesPage() = default;

QWidget *InstancesPage::createTools()
{
    auto *tools = new QWidget(this);
    auto *lines = new QVBoxLayout(tools);
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::Between);
    lines->addLayout(line);
    lines->addWidget(m_problem);
    lines->addWidget(m_copied);
    m_copied->setObjectName(u"copyNote"_s);
    m_problem->setObjectName(u"filterProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    Look::setMeaning(m_problem, Meaning::Error);
    m_filter->setObjectName(u"rowFilter"_s);
    m_filter->setPlaceholderText(tr("Filter rows: word, State=Running, Name~win, ProcessId>1000"));
    m_filter->setToolTip(
        tr("Words separated by spaces must all be found, in any column.\n"
           "Column=value, Column!=value: the same, not the same (null is a value)\n"
           "Column~text: contains\n"
           "Column<value, <=, >, >=: numbers by value, dates by time\n"
           "\"two words\": quotes keep spaces and signs together\n"
           "Upper and lower case are the same."));
    auto *columns = new QToolButton(tools);
    columns->setObjectName(u"columnsButton"_s);
    columns->setText(tr("Columns"));
    columns->setIcon(Icons::get(u"table"));
    columns->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    columns->setPopupMode(QToolButton::InstantPopup);
    columns->setAutoRaise(true);
    auto *menu = new QMenu(columns);
    columns->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        menu->addAction(Icons::get(u"save"), tr("Save as my view\u2026"), this,
                        [this] { Q_EMIT saveView(asView()); })
            ->setObjectName(u"saveAsView"_s);
        menu->addSeparator();
        m_table->fillColumnMenu(menu);
    });
    line->addWidget(m_filter, 1);
    line->addWidget(m_count);
    line->addWidget(columns);
    Look::setMeaning(m_count, Meaning::Muted);
    m_count->setObjectName(u"rowCount"_s);
    TreeTools::prepareTools(tools);
    connect(m_filter, &FilterField::filterChanged, this, &InstancesPage::applyFilter);
    connect(m_filter, &FilterField::leave, m_table, qOverload<>(&QWidget::setFocus));
    return tools;
}

void InstancesPage::connectModel()
{
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &InstancesPage::updateCount);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &InstancesPage::updateCount);
    connect(m_model, &QAbstractItemModel::modelReset, this, &InstancesPage::updateCount);
    connect(m_model, &RowTableModel::columnsArranged, this, &InstancesPage::checkFilter);
    connect(m_table, &RowTableView::currentMoved, this, [this] {
        Q_EMIT detailsChanged();
        Q_EMIT statusChanged();
    });
    connect(m_table, &RowTableView::columnsChanged, this, &Page::layoutChanged);
    connect(m_table, &RowTableView::copied, this, &InstancesPage::noteCopied);
    connect(m_table, &QTableView::activated, this, &InstancesPage::openCurrent);
    connect(m_table, &QTableView::customContextMenuRequested, this, &InstancesPage::showMenu);
}

QString InstancesPage::title() const
{
    const QString name = m_parameters.resource.className();
    if (name != u"*"_s)
        return name;
    const QString queried = WqlText::className(m_parameters.filter.text);
    return queried.isEmpty() ? tr("Result") : queried;
}

QIcon InstancesPage::icon() const
{
    return Icons::get(u"table");
}

QString InstancesPage::key() const
{
    return u"enumerate %1 %2"_s.arg(shortResource(m_parameters.resource), m_parameters.filter.text);
}

QString InstancesPage::address() const
{
    return shortResource(m_parameters.resource);
}

QStringList InstancesPage::breadcrumb() const
{
    QStringList steps{host() ? host()->name() : QString()};
    if (const QString cimNamespace = m_parameters.resource.cimNamespace(); !cimNamespace.isEmpty())
        steps << tr("CIM") << cimNamespace;
    return steps << title();
}

bool InstancesPage::hasContent() const
{
    return m_model->totalRows() > 0;
}

void InstancesPage::read()
{
    if (const auto cost = costOf(m_parameters.resource, m_parameters.filter,
                                 m_parameters.polymorphism);
        cost && !m_costAccepted) {
        m_asksCost = true;
        showEmpty(u"warning", costText(*cost), tr("Read it all the same"));
        return;
    }
    m_received.clear();
    m_copied->hide();
    m_model->clear();
    auto *operation = new EnumerateOperation(session(), m_parameters);
    connect(operation, &EnumerateOperation::rowsReceived, this, &InstancesPage::received);
    connect(operation, &Operation::finished, this, &InstancesPage::finishedReading);
    run(operation, tr("Reading %1").arg(title()));
    readSchema();
}

void InstancesPage::received(const RowBatchPtr &batch)
{
    m_received.push_back(batch);
    if (m_model->totalRows() == 0)
        showReceived();
    else if (!m_show->isActive())
        m_show->start();
}

void InstancesPage::showReceived()
{
    m_show->stop();
    if (m_received.empty())
        return;
    m_model->append(std::exchange(m_received, {}));
    if (!state()->showsContent())
        state()->showContent();
}

void InstancesPage::readSchema()
{
    const QString cimNamespace = m_parameters.resource.cimNamespace();
    if (cimNamespace.isEmpty() || m_model->schema() || m_schemaReading)
        return;
    m_schemaReading = new SchemaOperation(session(), cimNamespace, title());
    connect(m_schemaReading, &Operation::finished, this,
            [this, reading = m_schemaReading](const Outcome &outcome) {
                if (outcome.error)
                    return; // a host without class metadata: columns stay as they came
                m_model->setSchema(reading->schema(), m_parameters.filter.isEmpty());
                if (isBusy())
                    state()->showContent(); // the structure first, rows as they come
                Q_EMIT detailsChanged();
            });
    m_schemaReading->start();
}

void InstancesPage::finishedReading(const Outcome &outcome)
{
    showReceived();
    if (settle(outcome) && !hasContent())
        showEmpty(u"empty", tr("%1 has no instances on this host.").arg(title()),
                  m_parameters.resource.cimNamespace().isEmpty() ? QString() : tr("Show schema"));
    updateCount();
}

/// Of the empty state: what the class is, or yes to what it costs.
void InstancesPage::stateActed()
{
    if (std::exchange(m_asksCost, false)) {
        m_costAccepted = true;
        read();
        return;
    }
    showSchema();
}

void InstancesPage::showSchema()
{
    Q_EMIT openResource(schemaResource(m_parameters.resource.cimNamespace(), title()));
}

void InstancesPage::applyFilter(const QString &text)
{
    checkFilter();
    if (m_filter->problem().isEmpty())
        m_model->setFilter(RowFilter::parse(text));
}

void InstancesPage::checkFilter()
{
    const RowFilter filter = RowFilter::parse(m_filter->text());
    QStringList columns = m_model->columnNames();
    if (columns.isEmpty())
        return;
    columns << u"Class"_s;
    const QString unknown = filter.unknownColumn(columns);
    if (!filter.isClosed())
        m_filter->setProblem(tr("A quotation mark is missing."));
    else if (!unknown.isEmpty())
        m_filter->setProblem(tr("There is no column named %1. To find the text as it is, put it in "
                                "quotation marks.")
                                 .arg(unknown));
    else
        m_filter->setProblem({});
    m_problem->setText(m_filter->problem());
    m_problem->setVisible(!m_filter->problem().isEmpty());
}

void InstancesPage::noteCopied(int copied, int selected)
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
            &Page::exportContent);
}

void InstancesPage::updateCount()
{
    const int shown = m_model->rowCount();
    const auto all = int(m_model->totalRows());
    m_count->setText(all == 0           ? QString()
                         : shown == all ? tr("%L1 rows").arg(all)
                                        : tr("%L1 of %L2 rows").arg(shown).arg(all));
    Q_EMIT statusChanged();
}

std::optional<ResourceLocator> InstancesPage::locatorOf(int row) const
{
    const std::uint32_t source = m_model->sourceRow(row);
    const RowSet &rows = m_model->rows();
    if (rows.hasReference(source))
        return toEndpointReference(rows.reference(source)).resource;
    const CimClass *schema = m_model->schema();
    ResourceLocator locator = m_parameters.resource;
    QStringList keys = schema ? schema->keys() : QStringList();
    const QString last = locator.className().toLower();
    if (last == u"listener"_s)
        keys = {u"Address"_s, u"Transport"_s};
    else if (last == u"certmapping"_s)
        keys = {u"Issuer"_s, u"Subject"_s, u"URI"_s};
    else if (last == u"plugin"_s)
        keys = {u"Name"_s};
    for (const QString &key : keys) {
        auto column = rows.columnNamed(key.toStdString());
        if (!column)
            column = rows.columnNamed((u'@' + key).toStdString());
        const Cell cell = column ? rows.cell(source, *column) : Cell();
        if (cell.kind() != CellKind::Scalar)
            return {};
        locator.setSelector(key, fromUtf8(cell.text()));
    }
    return keys.isEmpty() ? std::nullopt : std::optional(locator);
}

void InstancesPage::openCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return;
    if (const auto locator = locatorOf(current.row()))
        Q_EMIT openResource(*locator);
}

void InstancesPage::showMenu(const QPoint &at)
{
    QMenu menu(this);
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid()) {
        if (locatorOf(current.row())) {
            QAction *open = menu.addAction(Icons::get(u"instance"), tr("Open details"), this,
                                           &InstancesPage::openCurrent);
            menu.setDefaultAction(open);
            if (!m_parameters.resource.cimNamespace().isEmpty())
                menu.addAction(Icons::get(u"association"), tr("Associations"), this, [this] {
                    if (const auto object = locatorOf(m_table->currentIndex().row()))
                        Q_EMIT openAssociations(*object);
                });
        }
        const Cell cell = m_model->cell(current);
        if (cell.node() && isEndpointReference(cell.node())) {
            const ResourceLocator target = readEndpointReference(cell.node()).resource;
            menu.addAction(Icons::get(u"reference"), tr("Follow the reference"), this,
                           [this, target] { Q_EMIT openResource(target); });
        }
        if (!m_parameters.resource.cimNamespace().isEmpty())
            menu.addAction(Icons::get(u"class"), tr("Show schema"), this,
                           &InstancesPage::showSchema);
        menu.addSeparator();
        m_table->fillCopyMenu(&menu);
        menu.addSeparator();
    }
    menu.addAction(Icons::get(u"export"), tr("Export\u2026"), this, &Page::exportContent);
    menu.addAction(Icons::get(u"save"), tr("Save as my view\u2026"), this,
                   [this] { Q_EMIT saveView(asView()); });
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

/// What is shown, to be asked again under a name: the question and the columns as they stand.
ReadyView InstancesPage::asView() const
{
    ViewSection section{.query = m_parameters.filter.text,
                        .selectors = m_parameters.filter.selectors,
                        .sort = m_model->sortName(),
                        .descending = m_model->sortOrder() == Qt::DescendingOrder};
    const QString space = m_parameters.resource.cimNamespace();
    if (space.isEmpty()) {
        section.resource = shortResource(m_parameters.resource);
    } else {
        section.className = title();
        section.cimNamespace = space;
    }
    for (const int column : m_table->visibleColumns()) {
        const CimProperty *property = m_model->property(column);
        const bool number = property && isNumeric(property->type) && !property->array;
        if (!m_model->isClassColumn(column) && section.columns.size() < 100)
            section.columns.push_back({.property = m_model->columnName(column),
                                       .unit = number ? ViewUnit::Id : ViewUnit::None});
    }
    ReadyView view{.title = title(), .icon = u"table"_s};
    view.sections = {section};
    return view;
}

Details InstancesPage::details() const
{
    return cellDetails(*m_model, m_table->currentIndex());
}

void InstancesPage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void InstancesPage::copy()
{
    m_table->copySelection(CopyFormat::Text);
}

void InstancesPage::exportContent()
{
    ExportSubject subject;
    subject.name = (host() ? host()->name() : QString()) + u' ' + title();
    subject.source = (host() ? host()->name() : QString()) + u", "_s
        + localDateText(QDateTime::currentDateTime());
    subject.rows = m_model->rows();
    subject.shown.reserve(std::size_t(m_model->rowCount()));
    for (int row = 0; row < m_model->rowCount(); ++row)
        subject.shown.push_back(m_model->sourceRow(row));
    for (const int row : m_table->selectedRows())
        subject.selected.push_back(m_model->sourceRow(row));
    subject.columns = m_table->visibleColumnNames();
    if (m_model->schema())
        subject.schema = std::make_shared<const CimClass>(*m_model->schema());
    QPointer<InstancesPage> self(this);
    subject.again = [self]() -> EnumerateOperation * {
        return self && self->session() ? new EnumerateOperation(
                   self->session(), self->m_parameters,
                   {.streaming = true, .priority = Operation::Priority::Background})
                                       : nullptr;
    };
    auto *dialog = new ExportDialog(std::move(subject), this);
    connect(dialog, &ExportDialog::exported, this, &Page::finishedWork);
    dialog->open();
}

QString InstancesPage::statusText() const
{
    const auto selected = int(m_table->selectionModel()->selectedRows().size());
    if (m_count->text().isEmpty())
        return {};
    return selected > 1 ? tr("%1, %L2 selected").arg(m_count->text()).arg(selected)
                        : m_count->text();
}

QByteArray InstancesPage::saveState() const
{
    QJsonObject object{{u"filter"_s, m_filter->text()},
                       {u"hidden"_s, QJsonArray::fromStringList(m_table->hiddenColumns())},
                       {u"sort"_s, m_model->sortName()},
                       {u"descending"_s, m_model->sortOrder() == Qt::DescendingOrder}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString InstancesPage::layoutKey() const
{
    return title().toLower();
}

QByteArray InstancesPage::saveLayout() const
{
    return m_table->saveColumns();
}

void InstancesPage::restoreLayout(const QByteArray &layout)
{
    m_table->restoreColumns(layout);
}

void InstancesPage::restoreState(const QByteArray &saved)
{
    const QJsonObject object = QJsonDocument::fromJson(saved).object();
    QStringList hidden;
    for (const QJsonValue &name : object.value(u"hidden"_s).toArray())
        hidden << name.toString();
    m_table->setHiddenColumns(hidden);
    m_model->sortBy(object.value(u"sort"_s).toString(),
                    object.value(u"descending"_s).toBool() ? Qt::DescendingOrder
                                                           : Qt::AscendingOrder);
    m_filter->setText(object.value(u"filter"_s).toString());
}
