#include "auth/sealedmessage.h"
#include "core/auth/signinrealm.h"
#include "core/auth/signinrun.h"

#include <QStringEncoder>

using namespace Qt::StringLiterals;

namespace {

/// A complete context and its host.
struct Pair
{
    explicit Pair(const SignIn &signIn)
        : context(signIn)
        , error(signInTo(context, host))
    { }
    SecurityContext context;
    GssAcceptor host;
    Error error;
};

QByteArray text(qsizetype size)
{
    static const QByteArray piece = "<w:Gr\xc3\xb6\xc3\x9f"
                                    "e>\xe2\x82\xac</w:Gr\xc3\xb6\xc3\x9f"
                                    "e>";
    return piece.repeated(size / piece.size() + 1).first(size);
}

QByteArray utf16(const QByteArray &utf8)
{
    QStringEncoder encoder(QStringEncoder::Utf16LE, QStringEncoder::Flag::WriteBom);
    return encoder(QString::fromUtf8(utf8));
}

} // namespace

/// Messages between a context and GSSAPI's acceptor, by Kerberos and by NTLM.
class TestSealing final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init() { m_realm->enter(); }

    void roundTrips_data() { mechanisms(); }
    void roundTrips();
    void sealsNothing();
    void headers();
    void otherEncryptionTypes_data();
    void otherEncryptionTypes();
    void unrotatedTokens();
    void changedBytes_data() { mechanisms(); }
    void changedBytes();
    void order_data();
    void order();
    void malformed_data() { mechanisms(); }
    void malformed();
    void signedOnly();
    void endsAfterAFailure_data() { mechanisms(); }
    void endsAfterAFailure();
    void manyMessages_data() { mechanisms(); }
    void manyMessages();
    void throughTheBody_data() { mechanisms(); }
    void throughTheBody();

private:
    void mechanisms();
    SignIn wish(bool ntlm) const;
    std::unique_ptr<SignInRealm> m_realm;
};

void TestSealing::initTestCase()
{
    m_realm = std::make_unique<SignInRealm>();
    QVERIFY2(m_realm->isRunning(), m_realm->process().startError().constData());
}

void TestSealing::mechanisms()
{
    QTest::addColumn<bool>("ntlm");
    QTest::newRow("Kerberos") << false;
    QTest::newRow("NTLM") << true;
}

SignIn TestSealing::wish(bool ntlm) const
{
    return ntlm ? m_realm->ntlm(u"EXAMPLE\\alice"_s, u"alice"_s)
                : m_realm->password(u"alice@EXAMPLE.COM"_s, u"alice"_s);
}

void TestSealing::roundTrips()
{
    QFETCH(bool, ntlm);
    Pair pair(wish(ntlm));
    QVERIFY2(!pair.error, qPrintable(pair.error.message));
    for (const qsizetype size : {0, 1, 15, 16, 17, 4096, 512000, 8 << 20}) {
        if (ntlm && size == 0)
            continue; // sealsNothing()
        for (const QByteArray &plain : {text(size), utf16(text(size / 2))}) {
            const auto sealed = sealOf(pair.context, plain);
            QVERIFY(sealed);
            QCOMPARE(sealed->data.size(), plain.size());
            QCOMPARE(sealed->plainLength, plain.size());
            QVERIFY(plain.size() < 15 || sealed->data != plain);
            QVERIFY(pair.host.unseal(*sealed) == plain);
            const auto opened = unsealOf(pair.context, pair.host.seal(plain));
            QVERIFY(opened && *opened == plain);
        }
    }
}

void TestSealing::sealsNothing()
{
    Pair kerberos(wish(false)), ntlm(wish(true));
    QVERIFY(sealOf(kerberos.context, {}));
    const auto sealed = sealOf(ntlm.context, {});
    QVERIFY(!sealed);
    QCOMPARE(causeId(sealed.error().cause), causeId(Cause::AuthUnavailable));
}

