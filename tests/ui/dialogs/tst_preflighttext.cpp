#include "diagnose/preflight.h"
#include "dialogs/preflightlist.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class PreflightTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void spans_data();
    void spans();
    void everythingFound();
    void beforeAnythingIsKnown();
    void ticketMissing();
    void ticketEndsSoon();
    void kerberosIsOneOfTheWays();
    void kerberosNeedNotBeHad();
    void otherClock();
    void namesDisagree();
    void onlyNamesWithoutKerberos();
    void wordsOfOthersStayPlain();
    void listShowsTheLines();
    void listKeepsWhatStays();

private:
    static PreflightFacts good();
    static ConnectionOptions kerberos(Authentication way = Authentication::Kerberos);
    static PreflightLine find(const std::vector<PreflightLine> &lines, const QString &name);
};

PreflightFacts PreflightTextTest::good()
{
    PreflightFacts facts;
    facts.names.found({.addresses = {QHostAddress(u"192.0.2.10"_s)},
                       .reverseNames = {u"web01.example.com"_s},
                       .agree = true});
    facts.realm.found({.ofHost = u"EXAMPLE.COM"_s, .byDefault = u"EXAMPLE.COM"_s});
    facts.principal.found(u"alice@EXAMPLE.COM"_s);
    TicketFacts ticket;
    ticket.principal = u"alice@EXAMPLE.COM"_s;
    ticket.expires = QDateTime::currentDateTime().addSecs(7 * 3600 + 12 * 60 + 30);
    facts.ticket.found(ticket);
    facts.services.found({u"HTTP/web01.example.com"_s, u"WSMAN/web01.example.com"_s});
    KdcFacts kdc;
    kdc.realm = u"EXAMPLE.COM"_s;
    kdc.kdcs.servers = {u"dc1.example.com"_s};
    kdc.answer = KdcAnswer{.server = u"dc1.example.com"_s, .roundTrip = 4ms, .skew = 0s};
    facts.kdc.found(kdc);
    return facts;
}

ConnectionOptions PreflightTextTest::kerberos(Authentication way)
{
    ConnectionOptions options;
    options.host = u"web01.example.com"_s;
    options.authentication = way;
    return options;
}

PreflightLine PreflightTextTest::find(const std::vector<PreflightLine> &lines, const QString &name)
{
    const auto found = std::ranges::find(lines, name, &PreflightLine::name);
    return found == lines.end() ? PreflightLine() : *found;
}

Error kerberosError(Cause cause, const QString &words = {})
{
    return Error::of(Error::Kind::Authentication, cause, words);
}

void PreflightTextTest::spans_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << 0 << u"0 s"_s;
    QTest::newRow("over") << -5 << u"0 s"_s;
    QTest::newRow("seconds") << 59 << u"59 s"_s;
    QTest::newRow("minutes") << 119 << u"1 min"_s;
    QTest::newRow("hours") << 7 * 3600 + 12 * 60 + 59 << u"7 h 12 min"_s;
    QTest::newRow("days") << 3 * 86400 + 4 * 3600 + 3599 << u"3 d 4 h"_s;
}

void PreflightTextTest::spans()
{
    QFETCH(int, seconds);
    QTEST(spanText(std::chrono::seconds(seconds)), "expected");
}

void PreflightTextTest::everythingFound()
{
    const auto lines = preflightLines(good(), kerberos(), true);
    QStringList names, sentences;
    for (const PreflightLine &line : lines) {
        names.append(line.name);
        sentences.append(line.sentence);
        QCOMPARE(line.meaning, Meaning::Ok);
        QVERIFY(!line.sign.isEmpty());
        QVERIFY(line.command.isEmpty());
    }
    QCOMPARE(names, (QStringList{u"realm"_s, u"ticket"_s, u"service"_s, u"kdc"_s, u"names"_s}));
    QCOMPARE(sentences,
             (QStringList{u"Realm EXAMPLE.COM"_s, u"Ticket of alice@EXAMPLE.COM, 7 h 12 min left"_s,
                          u"Service name HTTP/web01.example.com"_s,
                          u"Domain controller dc1.example.com answers, clocks agree"_s,
                          u"Address 192.0.2.10, name web01.example.com"_s}));
    QVERIFY(find(lines, u"service"_s).tip.contains(u"WSMAN/web01.example.com"_s));
    QCOMPARE(find(preflightLines(good(), kerberos(), false), u"user"_s).sentence,
             u"Signs in as alice@EXAMPLE.COM"_s);
}

