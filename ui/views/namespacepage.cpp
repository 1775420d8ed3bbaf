#include "views/namespacepage.h"

#include "inventory/ciminventory.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/texttreemodel.h"
#include "text/sentences.h"
#include "views/pagedetails.h"
#include "views/pagefactory.h"
#include "views/treetools.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

NamespacePage::NamespacePage(HostConnection *host, const QString &cimNamespace, QWidget *parent)
    : HostPage(host, parent)
    , m_namespace(cimNamespace)
    , m_model(new TextTreeModel({tr("Class"), tr("Derived from")}, this))
    , m_list(new QTreeView(this))
    , m_filter(new FilterField(this))
    , m_count(new QLabel(this))
    , m_wait(new QTimer(this))
{
    addContentTools(createTools());
    setContent(createContent());
    m_wait->setSingleShot(true);
    m_wait->setInterval(250);
    connect(m_wait, &QTimer::timeout, this, &NamespacePage::readSchema);
}

QWidget *NamespacePage::createTools()
{
    auto *tools = new QWidget(this);
    auto *line = new QHBoxLayout(tools);
    m_filter->setObjectName(u"classFilter"_s);
    m_filter->setPlaceholderText(tr("Filter classes, for example: service win32"));
    line->addWidget(m_filter, 1);
    line->addWidget(m_count);
    Look::setMeaning(m_count, Meaning::Muted);
    TreeTools::prepareTools(tools);
    connect(m_filter, &FilterField::filterChanged, this, [this](const QString &words) {
        const QString current = currentClass();
        m_model->setFilter(words);
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (row == 0 || m_model->index(row, 0).data().toString() == current)
                m_list->setCurrentIndex(m_model->index(row, 0));
        }
        updateCount();
    });
    connect(m_filter, &FilterField::leave, m_list, qOverload<>(&QWidget::setFocus));
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        if (!m_filter->text().isEmpty())
            openInstances(); // the filter has been applied: the current one passes it
    });
    return tools;
}

QWidget *NamespacePage::createContent()
{
    Look::prepareList(m_list);
    m_list->setObjectName(u"classList"_s);
    m_list->setAccessibleName(tr("Classes"));
    m_list->setModel(m_model);
    m_list->header()->resizeSection(0, 360);
    TreeTools::onActivated(m_list, [this] { openInstances(); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &NamespacePage::selectionChanged);
    connect(m_list, &QTreeView::customContextMenuRequested, this, &NamespacePage::showMenu);
    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_list);
    splitter->addWidget(createSummary());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({500, 150});
    return splitter;
}

QWidget *NamespacePage::createSummary()
{
    auto *summary = new QWidget(this);
    const auto label = [summary](const QString &name) {
        auto *text = new QLabel(summary);
        text->setObjectName(name);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        return text;
    };
    m_name = label(u"className"_s);
    Look::setTitle(m_name);
    m_facts = label(u"classFacts"_s);
    Look::setMeaning(m_facts, Meaning::Muted);
    m_description = label(u"classDescription"_s);
    m_description->setAlignment(Qt::AlignTop);
    m_openInstances = new QPushButton(Icons::get(u"table"), tr("Show instances"), summary);
    m_openInstances->setObjectName(u"showInstances"_s);
    m_openSchema = new QPushButton(Icons::get(u"class"), tr("Show schema"), summary);
    m_openSchema->setObjectName(u"showSchema"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Look::Between);
    buttons->addWidget(m_openInstances);
    buttons->addWidget(m_openSchema);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(summary);
    layout->setContentsMargins(Look::Groups, Look::Between, Look::Groups, Look::Between);
    layout->setSpacing(Look::Inside);
    layout->addWidget(m_name);
    layout->addWidget(m_facts);
    layout->addWidget(m_description, 1);
    layout->addLayout(buttons);
    connect(m_openInstances, &QPushButton::clicked, this, &NamespacePage::openInstances);
    connect(m_openSchema, &QPushButton::clicked, this, &NamespacePage::openSchema);
    showSummary();
    return summary;
}

QIcon NamespacePage::icon() const
{
    return Icons::get(u"namespace");
}

QString NamespacePage::key() const
{
    return u"namespace "_s + m_namespace.toLower();
}

QString NamespacePage::address() const
{
    return shortResource(namespaceResource(m_namespace));
}

QStringList NamespacePage::breadcrumb() const
{
    return {host() ? host()->name() : QString(), tr("CIM"), m_namespace};
}

bool NamespacePage::hasContent() const
{
    return m_model->totalRows() > 0;
}

void NamespacePage::read()
{
    auto *operation = new ClassNamesOperation(session(), m_namespace);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (!operation->classes().empty())
            showClasses(*operation);
        const bool settled = settle(outcome);
        if (settled && operation->namedBy() == NamedBy::Catalogue)
            strip()->showNote(Meaning::Plain,
                              tr("This host cannot be asked for its classes. These are known of "
                                 "%1; any other can be typed into the address bar.")
                                  .arg(catalogueOf(*session()).title));
        if (settled && !hasContent())
            showEmpty(u"namespace", tr("There are no classes in %1.").arg(m_namespace));
    });
    run(operation, tr("Reading the classes of %1").arg(m_namespace));
}

