#include "auth/hostrefusal.h"

#include <QByteArray>
#include <QTest>

#include <krb5.h>

using namespace negotiate;

namespace {

QByteArray element(unsigned char tag, const QByteArray &content)
{
    QByteArray bytes(1, char(tag));
    if (content.size() < 0x80)
        bytes += char(content.size());
    else
        bytes += QByteArray("\x82") + char(content.size() >> 8) + char(content.size());
    return bytes + content;
}

/// KRB-ERROR of RFC 4120, 5.9.1, with the fields that every host sends.
QByteArray krbError(int code, const QByteArray &text = {})
{
    const auto number = [](int value) { return element(0x02, QByteArray(1, char(value))); };
    QByteArray fields = element(0xa0, number(5)) + element(0xa1, number(30));
    fields += element(0xa4, element(0x18, "20260101000000Z"));
    fields += element(0xa5, number(0));
    fields += element(0xa6, number(code));
    fields += element(0xa9, element(0x1b, "EXAMPLE.COM"));
    if (!text.isEmpty())
        fields += element(0xab, element(0x1b, text));
    return element(0x7e, element(0x30, fields));
}

QByteArray framed(const QByteArray &token)
{
    return element(0x60,
                   QByteArray::fromHex("06092a864886f712010202") + QByteArray("\3\0", 2) + token);
}

/// NegTokenResp of RFC 4178, 4.2.2.
QByteArray response(int state, const QByteArray &token = {})
{
    QByteArray fields = element(0xa0, element(0x0a, QByteArray(1, char(state))));
    if (!token.isEmpty())
        fields += element(0xa2, element(0x04, token));
    return element(0xa1, element(0x30, fields));
}

Failure refusal(const QByteArray &token)
{
    return refusalIn({token.constData(), size_t(token.size())});
}

} // namespace

/// What a host says when it refuses, in every wrapping that hosts use, and in none.
class TestHostRefusal final : public QObject
{
    Q_OBJECT
private slots:
    void reasons_data();
    void reasons();
    void wrappings();
    void rejections();
    void textIsTakenAsText();
    void hostileBytes();
};

void TestHostRefusal::reasons_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("reason");
    QTest::newRow("skew") << 37 << int(Reason::ClockSkew);
    QTest::newRow("not yet valid") << 33 << int(Reason::ClockSkew);
    QTest::newRow("modified") << 41 << int(Reason::ServiceKey);
    QTest::newRow("integrity") << 31 << int(Reason::ServiceKey);
    QTest::newRow("not us") << 35 << int(Reason::ServiceKey);
    QTest::newRow("version of the key") << 44 << int(Reason::ServiceKey);
    QTest::newRow("no key") << 45 << int(Reason::ServiceKey);
    QTest::newRow("expired") << 32 << int(Reason::TicketExpired);
    QTest::newRow("encryption type") << 14 << int(Reason::EncryptionType);
    QTest::newRow("generic") << 60 << int(Reason::Other);
}

void TestHostRefusal::reasons()
{
    QFETCH(int, code);
    const Failure failure = refusal(krbError(code));
    QTEST(int(failure.reason), "reason");
    QCOMPARE(std::int32_t(failure.minor), std::int32_t(ERROR_TABLE_BASE_krb5 + code));
    QVERIFY(!failure.text.empty());
    QVERIFY(failure.text.find("Unknown code") == std::string::npos);
}

void TestHostRefusal::wrappings()
{
    const QByteArray error = krbError(37);
    for (const QByteArray &token :
         {error, QByteArray("\3\0", 2) + error, framed(error), response(2, error),
          response(2, framed(error)), response(1, framed(error))})
        QCOMPARE(int(refusal(token).reason), int(Reason::ClockSkew));
}

void TestHostRefusal::rejections()
{
    QCOMPARE(int(refusal(response(2)).reason), int(Reason::Rejected));
    QCOMPARE(int(refusal(response(2, "NTLMSSP")).reason), int(Reason::Rejected));
    QVERIFY(!refusal(response(0)));
    QVERIFY(!refusal(response(1, framed("\x6f\x00"))));
    QVERIFY(!refusal({}));
    QVERIFY(!refusal("NTLMSSP"));
    QVERIFY(!refusal(element(0x60, QByteArray::fromHex("06092a864886f712010202") + "\2")));
}

void TestHostRefusal::textIsTakenAsText()
{
    const std::string text = refusal(krbError(60, "line\none\x1b[31m" + QByteArray(5000, 'x')))
                                 .text;
    QVERIFY(text.find("line one") != std::string::npos);
    QVERIFY(text.find('\x1b') == std::string::npos && text.find('\n') == std::string::npos);
    QVERIFY(text.size() < 400);
}

void TestHostRefusal::hostileBytes()
{
    const QByteArray token = response(2, framed(krbError(37, "words")));
    for (qsizetype size = 0; size < token.size(); ++size)
        QVERIFY(!refusal(token.first(size)));
    for (qsizetype at = 0; at < token.size(); ++at) {
        for (const char with : {'\0', '\x7f', '\x80', '\x84', '\xff'}) {
            QByteArray changed = token;
            changed[at] = with;
            const Failure failure = refusal(changed); // must end, whatever it is
            QVERIFY(failure.text.size() < 400);
        }
    }
}

QTEST_GUILESS_MAIN(TestHostRefusal)
#include "tst_hostrefusal.moc"
