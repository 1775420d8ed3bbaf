#include "auth/sealedmessage.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray spnegoType = "multipart/encrypted;"
                              "protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
                              "boundary=\"Encrypted Boundary\"";

/// A body in pieces, so that a row can change one of them.
struct Pieces
{
    QByteArray first = "--Encrypted Boundary\r\n";
    QByteArray type = "Content-Type: application/HTTP-SPNEGO-session-encrypted\r\n";
    QByteArray original = "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=5\r\n";
    QByteArray second = "--Encrypted Boundary\r\n";
    QByteArray stream = "Content-Type: application/octet-stream\r\n";
    QByteArray length = QByteArray("\x10\0\0\0", 4);
    QByteArray header = "0123456789abcdef";
    QByteArray data = "hello";
    QByteArray last = "--Encrypted Boundary--\r\n";

    QByteArray body() const
    {
        return first + type + original + second + stream + length + header + data + last;
    }
};

} // namespace

/// Bodies of sealed messages, our own, others' and hostile ones.
class TestSealedMessage final : public QObject
{
    Q_OBJECT
private slots:
    void writes();
    void readsForms_data();
    void readsForms();
    void refuses_data();
    void refuses();
    void refusesEveryTruncation();
    void survivesEveryChangedByte();
    void splitsByLengthNotByBoundary();
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void knowsSealedTypes_data();
    void knowsSealedTypes();
    void splitsEveryCapture();
};

void TestSealedMessage::writes()
{
    const SealedParts parts{"0123456789abcdef", "hello", 5};
    QCOMPARE(writeSealedBody(HttpScheme::Negotiate, "UTF-8", parts), Pieces().body());
    QCOMPARE(sealedContentType(HttpScheme::Negotiate), spnegoType);
    QVERIFY(
        writeSealedBody(HttpScheme::Kerberos, "UTF-16", parts)
            .contains("Content-Type: application/HTTP-Kerberos-session-encrypted\r\n"
                      "OriginalContent: type=application/soap+xml;charset=UTF-16;Length=5\r\n"));
    QVERIFY(sealedContentType(HttpScheme::Kerberos).contains("HTTP-Kerberos-session-encrypted"));
}

void TestSealedMessage::readsForms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("data");
    const Pieces plain;
    QTest::newRow("as we write it") << plain.body() << plain.data;
    Pieces p;
    p.type.prepend('\t');
    p.original.prepend('\t');
    p.stream.prepend('\t');
    QTest::newRow("with TABs") << p.body() << p.data;
    p.stream.prepend("  ");
    QTest::newRow("with TABs and blanks") << p.body() << p.data;
    p = {};
    std::swap(p.type, p.original);
    QTest::newRow("other order") << p.body() << p.data;
    p = {};
    p.type = "content-type:application/HTTP-SPNEGO-session-encrypted\r\n";
    p.original = "ORIGINALCONTENT: Type=application/soap+xml; Charset=\"UTF-8\" ; LENGTH=5\r\n";
    p.stream = "CONTENT-TYPE:Application/Octet-Stream\r\n";
    QTest::newRow("other letters and blanks") << p.body() << p.data;
    p = {};
    p.first = p.second = "-- Encrypted Boundary\r\n";
    p.last = "-- Encrypted Boundary--\r\n";
    QTest::newRow("blank in the boundary") << p.body() << p.data;
    p = {};
    p.last = "--Encrypted Boundary\r\n";
    QTest::newRow("last boundary without dashes") << p.body() << p.data;
    p.last = "--Encrypted Boundary--";
    QTest::newRow("no CRLF at the end") << p.body() << p.data;
    p.last = "--Encrypted Boundary";
    QTest::newRow("neither") << p.body() << p.data;
    p.last = "--Encrypted Boundary--\r\n\r\n";
    QTest::newRow("two CRLF at the end") << p.body() << p.data;
    p.last = "\r\n--Encrypted Boundary--\r\n";
    QTest::newRow("CRLF before the last boundary") << p.body() << p.data;
    p = {};
    p.data = "hello\1";
    QTest::newRow("one byte of padding") << p.body() << p.data;
    p.data = "hello" + QByteArray(16, '\0');
    QTest::newRow("16 bytes of padding") << p.body() << p.data;
    p = {};
    p.data.clear();
    p.original.replace("=5", "=0");
    QTest::newRow("empty") << p.body() << QByteArray("");
}

