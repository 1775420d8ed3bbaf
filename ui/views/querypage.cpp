#include "views/querypage.h"

#include "hosts/hostconnection.h"
#include "inventory/ciminventory.h"
#include "look/form.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/wqltext.h"
#include "prompts.h"
#include "protocol/namespaces.h"
#include "text/sentences.h"
#include "text/valuetext.h"
#include "views/instancespage.h"
#include "views/treetools.h"
#include "widgets/pagestate.h"
#include "widgets/queryeditor.h"
#include "widgets/textbutton.h"

#include <QActionGroup>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxResults = 10;
constexpr int menuText = 70; ///< characters of a query in a menu

struct Dialect
{
    QString name; ///< as the command line calls it
    QString title;
    std::string_view uri;
    QString example;
};

const std::vector<Dialect> &dialects()
{
    static const std::vector<Dialect> all{
        {u"wql"_s, QueryPage::tr("WQL"), uri::wql,
         u"SELECT Name, State FROM Win32_Service WHERE State = 'Stopped'"_s},
        {u"cql"_s, QueryPage::tr("CQL"), uri::cql, u"SELECT * FROM CIM_Processor"_s},
        {u"selector"_s, QueryPage::tr("Selector filter"), uri::selectorFilter,
         u"Win32_Service?State=Running+StartMode=Auto"_s},
    };
    return all;
}

const Dialect &dialectNamed(const QString &name)
{
    for (const Dialect &dialect : dialects()) {
        if (dialect.name == name)
            return dialect;
    }
    return dialects().front();
}

int nextNumber()
{
    static int last = 0;
    return ++last;
}

} // namespace

QueryPage::QueryPage(HostConnection *host, QueryStore &store, const QString &cimNamespace,
                     QWidget *parent)
    : Page(parent)
    , m_host(host)
    , m_store(store)
    , m_number(nextNumber())
    , m_namespace(new QComboBox(this))
    , m_dialect(new QComboBox(this))
    , m_editor(new QueryEditor(this))
    , m_parameters(new QWidget(this))
    , m_parameterForm(Form::make(m_parameters))
    , m_problem(new QLabel(this))
    , m_run(new QPushButton(Icons::get(u"run"), tr("Run"), this))
    , m_history(makeMenuButton(u"queryHistory"_s, tr("History"), u"activity"))
    , m_saved(makeMenuButton(u"savedQueries"_s, tr("Saved"), u"save"))
    , m_hints(makeMenuButton(u"queryHints"_s, tr("Hints"), u"settings"))
    , m_results(new QTabWidget(this))
    , m_state(new PageState(m_results, this))
{
    m_namespace->setEditable(true);
    m_namespace->setObjectName(u"queryNamespace"_s);
    m_namespace->setAccessibleName(tr("Namespace"));
    m_namespace->addItems({u"root/cimv2"_s, u"root/StandardCimv2"_s, u"root/default"_s});
    m_namespace->setEditText(cimNamespace.isEmpty() ? u"root/cimv2"_s : cimNamespace);
    m_namespace->setMinimumContentsLength(14);
    m_dialect->setObjectName(u"queryDialect"_s);
    m_dialect->setAccessibleName(tr("Query language"));
    for (const Dialect &dialect : dialects())
        m_dialect->addItem(dialect.title, dialect.name);
    m_results->setObjectName(u"queryResults"_s);
    m_results->setDocumentMode(true);
    m_results->setMovable(true);
    const auto showHint = [this] {
        m_state->showEmpty(
            u"query", tr("Results stand here, one tab for each run. Ctrl+Enter runs the query."));
    };
    showHint();
    connect(m_results, &QTabWidget::currentChanged, this, [this, showHint](int index) {
        if (index < 0)
            showHint();
        Q_EMIT statusChanged();
        Q_EMIT detailsChanged();
        Q_EMIT busyChanged();
    });

    auto *splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(makeHead());
    splitter->addWidget(m_state);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({180, 480});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);

    connect(m_editor, &QPlainTextEdit::textChanged, this, &QueryPage::queryChanged);
    connect(m_editor, &QueryEditor::runRequested, this, &QueryPage::run);
    connect(m_run, &QPushButton::clicked, this, &QueryPage::run);
    connect(m_dialect, &QComboBox::currentIndexChanged, this, [this] {
        m_editor->setPlaceholderText(dialectNamed(m_dialect->currentData().toString()).example);
        queryChanged();
    });
    connect(m_namespace, &QComboBox::currentTextChanged, this, [this] { m_wordsOf.clear(); });
    setFocusProxy(m_editor);
    queryChanged();
}

QToolButton *QueryPage::makeMenuButton(const QString &name, const QString &text, QStringView icon)
{
    QToolButton *button = textButton(this, name, icon, text);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(new QMenu(button));
    return button;
}