void PreflightTextTest::beforeAnythingIsKnown()
{
    const Preflight preflight(kerberos(), false);
    const auto lines = preflightLines(preflight.facts(), kerberos(), true);
    QCOMPARE(lines.size(), std::size_t(5));
    for (const PreflightLine &line : lines) {
        QVERIFY(line.sign.isEmpty());
        QVERIFY(!line.sentence.isEmpty());
    }
}

void PreflightTextTest::ticketMissing()
{
    PreflightFacts facts = good();
    facts.ticket = {};
    facts.ticket.fail(kerberosError(Cause::KrbNoTicket));
    PreflightLine line = find(preflightLines(facts, kerberos(), true), u"ticket"_s);
    QCOMPARE(line.meaning, Meaning::Error);
    QCOMPARE(line.command, u"kinit alice@EXAMPLE.COM"_s);
    facts.principal = {};
    qputenv("USER", "carol");
    line = find(preflightLines(facts, kerberos(), true), u"ticket"_s);
    QCOMPARE(line.command, u"kinit carol@EXAMPLE.COM"_s);
    facts.realm = {};
    line = find(preflightLines(facts, kerberos(), true), u"ticket"_s);
    QCOMPARE(line.command, u"kinit"_s);
}

void PreflightTextTest::ticketEndsSoon()
{
    PreflightFacts facts = good();
    facts.ticket.value.expires = QDateTime::currentDateTime().addSecs(5 * 60 + 30);
    const PreflightLine line = find(preflightLines(facts, kerberos(), true), u"ticket"_s);
    QCOMPARE(line.meaning, Meaning::Warning);
    QCOMPARE(line.sentence, u"Ticket of alice@EXAMPLE.COM, 5 min left"_s);
    QCOMPARE(line.command, u"kinit alice@EXAMPLE.COM"_s);
}

void PreflightTextTest::kerberosIsOneOfTheWays()
{
    PreflightFacts facts = good();
    facts.kdc.fail(kerberosError(Cause::KrbKdcUnreachable, u"dc1.example.com"_s));
    const auto meaning = [&facts](Authentication way, bool ticket) {
        return find(preflightLines(facts, kerberos(way), ticket), u"kdc"_s).meaning;
    };
    QCOMPARE(meaning(Authentication::Kerberos, false), Meaning::Error);
    QCOMPARE(meaning(Authentication::Negotiate, true), Meaning::Error);
    QCOMPARE(meaning(Authentication::Negotiate, false), Meaning::Warning);
    QCOMPARE(meaning(Authentication::Automatic, false), Meaning::Warning);
}

void PreflightTextTest::kerberosNeedNotBeHad()
{
    PreflightFacts facts = good();
    facts.realm.fail(kerberosError(Cause::KrbRealmUnknown, u"web01"_s));
    auto lines = preflightLines(facts, kerberos(Authentication::Automatic), false);
    QCOMPARE(lines.size(), std::size_t(2)); // and the names
    QCOMPARE(lines.front().meaning, Meaning::Muted);
    lines = preflightLines(facts, kerberos(), false);
    QCOMPARE(lines.front().meaning, Meaning::Error);
    facts = good();
    facts.services.fail(kerberosError(Cause::KrbAddress));
    lines = preflightLines(facts, kerberos(Authentication::Negotiate), false);
    QCOMPARE(lines.size(), std::size_t(2));
    lines = preflightLines(facts, kerberos(Authentication::Negotiate), true);
    QCOMPARE(find(lines, u"service"_s).meaning, Meaning::Error);
}

void PreflightTextTest::otherClock()
{
    PreflightFacts facts = good();
    facts.kdc.value.answer->skew = -90s;
    QCOMPARE(find(preflightLines(facts, kerberos(), true), u"kdc"_s).sentence,
             u"Domain controller dc1.example.com answers, its clock is 1 min behind"_s);
    facts.kdc.value.answer->skew = 3720s;
    facts.kdc.fail(kerberosError(Cause::KrbClockSkew));
    const PreflightLine line = find(preflightLines(facts, kerberos(), true), u"kdc"_s);
    QCOMPARE(line.meaning, Meaning::Error);
    QVERIFY2(line.sentence.endsWith(u"dc1.example.com: its clock is 1 h 2 min ahead."_s),
             qPrintable(line.sentence));
}

