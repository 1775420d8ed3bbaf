#include "views/mainwindowviews.h"

#include "hosts/hostconnection.h"
#include "inventory/hostidentityoperation.h"
#include "prompts.h"
#include "views/hostsdock.h"
#include "views/instancespage.h"
#include "views/overviewpage.h"
#include "views/readyviewpage.h"
#include "views/registrypage.h"

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
        Q_EMIT failed(m_views->problems().front());
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
    return new ReadyViewPage(host, *view, values);
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