void TestSealing::headers()
{
    Pair kerberos(wish(false)), ntlm(wish(true));
    const auto k = sealOf(kerberos.context, "hello");
    QVERIFY(k);
    QCOMPARE(k->header.size(), 60);
    // 05 04, sealed with the acceptor's key, FF, EC 0, RRC 28: RFC 4121 as SSPI wants it.
    QCOMPARE(k->header.first(8).toHex(), QByteArray("050406ff0000001c"));
    for (int number = 1; number < 4; ++number) { // 0 was the list of mechanisms
        const auto n = sealOf(ntlm.context, "hello");
        QVERIFY(n);
        QCOMPARE(n->header.size(), 16);
        QCOMPARE(n->header.first(4).toHex(), QByteArray("01000000"));
        QCOMPARE(int(n->header[12]), number);
    }
}

void TestSealing::otherEncryptionTypes_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("header");
    QTest::newRow("AES128") << u"aes128-cts-hmac-sha1-96"_s << u"AES128"_s << 60;
    QTest::newRow("SHA-2, 128") << u"aes128-cts-hmac-sha256-128"_s << u"AES128-SHA256"_s << 64;
    QTest::newRow("SHA-2, 256") << u"aes256-cts-hmac-sha384-192"_s << u"AES256-SHA384"_s << 72;
}

void TestSealing::otherEncryptionTypes()
{
    QFETCH(QString, type);
    QFETCH(QString, name);
    QFETCH(int, header);
    SignInRealm realm({u"--enctypes"_s, type});
    QVERIFY(realm.isRunning());
    realm.enter();
    Pair pair(realm.password(u"alice@EXAMPLE.COM"_s, u"alice"_s));
    QVERIFY2(!pair.error, qPrintable(pair.error.message));
    QCOMPARE(pair.context.facts().encryption, name);
    for (const qsizetype size : {0, 1, 7, 8, 4096}) {
        const QByteArray plain = text(size);
        const auto sealed = sealOf(pair.context, plain);
        QVERIFY(sealed);
        QCOMPARE(sealed->header.size(), header);
        QCOMPARE(sealed->data.size(), sealed->plainLength);
        QVERIFY(pair.host.unseal(*sealed) == plain);
        const auto opened = unsealOf(pair.context, pair.host.seal(plain));
        QVERIFY(opened && *opened == plain);
    }
}

void TestSealing::unrotatedTokens()
{
    Pair pair(wish(false));
    for (const qsizetype size : {0, 1, 100, 4096}) {
        // As OMI does: gss_wrap, cut behind 60 bytes.
        const auto opened = unsealOf(pair.context, pair.host.seal(text(size), 60));
        QVERIFY(opened && *opened == text(size));
    }
}

/// A bit of each byte of header and data, each on a context that is whole until then.
void TestSealing::changedBytes()
{
    QFETCH(bool, ntlm);
    const qsizetype header = ntlm ? 16 : 60, data = 20;
    for (qsizetype at = 0; at < header + data; at += ntlm ? 1 : 3) {
        Pair pair(wish(ntlm));
        SealedParts sealed = pair.host.seal(text(data));
        QCOMPARE(sealed.header.size(), header);
        QByteArray &part = at < header ? sealed.header : sealed.data;
        const qsizetype i = at < header ? at : at - header;
        part[i] = char(part[i] ^ 0x10);
        const auto opened = unsealOf(pair.context, sealed);
        if (!ntlm && (at == 6 || at == 7) && opened) {
            QCOMPARE(*opened, text(data)); // how far the rest was rotated is nobody's secret
            continue;
        }
        QVERIFY2(!opened, QByteArray::number(at).constData());
        QCOMPARE(opened.error().kind, Error::Kind::Protocol);
        // NTLM's number is not sealed: changed, it looks like another message's.
        const bool number = ntlm && at >= 12 && at < 16;
        QCOMPARE(causeId(opened.error().cause),
                 causeId(number ? Cause::SealOrder : Cause::SealBroken));
    }
}

void TestSealing::order_data()
{
    QTest::addColumn<bool>("ntlm");
    QTest::addColumn<QList<int>>("sequence");
    for (const bool ntlm : {false, true}) {
        const char *name = ntlm ? "NTLM" : "Kerberos";
        QTest::addRow("%s, replayed", name) << ntlm << QList<int>{0, 0};
        QTest::addRow("%s, replayed later", name) << ntlm << QList<int>{0, 1, 2, 0};
        QTest::addRow("%s, swapped", name) << ntlm << QList<int>{1};
        QTest::addRow("%s, swapped later", name) << ntlm << QList<int>{0, 2};
    }
}

