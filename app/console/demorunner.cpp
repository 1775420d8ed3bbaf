#include "demorunner.h"

#include "demo/demohost.h"

#include <QFile>
#include <QThread>

DemoRunner::DemoRunner(QObject *parent)
    : QObject(parent)
{ }

DemoRunner::~DemoRunner()
{
    if (m_starter)
        m_starter->wait();
}

void DemoRunner::run(std::function<void(Result<DemoAccess>)> answer)
{
    if (m_running) {
        answer(access());
        return;
    }
    m_waiting.push_back(std::move(answer));
    if (m_starter)
        return;
    m_starter.reset(QThread::create([this, home = thread()] {
        auto host = std::make_unique<DemoHost>(DemoOptions{.tls = true});
        const Done done = host->start();
        host->moveToThread(home);
        m_host = std::move(host);
        QMetaObject::invokeMethod(
            this, [this, done] { started(done); }, Qt::QueuedConnection);
    }));
    m_starter->start();
}

void DemoRunner::started(const Done &done)
{
    m_starter->wait();
    m_starter.reset();
    m_running = bool(done);
    if (!m_running)
        m_host.reset();
    for (const auto &answer : std::exchange(m_waiting, {}))
        answer(m_running ? access() : Result<DemoAccess>(done.error()));
}

Result<DemoAccess> DemoRunner::access() const
{
    QFile file(m_host->passwordFile());
    if (!file.open(QIODevice::ReadOnly))
        return Error::of(Error::Kind::Local, Cause::LocalFile, file.errorString(),
                         FileDetails{.path = file.fileName()});
    QByteArray line = file.readLine();
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return DemoAccess{.url = m_host->url(),
                      .userName = m_host->userName(),
                      .password = Secret::take(line),
                      .pinSha256 = m_host->pinSha256()};
}
