#include "core/http/replysummary.h"
#include "http/httpreply.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr auto okHead = "HTTP/1.1 200 OK\r\n";

QByteArray withHead(const QByteArray &fields, const QByteArray &body = {})
{
    return okHead + fields + "\r\n" + body;
}

QByteArray repeated(const QByteArray &text, int times)
{
    return text.repeated(times);
}

} // namespace

class TestHttpReply final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goodReplies_data();
    void goodReplies();
    void refusedReplies_data();
    void refusedReplies();
    void limits_data();
    void limits();
    void headFindsNamesIgnoringCase();
    void keepAlive_data();
    void keepAlive();
    void bodyComesAsItArrives();
    void bytesAfterTheReplyAreCounted();
    void everyCutIsTruncation_data();
    void everyCutIsTruncation();
    void wholeFiles();
};

void TestHttpReply::goodReplies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("close");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &body,
                        int status = 200, const QByteArray &reason = "OK", bool close = false) {
        QTest::newRow(name) << bytes << close << status << reason << body;
    };
    row("length", withHead("Content-Length: 5\r\n", "hello"), "hello");
    row("length zero", withHead("Content-Length: 0\r\n"), {});
    row("length twice, equal", withHead("Content-Length: 2\r\ncontent-length: 2\r\n", "ab"), "ab");
    row("length listed, equal", withHead("Content-Length: 2, 2\r\n", "ab"), "ab");
    row("no blanks", withHead("Content-Length:2\r\n", "ab"), "ab");
    row("blanks and tabs", withHead("Content-Length: \t 2 \t \r\n", "ab"), "ab");
    row("null reason", "HTTP/1.1 200 (null)\r\nContent-Length: 1\r\n\r\nx", "x", 200, "(null)");
    row("empty reason", "HTTP/1.1 401 \r\nContent-Length: 0\r\n\r\n", {}, 401, "");
    row("no reason", "HTTP/1.1 401\r\nContent-Length: 0\r\n\r\n", {}, 401, "");
    row("to the close", "HTTP/1.0 500 No\r\n\r\nrest", "rest", 500, "No", true);
    row("no fields", "HTTP/1.1 200 OK\r\n\r\n", {}, 200, "OK", true);
    row("chunked",
        withHead("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"),
        "abc0123456789");
    row("chunked, no chunk", withHead("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"), {});
    row("padded and zero-led sizes",
        withHead("Transfer-Encoding: chunked\r\n", "0003  \r\nabc\r\n000\r\n\r\n"), "abc");
    row("chunk extension and trailers",
        withHead("Transfer-Encoding: chunked\r\n",
                 "1;name=\"v\"\r\nx\r\n0;last\r\nX-Sum: 1\r\nY: 2\r\n\r\n"),
        "x");
    row("interim", "HTTP/1.1 100 Continue\r\n\r\n" + withHead("Content-Length: 1\r\n", "x"), "x");
    row("two interim with fields",
        "HTTP/1.1 102 P\r\nA: b\r\n\r\nHTTP/1.1 103 Hint\r\nContent-Length: 7\r\n\r\n"
            + withHead("Content-Length: 1\r\n", "x"),
        "x");
    row("204", "HTTP/1.1 204 None\r\n\r\n", {}, 204, "None");
    row("304 with a length", "HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n", {}, 304, "Same");
    row("bytes above 7F", "HTTP/1.1 200 D\xe9j\xe0\r\nX: \xc3\xa4\r\nContent-Length: 0\r\n\r\n", {},
        200, "D\xe9j\xe0");
    row("body with NUL and CRLF",
        withHead("Content-Length: 6\r\n", "\r\n\r\n"_ba + QByteArray(2, '\0')),
        "\r\n\r\n"_ba + QByteArray(2, '\0'));
}

