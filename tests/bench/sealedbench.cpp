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
#include <ctime>

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
    std::vector<qint64> small{}, large{};         ///< nanoseconds
    std::vector<qint64> smallWork{}, largeWork{}; ///< of this program's CPU time, the host apart
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

qint64 processTime()
{
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

/// One Get, from its start to the document: wall time and work.
std::pair<qint64, qint64> get(Session &session, const SealedHost &host)
{
    const qint64 work = processTime() - host.cpuTime();
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
    const qint64 elapsed = clock.nsecsElapsed();
    return {elapsed, processTime() - host.cpuTime() - work};
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
        get(*way.smallSession, small); // signs in
        get(*way.largeSession, large);
    }
    for (int i = 0; i < smallGets; ++i) {
        for (Way &way : ways) {
            const auto [wall, work] = get(*way.smallSession, small);
            way.small.push_back(wall);
            way.smallWork.push_back(work);
        }
    }
    for (int i = 0; i < largeGets; ++i) {
        for (Way &way : ways) {
            const auto [wall, work] = get(*way.largeSession, large);
            way.large.push_back(wall);
            way.largeWork.push_back(work);
        }
    }
    const double plainSmall = double(median(ways[0].small));
    const double plainLarge = double(median(ways[0].large));
    const double smallWork = double(median(ways[0].smallWork));
    const double largeWork = double(median(ways[0].largeWork));
    for (const Way &way : ways) {
        const double one = double(median(way.small)), many = double(median(way.large));
        mark(u"@sealed way=%1 sealing=%2 get_us=%3 x=%4 work_x=%5 mb_s=%6 per_byte_x=%7 "
             "per_byte_work_x=%8"_s
                 .arg(QString::fromLatin1(way.name),
                      way.smallSession->security().sealing.simplified().replace(u' ', u'-'))
                 .arg(one / 1e3, 0, 'f', 0)
                 .arg(one / plainSmall, 0, 'f', 2)
                 .arg(double(median(way.smallWork)) / smallWork, 0, 'f', 2)
                 .arg(double(largeSize) / many * 1e3, 0, 'f', 1)
                 .arg(many / plainLarge, 0, 'f', 2)
                 .arg(double(median(way.largeWork)) / largeWork, 0, 'f', 2));
    }
    return 0;
}
