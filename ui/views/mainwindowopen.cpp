#include "views/mainwindow.h"

#include "inventory/ciminventory.h"
#include "inventory/classindex.h"
#include "prompts.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "protocol/question.h"
#include "protocol/resourcelocator.h"
#include "views/addressbar.h"
#include "views/configurationpage.h"
#include "views/documentpage.h"
#include "views/instancespage.h"
#include "views/mainwindowdialogs.h"
#include "views/mainwindownotice.h"
#include "views/mainwindowviews.h"
#include "views/overviewpage.h"
#include "views/pagefactory.h"
#include "views/pagetabs.h"
#include "views/querypage.h"

#include <QFileInfo>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

// What the window opens in its tabs: of a host by resource, class or question, and files.

void MainWindow::openPage(Page *page)
{
    m_stack->setCurrentWidget(m_tabs);
    m_tabs->open(page);
    m_notice->hide();
    if (m_address->hasFocus() && m_page)
        m_page->setFocus(Qt::OtherFocusReason); // what was typed is answered
}

void MainWindow::openOverview(HostConnection *host)
{
    if (!host)
        return;
    auto *page = new OverviewPage(host);
    connect(page, &OverviewPage::connectRequested, this, &MainWindow::connectTo);
    connect(page, &OverviewPage::configurationRequested, this,
            [this](HostConnection *h) { openConfiguration(h, {}); });
    connect(page, &OverviewPage::namespaceRequested, this, &MainWindow::openClasses);
    connect(page, &OverviewPage::editRequested, m_dialogs, &MainWindowDialogs::edit);
    m_views->offer(page);
    openPage(page);
}

void MainWindow::openQuery(HostConnection *host)
{
    if (!host)
        return;
    const auto shown = m_page && m_page->host() == host
        ? parseResource(m_page->address())
        : Result<ResourceLocator>(ResourceLocator());
    const QString cimNamespace = shown ? shown->cimNamespace() : QString();
    auto *page = new QueryPage(host, m_queries, cimNamespace);
    if (shown && !cimNamespace.isEmpty() && shown->className() != u"*"_s
        && shown->uri != QLatin1StringView(uri::classMetadata))
        page->setQuery({.text = u"SELECT * FROM "_s + shown->className()});
    openPage(page);
    page->setFocus();
}

void MainWindow::openResource(HostConnection *host, const ResourceLocator &resource)
{
    if (Page *page = createPage(host, resource))
        openPage(page);
}

void MainWindow::openConfiguration(HostConnection *host, const QString &part)
{
    openAddress(host, u"winrm/config"_s);
    if (auto *page = qobject_cast<ConfigurationPage *>(m_tabs->current()))
        page->showPart(part);
}

void MainWindow::openClasses(HostConnection *host, const QString &cimNamespace)
{
    openResource(host, namespaceResource(cimNamespace));
}

void MainWindow::openInstances(HostConnection *host, const QString &cimNamespace,
                               const QString &name)
{
    openResource(host,
                 host->session() ? classLocator(*host->session(), cimNamespace, name)
                                 : wmiClass(cimNamespace, name));
}

void MainWindow::openHit(HostConnection *host, const ClassHit &hit)
{
    openInstances(host, hit.cimNamespace, hit.className);
    auto *page = qobject_cast<InstancesPage *>(m_tabs->current());
    if (page && hit.kind == ClassHit::Kind::Property)
        page->showColumn(hit.member);
}

void MainWindow::openSchema(HostConnection *host, const QString &cimNamespace, const QString &name)
{
    openResource(host, schemaResource(cimNamespace, name));
}

void MainWindow::openAddress(HostConnection *host, const QString &text)
{
    if (!host) {
        if (QFileInfo(text).isFile())
            openFile(text);
        else
            m_notice->say(tr("Connect to a host first: an address is read on the present host."));
        return;
    }
    if (m_views->open(host, text))
        return;
    const auto resource = parseResource(text);
    if (!resource) {
        say(resource.error());
        return;
    }
    openResource(host, *resource);
}

/// What was read once is read again, in a tab of the same host.
void MainWindow::repeat(const TraceEntry &entry)
{
    const auto &hosts = m_hosts->hosts();
    const auto host = std::find_if(hosts.begin(), hosts.end(), [&](const HostConnection *each) {
        return each->session() && each->profile().options.displayHost() == entry.host;
    });
    const auto message = readMessage(entry.requestBody);
    const auto question = message ? readQuestion(*message) : std::nullopt;
    if (host == hosts.end() || !question) {
        m_notice->say(host == hosts.end()
                          ? tr("Connect to %1 first to repeat this.").arg(entry.host)
                          : tr("This exchange cannot be repeated from here."));
        return;
    }
    if (question->filter.isEmpty())
        openResource(*host, question->resource);
    else
        openPage(new InstancesPage(*host, *question));
}

void MainWindow::openFile(const QString &file)
{
    openPage(new DocumentPage(QFileInfo(file).absoluteFilePath()));
}

void MainWindow::askFile()
{
    Prompts::current().openFile(
        this, tr("Open a file"),
        {tr("Messages, exports and traces (*.xml *.json *.jsonl *.csv *.http *.txt)"),
         tr("All files (*)")},
        [guard = QPointer(this)](const QString &file) {
            if (guard && !file.isEmpty())
                guard->openFile(file);
        });
}
