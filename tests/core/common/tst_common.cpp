#include "common/cause.h"
#include "common/error.h"
#include "common/result.h"
#include "common/secret.h"

#include <QDebug>
#include <QTest>

#include <type_traits>

using namespace Qt::StringLiterals;

namespace {

template<typename T>
concept Comparable = requires(const T &a, const T &b)
{
    a == b;
};

} // namespace

class TestCommon final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void causeIdsAreUniqueAndReadBack();
    void resultHoldsValueOrError();
    void secretKeepsBytesAndDoesNotCompare();
    void takingASecretEmptiesTheSource();
};

void TestCommon::causeIdsAreUniqueAndReadBack()
{
    QStringList seen;
    for (int i = 0; i <= int(Cause::OpenUnknownFormat); ++i) {
        const auto id = QString(causeId(Cause(i)));
        QVERIFY2(!seen.contains(id), qPrintable(id));
        seen.append(id);
        QCOMPARE(causeFromId(id), std::optional(Cause(i)));
    }
    QCOMPARE(causeFromId(u"no.such_cause"), std::nullopt);
}

void TestCommon::resultHoldsValueOrError()
{
    const Result<int> good = 7;
    QVERIFY(good);
    QCOMPARE(*good, 7);
    const Result<int> bad = Error::of(Error::Kind::Local, Cause::LocalFile, u"no such file"_s);
    QVERIFY(!bad);
    QCOMPARE(bad.error().cause, Cause::LocalFile);
    QVERIFY(Done());
    QVERIFY(!Done(bad.error()));
}

void TestCommon::secretKeepsBytesAndDoesNotCompare()
{
    const Secret secret(u"p\u00e4ss "_s);
    QCOMPARE(secret.reveal(), "p\xc3\xa4ss "_ba);
    const Secret copy = secret;
    QCOMPARE(copy.reveal(), secret.reveal());
    QVERIFY(Secret().isEmpty());
    static_assert(!Comparable<Secret>);
    static_assert(!std::is_convertible_v<Secret, QString>);
    static_assert(!std::is_convertible_v<Secret, QByteArray>);
}

void TestCommon::takingASecretEmptiesTheSource()
{
    QByteArray bytes("hidden");
    const Secret secret = Secret::take(bytes);
    QVERIFY(bytes.isEmpty());
    QCOMPARE(secret.reveal(), "hidden"_ba);
}

QTEST_GUILESS_MAIN(TestCommon)
#include "tst_common.moc"