void TestSealedMessage::readsForms()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, data);
    const auto message = readSealedBody(spnegoType, body);
    QVERIFY2(message, message ? "" : qPrintable(message.error().message));
    QCOMPARE(message->parts.header, QByteArray("0123456789abcdef"));
    QCOMPARE(message->parts.data, data);
    QCOMPARE(message->parts.plainLength, qMin<qint64>(5, data.size()));
    QCOMPARE(message->protocol, QByteArray("application/HTTP-SPNEGO-session-encrypted"));
    QCOMPARE(message->contentType, QByteArray("application/soap+xml"));
    QCOMPARE(message->charset, QByteArray("UTF-8"));
}

void TestSealedMessage::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    Pieces p;
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("plain SOAP") << QByteArray("<s:Envelope/>");
    QTest::newRow("something before") << " " + p.body();
    QTest::newRow("something behind") << p.body() + "x";
    QTest::newRow("three CRLF behind") << p.body() + "\r\n\r\n";
    QTest::newRow("two pairs") << p.body().chopped(p.last.size()) + p.body();
    QTest::newRow("said twice") << p.body() + p.body();
    p.original.replace("=5", "=4");
    QTest::newRow("shorter, taken for padding")
        << p.body().replace("hello", "hello" + QByteArray(16, 'x'));
    p = {};
    p.original.replace("=5", "=6");
    QTest::newRow("length one more") << p.body();
    for (const char *length :
         {"-5", "", "5x", "+5", "0x5", "99999999999", "9999999999", "5;Length=5x"}) {
        p = {};
        p.original.replace("=5", QByteArray("=") + length);
        if (QByteArray(length) != "5;Length=5x")
            QTest::addRow("length '%s'", length) << p.body();
    }
    p = {};
    p.original += p.original;
    QTest::newRow("two lengths") << p.body();
    p = {};
    p.original.clear();
    QTest::newRow("no length") << p.body();
    p = {};
    p.stream = "Content-Type: text/plain\r\n";
    QTest::newRow("no octets") << p.body();
    p.stream = "Content-Type\r\n";
    QTest::newRow("no colon") << p.body();
    p.stream = "\r\n";
    QTest::newRow("empty line for the part") << p.body();
    p = {};
    p.type = "nonsense\r\n";
    QTest::newRow("no header") << p.body();
    p.type = "X: " + QByteArray(2000, 'x') + "\r\n";
    QTest::newRow("long line") << p.body();
    p.type = QByteArray("X: y\r\n").repeated(20);
    QTest::newRow("many lines") << p.body();
    for (const QByteArray &length :
         {QByteArray("\0\0\0\0", 4), QByteArray("\xff\xff\xff\xff"), QByteArray("\0\0\0\x80", 4),
          QByteArray("\x11\0\0\0", 4), QByteArray("\1\x10\0\0", 4), QByteArray("\0\0\0\x10", 4)}) {
        p = {};
        p.length = length;
        QTest::addRow("L %s", length.toHex().constData()) << p.body();
    }
    p = {};
    p.second = "--Other Boundary\r\n";
    QTest::newRow("other boundary") << p.body();
}

void TestSealedMessage::refuses()
{
    QFETCH(QByteArray, body);
    const auto message = readSealedBody(spnegoType, body);
    QVERIFY(!message);
    QCOMPARE(message.error().kind, Error::Kind::Protocol);
    QCOMPARE(message.error().cause, Cause::SealMalformed);
    QVERIFY(!message.error().message.isEmpty());
}

void TestSealedMessage::refusesEveryTruncation()
{
    const QByteArray body = Pieces().body();
    const qsizetype enough = body.size() - 4; // the last dashes and CRLF may be left out
    for (qsizetype size = 0; size < body.size(); ++size) {
        const bool whole = size == enough || size == enough + 2;
        QVERIFY2(bool(readSealedBody(spnegoType, body.first(size))) == whole,
                 QByteArray::number(size).constData());
    }
}

void TestSealedMessage::survivesEveryChangedByte()
{
    const QByteArray body = Pieces().body();
    int read = 0, refused = 0;
    for (qsizetype at = 0; at < body.size(); ++at) {
        for (const char with : {'\0', '\xff', '-', '\n', '9', ' '}) {
            QByteArray changed = body;
            changed[at] = with;
            const auto message = readSealedBody(spnegoType, changed);
            ++(message ? read : refused);
            if (message) {
                // A byte less for the header is one of padding more.
                QCOMPARE(message->parts.header.size() + message->parts.data.size(), 16 + 5);
            }
        }
    }
    QVERIFY(read > 0 && refused > 0);
}