void TestHttpReply::goodReplies()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, close);
    QFETCH(int, status);
    QFETCH(QByteArray, reason);
    QFETCH(QByteArray, body);

    HttpReplyReader reader;
    reader.feed(bytes);
    if (close) {
        QVERIFY(reader.state() == HttpReplyReader::State::Body);
        reader.close();
    }
    QVERIFY2(reader.state() == HttpReplyReader::State::Complete,
             qPrintable(reader.error().message));
    QCOMPARE(reader.head().status, status);
    QCOMPARE(reader.head().reason, reason);
    QCOMPARE(reader.takeBody(), body);
    QCOMPARE(reader.bodyReceived(), body.size());
    QCOMPARE(reader.excess(), 0);
    QVERIFY(!reader.error());

    const auto whole = replySummary(bytes, [](qsizetype n) { return n; }, close, {});
    for (const qsizetype piece : {1, 2, 3, 5, 7, 16, 31})
        QCOMPARE(replySummary(bytes, [piece](qsizetype) { return piece; }, close, {}), whole);
    for (qsizetype cut = 1; cut < bytes.size(); ++cut) {
        qsizetype next = cut;
        const auto twice = [&next](qsizetype left) { return std::exchange(next, left); };
        QCOMPARE(replySummary(bytes, twice, close, {}), whole);
    }
}

void TestHttpReply::refusedReplies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    const auto chunks = [&row](const char *name, const QByteArray &body) {
        row(name, withHead("Transfer-Encoding: chunked\r\n", body));
    };
    row("bare-LF head", "HTTP/1.0 411 Length Required\nConnection: close\n\n");
    row("bare LF in a field", "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n");
    row("bare CR in a field", withHead("A: b\rC: d\r\n"));
    row("HTML without a head", "<html>hello</html>\r\n");
    row("SSH", "SSH-2.0-OpenSSH_9.2\r\n");
    row("TLS alert", QByteArray::fromHex("15030100020100"));
    row("HTTP/2", "HTTP/2 200 OK\r\n\r\n");
    row("HTTP/0.9", "HTTP/0.9 200 OK\r\n\r\n");
    row("lower-case protocol", "http/1.1 200 OK\r\n\r\n");
    row("leading empty line", "\r\nHTTP/1.1 200 OK\r\n\r\n");
    row("two blanks before the status", "HTTP/1.1  200 OK\r\n\r\n");
    row("status of two digits", "HTTP/1.1 20 OK\r\n\r\n");
    row("status of four digits", "HTTP/1.1 2000 OK\r\n\r\n");
    row("status 099", "HTTP/1.1 099 OK\r\n\r\n");
    row("status 600", "HTTP/1.1 600 OK\r\n\r\n");
    row("status with a letter", "HTTP/1.1 2x0 OK\r\n\r\n");
    row("NUL in the reason", "HTTP/1.1 200 O"_ba + '\0' + "K\r\n\r\n");
    row("folded field", withHead("A: b\r\n c\r\n"));
    row("tab-folded first field", withHead("\tA: b\r\n"));
    row("blank before the colon", withHead("Content-Length : 2\r\n", "ab"));
    row("no colon", withHead("Content-Length 2\r\n", "ab"));
    row("no name", withHead(": 2\r\n", "ab"));
    row("blank in a name", withHead("Content Length: 2\r\n", "ab"));
    row("NUL in a value", withHead("A: b"_ba + '\0' + "\r\n"));
    row("DEL in a value", withHead("A: b\x7f\r\n"));
    row("two lengths", withHead("Content-Length: 2\r\nContent-Length: 3\r\n", "abc"));
    row("two lengths in a list", withHead("Content-Length: 2, 3\r\n", "abc"));
    row("negative length", withHead("Content-Length: -1\r\n"));
    row("signed length", withHead("Content-Length: +1\r\n", "a"));
    row("hexadecimal length", withHead("Content-Length: 0x10\r\n"));
    row("empty length", withHead("Content-Length:\r\n"));
    row("length that overflows", withHead("Content-Length: 18446744073709551617\r\n"));
    row("length with an empty list item", withHead("Content-Length: 2,\r\n", "ab"));
    row("length and chunked", withHead("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"));
    row("gzip, chunked", withHead("Transfer-Encoding: gzip, chunked\r\n"));
    row("identity", withHead("Transfer-Encoding: identity\r\n"));
    row("chunked twice", withHead("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"));
    row("chunked in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("switching protocols", "HTTP/1.1 101 Switch\r\nUpgrade: h2c\r\n\r\n");
    row("interim without end", repeated("HTTP/1.1 100 Continue\r\n\r\n", 50));
    chunks("no chunk size", "\r\nabc");
    chunks("chunk size without digits", ";x\r\n");
    chunks("chunk size with a letter", "1g\r\n");
    chunks("chunk size with a sign", "-1\r\n");
    chunks("chunk size with 0x", "0x1\r\na\r\n");
    chunks("blank before the size", " 1\r\na\r\n");
    chunks("chunk size that overflows", "FFFFFFFFFFFFFFFFF\r\n");
    chunks("bare LF after the size", "1\na\r\n");
    chunks("chunk longer than its size", "1\r\nab\r\n0\r\n\r\n");
    chunks("bare LF after a chunk", "1\r\na\n0\r\n\r\n");
    chunks("trailer that is none", "0\r\nnot a field\r\n\r\n");
    chunks("control character in an extension", "1;a\x01\r\na\r\n");
}

