#include "views/configurationpage.h"

#include "dialogs/exportdialog.h"
#include "inventory/configcatalogue.h"
#include "inventory/configuration.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/celltext.h"
#include "models/configtreemodel.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/treetools.h"
#include "widgets/celldelegate.h"
#include "widgets/filterfield.h"
#include "widgets/pagestate.h"
#include "widgets/xmlview.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QSplitter>
#include <QToolButton>

using namespace Qt::StringLiterals;

ConfigurationPage::ConfigurationPage(HostConnection *host, QWidget *parent)
    : HostPage(host, parent)
    , m_model(new ConfigTreeModel(this))
    , m_tree(new QTreeView(this))
    , m_filter(new FilterField(this))
    , m_count(new QLabel(this))
    , m_xml(new XmlView(this))
{
    addContentTools(createTools());
    setContent(createContent());
}

QWidget *ConfigurationPage::createTools()
{
    auto *tools = new QWidget(this);
    auto *layout = new QHBoxLayout(tools);
    m_filter->setObjectName(u"configurationFilter"_s);
    m_filter->setPlaceholderText(tr("Filter settings by name, value or meaning"));
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_count);
    Look::setMeaning(m_count, Meaning::Muted);
    const auto addButton = [&](QStringView icon, const QString &tip, auto slot) {
        auto *button = new QToolButton(tools);
        button->setIcon(Icons::get(icon));
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setAutoRaise(true);
        connect(button, &QToolButton::clicked, m_tree, slot);
        layout->addWidget(button);
    };
    addButton(u"expand", tr("Open all branches"), &QTreeView::expandAll);
    addButton(u"collapse", tr("Close all branches"), &QTreeView::collapseAll);
    TreeTools::prepareTools(tools);
    connect(m_filter, &FilterField::filterChanged, this, &ConfigurationPage::applyFilter);
    connect(m_filter, &FilterField::leave, m_tree, qOverload<>(&QWidget::setFocus));
    return tools;
}

QWidget *ConfigurationPage::createContent()
{
    Look::prepareTree(m_tree);
    m_tree->setObjectName(u"configurationTree"_s);
    m_tree->setAccessibleName(tr("Configuration"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CellDelegate(m_tree));
    m_tree->setHeaderHidden(false);
    Look::prepareHeader(m_tree->header());
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(ConfigTreeModel::SettingColumn, 290);
    m_tree->header()->resizeSection(ConfigTreeModel::SettingValueColumn, 160);
    m_tree->header()->resizeSection(ConfigTreeModel::DefaultColumn, 150);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_xml->setObjectName(u"configurationXml"_s);
    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_tree);
    splitter->addWidget(m_xml);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({760, 300});
    splitter->setChildrenCollapsible(true);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &ConfigurationPage::selectionChanged);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &ConfigurationPage::showMenu);
    return splitter;
}

QIcon ConfigurationPage::icon() const
{
    return Icons::get(u"configuration");
}

QString ConfigurationPage::key() const
{
    return u"configuration"_s;
}

QString ConfigurationPage::address() const
{
    return u"winrm/config"_s;
}

QStringList ConfigurationPage::breadcrumb() const
{
    return {host() ? host()->name() : QString(), title()};
}

bool ConfigurationPage::hasContent() const
{
    return m_model->document() != nullptr;
}

void ConfigurationPage::read()
{
    auto *operation = new ConfigurationOperation(session());
    connect(operation, &ConfigurationOperation::partReceived, this,
            [this, operation] { showDocument(operation->configuration()); });
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        if (operation->configuration() && !outcome.error)
            showDocument(operation->configuration());
        finishedReading(outcome);
    });
    run(operation, tr("Reading the configuration"));
}

void ConfigurationPage::showPart(const QString &part)
{
    m_part = part;
    const QByteArray name = part.toUtf8();
    for (int row = 0; !part.isEmpty() && row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        if (m_model->node(index).localName() != std::string_view(name.constData(), name.size()))
            continue;
        m_tree->expand(index);
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index, QAbstractItemView::PositionAtTop);
        m_part.clear();
        return;
    }
}

void ConfigurationPage::showDocument(const DocumentPtr &document)
{
    if (!document)
        return;
    const bool first = !hasContent();
    const QStringList open = TreeTools::openBranches(m_tree);
    const QString current = TreeTools::currentPath(m_tree);
    m_model->setDocument(document);
    if (first)
        m_tree->expandToDepth(0);
    else
        TreeTools::restore(m_tree, open, current);
    if (!m_filter->text().isEmpty())
        applyFilter(m_filter->text());
    if (!m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->index(0, 0));
    showPart(m_part);
    selectionChanged();
    state()->showContent();
    Q_EMIT statusChanged();
}

