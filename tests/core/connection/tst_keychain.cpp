#include "connection/keychain.h"
#include "connection/keychainqueue.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Keeps what it is given; the test answers when it likes.
class HeldBackend final : public KeychainBackend
{
public:
    void run(const Job &job, Answer answer) override
    {
        jobs.push_back(job);
        answers.push_back(std::move(answer));
    }
    std::vector<Job> jobs;
    std::vector<Answer> answers;
};

using Outcome = KeychainBackend::Outcome;

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void oneJobAtATimeInOrder();
    void outcomesBecomeCauses_data();
    void outcomesBecomeCauses();
    void noAnswerIsLocked();
    void aLateAnswerEndsTheWaiting();
    void noBackendIsAbsentAndTriedAgain();
    void silentAfterDestruction();
    void mayBeDestroyedInAnAnswer();
    void memoryKeepsEntries();
    void systemAnswersWithinReason();

private:
    std::unique_ptr<KeychainQueue> queue(std::chrono::milliseconds patience = 60s)
    {
        return std::make_unique<KeychainQueue>(
            [this]() -> Result<std::shared_ptr<KeychainBackend>> {
                return std::shared_ptr<KeychainBackend>(m_backend);
            },
            patience);
    }
    std::shared_ptr<HeldBackend> m_backend;
};

void TestKeychain::init()
{
    m_backend = std::make_shared<HeldBackend>();
}

void TestKeychain::oneJobAtATimeInOrder()
{
    const auto keychain = queue();
    QStringList log;
    keychain->write(u"a"_s, "1", [&](Done done) { log.append(done ? u"written"_s : u"failed"_s); });
    keychain->read(u"a"_s,
                   [&](Result<QByteArray> value) { log.append(QString::fromUtf8(*value)); });
    keychain->remove(u"a"_s, [&](Done done) { log.append(done ? u"removed"_s : u"failed"_s); });
    QVERIFY(m_backend->jobs.empty()); // nothing happens inside a call
    for (size_t i = 0; i < 3; ++i) {
        QTRY_COMPARE(m_backend->jobs.size(), i + 1);
        QCOMPARE(log.size(), qsizetype(i));
        m_backend->answers[i](Outcome::Ok, "1", {});
    }
    QCOMPARE(log, QStringList({u"written"_s, u"1"_s, u"removed"_s}));
    QCOMPARE(m_backend->jobs[0].value, "1"_ba);
    QVERIFY(m_backend->jobs[2].verb == KeychainBackend::Verb::Remove);
}

void TestKeychain::outcomesBecomeCauses_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("missing") << int(Outcome::NotFound) << Cause::KeychainEntryMissing;
    QTest::newRow("denied") << int(Outcome::Denied) << Cause::KeychainDenied;
    QTest::newRow("unavailable") << int(Outcome::Unavailable) << Cause::KeychainAbsent;
}

void TestKeychain::outcomesBecomeCauses()
{
    QFETCH(int, outcome);
    const auto keychain = queue();
    Error error;
    keychain->read(u"key"_s, [&](Result<QByteArray> value) { error = value.error(); });
    QTRY_COMPARE(m_backend->jobs.size(), size_t(1));
    m_backend->answers[0](Outcome(outcome), {}, u"words"_s);
    QTEST(error.cause, "cause");
    QCOMPARE(error.kind, Error::Kind::Local);
    const auto details = std::get<KeychainDetails>(error.details);
    QCOMPARE(details.entry, u"key"_s);
    QCOMPARE(details.backend, u"words"_s);
}

void TestKeychain::noAnswerIsLocked()
{
    const auto keychain = queue(1ms);
    std::vector<Cause> causes;
    keychain->read(u"a"_s, [&](auto value) { causes.push_back(value.error().cause); });
    keychain->read(u"b"_s, [&](auto value) { causes.push_back(value.error().cause); });
    QTRY_COMPARE(causes.size(), size_t(2));
    QCOMPARE(causes[0], Cause::KeychainLocked);
    QCOMPARE(causes[1], Cause::KeychainLocked);
    QCOMPARE(m_backend->jobs.size(), size_t(1)); // the second one was not even tried
}

void TestKeychain::aLateAnswerEndsTheWaiting()
{
    const auto keychain = queue(1ms);
    int answers = 0;
    keychain->read(u"a"_s, [&](auto) { ++answers; });
    QTRY_COMPARE(answers, 1);
    m_backend->answers[0](Outcome::Ok, "late", {});
    QCOMPARE(answers, 1);
    keychain->read(u"b"_s, [&](auto) { ++answers; });
    QTRY_COMPARE(m_backend->jobs.size(), size_t(2));
}

void TestKeychain::noBackendIsAbsentAndTriedAgain()
{
    int made = 0;
    KeychainQueue keychain([&]() -> Result<std::shared_ptr<KeychainBackend>> {
        if (++made == 1)
            return Error::of(Error::Kind::Local, Cause::KeychainAbsent, u"no module"_s);
        return std::shared_ptr<KeychainBackend>(m_backend);
    });
    Cause cause = Cause::Unknown;
    keychain.read(u"a"_s, [&](auto value) { cause = value.error().cause; });
    QTRY_COMPARE(cause, Cause::KeychainAbsent);
    keychain.read(u"a"_s, [](auto) {});
    QTRY_COMPARE(m_backend->jobs.size(), size_t(1));
}

void TestKeychain::silentAfterDestruction()
{
    auto keychain = queue();
    keychain->read(u"a"_s, [](auto) { QFAIL("answered after the end"); });
    keychain.reset();
    QCoreApplication::processEvents();
    QVERIFY(m_backend->jobs.empty());
}

void TestKeychain::mayBeDestroyedInAnAnswer()
{
    auto keychain = queue();
    bool answered = false;
    keychain->read(u"a"_s, [&](auto) {
        keychain.reset();
        answered = true;
    });
    keychain->read(u"b"_s, [](auto) { QFAIL("answered after the end"); });
    QTRY_COMPARE(m_backend->jobs.size(), size_t(1));
    m_backend->answers[0](Outcome::Ok, {}, {});
    QVERIFY(answered);
    QCoreApplication::processEvents();
}

void TestKeychain::memoryKeepsEntries()
{
    const auto keychain = memoryKeychain();
    QByteArray value;
    Cause cause = Cause::Unknown;
    keychain->write(u"a"_s, "secret", [](Done) {});
    keychain->read(u"a"_s, [&](auto read) { value = read ? *read : QByteArray(); });
    keychain->remove(u"a"_s, [](Done) {});
    keychain->read(u"a"_s, [&](auto read) { cause = read ? Cause::Unknown : read.error().cause; });
    QTRY_COMPARE(cause, Cause::KeychainEntryMissing);
    QCOMPARE(value, "secret"_ba);
}

/// Without a bus the module still loads, and says so: that the message is not ours proves it.
void TestKeychain::systemAnswersWithinReason()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    const auto keychain = systemKeychain(u"org.winrmconsole.test"_s);
    Error error;
    keychain->read(u"a"_s, [&](auto value) { error = value ? Error() : value.error(); });
    QTRY_VERIFY(error.kind != Error::Kind::None);
    QCOMPARE(error.cause, Cause::KeychainAbsent);
    QVERIFY2(!error.message.contains(u"module"), qPrintable(error.message));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
