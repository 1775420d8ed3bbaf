#include "views/schemapage.h"

#include "dialogs/exportdialog.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"
#include "models/texttreemodel.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/pagefactory.h"
#include "views/treetools.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"
#include "widgets/xmlview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QTabWidget>

using namespace Qt::StringLiterals;

namespace {

using Row = TextTreeModel::Row;

/// The first sentence or so: what fits a column.
QString brief(const QString &text)
{
    return oneLine(text, 160);
}

Row qualifierRow(const CimQualifier &qualifier)
{
    return {{qualifier.name,
             typeText(qualifier.type, qualifier.array),
             {},
             oneLine(qualifier.values.join(u", "_s), 300)},
            Icons::get(u"qualifier", Meaning::Muted),
            qualifier.values.join(u'\n').left(2000),
            {},
            {},
            {}};
}

} // namespace

SchemaPage::SchemaPage(HostConnection *host, const QString &cimNamespace, const QString &className,
                       QWidget *parent)
    : HostPage(host, parent)
    , m_namespace(cimNamespace)
    , m_class(className)
    , m_properties(
          new TextTreeModel({tr("Property"), tr("Type"), tr("Marks"), tr("Description")}, this))
    , m_methods(new TextTreeModel({tr("Method"), tr("Type"), tr("Marks"), tr("Description")}, this))
    , m_qualifiers(new TextTreeModel({tr("Qualifier"), tr("Type"), tr("Marks"), tr("Value")}, this))
    , m_filter(new FilterField(this))
    , m_head(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_xml(new XmlView(this))
{
    addContentTools(createTools());
    setContent(createContent());
}

QWidget *SchemaPage::createTools()
{
    auto *tools = new QWidget(this);
    auto *line = new QHBoxLayout(tools);
    m_filter->setObjectName(u"schemaFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by name or description"));
    auto *instances = new QPushButton(Icons::get(u"table"), tr("Show instances"), tools);
    instances->setObjectName(u"showInstances"_s);
    line->addWidget(m_filter, 1);
    line->addWidget(instances);
    TreeTools::prepareTools(tools);
    connect(m_filter, &FilterField::filterChanged, this, [this](const QString &words) {
        for (TextTreeModel *model : {m_properties, m_methods, m_qualifiers})
            model->setFilter(words);
        showSchema();
    });
    connect(m_filter, &FilterField::leave, this, [this] {
        if (QTreeView *tree = currentTree())
            tree->setFocus();
    });
    connect(instances, &QPushButton::clicked, this, [this] {
        if (session())
            Q_EMIT openResource(classLocator(*session(), m_namespace, m_class));
    });
    return tools;
}

QTreeView *SchemaPage::createTree(TextTreeModel *model, const QString &objectName)
{
    auto *tree = new QTreeView(this);
    Look::prepareTree(tree);
    tree->setObjectName(objectName);
    tree->setAccessibleName(model->headerData(0, Qt::Horizontal).toString());
    tree->setModel(model);
    tree->setHeaderHidden(false);
    tree->setRootIsDecorated(model == m_methods);
    Look::prepareHeader(tree->header());
    tree->header()->resizeSection(0, 240);
    tree->header()->resizeSection(1, 110);
    tree->header()->resizeSection(2, 110);
    connect(tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &Page::detailsChanged);
    return tree;
}

QWidget *SchemaPage::createContent()
{
    auto *content = new QWidget(this);
    m_head->setObjectName(u"schemaHead"_s);
    m_head->setTextFormat(Qt::PlainText);
    m_head->setWordWrap(true);
    m_head->setContentsMargins(Look::Between, 0, Look::Between, Look::Between);
    m_head->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_tabs->setDocumentMode(true);
    m_tabs->setObjectName(u"schemaTabs"_s);
    m_tabs->addTab(createTree(m_properties, u"schemaProperties"_s), tr("Properties"));
    m_tabs->addTab(createTree(m_methods, u"schemaMethods"_s), tr("Methods"));
    m_tabs->addTab(createTree(m_qualifiers, u"schemaQualifiers"_s), tr("Qualifiers"));
    m_tabs->addTab(m_xml, tr("XML"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &Page::detailsChanged);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_tabs, 1);
    return content;
}

QString SchemaPage::title() const
{
    return tr("%1 schema").arg(m_class);
}

QIcon SchemaPage::icon() const
{
    return Icons::get(u"class");
}

QString SchemaPage::key() const
{
    return u"schema %1:%2"_s.arg(m_namespace, m_class).toLower();
}

QString SchemaPage::address() const
{
    return shortResource(schemaResource(m_namespace, m_class));
}

QStringList SchemaPage::breadcrumb() const
{
    return {host() ? host()->name() : QString(), tr("CIM"), m_namespace, title()};
}

QString SchemaPage::sourceText(SchemaOperation::Source source) const
{
    return source == SchemaOperation::Source::Catalogue
        ? tr("This host does not describe its classes. This is what is known of %1.")
              .arg(catalogueOf(*session()).title)
        : tr("This host does not describe its classes. This is what one instance shows: there may "
             "be more properties, and methods.");
}

void SchemaPage::read()
{
    auto *operation = new SchemaOperation(session(), m_namespace, m_class,
                                          SchemaOperation::Fallback::Instances);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (!outcome.error) {
            m_schema = operation->schema();
            m_document = operation->document();
            showSchema();
            Q_EMIT detailsChanged();
        }
        if (settle(outcome) && operation->source() != SchemaOperation::Source::Metadata)
            strip()->showNote(Meaning::Plain, sourceText(operation->source()));
    });
    run(operation, tr("Reading the schema of %1").arg(m_class));
}