void PreflightTextTest::namesDisagree()
{
    PreflightFacts facts = good();
    facts.names.value.agree = false;
    facts.names.value.addresses.append(QHostAddress(u"2001:db8::1"_s));
    facts.names.value.addresses.append(QHostAddress(u"2001:db8::2"_s));
    PreflightLine line = find(preflightLines(facts, kerberos(), true), u"names"_s);
    QCOMPARE(line.meaning, Meaning::Muted); // it is shown, and decides nothing
    QCOMPARE(line.sentence, u"Address 192.0.2.10 and 2 more, whose name is web01.example.com"_s);
    QVERIFY(line.tip.contains(u"2001:db8::2"_s));
    facts.names.value.reverseNames.clear();
    line = find(preflightLines(facts, kerberos(), true), u"names"_s);
    QVERIFY(line.sentence.endsWith(u"which has no name"_s));
}

void PreflightTextTest::onlyNamesWithoutKerberos()
{
    for (const auto way : {Authentication::Basic, Authentication::Ntlm, Authentication::None}) {
        const auto lines = preflightLines(good(), kerberos(way), false);
        QCOMPARE(lines.size(), std::size_t(1));
        QCOMPARE(lines.front().name, u"names"_s);
    }
}

void PreflightTextTest::wordsOfOthersStayPlain()
{
    PreflightFacts facts = good();
    facts.names.value.reverseNames = {u"<b>bold</b>\nsecond line"_s};
    facts.names.value.agree = false;
    PreflightList list;
    list.setLines(preflightLines(facts, kerberos(), true));
    const auto *text = list.findChild<QWidget *>(u"preflight-names"_s)
                           ->findChild<QLabel *>(u"sentence"_s);
    QCOMPARE(text->textFormat(), Qt::PlainText);
    QVERIFY(!text->text().contains(u'\n'));
}

void PreflightTextTest::listShowsTheLines()
{
    PreflightFacts facts = good();
    facts.ticket.fail(kerberosError(Cause::KrbTicketExpired));
    PreflightList list;
    list.setLines(preflightLines(facts, kerberos(), true));
    list.show();
    const auto *row = list.findChild<QWidget *>(u"preflight-ticket"_s);
    QVERIFY(row);
    QCOMPARE(row->findChild<QLabel *>(u"command"_s)->text(), u"kinit alice@EXAMPLE.COM"_s);
    auto *copy = row->findChild<QToolButton *>(u"copyCommand"_s);
    QVERIFY(!copy->accessibleName().isEmpty());
    copy->setFocus();
    QTest::keyClick(copy, Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"kinit alice@EXAMPLE.COM"_s);
    list.setLines({});
    QVERIFY(list.isHidden());
    QVERIFY(!list.findChild<QWidget *>(u"preflight-ticket"_s));
}

void PreflightTextTest::listKeepsWhatStays()
{
    PreflightList list;
    PreflightFacts facts = good();
    list.setLines(preflightLines(facts, kerberos(), true));
    list.show();
    const auto row = [&list](const QString &name) {
        return list.findChild<QWidget *>(u"preflight-"_s + name);
    };
    const QWidget *realm = row(u"realm"_s);
    const QWidget *kdc = row(u"kdc"_s);
    facts.kdc.fail(kerberosError(Cause::KrbKdcUnreachable, u"dc1"_s));
    facts.ticket.fail(kerberosError(Cause::KrbNoTicket));
    list.setLines(preflightLines(facts, kerberos(), true));
    QCOMPARE(row(u"realm"_s), realm);
    QVERIFY(row(u"kdc"_s) != kdc);
    QTRY_VERIFY(row(u"names"_s)->isVisible() && row(u"kdc"_s)->isVisible());
    // In the order of the lines, below the heading.
    QVERIFY(row(u"realm"_s)->y() < row(u"ticket"_s)->y());
    QVERIFY(row(u"ticket"_s)->y() < row(u"service"_s)->y());
    QVERIFY(row(u"service"_s)->y() < row(u"kdc"_s)->y());
    QVERIFY(row(u"kdc"_s)->y() < row(u"names"_s)->y());
}

QTEST_MAIN(PreflightTextTest)
#include "tst_preflighttext.moc"
