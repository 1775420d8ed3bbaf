#include "views/mainwindowviews.h"

#include "hosts/hostconnection.h"
#include "inventory/hostidentityoperation.h"
#include "look/icons.h"
#include "prompts.h"
#include "text/valuetext.h"
#include "views/hostsdock.h"
#include "views/instancespage.h"
#include "views/overviewpage.h"
#include "views/readyviewpage.h"
#include "views/registrypage.h"

#include <QDir>
#include <QMenu>
#include <QPointer>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView scheme("view:");

} // namespace

MainWindowViews::MainWindowViews(HostsDock &dock, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_dock(dock)
    , m_folder(folder.isEmpty() ? ReadyViews::userFolder() : folder)
{
    connect(&dock, &HostsDock::addressRequested, this, &MainWindowViews::openRequested);
    connect(&dock, &HostsDock::viewMenuShown, this, &MainWindowViews::fillMenu);
}

const ReadyViews &MainWindowViews::views()
{
    if (!m_views)
        reload();
    return *m_views;
}

void MainWindowViews::reload()
{
    m_views = std::make_shared<const ReadyViews>(ReadyViews::withFolder(m_folder));
    m_dock.model().setViews(m_views);
    if (!m_views->problems().empty())
        sayProblems();
    Q_EMIT viewsChanged();
}

void MainWindowViews::sayProblems()
{
    const auto &problems = m_views->problems();
    QStringList lines{tr("%Ln files of views are not used:", nullptr, int(problems.size()))};
    for (const Error &problem : problems) {
        const auto *file = std::get_if<FileDetails>(&problem.details);
        const QString path = file ? QDir::toNativeSeparators(file->path) : QString();
        lines << tr("%1: %2", "a file, what is wrong with it")
                     .arg(oneLine(path, 500), oneLine(problem.message, 500));
    }
    Q_EMIT said(lines.join(u'\n'));
}

bool MainWindowViews::open(HostConnection *host, const QString &address)
{
    if (!address.startsWith(scheme) && RegistryPage::pathOf(address).isNull())
        return false;
    if (Page *page = createPage(host, address))
        Q_EMIT pageMade(page);
    else
        Q_EMIT failed(Error::of(Error::Kind::Local, Cause::LocalUsage,
                                tr("There is no view of that name: %1").arg(address)));
    return true;
}

Page *MainWindowViews::createPage(HostConnection *host, const QString &address)
{
    if (const QString path = RegistryPage::pathOf(address); !path.isNull())
        return new RegistryPage(host, path);
    const QString id = address.mid(scheme.size()).section(u'?', 0, 0).trimmed();
    const ReadyView *view = views().find(id);
    if (!view)
        return nullptr;
    if (!view->address.isEmpty())
        return new RegistryPage(host, RegistryPage::pathOf(view->address));
    ViewValues values;
    const QUrlQuery query(address.section(u'?', 1));
    for (const auto &[name, value] : query.queryItems(QUrl::FullyDecoded)) {
        const auto same = [&name = name](const ViewParameter &known) { return known.name == name; };
        if (std::ranges::any_of(view->parameters, same))
            values.insert(name, value.left(200));
    }
    return createViewPage(host, *view, values);
}

Page *MainWindowViews::createViewPage(HostConnection *host, const ReadyView &view,
                                      const ViewValues &values)
{
    auto *page = new ReadyViewPage(host, view, values);
    if (!view.own)
        return page;
    connect(page, &ReadyViewPage::ownMenuShown, this,
            [this, id = view.id](QMenu *menu) { fillMenu(menu, id); });
    connect(this, &MainWindowViews::viewsChanged, page, [this, page] {
        if (const ReadyView *now = views().find(page->view().id); now && now->own)
            page->setName(now->title);
        else
            Q_EMIT closeRequested(page);
    });
    return page;
}

// --- the user's own ---------------------------------------------------------------------------

QWidget *MainWindowViews::asking() const
{
    return m_dock.window();
}

void MainWindowViews::fillMenu(QMenu *menu, const QString &id)
{
    const ReadyView *view = views().find(id);
    if (!view || !view->own)
        return;
    menu->addAction(Icons::get(u"edit"), tr("Rename\u2026"), this, [this, id] { rename(id); })
        ->setObjectName(u"renameView"_s);
    menu->addAction(Icons::get(u"delete"), tr("Delete\u2026"), this, [this, id] { remove(id); })
        ->setObjectName(u"deleteView"_s);
}

void MainWindowViews::rename(const QString &id)
{
    const ReadyView *view = views().find(id);
    if (!view)
        return;
    Prompts::current().askText(
        asking(), tr("Rename the view"), tr("Name of the view:"), view->title,
        [self = QPointer(this), id](const std::optional<QString> &title) {
            const QString name = title ? title->simplified().left(200) : QString();
            if (!self || name.isEmpty())
                return;
            if (const Done renamed = ReadyViews::rename(id, name, self->m_folder); !renamed)
                Q_EMIT self->failed(renamed.error());
            self->reload();
        });
}

void MainWindowViews::remove(const QString &id)
{
    const ReadyView *view = views().find(id);
    if (!view)
        return;
    const QString text = ReadyViews::builtIn().find(id)
        ? tr("Your view \u201c%1\u201d is deleted from this computer, and the one that came with "
             "the program takes its place. Nothing changes on any host.")
        : tr(
            "Your view \u201c%1\u201d is deleted from this computer. Nothing changes on any host.");
    Prompts::current().confirm(asking(), tr("Delete the view?"), text.arg(view->title),
                               tr("Delete"), [self = QPointer(this), id](bool yes) {
                                   if (!self || !yes)
                                       return;
                                   if (const Done removed = ReadyViews::remove(id, self->m_folder);
                                       !removed)
                                       Q_EMIT self->failed(removed.error());
                                   self->reload();
                               });
}

void MainWindowViews::offer(OverviewPage *page)
{
    const auto fill = [this, page = QPointer(page)] {
        HostConnection *host = page ? page->host() : nullptr;
        if (host && host->session() && host->state() == HostConnection::State::Connected)
            page->setViews(views().of(viewKind(*host->session())));
    };
    connect(page->host(), &HostConnection::stateChanged, page, fill);
    connect(&m_dock.model(), &HostsTreeModel::viewsChanged, page, fill);
    connect(page, &OverviewPage::addressRequested, this, &MainWindowViews::openRequested);
    fill();
}

/// A device may call itself by the stack it is built on: which views it has is known only when it
/// was asked for a class of its kind.
void MainWindowViews::hostConnected(HostConnection *host)
{
    views();
    Session *session = host->session();
    using Certainty = HostIdentity::Certainty;
    const HostIdentity identity = hostIdentity(*session);
    if (session->isWindows() || identity.certainty == Certainty::Answered
        || (identity.certainty == Certainty::Told && identity.kind != HostKind::Openwsman))
        return;
    auto *operation = new HostIdentityOperation(session);
    connect(operation, &Operation::finished, this, [this, host = QPointer(host)] {
        if (host)
            m_dock.model().updateHost(host);
    });
    operation->start();
}

void MainWindowViews::watch(Page *page)
{
    connect(page, &Page::openAddress, this, [this, page](const QString &address) {
        if (page->host())
            Q_EMIT openRequested(page->host(), address);
    });
    connect(page, &Page::openQuery, this, [this, page](const EnumerateParameters &question) {
        if (!page->host())
            return;
        if (question.filter.text.isEmpty())
            Q_EMIT pageMade(new InstancesPage(page->host(), question));
        else
            Q_EMIT queryRequested(page->host(), question.resource.cimNamespace(),
                                  question.filter.text);
    });
    connect(page, &Page::saveView, this, [this, page](const ReadyView &view) {
        Prompts::current().askText(page, tr("Save as my view"), tr("Name of the view:"), view.title,
                                   [self = QPointer(this), host = QPointer(page->host()),
                                    view](const std::optional<QString> &title) {
                                       if (!self || !host || !title || title->trimmed().isEmpty())
                                           return;
                                       ReadyView named = view;
                                       named.title = title->simplified().left(200);
                                       self->save(host, std::move(named));
                                   });
    });
}

void MainWindowViews::save(HostConnection *host, ReadyView view)
{
    view.id = views().freeId(view.title);
    view.group = tr("My views");
    if (host->session())
        view.hosts = {viewKind(*host->session())};
    const auto file = ReadyViews::save(view, m_folder);
    if (!file) {
        Q_EMIT failed(file.error());
        return;
    }
    reload();
    Q_EMIT openRequested(host, scheme + view.id);
}