void TestHttpReply::refusedReplies()
{
    QFETCH(QByteArray, bytes);
    HttpReplyReader reader;
    QVERIFY(reader.feed(bytes) == HttpReplyReader::State::Failed);
    QCOMPARE(reader.error().cause, Cause::HttpMalformed);
    QVERIFY(reader.error().kind == Error::Kind::Protocol);
    QVERIFY(!reader.error().message.isEmpty());
    QVERIFY(!reader.keepAlive());
    QVERIFY(reader.close() == HttpReplyReader::State::Failed);
    QCOMPARE(reader.error().cause, Cause::HttpMalformed);

    const auto whole = replySummary(bytes, [](qsizetype n) { return n; }, true, {});
    for (const qsizetype piece : {1, 2, 3, 5, 11})
        QCOMPARE(replySummary(bytes, [piece](qsizetype) { return piece; }, true, {}), whole);
}

void TestHttpReply::limits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Cause>("cause");
    const auto chunked = [](const QByteArray &body) {
        return withHead("Transfer-Encoding: chunked\r\n", body);
    };
    QTest::newRow("head just fits")
        << withHead("A: " + QByteArray(178, 'x') + "\r\n").left(200) << Cause::HttpTruncated;
    QTest::newRow("head") << withHead("A: " + QByteArray(300, 'x') + "\r\n")
                          << Cause::HttpHeadTooLarge;
    QTest::newRow("status line") << "HTTP/1.1 200 "_ba + QByteArray(300, 'x')
                                 << Cause::HttpHeadTooLarge;
    QTest::newRow("endless fields")
        << okHead + repeated("A: b\r\n", 100) << Cause::HttpHeadTooLarge;
    QTest::newRow("length") << withHead("Content-Length: 21\r\n") << Cause::HttpTooLarge;
    QTest::newRow("chunk") << chunked("15\r\n") << Cause::HttpTooLarge;
    QTest::newRow("chunks") << chunked("14\r\n" + QByteArray(20, 'x') + "\r\n1\r\n")
                            << Cause::HttpTooLarge;
    QTest::newRow("to the close") << withHead({}, QByteArray(21, 'x')) << Cause::HttpTooLarge;
    QTest::newRow("trailers") << chunked("0\r\n" + repeated("A: b\r\n", 100))
                              << Cause::HttpHeadTooLarge;
    QTest::newRow("extension") << chunked("1;" + QByteArray(300, 'x')) << Cause::HttpHeadTooLarge;
    QTest::newRow("extensions") << chunked(repeated("1;" + QByteArray(60, 'x') + "\r\na\r\n", 9))
                                << Cause::HttpHeadTooLarge;
}

void TestHttpReply::limits()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Cause, cause);
    const HttpLimits limits{.maxHead = 200, .maxBody = 20};
    HttpReplyReader reader(limits);
    reader.feed(bytes);
    reader.close();
    QVERIFY(reader.state() == HttpReplyReader::State::Failed);
    QCOMPARE(causeId(reader.error().cause), causeId(cause));
    const auto whole = replySummary(
        bytes, [](qsizetype n) { return n; }, true, limits);
    for (const qsizetype piece : {1, 2, 7, 50})
        QCOMPARE(replySummary(
                     bytes, [piece](qsizetype) { return piece; }, true, limits),
                 whole);
}

void TestHttpReply::headFindsNamesIgnoringCase()
{
    HttpReplyReader reader;
    reader.feed(withHead("WWW-Authenticate: Negotiate\r\nwww-authenticate: Basic realm=\"a\"\r\n"
                         "Connection: Keep-Alive , close\r\nContent-Length: 0\r\n"));
    const HttpHead &head = reader.head();
    QCOMPARE(head.header("Www-Authenticate"), "Negotiate"_ba);
    QCOMPARE(head.all("WWW-AUTHENTICATE").size(), 2u);
    QCOMPARE(head.all("WWW-AUTHENTICATE")[1], "Basic realm=\"a\""_ba);
    QVERIFY(head.hasToken("connection", "CLOSE"));
    QVERIFY(head.hasToken("connection", "keep-alive"));
    QVERIFY(!head.hasToken("connection", "keep"));
    QVERIFY(head.header("Absent").isEmpty());
    QVERIFY(head.all("Absent").empty());
}

