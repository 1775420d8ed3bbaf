#include "views/associationspage.h"

#include "look/icons.h"
#include "look/look.h"
#include "models/associationtreemodel.h"
#include "models/celltext.h"
#include "models/shorttitle.h"
#include "protocol/association.h"
#include "protocol/endpointreference.h"
#include "session/enumerateoperation.h"
#include "text/sentences.h"
#include "text/valuetext.h"
#include "views/treetools.h"
#include "widgets/filterfield.h"
#include "widgets/pagestate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

/// Of one object. A directory's group may have as many members as there are people.
constexpr std::uint64_t maxReferences = 10000;

/// `Win32_Service.Name="WinRM"`, as WQL names an object.
QString objectPath(const ResourceLocator &object)
{
    return referenceText(EndpointReference{.address = {}, .resource = object});
}

} // namespace

AssociationsPage::AssociationsPage(HostConnection *host, const ResourceLocator &object,
                                   QWidget *parent)
    : HostPage(host, parent)
    , m_object(object)
    , m_model(new AssociationTreeModel(this))
    , m_tree(new QTreeView(this))
    , m_filter(new FilterField(this))
{
    auto *tools = new QWidget(this);
    auto *line = new QHBoxLayout(tools);
    m_filter->setObjectName(u"associationFilter"_s);
    line->addWidget(m_filter);
    TreeTools::prepareTools(tools);
    addTools(tools);
    Look::prepareTree(m_tree);
    m_tree->setObjectName(u"associationTree"_s);
    m_tree->setAccessibleName(title());
    m_tree->setModel(m_model);
    m_tree->setHeaderHidden(false);
    Look::prepareHeader(m_tree->header());
    m_tree->header()->resizeSection(AssociationTreeModel::NameColumn, 420);
    m_model->setObject(m_object);
    connect(m_filter, &FilterField::filterChanged, this, [this](const QString &words) {
        TreeTools::filter(m_tree, words, [](const QModelIndex &index) {
            return index.data().toString() + u'\n'
                + index.siblingAtColumn(AssociationTreeModel::DetailColumn).data().toString();
        });
    });
    connect(m_filter, &FilterField::leave, m_tree, qOverload<>(&QWidget::setFocus));
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        Q_EMIT detailsChanged();
        Q_EMIT statusChanged();
    });
    connect(m_model, &AssociationTreeModel::wanted, this, &AssociationsPage::askMore);
    TreeTools::onActivated(m_tree, [this] { openCurrent(); });
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &AssociationsPage::showMenu);
    setContent(m_tree);
}

QString AssociationsPage::title() const
{
    return tr("Associations of %1").arg(objectTitle(m_object));
}

QIcon AssociationsPage::icon() const
{
    return Icons::get(u"association");
}

QString AssociationsPage::key() const
{
    return u"associations "_s + shortResource(m_object);
}

QString AssociationsPage::address() const
{
    return shortResource(m_object);
}

QStringList AssociationsPage::breadcrumb() const
{
    return {host() ? host()->name() : QString(), tr("CIM"), m_object.cimNamespace(),
            objectTitle(m_object), tr("Associations")};
}

bool AssociationsPage::hasContent() const
{
    return m_model->rowCount() > 0;
}

/// Asks what refers to an object, and gives it to the tree as it comes.
EnumerateOperation *AssociationsPage::ask(const QPersistentModelIndex &index,
                                          const ResourceLocator &object)
{
    const AssociationFilter filter{.find = AssociationFilter::Find::References, .object = object};
    auto *operation = new EnumerateOperation(session(), associationQuestion(filter),
                                             {.maxRows = maxReferences});
    const auto rows = std::make_shared<RowSet>();
    const bool isRoot = !index.isValid();
    connect(operation, &EnumerateOperation::rowsReceived, this,
            [this, rows, index, isRoot](const RowBatchPtr &batch) {
                const std::uint32_t known = rows->rowCount();
                rows->append(batch);
                if (!isRoot && !index.isValid())
                    return; // read anew meanwhile
                m_model->addReferences(index, *rows, known, rows->rowCount());
                state()->showContent();
            });
    return operation;
}

