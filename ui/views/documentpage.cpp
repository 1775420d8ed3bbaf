#include "views/documentpage.h"

#include "dialogs/exportdialog.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/documenttreemodel.h"
#include "models/rowtablemodel.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/rowtableview.h"
#include "views/rowtools.h"
#include "views/traceview.h"
#include "views/treetools.h"
#include "widgets/celldelegate.h"
#include "widgets/filterfield.h"
#include "widgets/pagestate.h"
#include "widgets/signlabel.h"
#include "widgets/xmlview.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QTabWidget>
#include <QThreadPool>

#include <utility>

using namespace Qt::StringLiterals;

DocumentPage::DocumentPage(const QString &file, QWidget *parent)
    : Page(parent)
    , m_file(file)
    , m_tree(new DocumentTreeModel(this))
    , m_rows(new RowTableModel(this))
    , m_treeView(new QTreeView(this))
    , m_table(new RowTableView(m_rows, this))
    , m_rowTools(new RowTools(m_rows, m_table, RowTools::Shape::Saved, this))
    , m_tabs(new QTabWidget(this))
    , m_filter(new FilterField(this))
    , m_source(new QLabel(this))
    , m_readOnly(new QLabel(this))
    , m_xml(new XmlView(this))
    , m_state(new PageState(createContent(), this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createTools());
    layout->addWidget(m_state, 1);
    setFocusProxy(m_state);
    connect(m_state, &PageState::tryAgain, this, &Page::refresh);
    refresh();
}

QWidget *DocumentPage::createTools()
{
    auto *tools = new QWidget(this);
    auto *column = new QVBoxLayout(tools);
    m_source->setObjectName(u"documentSource"_s);
    m_source->setTextFormat(Qt::PlainText);
    m_source->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_filter->setObjectName(u"documentFilter"_s);
    m_readOnly->setObjectName(u"documentReadOnly"_s);
    m_readOnly->setWordWrap(true);
    m_readOnly->setText(tr("A saved copy. Nothing is asked of a host here, so nothing can be "
                           "changed; connect to the host for that."));
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::Inside);
    line->addWidget(new SignLabel(Icons::get(u"eye"), Look::IconSize, tools), 0, Qt::AlignTop);
    line->addWidget(m_readOnly, 1);
    column->addWidget(m_source);
    column->addLayout(line);
    column->addWidget(m_filter);
    Look::setMeaning(m_readOnly, Meaning::Muted);
    TreeTools::prepareTools(tools);
    connect(m_filter, &FilterField::filterChanged, this, &DocumentPage::applyFilter);
    return tools;
}

QWidget *DocumentPage::createContent()
{
    Look::prepareTree(m_treeView);
    m_treeView->setObjectName(u"documentTree"_s);
    m_treeView->setModel(m_tree);
    m_treeView->setItemDelegate(new CellDelegate(m_treeView));
    m_treeView->setHeaderHidden(false);
    Look::prepareHeader(m_treeView->header());
    m_treeView->header()->resizeSection(DocumentTreeModel::NameColumn, 280);
    m_treeView->header()->resizeSection(DocumentTreeModel::ValueColumn, 360);
    m_tabs->setObjectName(u"documentTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(createTable(), tr("Rows"));
    m_tabs->addTab(m_treeView, tr("Tree"));
    m_tabs->addTab(m_xml, tr("XML"));
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        m_filter->setVisible(m_tabs->currentWidget() == m_treeView);
        Q_EMIT detailsChanged();
        Q_EMIT statusChanged();
    });
    connect(m_treeView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &Page::detailsChanged);
    connect(m_table, &RowTableView::currentMoved, this, &Page::detailsChanged);
    return m_tabs;
}

/// The rows with all that can be done with rows: filter, columns, marks, comparing, copying.
QWidget *DocumentPage::createTable()
{
    m_table->setObjectName(u"documentTable"_s);
    auto *rows = new QWidget(this);
    auto *layout = new QVBoxLayout(rows);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    TreeTools::prepareTools(m_rowTools);
    layout->addWidget(m_rowTools);
    layout->addWidget(m_table, 1);
    connect(m_rowTools, &RowTools::statusChanged, this, &Page::statusChanged);
    connect(m_rowTools, &RowTools::exportWanted, this, &Page::exportContent);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &DocumentPage::showRowMenu);
    return rows;
}

