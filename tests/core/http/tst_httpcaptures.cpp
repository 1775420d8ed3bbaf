#include "http/httpreply.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Refusal
{
    Cause cause;
    const char *why;
};

/// The only recorded replies that are not answers.
const QHash<QString, Refusal> refusals{
    {u"openwsman/raw-401-then-auth-same-connection.response.txt"_s,
     {Cause::HttpMalformed, "the recorder's own words follow the reply"}},
    {u"openwsman/curl-digest-bad-password.response.txt"_s,
     {Cause::HttpMalformed, "two replies in one file"}},
    {u"openwsman/curl-digest-identify.response.txt"_s,
     {Cause::HttpMalformed, "two replies in one file"}},
    {u"openwsman/raw-chunked-request.response.txt"_s,
     {Cause::HttpMalformed, "lines end with a line feed alone"}},
    {u"omi/authneg/krb-firstleg-plain-body/01-resp.http"_s,
     {Cause::HttpMalformed, "two different lengths"}},
};

QString capturesFolder()
{
    const QString named = qEnvironmentVariable("WSMAN_CAPTURES");
    return named.isEmpty() ? QStringLiteral(WINRM_SOURCE_DIR "/../shared/captures") : named;
}

bool isReply(const QString &name)
{
    return name.endsWith(".response.txt"_L1) || name.endsWith("-resp.http"_L1);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Replies of real servers, recorded as they stood on the wire.
class TestHttpCaptures final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void replies_data();
    void replies();
    void bothRepliesOfAFileAreRead();

private:
    QDir m_folder;
};

void TestHttpCaptures::initTestCase()
{
    m_folder = QDir(capturesFolder());
    if (!m_folder.exists())
        QSKIP("no recorded exchanges: WSMAN_CAPTURES is not set");
}

void TestHttpCaptures::replies_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(m_folder.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = m_folder.relativeFilePath(files.next());
        if (isReply(path))
            QTest::newRow(qPrintable(path)) << path;
    }
}

void TestHttpCaptures::replies()
{
    QFETCH(QString, path);
    const QByteArray bytes = contentOf(m_folder.filePath(path));
    const auto reply = readHttpReply(bytes);
    if (bytes.isEmpty()) {
        QVERIFY(!reply);
        QCOMPARE(reply.error().cause, Cause::NetClosed);
        return;
    }
    if (const auto refusal = refusals.constFind(path); refusal != refusals.constEnd()) {
        QVERIFY2(!reply, refusal->why);
        QCOMPARE(causeId(reply.error().cause), causeId(refusal->cause));
        return;
    }
    QVERIFY2(reply, qPrintable(reply ? QString() : reply.error().message));
    QCOMPARE(reply->head.status, bytes.mid(9, 3).toInt());
    // None of these servers cuts its replies into chunks.
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    QCOMPARE(reply->body, bytes.mid(end + 4));
    QCOMPARE(reply->head.header("content-length").toLongLong(), reply->body.size());
    QCOMPARE(qsizetype(reply->head.headers.size()), bytes.left(end).count("\r\n"));
}

void TestHttpCaptures::bothRepliesOfAFileAreRead()
{
    const QByteArray bytes = contentOf(
        m_folder.filePath(u"openwsman/curl-digest-identify.response.txt"_s));
    if (bytes.isEmpty())
        QSKIP("this recording is not there");
    HttpReplyReader first;
    QVERIFY(first.feed(bytes) == HttpReplyReader::State::Complete);
    QCOMPARE(first.head().status, 401);
    HttpReplyReader second;
    QVERIFY(second.feed(bytes.last(first.excess())) == HttpReplyReader::State::Complete);
    QCOMPARE(second.head().status, 200);
    QCOMPARE(second.excess(), 0);
    QVERIFY(second.takeBody().contains("IdentifyResponse"));
}

QTEST_GUILESS_MAIN(TestHttpCaptures)
#include "tst_httpcaptures.moc"
