#include "bench/hostbench.h"

#include "bench/benchreport.h"
#include "session/getoperation.h"
#include "session/identifyoperation.h"
#include "session/session.h"

#include <QCoreApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

constexpr int mostAtOnce = 256; ///< hosts asked at the same time

ResourceLocator configuration()
{
    return {.uri = u"http://schemas.microsoft.com/wbem/wsman/1/config"_s};
}

} // namespace

HostBench::HostBench(const BenchOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
{ }

Session *HostBench::session(const QUrl &host)
{
    return new Session(m_options.connection(host), fixedCredential(m_options.credential()),
                       refuseUntrusted(), nullptr, this);
}

void HostBench::identify()
{
    auto *operation = new IdentifyOperation(session(m_options.url));
    connect(operation, &Operation::finished, this, [operation](const Outcome &outcome) {
        if (outcome.error)
            return fail(outcome.error);
        mark(u"@done items=1 "_s + operation->reply().vendor);
        QCoreApplication::exit(0);
    });
    operation->start();
}

void HostBench::config()
{
    auto *operation = new GetOperation(session(m_options.url), configuration());
    connect(operation, &Operation::finished, this, [operation](const Outcome &outcome) {
        if (outcome.error)
            return fail(outcome.error);
        mark(u"@done items=1 nodes=%1"_s.arg(operation->reply().document->nodeCount()));
        QCoreApplication::exit(0);
    });
    operation->start();
}

void HostBench::fanOut()
{
    QFile file(m_options.hostsFile);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.errorString());
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (!line.trimmed().isEmpty())
            m_waiting << QUrl(QString::fromUtf8(line.trimmed()));
    }
    askNext();
}

void HostBench::askNext()
{
    while (!m_waiting.isEmpty() && m_running < mostAtOnce) {
        ++m_running;
        Session *host = session(m_waiting.takeFirst());
        auto *operation = new IdentifyOperation(host);
        connect(operation, &Operation::finished, this, [this, host](const Outcome &outcome) {
            if (outcome.error)
                answered(outcome);
            else
                askConfig(host);
        });
        operation->start();
    }
}

void HostBench::askConfig(Session *session)
{
    auto *operation = new GetOperation(session, configuration());
    connect(operation, &Operation::finished, this, &HostBench::answered);
    operation->start();
}

void HostBench::answered(const Outcome &outcome)
{
    --m_running;
    if (outcome.error)
        return fail(outcome.error);
    if (++m_answered == 1)
        mark(u"@first"_s);
    askNext();
    if (m_running > 0)
        return;
    mark(u"@done hosts=%1"_s.arg(m_answered));
    QCoreApplication::exit(0);
}