void AssociationsPage::read()
{
    for (const QPointer<EnumerateOperation> &more : std::exchange(m_more, {})) {
        if (more)
            more->cancel();
    }
    m_model->setObject(m_object);
    EnumerateOperation *operation = ask({}, m_object);
    connect(operation, &Operation::finished, this, [this](const Outcome &outcome) {
        m_model->setRead({});
        if (settle(outcome))
            m_tree->expandToDepth(m_model->rowCount() > 8 ? 0 : 1);
        if (!outcome.error && !hasContent())
            showEmpty(u"association",
                      tr("Nothing is associated with %1.").arg(objectTitle(m_object)));
    });
    run(operation, tr("Reading %1").arg(title()));
}

void AssociationsPage::askMore(const QPersistentModelIndex &index, const ResourceLocator &object)
{
    if (!session()) {
        m_model->setRead(index, tr("not connected"));
        return;
    }
    EnumerateOperation *operation = ask(index, object);
    connect(operation, &Operation::finished, this, [this, index](const Outcome &outcome) {
        if (index.isValid())
            m_model->setRead(index, outcome.error ? explain(outcome.error).sentence : QString());
        Q_EMIT statusChanged();
    });
    std::erase_if(m_more, [](const auto &more) { return !more; });
    m_more.emplace_back(operation);
    operation->start();
}

void AssociationsPage::stop()
{
    for (const QPointer<EnumerateOperation> &more : std::exchange(m_more, {})) {
        if (more)
            more->cancel();
    }
    HostPage::stop();
}

void AssociationsPage::openCurrent()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!current.isValid())
        return;
    if (m_model->kind(current) == AssociationTreeModel::Kind::Object)
        Q_EMIT openResource(m_model->locator(current));
    else
        m_tree->setExpanded(current, !m_tree->isExpanded(current));
}

void AssociationsPage::openHere()
{
    Q_EMIT openAssociations(m_model->locator(m_tree->currentIndex()));
}

void AssociationsPage::showMenu(const QPoint &at)
{
    QMenu menu(this);
    const QModelIndex current = m_tree->currentIndex();
    const bool onObject = current.isValid()
        && m_model->kind(current) == AssociationTreeModel::Kind::Object;
    if (onObject) {
        menu.setDefaultAction(menu.addAction(Icons::get(u"instance"), tr("Open details"), this,
                                             &AssociationsPage::openCurrent));
        menu.addAction(Icons::get(u"association"), tr("Associations from here"), this,
                       &AssociationsPage::openHere);
        menu.addSeparator();
        menu.addAction(Icons::get(u"copy"), tr("Copy"), this, &Page::copy);
    }
    const ResourceLocator object = onObject ? m_model->locator(current) : m_object;
    const auto copies = [&](const QString &text, const QString &content) {
        menu.addAction(text, this, [content] { QGuiApplication::clipboard()->setText(content); });
    };
    copies(tr("Copy as WQL"), u"ASSOCIATORS OF {%1}"_s.arg(objectPath(object)));
    copies(tr("Copy as association filter"), toFilter({.object = object}).text);
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

void AssociationsPage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void AssociationsPage::copy()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!current.isValid())
        return;
    const bool onObject = m_model->kind(current) == AssociationTreeModel::Kind::Object;
    QGuiApplication::clipboard()->setText(onObject ? objectPath(m_model->locator(current))
                                                   : current.siblingAtColumn(0).data().toString());
}

Details AssociationsPage::details() const
{
    const QModelIndex current = m_tree->currentIndex();
    Details details;
    if (!current.isValid())
        return details;
    const QModelIndex name = current.siblingAtColumn(AssociationTreeModel::NameColumn);
    details.icon = name.data(Qt::DecorationRole).value<QIcon>();
    details.title = name.data().toString();
    details.subtitle =
        current.siblingAtColumn(AssociationTreeModel::DetailColumn).data().toString();
    if (m_model->kind(current) != AssociationTreeModel::Kind::Object)
        return details;
    const ResourceLocator object = m_model->locator(current);
    details.subtitle = object.className();
    details.value = shortResource(object);
    Details::Section keys{.title = tr("Keys")};
    for (const Selector &selector : object.selectors) {
        keys.rows.push_back(
            {.name = selector.name,
             .value = selector.reference ? referenceText(*selector.reference) : selector.value,
             .monospace = true});
    }
    details.sections.push_back(std::move(keys));
    return details;
}

QString AssociationsPage::statusText() const
{
    int objects = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        objects += m_model->count(m_model->index(row, 0));
    return hasContent() ? tr("%n associated objects", nullptr, objects) : QString();
}
