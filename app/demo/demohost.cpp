#include "demo/demohost.h"

#include "demo/faultyhandler.h"
#include "demo/httplistener.h"
#include "demo/passwordfile.h"
#include "demo/selfsigned.h"
#include "demo/wsmanservice.h"

#include <QFile>
#include <QSslConfiguration>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

struct DemoHost::Private
{
    DemoOptions options;
    const Personality *as = nullptr;
    PasswordFile password;
    QByteArray pin;
    quint16 port = 0;
    QThread thread;
    QObject worker; ///< lives in `thread`: what is asked of it runs there
    FaultRules faults;
    std::unique_ptr<WsmanService> service;
    std::unique_ptr<FaultyHandler> faulty; ///< with faults alone
    std::unique_ptr<HttpListener> listener;

    Done open();
    void close();
};

/// Runs in the thread.
Done DemoHost::Private::open()
{
    WsmanService::Setup setup;
    setup.userName = options.userName;
    setup.password = password.password;
    setup.items = std::clamp(options.items, 0, 10'000'000);
    setup.seed = options.seed;
    setup.latency = options.latency;
    setup.tls = options.tls;
    setup.as = as;
    service = std::make_unique<WsmanService>(setup);
    if (!faults.isEmpty())
        faulty = std::make_unique<FaultyHandler>(*service, faults);
    listener = std::make_unique<HttpListener>(faulty ? static_cast<HttpHandler &>(*faulty)
                                                     : static_cast<HttpHandler &>(*service));
    listener->setStyle(HttpGate::styleOf(*as));
    ListenerLimits limits;
    limits.maxBody = service->serverEnvelope();
    listener->setLimits(limits);
    service->setEnvelopeChanged([this](std::uint32_t octets) {
        if (!listener)
            return;
        ListenerLimits changed = listener->limits();
        changed.maxBody = octets;
        listener->setLimits(changed);
    });
    if (options.tls) {
        const Result<SelfSigned> made = makeSelfSigned();
        if (!made)
            return made.error();
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(made->certificate);
        tls.setPrivateKey(made->key);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        tls.setProtocol(QSsl::TlsV1_2OrLater);
        listener->setTls(tls);
        pin = made->sha256();
    }
    if (Done listening = listener->listenOn(options.port); !listening)
        return listening;
    port = listener->serverPort();
    service->setPort(port);
    return {};
}

void DemoHost::Private::close()
{
    if (!thread.isRunning())
        return;
    thread.requestInterruption(); // of what it may be reading through, see stopping.h
    QMetaObject::invokeMethod(
        &worker,
        [this] {
            listener.reset();
            faulty.reset();
            service.reset();
            worker.moveToThread(nullptr); // destroyed by whoever destroys the host
        },
        Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

DemoHost::DemoHost(const DemoOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->options = options;
    d->thread.setObjectName(u"demo host"_s);
}

DemoHost::~DemoHost()
{
    d->close();
}

Done DemoHost::start()
{
    Q_ASSERT(!d->thread.isRunning());
    Result<FaultRules> faults = FaultRules::parse(d->options.fault);
    if (!faults)
        return faults.error();
    d->faults = std::move(*faults);
    d->as = Personality::named(d->options.as);
    if (!d->as)
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"the demo host answers as %1, not as %2"_s.arg(
                             Personality::names().join(u", "_s), d->options.as));
    Result<PasswordFile> password = openPasswordFile(d->options.passwordFile);
    if (!password)
        return password.error();
    d->password = std::move(*password);
    d->worker.moveToThread(&d->thread);
    d->thread.start();
    Done done;
    QMetaObject::invokeMethod(
        &d->worker, [this, &done] { done = d->open(); }, Qt::BlockingQueuedConnection);
    if (!done)
        d->close();
    return done;
}

QUrl DemoHost::url() const
{
    QUrl url;
    url.setScheme(d->options.tls ? u"https"_s : u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(d->port);
    url.setPath(u"/wsman"_s);
    return url;
}

QString DemoHost::userName() const
{
    return d->options.userName;
}

QString DemoHost::passwordFile() const
{
    return d->password.path;
}

QByteArray DemoHost::pinSha256() const
{
    return d->pin;
}

quint16 DemoHost::port() const
{
    return d->port;
}
