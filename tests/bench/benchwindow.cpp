#include "bench/benchwindow.h"

#include "bench/benchreport.h"
#include "connection/keychain.h"
#include "connection/profilestore.h"
#include "demo/demohost.h"
#include "look/look.h"
#include "session/trace.h"
#include "views/mainwindow.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QTimer>

using namespace Qt::StringLiterals;

BenchWindow::BenchWindow(const BenchOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{ }

BenchWindow::~BenchWindow() = default;

void BenchWindow::show(std::unique_ptr<Keychain> keychain)
{
    Look::apply(*qApp);
    m_store = std::make_unique<ProfileStore>(std::move(keychain), m_folder.path());
    if (const Done opened = m_store->open(); !opened)
        return fail(opened.error());
    m_trace = std::make_unique<Trace>();
    m_window = std::make_unique<MainWindow>(MainWindow::Parts{.store = *m_store,
                                                              .trace = *m_trace,
                                                              .stateFile = path(u"state.ini"_s),
                                                              .demo = [](const auto &) {},
                                                              .cacheFolder = {},
                                                              .viewFolder = viewFolder()});
    m_window->installEventFilter(this);
    m_window->show();
}

bool BenchWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_painted) {
        m_painted = true;
        // The window comes first, its parts in the same call: an event posted now runs after them.
        QMetaObject::invokeMethod(this, &BenchWindow::painted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

bool BenchWindow::startDemo()
{
    m_demo = std::make_unique<DemoHost>(DemoOptions{.items = m_options.items});
    if (const Done started = m_demo->start(); !started) {
        fail(started.error());
        return false;
    }
    QFile password(m_demo->passwordFile());
    if (!password.open(QIODevice::ReadOnly)) {
        fail(password.errorString());
        return false;
    }
    qputenv("WINRM_PASSWORD", password.readLine().trimmed());
    m_options.url = m_demo->url();
    m_options.userName = m_demo->userName();
    m_options.className = u"Demo_Item"_s;
    return true;
}

void BenchWindow::connectHost()
{
    if (m_options.url.isEmpty() && !startDemo())
        return;
    Profile profile;
    profile.summary.name = u"bench"_s;
    profile.options = m_options.connection(m_options.url);
    m_host = m_window->hosts().add(profile, m_options.credential());
    connect(m_host, &HostConnection::stateChanged, this, [this] {
        if (m_host->state() == HostConnection::State::Connected)
            QTimer::singleShot(Settling, this, &BenchWindow::connected);
        else if (m_host->state() == HostConnection::State::Failed)
            fail(m_host->error());
    });
    m_window->connectTo(m_host);
}
