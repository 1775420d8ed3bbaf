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
#include "text/sentences.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/pagefactory.h"
#include "views/rowrefresh.h"
#include "views/rowtableview.h"
#include "views/rowtools.h"
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
    , m_tools(new RowTools(m_model, m_table, RowTools::Shape::Line, this))
    , m_show(new QTimer(this))
{
    m_show->setSingleShot(true);
    m_show->setInterval(showEvery);
    connect(m_show, &QTimer::timeout, this, &InstancesPage::showReceived);
    m_table->setObjectName(u"instancesTable"_s);
    m_table->setAccessibleName(tr("Instances of %1").arg(title()));
    makeTools();
    connectModel();
    setContent(m_table);
}

InstancesPage::~InstancesPage() = default;

void InstancesPage::makeTools()
{
    connect(m_tools, &RowTools::columnMenuShown, this, [this](QMenu *menu) {
        menu->addAction(Icons::get(u"save"), tr("Save as my view\u2026"), this,
                        [this] { Q_EMIT saveView(asView()); })
            ->setObjectName(u"saveAsView"_s);
    });
    connect(m_tools, &RowTools::layoutChanged, this, &Page::layoutChanged);
    connect(m_tools, &RowTools::statusChanged, this, &Page::statusChanged);
    connect(m_tools, &RowTools::refreshWanted, this, &Page::refresh);
    connect(m_tools, &RowTools::exportWanted, this, &Page::exportContent);
    TreeTools::prepareTools(m_tools);
    addContentTools(m_tools);
}

void InstancesPage::connectModel()
{
    connect(this->host(), &HostConnection::stateChanged, this, [this] {
        if (!session())
            m_tools->stopAutoRefresh();
    });
    connect(&m_tools->refresh(), &RowRefresh::shown, this, [this] {
        if (!hasContent())
            noteNoRows();
        Q_EMIT detailsChanged();
    });
    connect(m_table, &RowTableView::currentMoved, this, [this] {
        Q_EMIT detailsChanged();
        Q_EMIT statusChanged();
    });
    connect(m_table, &QTableView::activated, this, &InstancesPage::openCurrent);
    connect(m_table, &QTableView::customContextMenuRequested, this, &InstancesPage::showMenu);
}

void InstancesPage::showColumn(const QString &name)
{
    m_table->showColumn(name);
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
    if (!m_tools->refresh().begin())
        m_model->clear();
    auto *operation = new EnumerateOperation(session(), m_parameters);
    connect(operation, &EnumerateOperation::rowsReceived, this, &InstancesPage::received);
    connect(operation, &Operation::finished, this, &InstancesPage::finishedReading);
    run(operation, tr("Reading %1").arg(title()));
    readSchema();
}