void NamespacePage::showClasses(const ClassNamesOperation &operation)
{
    const QString current = currentClass();
    const QIcon classIcon = Icons::get(u"class", Meaning::Muted);
    std::vector<TextTreeModel::Row> rows;
    rows.reserve(operation.classes().size());
    const bool listed = operation.namedBy() == NamedBy::Catalogue;
    m_model->setHeaders({tr("Class"), listed ? tr("What it is") : tr("Derived from")});
    for (const ClassName &name : operation.classes()) {
        const QString meaning = catalogueText(name.meaning);
        rows.push_back({.cells = {name.name, listed ? meaning : name.superClass},
                        .icon = classIcon,
                        .tip = catalogueText(name.group),
                        .data = meaning});
    }
    // What the system keeps for itself is seldom what is looked for.
    std::ranges::stable_partition(
        rows, [](const TextTreeModel::Row &row) { return !row.cells.front().startsWith("__"_L1); });
    m_model->setRows(std::move(rows));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row, 0).data().toString() == current)
            m_list->setCurrentIndex(m_model->index(row, 0));
    }
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(0, 0));
    updateCount();
}

void NamespacePage::updateCount()
{
    const QLocale locale;
    const int all = m_model->totalRows();
    const int shown = m_model->visibleRows();
    m_count->setText(all == 0           ? QString()
                         : shown == all ? tr("%L1 classes").arg(all)
                                        : tr("%L1 of %L2 classes").arg(shown).arg(all));
    Q_EMIT statusChanged();
}

QString NamespacePage::currentClass() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? current.siblingAtColumn(0).data().toString() : QString();
}

QString NamespacePage::currentMeaning() const
{
    const QModelIndex current = m_list->currentIndex();
    return current.isValid() ? current.siblingAtColumn(0).data(TextTreeModel::DataRole).toString()
                             : QString();
}

void NamespacePage::selectionChanged()
{
    m_schema.reset();
    m_schemaDocument.reset();
    showSummary();
    m_wait->start();
    Q_EMIT detailsChanged();
}

void NamespacePage::readSchema()
{
    if (m_reading)
        m_reading->cancel();
    const QString name = currentClass();
    if (!session() || name.isEmpty() || !catalogueOf(*session()).metadata)
        return;
    m_reading = new SchemaOperation(session(), m_namespace, name);
    connect(m_reading, &Operation::finished, this,
            [this, name, reading = m_reading](const Outcome &outcome) {
                if (outcome.error || name != currentClass())
                    return;
                m_schema = reading->schema();
                m_schemaDocument = reading->document();
                showSummary();
                Q_EMIT detailsChanged();
            });
    m_reading->start();
}

void NamespacePage::showSummary()
{
    const QString name = currentClass();
    m_name->setText(name);
    m_openInstances->setEnabled(!name.isEmpty());
    m_openSchema->setEnabled(!name.isEmpty());
    if (!m_schema) {
        m_facts->clear();
        m_description->setText(currentMeaning());
        return;
    }
    QStringList facts;
    if (m_schema->isAssociation())
        facts << tr("association");
    if (m_schema->isAbstract())
        facts << tr("abstract");
    if (const QStringList keys = m_schema->keys(); !keys.isEmpty())
        facts << tr("key: %1").arg(keys.join(u", "_s));
    facts << tr("%n properties", nullptr, int(m_schema->properties.size()))
          << tr("%n methods", nullptr, int(m_schema->methods.size()));
    m_facts->setText(facts.join(u" \u00b7 "_s));
    m_description->setText(m_schema->description().left(600));
}

void NamespacePage::openInstances()
{
    if (const QString name = currentClass(); !name.isEmpty() && session())
        Q_EMIT openResource(classLocator(*session(), m_namespace, name));
}

void NamespacePage::openSchema()
{
    if (const QString name = currentClass(); !name.isEmpty())
        Q_EMIT openResource(schemaResource(m_namespace, name));
}

void NamespacePage::showMenu(const QPoint &at)
{
    if (currentClass().isEmpty())
        return;
    QMenu menu(this);
    menu.addAction(Icons::get(u"table"), tr("Show instances"), this, &NamespacePage::openInstances);
    menu.addAction(Icons::get(u"class"), tr("Show schema"), this, &NamespacePage::openSchema);
    menu.addSeparator();
    menu.addAction(Icons::get(u"copy"), tr("Copy name"), this, &Page::copy);
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

void NamespacePage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void NamespacePage::copy()
{
    if (const QString name = currentClass(); !name.isEmpty())
        QGuiApplication::clipboard()->setText(name);
}

Details NamespacePage::details() const
{
    if (m_schema)
        return classDetails(*m_schema, m_schemaDocument);
    Details details;
    details.title = currentClass();
    details.icon = Icons::get(u"class", Meaning::Muted);
    return details;
}

QString NamespacePage::statusText() const
{
    return m_count->text();
}

QByteArray NamespacePage::saveState() const
{
    return QJsonDocument(QJsonObject{{u"filter"_s, m_filter->text()}})
        .toJson(QJsonDocument::Compact);
}

void NamespacePage::restoreState(const QByteArray &saved)
{
    m_filter->setText(QJsonDocument::fromJson(saved).object().value(u"filter"_s).toString());
}
