#include "views/resourcepage.h"

#include "dialogs/exportdialog.h"
#include "inventory/ciminventory.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"
#include "models/documenttreemodel.h"
#include "models/shorttitle.h"
#include "protocol/endpointreference.h"
#include "session/getoperation.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/treetools.h"
#include "widgets/celldelegate.h"
#include "widgets/filterfield.h"
#include "widgets/pagestate.h"
#include "widgets/textbutton.h"
#include "widgets/xmlview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

using namespace Qt::StringLiterals;

ResourcePage::ResourcePage(HostConnection *host, const ResourceLocator &resource, QWidget *parent)
    : HostPage(host, parent)
    , m_resource(resource)
    , m_model(new DocumentTreeModel(this))
    , m_tree(new QTreeView(this))
    , m_filter(new FilterField(this))
    , m_xml(new XmlView(this))
{
    auto *tools = new QWidget(this);
    auto *line = new QHBoxLayout(tools);
    m_filter->setObjectName(u"resourceFilter"_s);
    line->addWidget(m_filter, 1);
    auto *associations = textButton(tools, u"associationsButton"_s, u"association",
                                    tr("Associations"), tr("What this object is associated with"));
    associations->setVisible(hasAssociations());
    line->addWidget(associations);
    connect(associations, &QToolButton::clicked, this,
            [this] { Q_EMIT openAssociations(m_resource); });
    TreeTools::prepareTools(tools);
    addContentTools(tools);
    Look::prepareTree(m_tree);
    m_tree->setObjectName(u"resourceTree"_s);
    m_tree->setAccessibleName(title());
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CellDelegate(m_tree));
    m_tree->setHeaderHidden(false);
    Look::prepareHeader(m_tree->header());
    m_tree->header()->resizeSection(DocumentTreeModel::NameColumn, 240);
    m_tree->header()->resizeSection(DocumentTreeModel::ValueColumn, 300);
    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_xml);
    splitter->setSizes({600, 320});
    connect(m_filter, &FilterField::filterChanged, this, [this](const QString &words) {
        TreeTools::filter(m_tree, words, [this](const QModelIndex &index) {
            return m_model->name(index) + u'\n' + m_model->value(index);
        });
    });
    connect(m_filter, &FilterField::leave, m_tree, qOverload<>(&QWidget::setFocus));
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ResourcePage::selectionChanged);
    TreeTools::onActivated(m_tree, [this] { followCurrent(); });
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &ResourcePage::showMenu);
    setContent(splitter);
}

QString ResourcePage::title() const
{
    return objectTitle(m_resource);
}

QIcon ResourcePage::icon() const
{
    return Icons::get(u"instance");
}

QString ResourcePage::key() const
{
    return u"get "_s + shortResource(m_resource);
}

QString ResourcePage::address() const
{
    return shortResource(m_resource);
}

QStringList ResourcePage::breadcrumb() const
{
    QStringList steps{host() ? host()->name() : QString()};
    if (!m_resource.cimNamespace().isEmpty())
        steps << tr("CIM") << m_resource.cimNamespace();
    return steps << title();
}

bool ResourcePage::hasContent() const
{
    return m_model->document() != nullptr;
}

bool ResourcePage::hasAssociations() const
{
    return !m_resource.cimNamespace().isEmpty() && !m_resource.selectors.empty();
}

void ResourcePage::read()
{
    auto *operation = new GetOperation(session(), m_resource);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (!outcome.error)
            showReply(*operation);
        settle(outcome);
    });
    run(operation, tr("Reading %1").arg(title()));
    if (!m_schema)
        readSchema();
}

void ResourcePage::readSchema()
{
    const QString cimNamespace = m_resource.cimNamespace();
    if (cimNamespace.isEmpty() || m_schemaReading)
        return;
    m_schemaReading = new SchemaOperation(session(), cimNamespace, m_resource.className());
    connect(m_schemaReading, &Operation::finished, this,
            [this, reading = m_schemaReading](const Outcome &outcome) {
                if (outcome.error)
                    return; // a host without class metadata: the values are shown all the same
                m_schema = reading->schema();
                Q_EMIT detailsChanged();
            });
    m_schemaReading->start();
}

void ResourcePage::showReply(const GetOperation &operation)
{
    const QStringList open = TreeTools::openBranches(m_tree);
    const QString current = TreeTools::currentPath(m_tree);
    const Message &reply = operation.reply();
    m_model->setDocument(reply.document, reply.content);
    TreeTools::restore(m_tree, open, current);
    if (!m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, 0));
    selectionChanged();
}

void ResourcePage::selectionChanged()
{
    const QModelIndex current = m_tree->currentIndex();
    const bool branch = m_model->isBranch(current);
    m_xml->setNode(m_model->document(), branch ? m_model->node(current) : m_model->rootNode());
    Q_EMIT detailsChanged();
}

void ResourcePage::followCurrent()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!current.isValid())
        return;
    const Node node = m_model->node(current);
    if (!m_model->isAttribute(current) && isEndpointReference(node))
        Q_EMIT openResource(readEndpointReference(node).resource);
}

void ResourcePage::showMenu(const QPoint &at)
{
    const QModelIndex current = m_tree->currentIndex();
    QMenu menu(this);
    if (current.isValid()) {
        const Node node = m_model->node(current);
        if (!m_model->isAttribute(current) && isEndpointReference(node))
            menu.addAction(Icons::get(u"reference"), tr("Open"), this,
                           &ResourcePage::followCurrent);
        menu.addAction(Icons::get(u"copy"), tr("Copy"), this, &Page::copy);
        menu.addAction(tr("Copy value"), this, [this, current] {
            QGuiApplication::clipboard()->setText(m_model->value(current));
        });
        menu.addSeparator();
    }
    if (hasAssociations())
        menu.addAction(Icons::get(u"association"), tr("Associations"), this,
                       [this] { Q_EMIT openAssociations(m_resource); });
    menu.addAction(Icons::get(u"export"), tr("Export\u2026"), this, &Page::exportContent);
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

Details ResourcePage::details() const
{
    return nodeDetails(*m_model, m_tree->currentIndex(), m_schema ? &*m_schema : nullptr);
}

void ResourcePage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ResourcePage::copy()
{
    const QModelIndex current = m_tree->currentIndex();
    if (current.isValid())
        QGuiApplication::clipboard()->setText(m_model->name(current) + u" = "_s
                                              + m_model->value(current));
}

void ResourcePage::exportContent()
{
    ExportSubject subject;
    subject.name = (host() ? host()->name() : QString()) + u' ' + title();
    subject.source = (host() ? host()->name() : QString()) + u", "_s
        + localDateText(QDateTime::currentDateTime());
    subject.document = m_model->document();
    subject.whole = m_model->rootNode();
    subject.wholeName = tr("All of %1").arg(title());
    const QModelIndex current = m_tree->currentIndex();
    if (m_model->isBranch(current)) {
        subject.branch = m_model->node(current);
        subject.branchName = tr("This branch: %1").arg(m_model->name(current));
    }
    subject.types = [schema = m_schema](Node node) {
        const CimProperty *property = schema ? schema->property(fromUtf8(node.localName()))
                                             : nullptr;
        return property ? property->type : CimType::Unknown;
    };
    auto *dialog = new ExportDialog(std::move(subject), this);
    connect(dialog, &ExportDialog::exported, this, &Page::finishedWork);
    dialog->open();
}

QString ResourcePage::statusText() const
{
    return hasContent() ? tr("%n values", nullptr, m_model->rowCount()) : QString();
}
