#include "xmlrecorder.h"

#include "document/xmlwriter.h"

#include <QRandomGenerator>
#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray small =
    "\r\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<s:Envelope xmlns:s='urn:soap' xmlns=\"urn:default\"><!-- a > comment -->"
    "<a b=\"1 &lt; &#x20AC;\" s:c='\xC3\xA4\"'>x &amp; y \xE2\x82\xAC \xF0\x9F\x98\x80 &#10;</a>"
    "<?target data?><b/><p:n xmlns:p='urn:?a=1&amp;b=&#38;amp;#38;' p:x='&amp;#38;'/><c><![CDATA[<raw> & ]] ]]>tail</c>\r\n  <d>\r\n</d></s:Envelope>\n"_ba;

QByteArray utf16(const QByteArray &utf8, QStringConverter::Encoding encoding, bool mark)
{
    QStringEncoder encoder(
        encoding, mark ? QStringConverter::Flag::WriteBom : QStringConverter::Flag::Default);
    return encoder.encode(QString::fromUtf8(utf8).replace(u"utf-8"_s, u"utf-16"_s));
}

Reading readWhole(const QByteArray &bytes)
{
    return readPieces(bytes, [&] { return std::max<qsizetype>(bytes.size(), 1); });
}

} // namespace

class TestXmlReader final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyChunkingGivesTheSame_data();
    void everyChunkingGivesTheSame();
    void refuses_data();
    void refuses();
    void accepts_data();
    void accepts();
    void truncatedAnywhereIsAnError();
    void boundsAreKept();
    void manyAttributesAreRefusedWhileTheyArrive();
    void aStopOfTheSinkIsNoError();
    void errorsSayWhere();
    void nothingMoreIsReadAfterAnError();
};

void TestXmlReader::everyChunkingGivesTheSame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("utf-8") << small;
    QTest::newRow("utf-8 with mark") << "\xEF\xBB\xBF" + small.trimmed();
    QTest::newRow("no declaration") << small.mid(small.indexOf("<s:"));
    QTest::newRow("utf-16le with mark") << utf16(small, QStringConverter::Utf16LE, true);
    QTest::newRow("utf-16be with mark") << utf16(small, QStringConverter::Utf16BE, true);
    QTest::newRow("utf-16le by declaration") << utf16(small, QStringConverter::Utf16LE, false);
    QTest::newRow("utf-16be by declaration") << utf16(small, QStringConverter::Utf16BE, false);
}

void TestXmlReader::everyChunkingGivesTheSame()
{
    QFETCH(QByteArray, bytes);
    const QByteArray expected = readWhole(small).log;
    QVERIFY(expected.contains("text x & y \xE2\x82\xAC \xF0\x9F\x98\x80 \n\n"));
    QVERIFY(expected.contains("<{urn:?a=1&b=&amp;#38;}p:n xmlns:p=urn:?a=1&b=&amp;#38; "
                              "{urn:?a=1&b=&amp;#38;}p:x=&#38;>"));
    QVERIFY(expected.contains("text <raw> & ]] tail\n"));
    const Reading whole = readWhole(bytes);
    QVERIFY2(whole.good, qPrintable(whole.error.message));
    QCOMPARE(whole.log, expected);
    for (int length = 1; length < 20; ++length) {
        const Reading pieces = readPieces(bytes, [&] { return length; });
        QVERIFY2(pieces.good, qPrintable(pieces.error.message));
        QCOMPARE(pieces.log, expected);
    }
    QRandomGenerator random(7);
    for (int round = 0; round < 300; ++round) {
        const Reading pieces = readPieces(bytes, [&] { return random.bounded(1, 90); });
        QVERIFY2(pieces.good, qPrintable(pieces.error.message));
        QCOMPARE(pieces.log, expected);
    }
}

void TestXmlReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Cause>("cause");
    const auto row = [](const char *name, const QByteArray &bytes,
                        Cause cause = Cause::SoapMalformed) {
        QTest::newRow(name) << bytes << cause;
    };
    row("empty", "");
    row("blank", " \r\n ");
    row("text", "HTTP/1.1 200 OK");
    row("html", "<!DOCTYPE html><html></html>", Cause::SoapDtd);
    row("doctype", "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>", Cause::SoapDtd);
    row("billion laughs",
        "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;&c;&c;</l>",
        Cause::SoapDtd);
    row("external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        Cause::SoapDtd);
    row("external dtd", "<!DOCTYPE a SYSTEM 'http://example.com/a.dtd'><a/>", Cause::SoapDtd);
    row("undeclared entity", "<a>&nbsp;</a>");
    row("undeclared entity in attribute", "<a b='&x;'/>");
    row("undeclared prefix", "<p:a/>");
    row("undeclared attribute prefix", "<a p:b='1'/>");
    row("prefix undone", "<a xmlns:p='urn:x'><b xmlns:p=''/></a>");
    row("prefix of an ended element", "<a><b xmlns:p='urn:p'/><p:c/></a>");
    row("xml prefix rebound", "<a xmlns:xml='urn:x'/>");
    row("xmlns prefix declared", "<a xmlns:xmlns='urn:x'/>");
    row("duplicate attribute", "<a b='1' b='2'/>");
    row("duplicate by namespace", "<a xmlns:p='urn:x' xmlns:q='urn:x' p:b='1' q:b='2'/>");
    row("two colons", "<a:b:c xmlns:a='urn:x'/>");
    row("mismatched tag", "<a><b></a></b>");
    row("second root", "<a/><b/>");
    row("text behind the root", "<a/>junk");
    row("reference behind the root", "<a/>&amp;");
    row("nul behind the root", QByteArray("<a/>\0", 5));
    row("cdata behind the root", "<a/><![CDATA[]]>");
    row("space before the declaration twice", "\n<?xml version='1.0'?>\n<?xml version='1.0'?><a/>");
    row("declaration inside", "<a><?xml version='1.0'?></a>");
    row("unquoted attribute", "<a b=1/>");
    row("less than in attribute", "<a b='<'/>");
    row("double hyphen in comment", "<a><!-- -- --></a>");
    row("end of cdata in text", "<a>]]></a>");
    row("nul", QByteArray("<a>\0</a>", 8));
    row("control character", "<a>\x01</a>");
    row("control character in attribute", "<a b='\x1F'/>");
    row("reference to nul", "<a>&#0;</a>");
    row("reference to a surrogate", "<a>&#xD800;</a>");
    row("reference to FFFF", "<a>&#xFFFF;</a>");
    row("character FFFF", "<a>\xEF\xBF\xBF</a>");
    row("overlong", "<a>\xC0\x80</a>", Cause::SoapEncoding);
    row("overlong three", "<a>\xE0\x80\x80</a>", Cause::SoapEncoding);
    row("surrogate in utf-8", "<a>\xED\xA0\x80</a>", Cause::SoapEncoding);
    row("above unicode", "<a>\xF4\x90\x80\x80</a>", Cause::SoapEncoding);
    row("latin 1", "<a>\xE4</a>", Cause::SoapEncoding);
    row("half a character at the end", "<a/>\xC3", Cause::SoapEncoding);
    row("latin 1 declared", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>", Cause::SoapEncoding);
    row("windows-1252 declared", "<?xml version='1.0' encoding='windows-1252'?><a/>",
        Cause::SoapEncoding);
    row("utf-16 declared, utf-8 sent", "<?xml version='1.0' encoding='utf-16'?><a/>",
        Cause::SoapEncoding);
    row("utf-8 declared, utf-16 sent",
        QStringEncoder(QStringConverter::Utf16LE)
            .encode(u"<?xml version='1.0' encoding='utf-8'?><a/>"),
        Cause::SoapEncoding);
    row("lone high surrogate",
        utf16("<a>x</a>", QStringConverter::Utf16LE, true)
            .replace(QByteArray("x\0", 2), QByteArray("\x00\xD8", 2)),
        Cause::SoapEncoding);
    row("lone low surrogate",
        utf16("<a>x</a>", QStringConverter::Utf16BE, true)
            .replace(QByteArray("\0x", 2), QByteArray("\xDC\x00", 2)),
        Cause::SoapEncoding);
    row("odd utf-16", utf16("<a/>", QStringConverter::Utf16LE, true) + ' ', Cause::SoapEncoding);
    row("utf-32", QByteArray("\xFF\xFE\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0", 20), Cause::SoapEncoding);
    row("ebcdic", "\x4C\x6F\xA7\x94\x93");
    row("unended declaration", "<?xml version='1.0'");
    row("very long declaration", "<?xml version='1.0' " + QByteArray(5000, ' ') + "?><a/>");
    row("deep", QByteArray("<a>").repeated(10000), Cause::SoapTooDeep);
}

void TestXmlReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(Cause, cause);
    const Reading whole = readWhole(bytes);
    QVERIFY(!whole.good);
    QCOMPARE(whole.error.kind, Error::Kind::Protocol);
    QVERIFY2(whole.error.cause == cause, qPrintable(whole.error.message));
    const auto document = readXml(bytes);
    QVERIFY(!document);
    QCOMPARE(document.error().cause, cause);
    for (int length : {1, 2, 3, 7}) {
        const Reading pieces = readPieces(bytes, [&] { return length; });
        QVERIFY(!pieces.good);
        QVERIFY2(pieces.error.cause == cause, qPrintable(pieces.error.message));
    }
}

