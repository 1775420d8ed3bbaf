#include "session/parsethread.h"

using namespace Qt::StringLiterals;

ParseThread::ParseThread(QObject *parent)
    : QObject(parent)
{
    m_thread.setObjectName(u"winrm-parse"_s);
}

ParseThread::~ParseThread()
{
    m_stopping = true;
    m_thread.quit();
    m_thread.wait();
    delete m_worker;
}

void ParseThread::run(std::function<void()> work)
{
    if (!m_worker) {
        m_worker = new QObject;
        m_worker->moveToThread(&m_thread);
        m_thread.start();
    }
    QMetaObject::invokeMethod(
        m_worker,
        [this, work = std::move(work)] {
            if (!m_stopping)
                work();
        },
        Qt::QueuedConnection);
}

void ParseThread::answer(std::function<void()> reply)
{
    QMetaObject::invokeMethod(this, std::move(reply), Qt::QueuedConnection);
}
