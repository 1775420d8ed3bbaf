#include "views/registrypage.h"

#include "look/icons.h"
#include "models/registrytreemodel.h"
#include "models/registryvaluemodel.h"
#include "session/invokeoperation.h"
#include "text/sentences.h"
#include "views/treetools.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

constexpr int atOnce = 4;                   ///< calls for the data of values
constexpr std::size_t mostValues = 2000;    ///< of one key
constexpr qsizetype longestPath = 16 * 255; ///< names of keys have 255 characters at most
constexpr QLatin1StringView scheme("registry:");

} // namespace

RegistryPage::RegistryPage(HostConnection *host, const QString &path, QWidget *parent)
    : HostPage(host, parent)
    , m_keys(new RegistryTreeModel(this))
    , m_values(new RegistryValueModel(this))
    , m_tree(new QTreeView(this))
    , m_table(new QTreeView(this))
    , m_path(new QLabel(this))
    , m_valueState(new PageState(m_table, this))
{
    setObjectName(u"registryPage"_s);
    auto *tools = new QWidget(this);
    auto *line = new QHBoxLayout(tools);
    m_path->setObjectName(u"registryPath"_s);
    m_path->setTextFormat(Qt::PlainText);
    m_path->setFont(Look::monospace());
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    line->addWidget(m_path, 1);
    TreeTools::prepareTools(tools);
    addTools(tools);

    m_tree->setObjectName(u"registryTree"_s);
    m_tree->setAccessibleName(tr("Keys"));
    m_tree->setModel(m_keys);
    Look::prepareTree(m_tree);
    m_tree->setHeaderHidden(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setObjectName(u"registryValues"_s);
    m_table->setAccessibleName(tr("Values"));
    m_table->setModel(m_values);
    Look::prepareList(m_table);
    m_table->setHeaderHidden(false);
    m_table->header()->resizeSection(RegistryValueModel::NameColumn, 140);
    m_table->header()->resizeSection(RegistryValueModel::TypeColumn, 110);
    auto *split = new QSplitter(this);
    split->addWidget(m_tree);
    split->addWidget(m_valueState);
    split->setStretchFactor(1, 1);
    split->setSizes({240, 600});
    split->setChildrenCollapsible(false);
    connect(m_keys, &RegistryTreeModel::keysWanted, this,
            [this](const QModelIndex &index) { readKeys(index); });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        readValues();
        Q_EMIT titleChanged();
        Q_EMIT detailsChanged();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &Page::detailsChanged);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &RegistryPage::showMenu);
    connect(m_valueState, &PageState::tryAgain, this, &RegistryPage::readValues);
    connect(m_valueState, &PageState::acted, this, &RegistryPage::readValues);
    connect(m_valueState, &PageState::showExchange, this, &Page::showExchange);
    m_target = path.split(u'\\', Qt::SkipEmptyParts);
    m_key = scheme + m_target.join(u'\\').toLower();
    setContent(split);
}

QString RegistryPage::pathOf(const QString &address)
{
    if (!address.startsWith(scheme, Qt::CaseInsensitive))
        return {};
    const QString path = address.mid(scheme.size()).trimmed().left(longestPath);
    return path.isEmpty() ? u"HKLM"_s : path;
}

QString RegistryPage::title() const
{
    return tr("Registry");
}

QIcon RegistryPage::icon() const
{
    return Icons::get(u"tree");
}

QString RegistryPage::presentPath() const
{
    return m_keys->path(m_tree->currentIndex());
}

QString RegistryPage::address() const
{
    return scheme + (presentPath().isEmpty() ? m_target.join(u'\\') : presentPath());
}

QStringList RegistryPage::breadcrumb() const
{
    return QStringList{host() ? host()->name() : QString(), title()}
    + presentPath().split(u'\\', Qt::SkipEmptyParts);
}