QWidget *QueryPage::makeHead()
{
    auto *head = new QWidget(this);
    auto *lines = new QVBoxLayout(head);
    auto *first = new QHBoxLayout;
    first->setSpacing(Look::Between);
    first->addWidget(m_dialect);
    first->addWidget(new QLabel(tr("on"), head));
    first->addWidget(m_namespace);
    first->addStretch(1);
    first->addWidget(m_history);
    first->addWidget(m_saved);
    first->addWidget(m_hints);
    m_run->setObjectName(u"runQuery"_s);
    m_run->setToolTip(tr("Run the query (Ctrl+Enter)"));
    first->addWidget(m_run);
    lines->addLayout(first);
    lines->addWidget(m_editor, 1);
    lines->addWidget(m_parameters);
    lines->addWidget(m_problem);
    m_problem->setObjectName(u"queryProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    Look::setMeaning(m_problem, Meaning::Error);
    m_problem->hide();
    m_parameters->setObjectName(u"queryParameters"_s);
    m_parameters->hide();
    TreeTools::prepareTools(head);
    connect(m_history->menu(), &QMenu::aboutToShow, this, &QueryPage::fillHistory);
    connect(m_saved->menu(), &QMenu::aboutToShow, this, &QueryPage::fillSaved);
    connect(m_hints->menu(), &QMenu::aboutToShow, this, &QueryPage::fillHints);
    return head;
}

// --- what the window asks ---

QString QueryPage::title() const
{
    return tr("Query %1").arg(m_number);
}

QIcon QueryPage::icon() const
{
    return Icons::get(u"query");
}

QString QueryPage::key() const
{
    return u"query %1"_s.arg(m_number);
}

QStringList QueryPage::breadcrumb() const
{
    return {m_host ? m_host->name() : QString(), m_namespace->currentText(), title()};
}

InstancesPage *QueryPage::result() const
{
    return qobject_cast<InstancesPage *>(m_results->currentWidget());
}

bool QueryPage::isBusy() const
{
    return result() && result()->isBusy();
}

void QueryPage::stop()
{
    if (result())
        result()->stop();
}

bool QueryPage::canExport() const
{
    return result() && result()->canExport();
}

void QueryPage::exportContent()
{
    if (result())
        result()->exportContent();
}

bool QueryPage::canFind() const
{
    return result();
}

void QueryPage::find()
{
    if (result())
        result()->find();
}

void QueryPage::copy()
{
    if (m_editor->hasFocus())
        m_editor->copy();
    else if (result())
        result()->copy();
}

Details QueryPage::details() const
{
    return result() ? result()->details() : Details();
}

QString QueryPage::statusText() const
{
    return result() ? result()->statusText() : QString();
}

// --- the query ---

QueryStore::Query QueryPage::query() const
{
    return {{},
            m_namespace->currentText().trimmed(),
            m_dialect->currentData().toString(),
            m_editor->query()};
}

void QueryPage::setQuery(const QueryStore::Query &query)
{
    m_dialect->setCurrentIndex(std::max(0, m_dialect->findData(query.dialect)));
    if (!query.cimNamespace.isEmpty())
        m_namespace->setEditText(query.cimNamespace);
    m_editor->setPlainText(query.text);
    m_editor->moveCursor(QTextCursor::End);
    m_editor->setFocus();
}

void QueryPage::queryChanged()
{
    m_run->setEnabled(!m_editor->query().isEmpty());
    say({});
    showParameters();
    readWords();
    readClassWords();
}

/// A field for each ${name}, with what stood in it before.
void QueryPage::showParameters()
{
    const QStringList names = WqlText::parameters(m_editor->query());
    QStringList there;
    for (const QLineEdit *field : m_parameters->findChildren<QLineEdit *>())
        there.append(field->objectName());
    if (there == names)
        return;
    QHash<QString, QString> values;
    for (const QLineEdit *field : m_parameters->findChildren<QLineEdit *>())
        values.insert(field->objectName(), field->text());
    while (m_parameterForm->rowCount() > 0)
        m_parameterForm->removeRow(0);
    for (const QString &name : names) {
        auto *field = new QLineEdit(values.value(name), m_parameters);
        field->setObjectName(name);
        connect(field, &QLineEdit::returnPressed, this, &QueryPage::run);
        m_parameterForm->addRow(name, field);
    }
    m_parameters->setVisible(!names.isEmpty());
}

Result<EnumerateParameters> QueryPage::question() const
{
    const Dialect &dialect = dialectNamed(m_dialect->currentData().toString());
    QStringList names, values;
    for (const QLineEdit *field : m_parameters->findChildren<QLineEdit *>()) {
        names.append(field->objectName());
        values.append(field->text());
    }
    const QString cimNamespace = m_namespace->currentText().trimmed().replace(u'\\', u'/');
    const QString text = WqlText::withParameters(m_editor->query(), names, values);
    EnumerateParameters question{.mode = m_mode, .polymorphism = m_polymorphism};
    if (m_batch > 0)
        question.maxElements = m_batch;
    question.filter.dialect = QString::fromLatin1(dialect.uri);
    if (dialect.uri == uri::selectorFilter) {
        const auto named = parseResource(text);
        if (!named)
            return named.error();
        question.filter.selectors = named->selectors;
        question.resource = text.contains(u'/') ? *named
                                                : wmiClass(cimNamespace, named->className());
        if (text.contains(u'/'))
            question.resource.selectors.clear();
        return question;
    }
    question.filter.text = text;
    question.resource = dialect.uri == uri::wql
        ? classLocator(*m_host->session(), cimNamespace, u"*"_s)
        : dmtfClass(cimNamespace, u"*"_s);
    return question;
}

void QueryPage::run()
{
    if (m_editor->query().isEmpty())
        return;
    if (!m_host || !m_host->session()) {
        say(tr("Not connected to the host: connect, then run the query."));
        return;
    }
    const auto asked = question();
    if (!asked) {
        say(explain(asked.error()).sentence);
        return;
    }
    say({});
    m_store.ran(query());
    addResult(*asked);
}

void QueryPage::addResult(const EnumerateParameters &question)
{
    if (m_results->count() >= maxResults)
        delete m_results->widget(0);
    auto *page = new InstancesPage(m_host, question, m_results);
    std::vector<InstancesPage *> failed;
    for (auto *old : m_results->findChildren<InstancesPage *>()) {
        if (old->hasNoSchema() && old->title() == page->title()
            && old->breadcrumb() == page->breadcrumb())
            page->expectNoSchema();
        if (old->hasFailed())
            failed.push_back(old);
    }
    const QString name = tr("%1: %2").arg(++m_runs).arg(page->title());
    const int index = m_results->addTab(page, name);
    m_results->setTabToolTip(index, oneLine(question.filter.text, 300));
    m_results->setCurrentIndex(index);
    m_state->showContent();
    for (InstancesPage *old : failed) // nothing stands there that the next run does not say
        delete old;
    auto *close = new QToolButton(m_results);
    close->setIcon(Icons::get(u"close"));
    close->setIconSize({Look::IconSize - 4, Look::IconSize - 4});
    close->setFocusPolicy(Qt::NoFocus);
    close->setAutoRaise(true);
    close->setToolTip(tr("Close the result"));
    close->setAccessibleName(tr("Close the result %1").arg(name));
    connect(close, &QToolButton::clicked, page, [this, page] {
        m_results->removeTab(m_results->indexOf(page));
        page->deleteLater();
    });
    m_results->tabBar()->setTabButton(m_results->indexOf(page), QTabBar::RightSide, close);
    connect(page, &Page::busyChanged, this, &Page::busyChanged);
    connect(page, &Page::statusChanged, this, &Page::statusChanged);
    connect(page, &Page::detailsChanged, this, &Page::detailsChanged);
    connect(page, &Page::openResource, this, &Page::openResource);
    connect(page, &Page::openAssociations, this, &Page::openAssociations);
    connect(page, &Page::showExchange, this, &Page::showExchange);
    connect(page, &Page::finishedWork, this, &Page::finishedWork);
}

void QueryPage::say(const QString &problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

// --- menus ---

void QueryPage::fillHistory()
{
    QMenu *menu = m_history->menu();
    menu->clear();
    for (const QueryStore::Query &query : m_store.history()) {
        QAction *action = menu->addAction(oneLine(query.text, menuText).replace(u'&', u"&&"_s),
                                          this, [this, query] { setQuery(query); });
        action->setToolTip(query.cimNamespace);
        if (menu->actions().size() == 25)
            break;
    }
    if (menu->isEmpty())
        menu->addAction(tr("Queries you run are listed here"))->setEnabled(false);
}

void QueryPage::fillSaved()
{
    QMenu *menu = m_saved->menu();
    menu->clear();
    QAction *save = menu->addAction(Icons::get(u"save"), tr("Save this query\u2026"), this,
                                    &QueryPage::saveQuery);
    save->setEnabled(!m_editor->query().isEmpty());
    if (m_store.saved().empty())
        return;
    menu->addSeparator();
    for (const QueryStore::Query &query : m_store.saved())
        menu->addAction(QString(query.name).replace(u'&', u"&&"_s), this,
                        [this, query] { setQuery(query); });
    menu->addSeparator();
    QMenu *forget = menu->addMenu(tr("Remove"));
    for (const QueryStore::Query &query : m_store.saved())
        forget->addAction(QString(query.name).replace(u'&', u"&&"_s), this,
                          [this, name = query.name] {
                              if (const Done removed = m_store.remove(name); !removed)
                                  say(explain(removed.error()).sentence);
                          });
}

void QueryPage::saveQuery()
{
    Prompts::current().askText(this, tr("Save query"), tr("Name"), oneLine(m_editor->query(), 40),
                               [self = QPointer(this)](const std::optional<QString> &name) {
                                   if (!self || !name || name->trimmed().isEmpty())
                                       return;
                                   QueryStore::Query query = self->query();
                                   query.name = name->trimmed();
                                   if (const Done saved = self->m_store.save(query); !saved)
                                       self->say(explain(saved.error()).sentence);
                               });
}

/// What may be said to the host beside the question, each with what it costs.
void QueryPage::fillHints()
{
    QMenu *menu = m_hints->menu();
    menu->clear();
    menu->setToolTipsVisible(true);
    const auto choice = [menu](const QString &title, auto &value, auto entries) {
        menu->addSection(title);
        auto *group = new QActionGroup(menu);
        for (const auto &[text, tip, entry] : entries) {
            QAction *action = menu->addAction(text);
            action->setToolTip(tip);
            action->setCheckable(true);
            action->setChecked(value == entry);
            group->addAction(action);
            QObject::connect(action, &QAction::triggered, action,
                             [&value, entry = entry] { value = entry; });
        }
    };
    using Mode = std::tuple<QString, QString, EnumerationMode>;
    choice(tr("Each row brings"), m_mode,
           std::vector{
               Mode{tr("the object"), tr("The least to send."), EnumerationMode::Object},
               Mode{tr("the object and its reference"),
                    tr("Rows can be opened also where no key is among the columns; answers grow "
                       "by a quarter or more."),
                    EnumerationMode::ObjectAndReference},
               Mode{tr("the reference alone"), tr("Keys only; small answers."),
                    EnumerationMode::Reference}});
    using Depth = std::tuple<QString, QString, PolymorphismMode>;
    choice(tr("Derived classes"), m_polymorphism,
           std::vector{Depth{tr("as the host does it"), tr("Nothing is said about them."),
                             PolymorphismMode::Unstated},
                       Depth{tr("with all their properties"), tr("Larger answers."),
                             PolymorphismMode::Deep},
                       Depth{tr("with the class's own properties"),
                             tr("Windows refuses this with a query."), PolymorphismMode::BaseOnly},
                       Depth{tr("left out"), tr("Windows refuses this with a query."),
                             PolymorphismMode::Shallow}});
    using Batch = std::tuple<QString, QString, std::uint32_t>;
    choice(
        tr("Rows a reply"), m_batch,
        std::vector{Batch{tr("as many as fit"), tr("The fewest round trips."), std::uint32_t(0)},
                    Batch{tr("100"), tr("First rows sooner from slow providers; more round trips."),
                          std::uint32_t(100)},
                    Batch{tr("10"), tr("Many round trips: for hosts that cannot send more."),
                          std::uint32_t(10)}});
}

// --- names to choose from ---

void QueryPage::readWords()
{
    const QString cimNamespace = m_namespace->currentText().trimmed();
    if (!m_host || !m_host->session() || m_classes || m_wordsOf == cimNamespace
        || m_editor->query().isEmpty())
        return;
    m_wordsOf = cimNamespace;
    m_classWords.clear();
    m_classes = new ClassNamesOperation(m_host->session(), cimNamespace);
    connect(m_classes, &ClassNamesOperation::classesReceived, this,
            [this](const std::vector<ClassName> &classes) {
                for (const ClassName &name : classes)
                    m_classWords.append(name.name);
            });
    connect(m_classes, &Operation::finished, this, &QueryPage::showWords);
    m_classes->start();
}

void QueryPage::readClassWords()
{
    const QString className = WqlText::className(m_editor->query());
    if (!m_host || !m_host->session() || m_schema || className.size() < 4 || className == m_schemaOf
        || !m_classWords.contains(className, Qt::CaseInsensitive))
        return;
    m_schemaOf = className;
    m_schema = new SchemaOperation(m_host->session(), m_namespace->currentText().trimmed(),
                                   className);
    connect(m_schema, &Operation::finished, this, [this, schema = m_schema] {
        m_propertyWords.clear();
        for (const CimProperty &property : schema->schema().properties)
            m_propertyWords.append(property.name);
        showWords();
    });
    m_schema->start();
}

void QueryPage::showWords()
{
    m_editor->setWords(m_classWords + m_propertyWords);
    if (m_schemaOf.isEmpty())
        readClassWords();
}
