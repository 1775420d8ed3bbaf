#include "find/searchpage.h"

#include "find/classhitmodel.h"
#include "inventory/classmetadataoperation.h"
#include "look/focus.h"
#include "look/icons.h"
#include "look/look.h"
#include "text/valuetext.h"
#include "views/pagefactory.h"
#include "views/treetools.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// "root/cimv2, root/default and 7 more"
QString listed(const QStringList &names)
{
    constexpr qsizetype most = 3;
    if (names.size() <= most + 1)
        return names.join(u", "_s);
    return SearchPage::tr("%1 and %n more", "namespaces", int(names.size() - most))
        .arg(names.first(most).join(u", "_s));
}

} // namespace

SearchPage::SearchPage(HostConnection *host, HostClasses &classes, QWidget *parent)
    : HostPage(host, parent)
    , m_classes(classes)
    , m_model(new ClassHitModel(this))
    , m_list(new QTreeView(this))
    , m_words(new FilterField(this))
    , m_count(new QLabel(this))
    , m_scope(new QLabel(this))
    , m_unread(new NoteStrip(this))
    , m_again(new QTimer(this))
{
    addTools(createTools());
    addTools(m_unread);
    setContent(createContent());
    m_unread->setObjectName(u"unreadStrip"_s);
    m_again->setSingleShot(true);
    m_again->setInterval(300);
    connect(m_again, &QTimer::timeout, this, &SearchPage::search);
    connect(&m_classes, &HostClasses::changed, this, [this] {
        if (!m_again->isActive())
            m_again->start();
    });
    connect(this, &Page::busyChanged, this, &SearchPage::showResult);
    connect(&m_classes, &QObject::destroyed, m_again, &QTimer::stop);
    connect(host, &HostConnection::stateChanged, this, &SearchPage::showScope);
    m_classes.load();
    search();
}

QWidget *SearchPage::createTools()
{
    auto *tools = new QWidget(this);
    auto *line = new QHBoxLayout(tools);
    m_words->setObjectName(u"searchWords"_s);
    m_words->setAccessibleName(tr("Search"));
    m_words->setPlaceholderText(tr("Search classes, properties, methods and descriptions"));
    m_words->setToolTip(tr("Enter shows the instances of the class, Shift+Enter its schema"));
    m_words->installEventFilter(this);
    m_count->setObjectName(u"searchCount"_s);
    Look::setMeaning(m_count, Meaning::Muted);
    line->addWidget(m_words, 1);
    line->addWidget(m_count);
    TreeTools::prepareTools(tools);
    connect(m_words, &FilterField::filterChanged, this, &SearchPage::search);
    connect(m_words, &FilterField::leave, m_list, qOverload<>(&QWidget::setFocus));
    return tools;
}

QWidget *SearchPage::createContent()
{
    Look::prepareList(m_list);
    m_list->setObjectName(u"searchResults"_s);
    m_list->setAccessibleName(tr("Found"));
    m_list->setModel(m_model);
    m_list->installEventFilter(this);
    QHeaderView *header = m_list->header();
    header->resizeSection(ClassHitModel::NameColumn, 180);
    header->resizeSection(ClassHitModel::ClassColumn, 170);
    header->resizeSection(ClassHitModel::NamespaceColumn, 100);
    TreeTools::onActivated(m_list, [this] { openInstances(); });
    connect(m_list, &QTreeView::customContextMenuRequested, this, &SearchPage::showMenu);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &Page::detailsChanged);
    m_scope->setObjectName(u"searchScope"_s);
    m_scope->setTextFormat(Qt::PlainText);
    m_scope->setWordWrap(true);
    m_scope->setContentsMargins(Look::Between, Look::Inside, Look::Between, Look::Inside);
    Look::setMeaning(m_scope, Meaning::Muted);
    auto *content = new QWidget(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_scope);
    return content;
}

QString SearchPage::title() const
{
    return tr("Search %1").arg(host() ? host()->name() : QString());
}

QIcon SearchPage::icon() const
{
    return Icons::get(u"find");
}

QStringList SearchPage::breadcrumb() const
{
    return {host() ? host()->name() : QString(), tr("Search")};
}

void SearchPage::setWords(const QString &words)
{
    m_words->setText(words);
    search();
}

bool SearchPage::hasContent() const
{
    return m_classes.knowsNamespaces() || !m_classes.index().isEmpty();
}

// --- reading ---

