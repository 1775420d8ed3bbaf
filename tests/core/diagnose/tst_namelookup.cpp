#include "diagnose/namelookup.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

class NameLookupTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void name();
    void address();
    void unknownName();
    void destroyed();

private:
    static std::optional<Result<NameFacts>> look(const QString &host);
};

std::optional<Result<NameFacts>> NameLookupTest::look(const QString &host)
{
    std::optional<Result<NameFacts>> answer;
    int answers = 0;
    NameLookup lookup(host);
    connect(&lookup, &NameLookup::finished, &lookup, [&](const Result<NameFacts> &facts) {
        answer = facts;
        ++answers;
    });
    lookup.start();
    if (answers != 0) // not within start()
        return {};
    (void)QTest::qWaitFor([&] { return answers > 0; }, 20000);
    return answers == 1 ? answer : std::nullopt;
}

void NameLookupTest::name()
{
    const auto answer = look(u"localhost"_s);
    QVERIFY(answer && *answer);
    const NameFacts &facts = answer->value();
    QVERIFY(!facts.addresses.empty());
    QVERIFY(facts.addresses.front().isLoopback());
    QVERIFY(!facts.isAddress);
    QVERIFY2(facts.reverseNames.contains(u"localhost"_s),
             qPrintable(facts.reverseNames.join(u' ')));
    QVERIFY(facts.agree);
}

void NameLookupTest::address()
{
    const auto answer = look(u"127.0.0.1"_s);
    QVERIFY(answer && *answer);
    QVERIFY(answer->value().isAddress);
    QCOMPARE(answer->value().addresses.size(), 1);
    QCOMPARE(answer->value().addresses.front(), QHostAddress(u"127.0.0.1"_s));
    QVERIFY(answer->value().reverseNames.contains(u"localhost"_s));
}

void NameLookupTest::unknownName()
{
    const auto answer = look(u"no-such-host.invalid"_s);
    QVERIFY(answer && !*answer);
    QCOMPARE(answer->error().cause, Cause::NetDns);
    QCOMPARE(answer->error().host, u"no-such-host.invalid"_s);
}

void NameLookupTest::destroyed()
{
    auto lookup = std::make_unique<NameLookup>(u"localhost"_s);
    QSignalSpy spy(lookup.get(), &NameLookup::finished);
    lookup->start();
    lookup.reset();
    QVERIFY(look(u"localhost"_s)); // what was under way has come and gone meanwhile
    QCOMPARE(spy.size(), 0);
}

QTEST_GUILESS_MAIN(NameLookupTest)
#include "tst_namelookup.moc"