namespace {

Row propertyRow(const CimProperty &property)
{
    QStringList marks;
    if (property.isKey())
        marks << SchemaPage::tr("key");
    if (property.isWritable())
        marks << SchemaPage::tr("writable");
    const QStringView icon = property.isKey() ? u"key" : u"property";
    return {{property.name, typeText(property.type, property.array), marks.join(u", "_s),
             brief(property.description())},
            Icons::get(icon, Meaning::Muted),
            property.description().left(2000),
            property.name,
            property.description(),
            {}};
}

Row methodRow(const CimMethod &method)
{
    Row row{{method.name, typeText(method.returnType, false),
             method.isStatic() ? SchemaPage::tr("static") : QString(), brief(method.description())},
            Icons::get(u"method", Meaning::Muted),
            method.description().left(2000),
            method.name,
            method.description(),
            {}};
    for (const CimProperty &parameter : method.parameters) {
        const bool out = parameter.qualifier(u"Out");
        const bool in = parameter.qualifier(u"In") || !out;
        row.rows.push_back({{parameter.name, typeText(parameter.type, parameter.array),
                             in && out ? SchemaPage::tr("in, out")
                                 : in  ? SchemaPage::tr("in")
                                       : SchemaPage::tr("out"),
                             brief(parameter.description())},
                            Icons::get(u"property", Meaning::Muted),
                            parameter.description().left(2000),
                            {},
                            parameter.description(),
                            {}});
    }
    return row;
}

} // namespace

void SchemaPage::showSchema()
{
    if (!m_schema)
        return;
    if (m_properties->totalRows() + m_methods->totalRows() + m_qualifiers->totalRows() == 0
        || m_filter->text().isEmpty()) {
        std::vector<Row> properties, methods, qualifiers;
        for (const CimProperty &property : m_schema->properties)
            properties.push_back(propertyRow(property));
        std::stable_partition(properties.begin(), properties.end(), [this](const Row &row) {
            const CimProperty *property = m_schema->property(row.cells.first());
            return property && property->isKey();
        });
        for (const CimMethod &method : m_schema->methods)
            methods.push_back(methodRow(method));
        for (const CimQualifier &qualifier : m_schema->qualifiers)
            qualifiers.push_back(qualifierRow(qualifier));
        m_properties->setRows(std::move(properties));
        m_methods->setRows(std::move(methods));
        m_qualifiers->setRows(std::move(qualifiers));
        if (m_document)
            m_xml->setNode(m_document, m_document->root().descendant("CLASS"));
    }
    const auto count = [](const QString &text, const TextTreeModel *model) {
        return text + u" ("_s + QString::number(model->visibleRows()) + u')';
    };
    m_tabs->setTabText(0, count(tr("Properties"), m_properties));
    m_tabs->setTabText(1, count(tr("Methods"), m_methods));
    m_tabs->setTabText(2, count(tr("Qualifiers"), m_qualifiers));
    QString head = m_schema->description();
    if (!m_schema->derivation.isEmpty())
        head = tr("Derived from %1").arg(m_schema->derivation.join(u" \u2190 "_s))
            + (head.isEmpty() ? QString() : u'\n' + head);
    m_head->setText(head.left(800));
    m_head->setVisible(!head.isEmpty());
    Q_EMIT statusChanged();
}

QTreeView *SchemaPage::currentTree() const
{
    return qobject_cast<QTreeView *>(m_tabs->currentWidget());
}

Details SchemaPage::details() const
{
    if (!m_schema)
        return {};
    const QTreeView *tree = currentTree();
    QModelIndex current = tree ? tree->currentIndex() : QModelIndex();
    if (!current.isValid())
        return classDetails(*m_schema, m_document);
    while (current.parent().isValid())
        current = current.parent();
    const QString name = current.data(TextTreeModel::DataRole).toString();
    if (tree->model() == m_properties) {
        if (const CimProperty *property = m_schema->property(name))
            return propertyDetails(*property);
    }
    for (const CimMethod &method : m_schema->methods) {
        if (tree->model() == m_methods && method.name == name)
            return methodDetails(method);
    }
    return classDetails(*m_schema, m_document);
}

void SchemaPage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void SchemaPage::copy()
{
    const QTreeView *tree = currentTree();
    if (tree && tree->currentIndex().isValid())
        QGuiApplication::clipboard()->setText(
            tree->currentIndex().siblingAtColumn(0).data().toString());
}

void SchemaPage::exportContent()
{
    ExportSubject subject;
    subject.name = title();
    subject.source = (host() ? host()->name() : QString()) + u", "_s
        + localDateText(QDateTime::currentDateTime());
    subject.document = m_document;
    subject.whole = m_document->root().descendant("CLASS");
    if (!subject.whole)
        subject.whole = m_document->root();
    subject.wholeName = tr("The schema of %1").arg(m_class);
    auto *dialog = new ExportDialog(std::move(subject), this);
    connect(dialog, &ExportDialog::exported, this, &Page::finishedWork);
    dialog->open();
}

QString SchemaPage::statusText() const
{
    return m_schema ? tr("%n properties", nullptr, int(m_schema->properties.size())) : QString();
}
