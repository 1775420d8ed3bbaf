#include "bench/sealedbench.h"

#include "bench/benchreport.h"
#include "bench/sealedhost.h"
#include "peer/process/realmprocess.h"
#include "session/getoperation.h"
#include "session/session.h"

#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype smallSize = 1 << 10;
constexpr qsizetype largeSize = 2 << 20;
constexpr int smallGets = 200;
constexpr int largeGets = 11;

struct Way
{
    const char *name;
    Authentication authentication;
    std::vector<qint64> small{}, large{}; ///< nanoseconds
    std::unique_ptr<Session> smallSession{}, largeSession{};
};

qint64 median(std::vector<qint64> times)
{
    std::ranges::nth_element(times, times.begin() + std::ptrdiff_t(times.size() / 2));
    return times[times.size() / 2];
}

std::unique_ptr<Session> sessionTo(SealedHost &host, Authentication authentication,
                                   const QString &password)
{
    ConnectionOptions options{.host = u"localhost"_s, .tls = false, .port = host.waitForPort()};
    options.authentication = authentication;
    options.allowClearText = authentication == Authentication::None;
    options.unverifiedHost = authentication == Authentication::Ntlm;
    if (authentication == Authentication::Ntlm)
        options.userName = u"EXAMPLE\\alice"_s;
    auto session = std::make_unique<Session>(
        options, fixedCredential({.userName = {}, .password = Secret(password)}),
        refuseUntrusted());
    session->setMaxConnections(1);
    return session;
}

/// One Get, from its start to the document.
qint64 get(Session &session)
{
    QElapsedTimer clock;
    QEventLoop loop;
    auto *operation = new GetOperation(&session, parseResource(u"winrm/config"_s).value());
    Error error;
    QObject::connect(operation, &Operation::finished, &loop, [&](const Outcome &outcome) {
        error = outcome.error;
        loop.quit();
    });
    clock.start();
    operation->start();
    loop.exec();
    if (error)
        fail(error);
    return clock.nsecsElapsed();
}

} // namespace

int SealedBench::run()
{
    RealmProcess realm;
    if (!realm.isRunning())
        fail(QString::fromLocal8Bit(realm.startError()));
    realm.enter(realm.kinit(u"alice"_s));
    qputenv("KRB5_KTNAME", realm.fact("keytab"_L1).toLocal8Bit());
    qputenv("NTLM_USER_FILE", realm.fact("ntlmUsers"_L1).toLocal8Bit());
    SealedHost small(smallSize), large(largeSize);
    std::array<Way, 3> ways{Way{"plain", Authentication::None},
                            Way{"kerberos", Authentication::Kerberos},
                            Way{"ntlm", Authentication::Ntlm}};
    for (Way &way : ways) {
        const QString password = realm.password(u"alice"_s);
        way.smallSession = sessionTo(small, way.authentication, password);
        way.largeSession = sessionTo(large, way.authentication, password);
        get(*way.smallSession); // signs in
        get(*way.largeSession);
    }
    for (int i = 0; i < smallGets; ++i) {
        for (Way &way : ways)
            way.small.push_back(get(*way.smallSession));
    }
    for (int i = 0; i < largeGets; ++i) {
        for (Way &way : ways)
            way.large.push_back(get(*way.largeSession));
    }
    const double plainSmall = double(median(ways[0].small));
    const double plainLarge = double(median(ways[0].large));
    for (const Way &way : ways) {
        const double one = double(median(way.small)), many = double(median(way.large));
        mark(u"@sealed way=%1 sealing=%2 get_us=%3 x=%4 mb_s=%5 per_byte_x=%6"_s
                 .arg(QString::fromLatin1(way.name),
                      way.smallSession->security().sealing.simplified().replace(u' ', u'-'))
                 .arg(one / 1e3, 0, 'f', 0)
                 .arg(one / plainSmall, 0, 'f', 2)
                 .arg(double(largeSize) / many * 1e3, 0, 'f', 1)
                 .arg(many / plainLarge, 0, 'f', 2));
    }
    return 0;
}