void ConfigurationPage::finishedReading(const Outcome &outcome)
{
    // Parts that could not be read say so in their own rows.
    if (outcome.error || !hasContent())
        settle(outcome);
    else
        state()->showContent();
}

void ConfigurationPage::applyFilter(const QString &words)
{
    const int found = TreeTools::filter(m_tree, words, [this](const QModelIndex &index) {
        const ConfigSetting *setting = m_model->setting(index);
        return m_model->name(index) + u'\n' + m_model->label(index) + u'\n' + m_model->value(index)
            + (setting ? u'\n' + setting->title + u'\n' + setting->meaning : QString());
    });
    m_count->setText(words.trimmed().isEmpty() ? QString() : tr("%n found", nullptr, found));
}

void ConfigurationPage::selectionChanged()
{
    const QModelIndex current = m_tree->currentIndex();
    Node node = current.isValid() ? m_model->node(current) : m_model->rootNode();
    // A setting is seen best among its neighbours.
    if (current.isValid() && m_model->rowCount(current.siblingAtColumn(0)) == 0 && node.parent())
        node = m_model->isAttribute(current) ? node : node.parent();
    m_xml->setNode(m_model->document(), node);
    Q_EMIT detailsChanged();
}

Details ConfigurationPage::details() const
{
    return settingDetails(*m_model, m_tree->currentIndex());
}

void ConfigurationPage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ConfigurationPage::copy()
{
    const QModelIndex current = m_tree->currentIndex();
    if (!current.isValid())
        return;
    const QString name = m_model->label(current);
    const QString value = m_model->value(current);
    QGuiApplication::clipboard()->setText(value.isEmpty() ? name : name + u" = "_s + value);
}

void ConfigurationPage::showMenu(const QPoint &at)
{
    const QModelIndex current = m_tree->currentIndex();
    QMenu menu(this);
    if (current.isValid()) {
        menu.addAction(Icons::get(u"copy"), tr("Copy"), this, &Page::copy);
        menu.addAction(tr("Copy value"), this, [this, current] {
            QGuiApplication::clipboard()->setText(m_model->value(current));
        });
        menu.addAction(tr("Copy path"), this, [this, current] {
            QGuiApplication::clipboard()->setText(m_model->configurationPath(current));
        });
        menu.addSeparator();
    }
    menu.addAction(Icons::get(u"export"), tr("Export\u2026"), this, &Page::exportContent);
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

void ConfigurationPage::exportContent()
{
    ExportSubject subject;
    subject.name = tr("%1 configuration").arg(host() ? host()->name() : QString());
    subject.source = (host() ? host()->name() : QString()) + u", "_s
        + localDateText(QDateTime::currentDateTime());
    subject.document = m_model->document();
    subject.whole = m_model->rootNode();
    subject.wholeName = tr("The whole configuration, with listeners, plug-ins and mappings");
    QModelIndex branch = m_tree->currentIndex().siblingAtColumn(0);
    while (branch.isValid() && !m_model->isBranch(branch))
        branch = branch.parent();
    if (branch.isValid()) {
        subject.branch = m_model->node(branch);
        subject.branchName = tr("This branch: %1").arg(m_model->label(branch));
    }
    subject.types = [](Node node) {
        const ConfigSetting *setting = ConfigCatalogue::builtIn().setting(configPath(node));
        return setting ? setting->cimType() : CimType::Unknown;
    };
    auto *dialog = new ExportDialog(std::move(subject), this);
    connect(dialog, &ExportDialog::exported, this, &Page::finishedWork);
    dialog->open();
}

QString ConfigurationPage::statusText() const
{
    return {};
}

QByteArray ConfigurationPage::saveState() const
{
    return QJsonDocument(
               QJsonObject{
                   {u"open"_s, QJsonArray::fromStringList(TreeTools::openBranches(m_tree))},
                   {u"current"_s, TreeTools::currentPath(m_tree)},
               })
        .toJson(QJsonDocument::Compact);
}

void ConfigurationPage::restoreState(const QByteArray &saved)
{
    const QJsonObject object = QJsonDocument::fromJson(saved).object();
    QStringList open;
    for (const QJsonValue &path : object.value(u"open"_s).toArray())
        open << path.toString();
    TreeTools::restore(m_tree, open, object.value(u"current"_s).toString());
}