void TestXmlReader::accepts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("smallest") << "<a/>"_ba;
    QTest::newRow("space before the declaration") << "\r\n<?xml version=\"1.0\"?><a/>"_ba;
    QTest::newRow("space behind the root") << "<a/>\r\n\r\n"_ba;
    QTest::newRow("comment behind the root") << "<a/><!-- end -->"_ba;
    QTest::newRow("instruction first") << "<?xmlish?><a/>"_ba;
    QTest::newRow("standalone") << "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><a/>"_ba;
    QTest::newRow("namespace that is no URI") << "<a xmlns='no uri %%'/>"_ba;
    QTest::newRow("depth 256") << QByteArray("<a>").repeated(256)
            + QByteArray("</a>").repeated(256);
    QTest::newRow("long text") << "<a>" + QByteArray(12'000'000, 'x') + "</a>";
    QTest::newRow("long attribute") << "<a b='" + QByteArray(3'000'000, 'x') + "'/>";
    QTest::newRow("long comment") << "<a><!--" + QByteArray(3'000'000, '"') + "--></a>";
    QTest::newRow("xml attributes") << "<a xml:lang='en-US' xml:space='preserve'> </a>"_ba;
}

void TestXmlReader::accepts()
{
    QFETCH(QByteArray, bytes);
    const auto document = readXml(bytes);
    QVERIFY2(document, document ? "" : qPrintable(document.error().message));
    QCOMPARE((*document)->root().localName(), std::string_view("a"));
    Recorder recorder;
    XmlReader reader(recorder);
    for (qsizetype at = 0; at < bytes.size(); at += 8000)
        QVERIFY2(reader.feed(bytes.mid(at, 8000)), qPrintable(reader.error().message));
    QVERIFY2(reader.finish(), qPrintable(reader.error().message));
}

void TestXmlReader::truncatedAnywhereIsAnError()
{
    const QByteArray message = small.trimmed();
    for (qsizetype length = 0; length < message.size(); ++length) {
        const Reading part = readWhole(message.left(length));
        QVERIFY2(!part.good, qPrintable(QString::number(length)));
        QCOMPARE(part.error.kind, Error::Kind::Protocol);
    }
    QVERIFY(readWhole(message).good);
    const QByteArray wide = utf16(message, QStringConverter::Utf16LE, true);
    for (qsizetype length = 0; length < wide.size(); ++length)
        QVERIFY(!readWhole(wide.left(length)).good);
}

void TestXmlReader::boundsAreKept()
{
    const QByteArray bytes = "<a><b/><b/><b/></a>";
    QVERIFY(readXml(bytes, {.maxBytes = 19, .maxDepth = 2, .maxNodes = 4}));
    QCOMPARE(readXml(bytes, {.maxBytes = 18}).error().cause, Cause::HttpTooLarge);
    QCOMPARE(readXml(bytes, {.maxDepth = 1}).error().cause, Cause::SoapTooDeep);
    QCOMPARE(readXml(bytes, {.maxNodes = 3}).error().cause, Cause::HttpTooLarge);
    QVERIFY(readXml("<a xmlns='urn:x' b='' c=''/>", {.maxAttributes = 3}));
    QCOMPARE(readXml("<a xmlns='urn:x' b='' c=''/>", {.maxAttributes = 2}).error().cause,
             Cause::SoapMalformed);
}

void TestXmlReader::manyAttributesAreRefusedWhileTheyArrive()
{
    QByteArray bytes = "<a";
    for (int i = 0; i < 50'000; ++i)
        bytes += " a" + QByteArray::number(i) + "='>'";
    Recorder recorder;
    XmlReader reader(recorder);
    QVERIFY(!reader.feed(bytes)); // the tag has not even ended
    QCOMPARE(reader.error().cause, Cause::SoapMalformed);
    QVERIFY(reader.error().message.contains(u"attributes"));
    QCOMPARE(recorder.elements, 0);
}

void TestXmlReader::aStopOfTheSinkIsNoError()
{
    Recorder recorder;
    recorder.stopAt = 2;
    XmlReader reader(recorder);
    QVERIFY(!reader.feed("<a><b/><c/></a>"_ba));
    QVERIFY(reader.stopped());
    QVERIFY(!reader.error());
    QCOMPARE(recorder.elements, 2);
    QVERIFY(!reader.feed("<d/>"_ba));
    QVERIFY(!reader.finish());
    QCOMPARE(recorder.elements, 2);
}

void TestXmlReader::errorsSayWhere()
{
    const auto result = readXml("<a>\n<b>\n</c></a>");
    QVERIFY(!result);
    const QString message = result.error().message;
    QVERIFY2(message.startsWith(u"line 3, column ") && message.contains(u": mismatched tag ("),
             qPrintable(message));
}

void TestXmlReader::nothingMoreIsReadAfterAnError()
{
    Recorder recorder;
    XmlReader reader(recorder);
    QVERIFY(!reader.feed("<a><p:b/><c/></a>"_ba));
    QCOMPARE(recorder.elements, 1);
    QVERIFY(!reader.feed("<d/>"_ba));
    QVERIFY(!reader.finish());
    QCOMPARE(recorder.elements, 1);
    QCOMPARE(reader.error().cause, Cause::SoapMalformed);
}

QTEST_GUILESS_MAIN(TestXmlReader)
#include "tst_xmlreader.moc"