void SearchPage::read()
{
    auto *operation = new NamespaceTreeOperation(session());
    connect(operation, &Operation::finished, this, [this](const Outcome &outcome) {
        const QStringList next = std::exchange(m_next, {});
        // Who may not list the namespaces may still read the usual one.
        if (outcome.error.kind == Error::Kind::Fault && session() && session()->isWindows())
            m_classes.noteUsualNamespace();
        if (!settle(outcome))
            return;
        showResult();
        if (!next.isEmpty())
            readClasses(next);
    });
    run(operation, tr("Looking for the namespaces of %1").arg(host()->name()));
}

void SearchPage::refresh()
{
    m_next = m_classes.read();
    HostPage::refresh();
}

void SearchPage::readClasses(const QStringList &namespaces)
{
    if (Focus::isIn(m_unread) || Focus::isIn(state()))
        m_words->setFocus(); // the button that was pressed goes
    if (!session()) {
        host()->connectToHost();
        return;
    }
    auto *operation = new ClassMetadataOperation(session(), namespaces);
    connect(operation, &Operation::finished, this, [this](const Outcome &outcome) {
        if (settle(outcome))
            search();
    });
    run(operation, tr("Reading the classes of %1").arg(listed(namespaces)));
}

void SearchPage::stateActed()
{
    if (!m_offered.isEmpty())
        readClasses(m_offered);
}

// --- showing ---

void SearchPage::search()
{
    const ClassHit *const selected = current();
    const std::optional<ClassHit> before = selected ? std::optional(*selected) : std::nullopt;
    const bool sameWords = m_list->property("words").toString() == m_words->text();
    m_list->setProperty("words", m_words->text());
    m_model->setHits(m_classes.index().search(m_words->text()), m_words->text());
    const int row = before && sameWords ? std::max(m_model->rowOf(*before), 0) : 0;
    m_list->setCurrentIndex(m_model->index(row, 0));
    showResult();
}

void SearchPage::showResult()
{
    if (!host())
        return; // it is going, and the tab with it
    const ClassHits &hits = m_model->hits();
    const int shown = int(hits.hits.size());
    m_count->setText(shown == 0 ? QString()
                         : hits.total > hits.hits.size()
                         ? tr("the best %L1 of %L2").arg(shown).arg(hits.total)
                         : tr("%n found", nullptr, shown));
    showScope();
    if (shown > 0)
        state()->showContent();
    else if (hasContent() && (!isBusy() || !m_classes.index().isEmpty()))
        showNothing();
    Q_EMIT statusChanged();
    Q_EMIT detailsChanged();
}

/// What there is to find, and what one can do to find more.
void SearchPage::showNothing()
{
    const QStringList unread = m_classes.unread();
    m_offered = isBusy() ? QStringList() : unread;
    if (m_classes.index().isEmpty() && !unread.isEmpty()) {
        m_offered = isBusy() ? QStringList() : QStringList{unread.first()};
        showEmpty(u"find",
                  tr("Nothing is known of the classes of %1 yet. Their names and descriptions are "
                     "read once and kept on this computer; values are not.")
                      .arg(host()->name()),
                  m_offered.isEmpty() ? QString() : tr("Read %1").arg(unread.first()));
    } else if (m_words->text().trimmed().size() < 2) {
        m_offered.clear();
        showEmpty(u"find",
                  tr("Type what you are looking for: \"serial\", \"free space\", \"stop service\". "
                     "Every word has to stand in the name or the description of a class, a "
                     "property or a method.")
                      + u"\n\n"_s + scopeText());
    } else {
        showEmpty(u"find",
                  tr("Nothing that is known of %1 has all of these words.").arg(host()->name()),
                  m_offered.isEmpty() ? QString()
                                      : tr("Read what was not read yet (%n namespaces)", nullptr,
                                           int(unread.size())));
    }
}

QString SearchPage::scopeText()
{
    QStringList names;
    std::size_t classes = 0;
    QDateTime oldest;
    for (const ClassIndex::Space &space : m_classes.index().spaces()) {
        classes += space.classes;
        if (space.extent != ClassIndex::Extent::Whole)
            continue;
        names << (space.name.isEmpty() ? tr("known classes") : space.name);
        if (oldest.isNull() || space.readAt < oldest)
            oldest = space.readAt;
    }
    if (oldest.isValid())
        setReadAt(oldest.toLocalTime());
    if (names.isEmpty())
        return classes == 0
            ? QString()
            : tr("Searches %n classes that were read in passing.", nullptr, int(classes));
    return tr("Searches %n classes of %1, read %2.", nullptr, int(classes))
        .arg(listed(names), localDateText(oldest));
}