void RegistryPage::showPath(const QString &path)
{
    m_target = path.split(u'\\', Qt::SkipEmptyParts);
    m_tree->setCurrentIndex({});
    goOn();
}

// --- reading ---

void RegistryPage::read()
{
    m_wasRead = true;
    state()->showContent();
    if (const QModelIndex current = m_tree->currentIndex(); current.isValid()) {
        m_keys->forget(current);
        m_tree->collapse(current);
        readValues();
        return;
    }
    if (m_target.isEmpty())
        m_target = {u"HKLM"_s};
    goOn();
}

/// Opens the next branch on the way, as soon as its keys are there.
void RegistryPage::goOn()
{
    while (!m_target.isEmpty()) {
        const QModelIndex current = m_tree->currentIndex();
        QModelIndex next;
        if (!current.isValid()) {
            const auto hive = registryHiveNamed(m_target.first());
            next = m_keys->hiveIndex(hive.value_or(RegistryHive::LocalMachine));
        } else if (!m_keys->isRead(current)) {
            m_tree->expand(current); // comes back when its keys are here
            return;
        } else {
            next = m_keys->child(current, m_target.first());
            m_tree->expand(current);
        }
        if (!next.isValid()) {
            strip()->showNote(
                Meaning::Warning,
                tr("There is no key %1 here, or it may not be read.").arg(m_target.first()));
            m_target.clear();
            return;
        }
        m_target.removeFirst();
        m_tree->setCurrentIndex(next);
        if (m_target.isEmpty())
            m_tree->expand(next);
    }
    m_tree->scrollTo(m_tree->currentIndex());
}

void RegistryPage::call(const InvokeParameters &question,
                        const std::function<void(const Outcome &, const InvokeReply &)> &answer)
{
    auto *operation = new InvokeOperation(session(), question);
    ++m_running;
    connect(operation, &Operation::finished, this,
            [answer, operation](const Outcome &outcome) { answer(outcome, operation->reply()); });
    connect(operation, &QObject::destroyed, this, [this] {
        --m_running;
        Q_EMIT busyChanged();
    });
    std::erase_if(m_calls, [](const auto &old) { return !old; });
    m_calls.emplace_back(operation);
    operation->start();
    Q_EMIT busyChanged();
}

namespace {

/// What a method of StdRegProv said, where that is not "done". Source: Win32 codes.
QString refusal(const InvokeReply &reply)
{
    const std::int64_t code = reply.returnValue.value_or(0);
    switch (code) {
    case 0:
        return {};
    case 2:
        return RegistryPage::tr("This key is not there any more. Read the key above it again to "
                                "see what is.");
    case 5:
        return RegistryPage::tr("The signed-in account may not read this. The key\u2019s own "
                                "permissions say who may; administrators of the host mostly do.");
    default:
        return RegistryPage::tr("The host did not read this (code %1).").arg(code);
    }
}

} // namespace

void RegistryPage::readKeys(const QPersistentModelIndex &index)
{
    if (!session()) {
        m_keys->setFailed(index, tr("The host is not connected."));
        return;
    }
    call(registryKeys(m_keys->hive(index), m_keys->subKey(index)),
         [this, index](const Outcome &outcome, const InvokeReply &reply) {
             if (!index.isValid())
                 return;
             const QString problem = outcome.error ? explain(outcome.error).sentence
                                                   : refusal(reply);
             if (problem.isEmpty())
                 m_keys->setKeys(index, readRegistryKeys(reply));
             else
                 m_keys->setFailed(index, problem);
             setReadAt();
             if (!m_target.isEmpty())
                 goOn();
         });
}