void DocumentPage::showRowMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"rowMenu"_s);
    if (const QModelIndex current = m_table->currentIndex(); current.isValid())
        m_rowTools->fillRowMenu(menu, current);
    menu->addAction(Icons::get(u"export"), tr("Export\u2026"), this, &Page::exportContent);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

/// A saved trace looks as the one of the running program does.
void DocumentPage::showExchanges()
{
    if (!m_exchanges)
        createExchanges();
    m_trace.clear();
    for (TraceEntry &entry : std::exchange(m_content.exchanges, {})) {
        entry.id = m_trace.nextId(); // whatever the file calls it
        m_trace.add(std::move(entry));
    }
    m_tabs->setCurrentWidget(m_exchanges);
}

void DocumentPage::createExchanges()
{
    m_trace.setLimits(100'000, qint64(512) << 20, qint64(64) << 20);
    m_exchanges = new QWidget(this);
    auto *view = new TraceView(m_trace, m_exchanges);
    view->setOrientation(Qt::Vertical);
    auto *layout = new QVBoxLayout(m_exchanges);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *tools = new QWidget(m_exchanges);
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(Look::Between, Look::Inside, Look::Between, Look::Inside);
    line->setSpacing(Look::Between);
    for (QWidget *tool : view->tools())
        line->addWidget(tool);
    line->addStretch(1);
    layout->addWidget(tools);
    layout->addWidget(view, 1);
    m_exchanges->setFocusProxy(view->tools().front()); // its filter
    connect(view, &TraceView::saved, this, &Page::finishedWork);
    m_tabs->insertTab(0, m_exchanges, tr("Exchanges"));
}

QString DocumentPage::title() const
{
    return QFileInfo(m_file).fileName();
}

QIcon DocumentPage::icon() const
{
    return Icons::get(m_content.rows ? u"table" : u"xml");
}

QString DocumentPage::key() const
{
    return u"file "_s + QFileInfo(m_file).absoluteFilePath();
}

QStringList DocumentPage::breadcrumb() const
{
    return {QFileInfo(m_file).absolutePath(), title()};
}

void DocumentPage::refresh()
{
    const quint64 generation = ++m_generation;
    m_busy = true;
    Q_EMIT busyChanged();
    if (!canExport())
        m_state->showLoading(tr("Reading %1").arg(title()));
    QPointer<DocumentPage> self(this);
    QThreadPool::globalInstance()->start([self, generation, file = m_file] {
        auto content = std::make_shared<FileContent>(readFile(file));
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, generation, content] {
                if (self && self->m_generation == generation)
                    self->loaded(std::move(*content));
            },
            Qt::QueuedConnection);
    });
}

void DocumentPage::loaded(FileContent content)
{
    m_busy = false;
    m_content = std::move(content);
    if (m_content.error)
        m_state->showFailure(m_content.error);
    else
        showContent();
    Q_EMIT busyChanged();
    Q_EMIT titleChanged();
    Q_EMIT statusChanged();
    Q_EMIT detailsChanged();
}

void DocumentPage::showContent()
{
    showOrigin();
    m_tree->setDocument(m_content.document, m_content.root, true);
    m_treeView->expandToDepth(0);
    m_rows->setRows(m_content.rows.value_or(RowSet()));
    m_xml->setNode(m_content.document, m_content.document ? m_content.document->root() : Node());
    const bool trace = m_content.kind == FileContent::Kind::Trace;
    const auto show = [this](QWidget *tab, bool visible) {
        m_tabs->setTabVisible(m_tabs->indexOf(tab), visible);
    };
    show(m_table->parentWidget(), m_content.rows.has_value());
    show(m_treeView, m_content.document != nullptr);
    show(m_xml, m_content.document != nullptr);
    m_tabs->setCurrentWidget(m_content.rows ? m_table->parentWidget() : m_treeView);
    m_filter->setVisible(m_tabs->currentWidget() == m_treeView);
    if (trace)
        showExchanges();
    if (m_exchanges)
        show(m_exchanges, trace); // the file may have become another one
    if (!m_filter->text().isEmpty())
        applyFilter(m_filter->text());
    m_state->showContent();
}

