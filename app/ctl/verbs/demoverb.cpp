#include "ctl/verbs/demoverb.h"

#include "connection/connectionoptions.h"
#include "ctl/terminal.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

void DemoVerb::start()
{
    if (!arguments().words.isEmpty()) {
        Q_EMIT finished(fail(Error::of(Error::Kind::Local, Cause::LocalUsage,
                                       u"unexpected word: %1"_s.arg(arguments().words.first()))));
        return;
    }
    DemoOptions options;
    options.port = arguments().port;
    options.tls = arguments().tls;
    if (arguments().hasUser)
        options.userName = arguments().user;
    options.passwordFile = arguments().passwordFile;
    if (arguments().items)
        options.items = *arguments().items;
    if (arguments().latency)
        options.latency = *arguments().latency;
    options.fault = arguments().fault;
    if (!arguments().demoAs.isEmpty())
        options.as = arguments().demoAs;
    m_host = std::make_unique<DemoHost>(options);
    const Done started = m_host->start();
    if (!started) {
        Q_EMIT finished(fail(started.error()));
        return;
    }
    const QByteArray pin = m_host->pinSha256();
    const QJsonObject line{{"url"_L1, m_host->url().toString()},
                           {"user"_L1, m_host->userName()},
                           {"passwordFile"_L1, m_host->passwordFile()},
                           {"pin"_L1, pin.isEmpty() ? QJsonValue() : QJsonValue(pinText(pin))}};
    terminal::writeOutput(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

void DemoVerb::interrupt()
{
    m_host.reset();
    Q_EMIT finished(ExitCode::Done);
}