void InstancesPage::received(const RowBatchPtr &batch)
{
    if (m_tools->refresh().isGathering()) {
        m_tools->refresh().add(batch);
        return;
    }
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
    if (cimNamespace.isEmpty() || m_model->schema() || m_schemaReading || m_schemaRefused)
        return;
    m_schemaReading = new SchemaOperation(session(), cimNamespace, title());
    connect(m_schemaReading, &Operation::finished, this,
            [this, reading = m_schemaReading](const Outcome &outcome) {
                m_schemaRefused = outcome.error.kind == Error::Kind::Fault;
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
    m_failed = bool(outcome.error);
    const bool whole = !outcome.error && !outcome.partial;
    if (m_tools->refresh().isGathering() && !whole) {
        m_tools->refresh().fail();
        noteOldRows(outcome);
        return;
    }
    if (whole)
        m_tools->refresh().finish(keyNames());
    else
        m_tools->refresh().fail();
    if (settle(outcome) && !hasContent())
        noteNoRows();
}

void InstancesPage::noteNoRows()
{
    showEmpty(u"empty", tr("%1 has no instances on this host.").arg(title()),
              m_parameters.resource.cimNamespace().isEmpty() ? QString() : tr("Show schema"));
}

/// They were to be read again, which did not come to its end.
void InstancesPage::noteOldRows(const Outcome &outcome)
{
    const QString since = m_tools->refresh().readAtText();
    const bool stopped = !outcome.error || outcome.error.kind == Error::Kind::Cancelled;
    strip()->showNote(
        Meaning::Warning,
        stopped
            ? tr("Stopped: the rows are still those of %1.").arg(since)
            : tr("The rows are still those of %1. %2").arg(since, explain(outcome.error).sentence),
        stopped ? QString() : explain(outcome.error).code);
    QPushButton *again = strip()->addButton(tr("Run again"));
    again->setObjectName(u"runAgain"_s);
    connect(again, &QPushButton::clicked, this, &Page::refresh);
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

/// What tells the rows apart: by the schema, or as known of the lists of winrm/config.
QStringList InstancesPage::keyNames() const
{
    const QString last = m_parameters.resource.className().toLower();
    if (last == u"listener"_s)
        return {u"Address"_s, u"Transport"_s};
    if (last == u"certmapping"_s)
        return {u"Issuer"_s, u"Subject"_s, u"URI"_s};
    if (last == u"plugin"_s)
        return {u"Name"_s};
    return m_model->schema() ? m_model->schema()->keys() : QStringList();
}

std::optional<ResourceLocator> InstancesPage::locatorOf(int row) const
{
    const std::uint32_t source = m_model->sourceRow(row);
    const RowSet &rows = m_model->rows();
    if (rows.hasReference(source))
        return toEndpointReference(rows.reference(source)).resource;
    ResourceLocator locator = m_parameters.resource;
    const QStringList keys = keyNames();
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
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"rowMenu"_s);
    if (const QModelIndex current = m_table->currentIndex(); current.isValid()) {
        fillRowMenu(menu, current);
        m_tools->fillRowMenu(menu, current);
    }
    menu->addAction(Icons::get(u"export"), tr("Export\u2026"), this, &Page::exportContent);
    menu->addAction(Icons::get(u"save"), tr("Save as my view\u2026"), this,
                    [this] { Q_EMIT saveView(asView()); });
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void InstancesPage::fillRowMenu(QMenu *menu, const QModelIndex &current)
{
    const bool cim = !m_parameters.resource.cimNamespace().isEmpty();
    if (locatorOf(current.row())) {
        QAction *open = menu->addAction(Icons::get(u"instance"), tr("Open details"), this,
                                        &InstancesPage::openCurrent);
        menu->setDefaultAction(open);
        if (cim)
            menu->addAction(Icons::get(u"association"), tr("Associations"), this, [this] {
                if (const auto object = locatorOf(m_table->currentIndex().row()))
                    Q_EMIT openAssociations(*object);
            });
    }
    const Cell cell = m_model->cell(current);
    if (cell.node() && isEndpointReference(cell.node())) {
        const ResourceLocator target = readEndpointReference(cell.node()).resource;
        menu->addAction(Icons::get(u"reference"), tr("Follow the reference"), this,
                        [this, target] { Q_EMIT openResource(target); });
    }
    if (cim)
        menu->addAction(Icons::get(u"class"), tr("Show schema"), this, &InstancesPage::showSchema);
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
    for (const RowMark &mark : m_model->marks()) {
        const auto made = viewMark(mark);
        if (made && std::ranges::any_of(section.columns, [&mark](const ViewColumn &column) {
                return column.property == mark.column;
            }))
            section.marks.push_back(*made);
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
    m_tools->find();
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
    return m_tools->statusText();
}

QByteArray InstancesPage::saveState() const
{
    QJsonObject object{{u"filter"_s, m_tools->filter()->text()},
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
    return m_tools->saveLayout();
}

void InstancesPage::restoreLayout(const QByteArray &layout)
{
    m_tools->restoreLayout(layout);
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
    m_tools->filter()->setText(object.value(u"filter"_s).toString());
}