/// "Trace of web01, recorded 23 Nov 2026 14:05 to 14:09, 12 kB": what is known, the file's own time
/// where the content has none.
void DocumentPage::showOrigin()
{
    const auto kind = [this] {
        switch (m_content.kind) {
        case FileContent::Kind::Message:
            return tr("Saved message");
        case FileContent::Kind::Fault:
            return tr("Saved fault");
        case FileContent::Kind::Fragment:
            return tr("XML");
        case FileContent::Kind::Trace:
            return tr("Trace");
        default:
            return tr("Export");
        }
    };
    QStringList words{kind()};
    if (!m_content.hosts.isEmpty())
        words.append(tr("of %1", "hosts").arg(QLocale().createSeparatedList(m_content.hosts)));
    if (!m_content.from.isValid())
        words.append(tr("saved %1").arg(localDateText(m_content.modified)));
    else if (m_content.from == m_content.until)
        words.append(tr("recorded %1").arg(localDateText(m_content.from)));
    else
        words.append(tr("recorded %1 to %2")
                         .arg(localDateText(m_content.from), localDateText(m_content.until)));
    words.append(bytesText(m_content.bytes));
    m_source->setText(words.join(u" \u00b7 "_s));
    m_source->setToolTip(m_file);
}

bool DocumentPage::showsTable() const
{
    return m_content.rows && m_tabs->currentWidget() == m_table->parentWidget();
}

void DocumentPage::applyFilter(const QString &text)
{
    if (m_content.document && m_content.document->nodeCount() < 20'000)
        TreeTools::filter(m_treeView, text, [this](const QModelIndex &index) {
            return m_tree->name(index) + u'\n' + m_tree->value(index);
        });
}

void DocumentPage::exportContent()
{
    ExportSubject subject;
    subject.name = QFileInfo(m_file).completeBaseName();
    subject.source = title() + u", "_s + localDateText(m_content.modified);
    if (m_content.rows) {
        subject.rows = m_rows->rows();
        for (int row = 0; row < m_rows->rowCount(); ++row)
            subject.shown.push_back(m_rows->sourceRow(row));
        for (const int row : m_table->selectedRows())
            subject.selected.push_back(m_rows->sourceRow(row));
        subject.columns = m_table->visibleColumnNames();
    } else {
        subject.document = m_content.document;
        subject.whole = m_content.root;
        subject.wholeName = tr("All of %1").arg(title());
        const QModelIndex current = m_treeView->currentIndex();
        if (m_tree->isBranch(current)) {
            subject.branch = m_tree->node(current);
            subject.branchName = tr("This branch: %1").arg(m_tree->name(current));
        }
    }
    auto *dialog = new ExportDialog(std::move(subject), this);
    connect(dialog, &ExportDialog::exported, this, &Page::finishedWork);
    dialog->open();
}

void DocumentPage::find()
{
    if (showsTable())
        return m_rowTools->find();
    if (m_exchanges && m_tabs->currentWidget() == m_exchanges)
        return m_exchanges->setFocus(Qt::ShortcutFocusReason);
    m_tabs->setCurrentWidget(m_treeView); // the filter is the tree's
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void DocumentPage::copy()
{
    if (showsTable())
        m_table->copySelection(CopyFormat::Text);
    else if (m_tabs->currentWidget() == m_xml)
        m_xml->copy();
    else if (const QModelIndex current = m_treeView->currentIndex(); current.isValid())
        QGuiApplication::clipboard()->setText(m_tree->name(current) + u" = "_s
                                              + m_tree->value(current));
}

Details DocumentPage::details() const
{
    return showsTable() ? cellDetails(*m_rows, m_table->currentIndex())
                        : nodeDetails(*m_tree, m_treeView->currentIndex(), nullptr);
}

QString DocumentPage::statusText() const
{
    return m_content.rows ? m_rowTools->statusText() : QString();
}