void RegistryPage::readValues()
{
    const quint64 generation = ++m_generation;
    const QModelIndex current = m_tree->currentIndex();
    m_path->setText(presentPath());
    m_values->setValues({});
    m_unread.clear();
    if (!current.isValid())
        return;
    if (!session()) {
        m_valueState->showEmpty(u"host",
                                tr("The host is not connected: the values of this key were "
                                   "not read."));
        return;
    }
    m_valueState->showLoading(tr("Reading the values of %1").arg(current.data().toString()));
    call(registryValues(m_keys->hive(current), m_keys->subKey(current)),
         [this, generation](const Outcome &outcome, const InvokeReply &reply) {
             if (generation != m_generation)
                 return;
             if (outcome.error.kind == Error::Kind::Cancelled) {
                 m_valueState->showStopped(
                     tr("Reading the values was stopped before they arrived."));
                 return;
             }
             if (outcome.error) {
                 m_valueState->showFailure(outcome.error);
                 return;
             }
             if (const QString problem = refusal(reply); !problem.isEmpty()) {
                 m_valueState->showEmpty(u"info", problem, tr("Try again"));
                 return;
             }
             m_unread = readRegistryValues(reply);
             const std::size_t all = m_unread.size();
             if (all > mostValues) {
                 m_unread.resize(mostValues);
                 strip()->showNote(Meaning::Warning,
                                   tr("Only the first %L1 of the %L2 values of this key are shown.")
                                       .arg(mostValues)
                                       .arg(all));
             }
             m_values->setValues(m_unread);
             if (m_unread.empty())
                 m_valueState->showEmpty(u"empty", tr("This key has no values."));
             else
                 m_valueState->showContent();
             for (int i = 0; i < atOnce; ++i)
                 readNext();
             Q_EMIT statusChanged();
         });
}

void RegistryPage::readNext()
{
    const QModelIndex current = m_tree->currentIndex();
    if (m_unread.empty() || !current.isValid() || !session())
        return;
    const RegistryValueName value = m_unread.front();
    m_unread.erase(m_unread.begin());
    call(
        registryValue(m_keys->hive(current), m_keys->subKey(current), value),
        [this, value, generation = m_generation](const Outcome &outcome, const InvokeReply &reply) {
            if (generation != m_generation)
                return;
            const QString problem = outcome.error ? explain(outcome.error).sentence
                                                  : refusal(reply);
            if (problem.isEmpty())
                m_values->setData(value.name, readRegistryValue(reply));
            else
                m_values->setFailed(value.name, problem);
            readNext();
        });
}

void RegistryPage::stop()
{
    m_unread.clear();
    m_target.clear();
    for (const QPointer<InvokeOperation> &running : std::exchange(m_calls, {})) {
        if (running)
            running->cancel();
    }
}

// --- what one does with a key or value ---

void RegistryPage::showMenu(const QPoint &at)
{
    const QPersistentModelIndex index(m_tree->indexAt(at));
    if (!index.isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(Icons::get(u"refresh"), tr("Read again"), this, [this, index] {
        m_tree->setCurrentIndex(index);
        refresh();
    });
    menu->addAction(Icons::get(u"copy"), tr("Copy path"), this,
                    [this, index] { QGuiApplication::clipboard()->setText(m_keys->path(index)); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void RegistryPage::copy()
{
    const QModelIndex value = m_table->currentIndex();
    QGuiApplication::clipboard()->setText(
        value.isValid() && m_table->hasFocus() ? m_values->fullText(value.row()) : presentPath());
}

Details RegistryPage::details() const
{
    const QModelIndex value = m_table->currentIndex();
    Details details;
    if (!value.isValid())
        return details;
    details.icon = value.siblingAtColumn(0).data(Qt::DecorationRole).value<QIcon>();
    details.title = value.siblingAtColumn(0).data().toString();
    details.subtitle = RegistryValueModel::typeName(m_values->value(value.row()).type);
    details.value = m_values->fullText(value.row());
    details.sections.push_back(
        {.title = {}, .rows = {{.name = tr("Key"), .value = presentPath(), .monospace = true}}});
    return details;
}

QString RegistryPage::statusText() const
{
    const int values = m_values->rowCount();
    return values > 0 ? tr("%n values", nullptr, values) : QString();
}