void TestSealedMessage::splitsByLengthNotByBoundary()
{
    Pieces p;
    p.data = "--Encrypted Boundary--\r\n--Encrypted Boundary\r\n\tContent-Type: "
             "application/octet-stream\r\n";
    p.header = "--Encrypted Boundary--\r\n";
    p.length[0] = char(p.header.size());
    p.original.replace("=5", "=" + QByteArray::number(p.data.size()));
    const auto message = readSealedBody(spnegoType, p.body());
    QVERIFY(message);
    QCOMPARE(message->parts.header, p.header);
    QCOMPARE(message->parts.data, p.data);
}

void TestSealedMessage::readsWhatItWrites_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {0, 1, 15, 16, 17, 512000, 8 << 20})
        QTest::addRow("%lld", static_cast<long long>(size)) << size;
}

void TestSealedMessage::readsWhatItWrites()
{
    QFETCH(qsizetype, size);
    SealedParts parts{QByteArray(60, 'h'), QByteArray(size, Qt::Uninitialized), size};
    for (qsizetype i = 0; i < size; ++i)
        parts.data[i] = char(i * 31);
    for (const HttpScheme scheme : {HttpScheme::Negotiate, HttpScheme::Kerberos}) {
        const auto message = readSealedBody(sealedContentType(scheme),
                                            writeSealedBody(scheme, "UTF-16", parts));
        QVERIFY(message);
        QCOMPARE(message->parts.header, parts.header);
        QCOMPARE(message->parts.data, parts.data);
        QCOMPARE(message->parts.plainLength, parts.plainLength);
        QCOMPARE(message->charset, QByteArray("UTF-16"));
    }
}

void TestSealedMessage::knowsSealedTypes_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("sealed");
    QTest::newRow("ours") << spnegoType << true;
    QTest::newRow("letters") << QByteArray("Multipart/Encrypted; x=y") << true;
    QTest::newRow("CredSSP") << QByteArray("multipart/x-multi-encrypted;x") << true;
    QTest::newRow("SOAP") << QByteArray("application/soap+xml;charset=UTF-8") << false;
    QTest::newRow("elsewhere") << QByteArray("text/plain;multipart/encrypted") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestSealedMessage::knowsSealedTypes()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, sealed);
    QCOMPARE(isSealedContentType(type), sealed);
    if (!sealed)
        QVERIFY(!readSealedBody(type, Pieces().body()));
}

void TestSealedMessage::splitsEveryCapture()
{
    QString folder = qEnvironmentVariable("WSMAN_CAPTURES");
    if (folder.isEmpty())
        folder = QStringLiteral(WINRM_SOURCE_DIR "/../shared/captures");
    if (!QDir(folder + u"/omi"_s).exists())
        QSKIP("no recorded messages: set WSMAN_CAPTURES");
    int sealed = 0, unfit = 0;
    std::map<std::pair<QByteArray, qsizetype>, int> kinds;
    QDirIterator files(folder, {u"*.http"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        const qsizetype head = all.indexOf("\r\n\r\n");
        const qsizetype at = all.first(qMax<qsizetype>(head, 0)).toLower().indexOf("multipart/enc");
        if (at < 0)
            continue;
        const auto message = readSealedBody(all.mid(at, all.indexOf("\r\n", at) - at),
                                            all.mid(head + 4));
        if (!message) {
            ++unfit;
            qWarning("%s: %s", qPrintable(file.fileName()), qPrintable(message.error().message));
            continue;
        }
        ++sealed;
        // Nothing is padded beyond what the length says: data is exactly as long as stated.
        QCOMPARE(message->parts.data.size(), message->parts.plainLength);
        ++kinds[{message->protocol, message->parts.header.size()}];
    }
    for (const auto &[kind, count] : kinds)
        qInfo("%d x %s, header of %lld bytes", count, kind.first.constData(),
              static_cast<long long>(kind.second));
    qInfo("%d sealed bodies split, %d not", sealed, unfit);
    QVERIFY(sealed > 0);
    QCOMPARE(unfit, 0);
}

QTEST_GUILESS_MAIN(TestSealedMessage)
#include "tst_sealedmessage.moc"
