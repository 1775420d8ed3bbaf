#include "http/authchallenge.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// "scheme[:token68][ name=value]..." joined by " | ".
QString text(const std::vector<AuthChallenge> &challenges)
{
    QStringList all;
    for (const AuthChallenge &challenge : challenges) {
        QByteArray one = challenge.scheme;
        if (!challenge.token68.isEmpty())
            one += ':' + challenge.token68;
        for (const auto &[name, value] : challenge.parameters)
            one += ' ' + name + '=' + value;
        all.append(QString::fromLatin1(one));
    }
    return all.join(u" | "_s);
}

} // namespace

class TestAuthChallenge final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void read_data();
    void read();
    void schemeNamesAreListedOnce();
    void noiseEnds();
};

void TestAuthChallenge::read_data()
{
    QTest::addColumn<QList<QByteArray>>("values");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QList<QByteArray> &values,
                        const QString &expected) { QTest::newRow(name) << values << expected; };
    row("Windows", {"Negotiate", "Kerberos", "Basic realm=\"WSMAN\"", "CredSSP"},
        u"Negotiate | Kerberos | Basic realm=WSMAN | CredSSP"_s);
    row("folded",
        {"Negotiate, Basic realm=\"a, b=c\", charset=\"UTF-8\", Digest realm=x, nonce=\"y\""},
        u"Negotiate | Basic realm=a, b=c charset=UTF-8 | Digest realm=x nonce=y"_s);
    row("token", {"Negotiate oYG2MIGz+/=="}, u"Negotiate:oYG2MIGz+/=="_s);
    row("token, then a scheme", {"Negotiate abc=, Basic realm=\"r\""},
        u"Negotiate:abc= | Basic realm=r"_s);
    row("token without padding", {"NTLM TlRMTVNTUAAC"}, u"NTLM:TlRMTVNTUAAC"_s);
    row("quotes within quotes", {R"(Basic realm="a\"b\\c")"}, uR"(Basic realm=a"b\c)"_s);
    row("blanks around the sign", {"Basic realm = \"r\" , x =y"}, u"Basic realm=r x=y"_s);
    row("empty items", {", ,Basic realm=\"r\",, ,Negotiate,"}, u"Basic realm=r | Negotiate"_s);
    row("parameter without a scheme", {"realm=\"Basic x\", Negotiate"}, u"Negotiate"_s);
    row("quote without end", {"Basic realm=\"r"}, u"Basic realm=r"_s);
    row("nothing", {""}, QString());
    row("no header", {}, QString());
    row("signs only", {"=\"Basic\" ;, @"}, QString());
    row("a realm that names schemes", {"Digest realm=\"Basic, NTLM\""},
        u"Digest realm=Basic, NTLM"_s);
}

void TestAuthChallenge::read()
{
    QFETCH(QList<QByteArray>, values);
    QFETCH(QString, expected);
    QCOMPARE(text(readChallenges({values.begin(), values.end()})), expected);
}

void TestAuthChallenge::schemeNamesAreListedOnce()
{
    const auto challenges = readChallenges({"Basic realm=\"a\"", "basic realm=\"b\", NTLM"});
    QCOMPARE(schemeNames(challenges), (QStringList{u"Basic"_s, u"NTLM"_s}));
    QVERIFY(challenges[0].is("BASIC"));
    QVERIFY(!challenges[0].is("Basi"));
}

void TestAuthChallenge::noiseEnds()
{
    QRandomGenerator random(7);
    const QByteArray alphabet = "aB=\",\\ \t;/+-\x80";
    for (int round = 0; round < 20000; ++round) {
        QByteArray value;
        for (int i = random.bounded(40); i > 0; --i)
            value += alphabet[random.bounded(int(alphabet.size()))];
        for (const AuthChallenge &challenge : readChallenges({value}))
            QVERIFY(!challenge.scheme.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestAuthChallenge)
#include "tst_authchallenge.moc"