void TestHttpReply::keepAlive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");
    const QByteArray none = "Content-Length: 0\r\n";
    QTest::newRow("1.1") << withHead(none) << true;
    QTest::newRow("1.1 close") << withHead(none + "Connection: foo, Close\r\n") << false;
    QTest::newRow("1.0") << "HTTP/1.0 200 OK\r\n"_ba + none + "\r\n" << false;
    QTest::newRow("1.0 keep-alive")
        << "HTTP/1.0 200 OK\r\n"_ba + none + "Connection: keep-alive\r\n\r\n"
        << true;
    QTest::newRow("excess") << withHead(none, "x") << false;
    QTest::newRow("to the close") << withHead({}, "x") << false;
    QTest::newRow("unfinished") << withHead("Content-Length: 2\r\n", "x") << false;
}

void TestHttpReply::keepAlive()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, expected);
    HttpReplyReader reader;
    reader.feed(bytes);
    QCOMPARE(reader.keepAlive(), expected);
    reader.close();
    QCOMPARE(reader.keepAlive(), expected);
}

void TestHttpReply::bodyComesAsItArrives()
{
    HttpReplyReader reader;
    QVERIFY(reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n")
            == HttpReplyReader::State::Head);
    QVERIFY(reader.feed("\r\nab") == HttpReplyReader::State::Body);
    QCOMPARE(reader.contentLength(), std::optional<qint64>(6));
    QCOMPARE(reader.takeBody(), "ab"_ba);
    QCOMPARE(reader.takeBody(), QByteArray());
    QVERIFY(reader.feed("cd") == HttpReplyReader::State::Body);
    QVERIFY(reader.feed("ef") == HttpReplyReader::State::Complete);
    QCOMPARE(reader.takeBody(), "cdef"_ba);
    QCOMPARE(reader.bodyReceived(), 6);
}

void TestHttpReply::bytesAfterTheReplyAreCounted()
{
    HttpReplyReader reader;
    QVERIFY(reader.feed(withHead("Content-Length: 1\r\n", "xyz"))
            == HttpReplyReader::State::Complete);
    QCOMPARE(reader.excess(), 2);
    QVERIFY(reader.feed("more") == HttpReplyReader::State::Complete);
    QCOMPARE(reader.excess(), 6);
    QCOMPARE(reader.takeBody(), "x"_ba);
}

void TestHttpReply::everyCutIsTruncation_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("length") << withHead("Content-Length: 5\r\n", "hello");
    QTest::newRow("chunked") << withHead("Transfer-Encoding: chunked\r\n",
                                         "2\r\nab\r\n0\r\nX: y\r\n\r\n");
    QTest::newRow("interim") << "HTTP/1.1 100 C\r\n\r\n" + withHead("Content-Length: 1\r\n", "x");
}

void TestHttpReply::everyCutIsTruncation()
{
    QFETCH(QByteArray, bytes);
    for (qsizetype cut = 0; cut < bytes.size(); ++cut) {
        HttpReplyReader reader;
        reader.feed(QByteArrayView(bytes).first(cut));
        QVERIFY(reader.close() == HttpReplyReader::State::Failed);
        QCOMPARE(reader.error().cause, cut ? Cause::HttpTruncated : Cause::NetClosed);
    }
}

void TestHttpReply::wholeFiles()
{
    const auto good = readHttpReply(withHead("Content-Length: 2\r\n", "ab"));
    QVERIFY(good);
    QCOMPARE(good->head.status, 200);
    QCOMPARE(good->body, "ab"_ba);
    QCOMPARE(readHttpReply(withHead("Content-Length: 2\r\n", "abc")).error().cause,
             Cause::HttpMalformed);
    QCOMPARE(readHttpReply(withHead("Content-Length: 2\r\n", "a")).error().cause,
             Cause::HttpTruncated);
    QCOMPARE(readHttpReply({}).error().cause, Cause::NetClosed);
    QCOMPARE(readHttpReply("<xml/>").error().cause, Cause::HttpMalformed);
}

QTEST_GUILESS_MAIN(TestHttpReply)
#include "tst_httpreply.moc"