void TestSealing::order()
{
    QFETCH(bool, ntlm);
    QFETCH(QList<int>, sequence);
    Pair pair(wish(ntlm));
    QList<SealedParts> messages;
    for (const char *plain : {"first", "second", "third"})
        messages.append(pair.host.seal(plain));
    const int last = sequence.takeLast();
    for (const int i : std::as_const(sequence))
        QVERIFY(unsealOf(pair.context, messages[i]));
    const auto opened = unsealOf(pair.context, messages[last]);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, Error::Kind::Protocol);
    QCOMPARE(causeId(opened.error().cause), causeId(Cause::SealOrder));
}

void TestSealing::malformed()
{
    QFETCH(bool, ntlm);
    const auto refused = [&](auto change) {
        Pair pair(wish(ntlm));
        SealedParts sealed = pair.host.seal(text(200));
        change(sealed);
        const auto opened = unsealOf(pair.context, sealed);
        return !opened && opened.error().kind == Error::Kind::Protocol
            && (opened.error().cause == Cause::SealBroken
                || opened.error().cause == Cause::SealMalformed);
    };
    QVERIFY(refused([](SealedParts &s) { s.data.chop(1); }));
    QVERIFY(refused([](SealedParts &s) { s.data.append('x'); }));
    QVERIFY(refused([](SealedParts &s) { s.data.clear(); }));
    QVERIFY(refused([](SealedParts &s) { s.header.chop(1); }));
    QVERIFY(refused([](SealedParts &s) { s.header.append('x'); }));
    QVERIFY(refused([](SealedParts &s) { s.header.clear(); }));
    QVERIFY(refused([](SealedParts &s) { s.header = QByteArray(60, '\0'); }));
    QVERIFY(refused([](SealedParts &s) { s = {}; }));
    QVERIFY(refused([](SealedParts &s) { s.plainLength -= 1; }));
    QVERIFY(refused([](SealedParts &s) { s.plainLength += 1; }));
}

void TestSealing::signedOnly()
{
    Pair pair(wish(false));
    const auto opened = unsealOf(pair.context, pair.host.signOnly("hello"));
    QVERIFY(!opened);
    QCOMPARE(causeId(opened.error().cause), causeId(Cause::SealBroken));
}

void TestSealing::endsAfterAFailure()
{
    QFETCH(bool, ntlm);
    Pair pair(wish(ntlm));
    SealedParts changed = pair.host.seal("hello");
    changed.data[0] = char(changed.data[0] ^ 1);
    QVERIFY(!unsealOf(pair.context, changed));
    QVERIFY(!unsealOf(pair.context, pair.host.seal("again")));
    const auto sealed = sealOf(pair.context, "hello");
    QVERIFY(!sealed);
    QCOMPARE(causeId(sealed.error().cause), causeId(Cause::SealBroken));
}

void TestSealing::manyMessages()
{
    QFETCH(bool, ntlm);
    Pair pair(wish(ntlm));
    for (int i = 1; i <= 500; ++i) {
        const QByteArray plain = text(i * 7);
        const auto sealed = sealOf(pair.context, plain);
        QVERIFY(sealed && pair.host.unseal(*sealed) == plain);
        const auto opened = unsealOf(pair.context, pair.host.seal(plain));
        QVERIFY(opened && *opened == plain);
    }
}

void TestSealing::throughTheBody()
{
    QFETCH(bool, ntlm);
    Pair pair(wish(ntlm));
    const QByteArray type = sealedContentType(HttpScheme::Negotiate);
    for (const qsizetype size : {1, 40, 300000}) {
        const auto request = sealOf(pair.context, text(size));
        QVERIFY2(request, request ? "" : qPrintable(request.error().message));
        const auto arrived = readSealedBody(
            type, writeSealedBody(HttpScheme::Negotiate, "UTF-8", *request));
        QVERIFY(arrived);
        QVERIFY(pair.host.unseal(arrived->parts) == text(size));
        const auto reply = readSealedBody(
            type, writeSealedBody(HttpScheme::Negotiate, "UTF-8", pair.host.seal(text(size))));
        QVERIFY(reply);
        const auto opened = unsealOf(pair.context, reply->parts);
        QVERIFY(opened && *opened == text(size));
    }
}

QTEST_GUILESS_MAIN(TestSealing)
#include "tst_sealing.moc"
