#include "core/http/replysummary.h"
#include "http/httpreply.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const HttpLimits smallLimits{.maxHead = 512, .maxBody = 1024};

const std::vector<QByteArray> seeds{
    "HTTP/1.1 200 OK\r\nServer: Microsoft-HTTPAPI/2.0\r\nContent-Type: application/soap+xml;"
    "charset=UTF-8\r\nContent-Length: 23\r\n\r\n<s:Envelope></s:Envelope>",
    "HTTP/1.1 200 (null)\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n"
    "0\r\nTrailer: 1\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 \r\nWWW-Authenticate: Negotiate\r\n"
    "WWW-Authenticate: Basic realm=\"WSMAN\"\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.0 500 Internal Server Error\r\nConnection: close\r\n\r\nto the end",
    "HTTP/1.1 204 No Content\r\n\r\n",
};
const std::vector<QByteArray> words{
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "0",
    "00000000000000000001",
    "FFFFFFFFFFFFFFFF",
    "-1",
    "Content-Length: 7\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Connection: close\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 103 \r\n\r\n",
    "0\r\n\r\n",
    "7FFFFFFFFFFFFFFF\r\n",
    "chunked",
};

QByteArray mutated(QByteArray bytes, QRandomGenerator &random)
{
    const auto place = [&] { return random.bounded(int(bytes.size()) + 1); };
    for (int count = 1 + random.bounded(4); count > 0; --count) {
        switch (random.bounded(6)) {
        case 0:
            bytes.insert(place(), char(random.bounded(256)));
            break;
        case 1:
            bytes.remove(place(), 1 + random.bounded(5));
            break;
        case 2:
            bytes.insert(place(), words[random.bounded(int(words.size()))]);
            break;
        case 3:
            bytes.insert(place(), bytes.mid(place(), random.bounded(40)));
            break;
        case 4:
            if (const int at = place(); at < bytes.size())
                bytes[at] = char(bytes[at] ^ (1 << random.bounded(8)));
            break;
        default:
            bytes.insert(place(), QByteArray(random.bounded(700), 'a'));
            break;
        }
    }
    return bytes;
}

} // namespace

/// Broken replies, the same ones in every run: nothing crashes, nothing grows past its limit, and
/// how the bytes were cut up on their way makes no difference.
class TestHttpMutations final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mutations();
    void nothingIsKeptBeyondTheLimits();
};

void TestHttpMutations::mutations()
{
    QRandomGenerator random(20140327);
    int complete = 0;
    for (int round = 0; round < 20000; ++round) {
        const QByteArray bytes = mutated(seeds[round % seeds.size()], random);
        const bool close = random.bounded(2);
        const auto pieces = [&random](qsizetype) { return 1 + random.bounded(9); };
        const QString whole = replySummary(
            bytes, [](qsizetype n) { return n; }, close, smallLimits);
        const QString cut = replySummary(bytes, pieces, close, smallLimits);
        QVERIFY2(cut == whole, bytes.toPercentEncoding().constData());
        HttpReplyReader reader(smallLimits);
        reader.feed(bytes);
        QVERIFY(reader.bodyReceived() <= smallLimits.maxBody);
        QVERIFY(reader.takeBody().size() <= smallLimits.maxBody);
        complete += reader.state() == HttpReplyReader::State::Complete;
        QCOMPARE(bool(reader.error()), reader.state() == HttpReplyReader::State::Failed);
    }
    // The mutations are neither all harmless nor all fatal.
    QVERIFY2(complete > 1000 && complete < 19000, qPrintable(QString::number(complete)));
}

void TestHttpMutations::nothingIsKeptBeyondTheLimits()
{
    const QByteArray noise(4096, 'x');
    for (const QByteArray &start :
         {"HTTP/1.1 200 "_ba, "HTTP/1.1 200 OK\r\nA: "_ba, "HTTP/1.1 200 OK\r\n\r\n"_ba,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"_ba,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: "_ba}) {
        HttpReplyReader reader(smallLimits);
        reader.feed(start);
        for (int i = 0; i < 100; ++i)
            reader.feed(noise);
        QVERIFY(reader.state() == HttpReplyReader::State::Failed);
        QVERIFY(reader.takeBody().size() <= smallLimits.maxBody);
    }
}

QTEST_GUILESS_MAIN(TestHttpMutations)
#include "tst_httpmutations.moc"