void SearchPage::showScope()
{
    m_scope->setText(scopeText());
    m_scope->setVisible(!m_scope->text().isEmpty());
    const QStringList unread = m_classes.unread();
    const bool wanted = !unread.isEmpty() && !m_classes.index().isEmpty();
    m_unread->setVisible(wanted);
    if (!wanted)
        return;
    m_unread->showNote(Meaning::Plain, tr("Not read yet: %1.").arg(listed(unread)),
                       unread.join(u'\n'));
    if (isBusy() || !session())
        return;
    offerUnread(unread);
}

void SearchPage::offerUnread(const QStringList &unread)
{
    const auto button = [this](const QString &text, const QString &name) {
        QPushButton *made = m_unread->addButton(text);
        made->setObjectName(name);
        return made;
    };
    if (unread.size() > 1) {
        auto *menu = new QMenu(m_unread);
        for (const QString &name : unread)
            menu->addAction(QString(name).replace(u'&', u"&&"_s), this,
                            [this, name] { readClasses({name}); });
        QPushButton *one = button(tr("Read one"), u"readOne"_s);
        connect(one, &QObject::destroyed, menu, &QObject::deleteLater);
        one->setMenu(menu);
    }
    connect(button(unread.size() > 1 ? tr("Read all") : tr("Read it"), u"readAll"_s),
            &QPushButton::clicked, this, [this, unread] { readClasses(unread); });
}

// --- what is found ---

const ClassHit *SearchPage::current() const
{
    return m_model->hit(m_list->currentIndex());
}

void SearchPage::openInstances()
{
    if (const ClassHit *const hit = current())
        Q_EMIT chosen(*hit);
}

void SearchPage::openSchema()
{
    if (const ClassHit *const hit = current())
        Q_EMIT openResource(schemaResource(hit->cimNamespace, hit->className));
}

bool SearchPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return HostPage::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return HostPage::eventFilter(watched, event);
    if (watched == m_words && m_list->property("words").toString() != m_words->text())
        search(); // typed faster than it waits
    if (!current())
        stateActed(); // what the page offers in place of hits
    else if (key->modifiers() & Qt::ShiftModifier)
        openSchema();
    else
        openInstances();
    return true;
}

void SearchPage::showMenu(const QPoint &at)
{
    if (!current())
        return;
    QMenu menu(this);
    menu.addAction(Icons::get(u"table"), tr("Show instances"), this, &SearchPage::openInstances);
    menu.addAction(Icons::get(u"class"), tr("Show schema"), this, &SearchPage::openSchema);
    menu.addSeparator();
    menu.addAction(Icons::get(u"copy"), tr("Copy name"), this, &Page::copy);
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

void SearchPage::find()
{
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
}

void SearchPage::copy()
{
    if (const ClassHit *const hit = current())
        QGuiApplication::clipboard()->setText(hit->member.isEmpty() ? hit->className : hit->member);
}

Details SearchPage::details() const
{
    const ClassHit *const hit = current();
    if (!hit)
        return {};
    const auto known = m_classes.index().find(hit->cimNamespace, hit->className);
    Details details;
    details.icon = ClassHitModel::icon(hit->kind);
    details.title = hit->member.isEmpty() ? hit->className : hit->member;
    details.subtitle = ClassHitModel::kindText(hit->kind);
    Details::Section first;
    if (!hit->member.isEmpty())
        first.rows.push_back({tr("Class"), hit->className, {}, true});
    if (!hit->declaredIn.isEmpty())
        first.rows.push_back({tr("Declared in"), hit->declaredIn, {}, true});
    if (known && !known->superClass.isEmpty())
        first.rows.push_back({tr("Derived from"), known->superClass, {}, true});
    if (!hit->cimNamespace.isEmpty())
        first.rows.push_back({tr("Namespace"), hit->cimNamespace, {}, true});
    details.sections.push_back(first);
    if (!hit->description.isEmpty())
        details.sections.push_back({tr("Description"), {}, hit->description});
    if (known && !hit->member.isEmpty() && !known->description.isEmpty())
        details.sections.push_back({hit->className, {}, known->description});
    return details;
}

QString SearchPage::statusText() const
{
    return m_count->text();
}
