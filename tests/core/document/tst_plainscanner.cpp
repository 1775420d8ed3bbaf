#include "corpusfiles.h"
#include "xmlrecorder.h"

#include "document/plainscanner.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const XmlLimits libxmlOnly{.libxmlOnly = true};

const QByteArray opening =
    "<s:E xmlns:s='urn:s' xmlns='urn:d' xmlns:x='urn:x'><s:B><R><Items xmlns:p='urn:p'>"_ba;
const QByteArray closing = "</Items><End/></R></s:B></s:E>"_ba;

/// Of two errors in one text, which is met first may depend on how the text arrives: then one way
/// has got further than the other.
bool refusedAlike(const Reading &a, const Reading &b)
{
    const auto aboutText = [](Cause cause) {
        return cause == Cause::SoapMalformed || cause == Cause::SoapEncoding;
    };
    const bool causes = a.error.cause == b.error.cause
        || (aboutText(a.error.cause) && aboutText(b.error.cause));
    return causes && (a.log.startsWith(b.log) || b.log.startsWith(a.log));
}

/// Empty when both ways read `bytes` alike: the same events and success, or both refuse it.
QByteArray difference(const QByteArray &bytes, QRandomGenerator &random)
{
    const auto whole = [&] { return std::max<qsizetype>(bytes.size(), 1); };
    const auto pieces = [&] { return qsizetype(random.bounded(1, 60)); };
    const Reading expected = readPieces(bytes, whole, libxmlOnly);
    for (const Reading &reading : {readPieces(bytes, whole), readPieces(bytes, pieces)}) {
        if (reading.good != expected.good)
            return "well-formed or not: " + reading.error.message.toUtf8() + " / "
                + expected.error.message.toUtf8();
        if (!expected.good && !refusedAlike(reading, expected))
            return "errors: " + reading.error.message.toUtf8() + " / "
                + expected.error.message.toUtf8();
        if (expected.good && reading.log != expected.log)
            return "events:\n" + reading.log + "\nnot\n" + expected.log;
    }
    return {};
}

/// One of `choices`.
QByteArray pick(QRandomGenerator &random, std::initializer_list<const char *> choices)
{
    return *(choices.begin() + random.bounded(int(choices.size())));
}

QByteArray randomText(QRandomGenerator &random)
{
    return pick(random,
                {"", "1", "text", " a b ", "&lt;", "x &amp; y &gt;&quot;&apos;",
                 "\xC3\xA4\xE2\x82\xAC", "\n  ", "\t", "]]", "a > b",
                 "long text that goes on and on 0123456789", "&#65;", "&#x20AC;", "\r\n",
                 "<![CDATA[<raw>]]>", "<!-- note -->", "<?go?>", "\xEF\xBC\x81"});
}

QByteArray randomElement(QRandomGenerator &random, int depth)
{
    const QByteArray name = pick(
        random, {"p:Name", "p:Value", "Name", "x:Name", "p:a.b-c", "_n", "s:T", "p:Name"});
    QByteArray tag = '<' + name;
    tag += pick(random,
                {"", "", "", "", " a='1'", " a=\"1\" b='2'", " xmlns:q='urn:q' q:a='1'",
                 " xmlns=''", " xmlns='urn:o'", " xmlns:p='urn:p2'", " x:a='1'", " xml:lang='de'",
                 "\n\ta = '1' ", " a='&lt;'", " a='\t'", " a='\xC3\xA4'", " a='>'"});
    if (random.bounded(6) == 0)
        return tag + "/>";
    tag += '>';
    if (depth > 0 && random.bounded(3) != 0) {
        for (int i = random.bounded(4); i >= 0; --i)
            tag += (random.bounded(4) == 0 ? randomText(random) : QByteArray())
                + randomElement(random, depth - 1);
    } else {
        tag += randomText(random);
    }
    return tag + "</" + name + (random.bounded(20) == 0 ? " >" : ">");
}

/// A change somewhere: a byte, a piece taken out, put in or doubled.
void damage(QByteArray &bytes, QRandomGenerator &random)
{
    if (bytes.isEmpty())
        return;
    const auto at = random.bounded(int(bytes.size()));
    switch (random.bounded(5)) {
    case 0:
        bytes[at] = char(random.bounded(256));
        break;
    case 1:
        bytes.remove(at, random.bounded(1, 8));
        break;
    case 2:
        bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), random.bounded(1, 40)));
        break;
    case 3:
        bytes.insert(at,
                     pick(random,
                          {"<",
                           ">",
                           "&",
                           "]]>",
                           "\"",
                           "'",
                           "/",
                           "=",
                           " ",
                           ":",
                           "\x01",
                           "\r",
                           "<!--",
                           "-->",
                           "<![CDATA[",
                           "<!DOCTYPE a>",
                           "&amp",
                           "&#0;",
                           "&nbsp;",
                           "\xEF\xBF\xBF",
                           "\xEF\xBF\xBD",
                           "\xC3",
                           " a='1' a='1'",
                           " p:a='' p:a=''",
                           " xmlns:p=''",
                           " xmlns:xml='urn:x'",
                           " xmlns:xmlns='urn:x'",
                           "<u:v/>",
                           "</p:Name>",
                           "<p:Name>",
                           "xmlns:y='http://www.w3.org/2000/xmlns/'",
                           "<a:b:c/>",
                           "<?xml version='1.0'?>",
                           "<0/>",
                           "<p:/>",
                           "<:p/>"}));
        break;
    default:
        bytes.truncate(at);
    }
}

} // namespace

class TestPlainScanner final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsPlainElements();
    void leavesOthers_data();
    void leavesOthers();
    void goesOnInTheMiddle();
    void bothWaysReadTheSame_data();
    void bothWaysReadTheSame();
    void boundsHoldForBoth();
    void errorsSayTheSameLine();
    void corpusReadsTheSame();
};

void TestPlainScanner::readsPlainElements()
{
    PlainScanner scanner;
    scanner.setScope({{"p", "urn:p"}, {"", "urn:d"}});
    const QByteArray bytes =
        "<p:A b='1' p:c=\"2\"><B>x &amp; y</B><B/>\n<q:C xmlns:q='urn:q'>\xC3\xA4</q:C></p:A>rest";
    const std::string_view text(bytes.constData(), std::size_t(bytes.size()));
    QByteArray first;
    for (int round = 0; round < 3; ++round) { // the second time from what was learned
        QCOMPARE(scanner.scan(text, 10), PlainScanner::Found::Plain);
        QCOMPARE(scanner.length(), std::size_t(bytes.size() - 4));
        QCOMPARE(scanner.elementCount(), std::size_t(4));
        Recorder recorder;
        QVERIFY(scanner.emitTo(recorder, text));
        if (round == 0)
            first = recorder.log;
        QCOMPARE(recorder.log, first);
        scanner.reset();
    }
    QCOMPARE(first,
             "<{urn:p}p:A {}:b=1 {urn:p}p:c=2>\n<{urn:d}:B>\ntext x & y\n</>\n<{urn:d}:B>\n</>\n"
             "text \n\n<{urn:q}q:C xmlns:q=urn:q>\ntext \xC3\xA4\n</>\n</>\n");
    scanner.setScope({{"p", "urn:other"}});
    QCOMPARE(scanner.scan(text, 10), PlainScanner::Found::Plain);
    Recorder recorder;
    scanner.emitTo(recorder, text);
    QVERIFY(recorder.log.startsWith("<{urn:other}p:A"));
    QVERIFY(recorder.log.contains("<{}:B>"));
}

void TestPlainScanner::leavesOthers_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char *bytes : {"<u:A/>",
                              "<A u:b='1'/>",
                              "<A b='1' b='2'/>",
                              "<A xmlns:q='urn:p' p:b='1' q:b='2'/>",
                              "<A><B></A></B>",
                              "<A>]]></A>",
                              "<A>&#65;</A>",
                              "<A>&nbsp;</A>",
                              "<A>\r</A>",
                              "<A>\x01</A>",
                              "<A><!-- --></A>",
                              "<A><![CDATA[]]></A>",
                              "<A><?b?></A>",
                              "<A b='&amp;'/>",
                              "<A b='<'/>",
                              "<A b='\n'/>",
                              "<A b=1/>",
                              "<A b/>",
                              "<A b='1'c='2'/>",
                              "<\xC3\xA4/>",
                              "<A:B:C/>",
                              "<xml:A/>",
                              "<A xmlns:p=''/>",
                              "<A xmlns:xml='urn:x'/>",
                              "<A xmlns:xmlns='urn:x'/>",
                              "<A>\xEF\xBF\xBF</A>",
                              "<A b='\xEF\xBF\xBF'/>",
                              "</A>",
                              "< A/>",
                              "<A><B><C><D/></C></B></A>",
                              "<A></A >",
                              "<1/>",
                              "<A xmlns:q='http://www.w3.org/XML/1998/namespace'/>"})
        QTest::newRow(bytes) << QByteArray(bytes);
}

void TestPlainScanner::leavesOthers()
{
    QFETCH(QByteArray, bytes);
    PlainScanner scanner;
    scanner.setScope({{"p", "urn:p"}});
    const std::string_view text(bytes.constData(), std::size_t(bytes.size()));
    QCOMPARE(scanner.scan(text, 3), PlainScanner::Found::Other);
}

void TestPlainScanner::goesOnInTheMiddle()
{
    const QByteArray bytes = "<A b='1'><B>x &amp; y</B><B/></A>";
    PlainScanner scanner;
    for (qsizetype length = 1; length < bytes.size(); ++length) {
        const QByteArray part = bytes.left(length); // somewhere else each time
        QCOMPARE(scanner.scan({part.constData(), std::size_t(length)}, 3),
                 PlainScanner::Found::Incomplete);
    }
    const std::string_view text(bytes.constData(), std::size_t(bytes.size()));
    QCOMPARE(scanner.scan(text, 3), PlainScanner::Found::Plain);
    Recorder recorder;
    QVERIFY(scanner.emitTo(recorder, text));
    QCOMPARE(recorder.log, "<{}:A {}:b=1>\n<{}:B>\ntext x & y\n</>\n<{}:B>\n</>\n</>\n");
}

void TestPlainScanner::bothWaysReadTheSame_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void TestPlainScanner::bothWaysReadTheSame()
{
    QFETCH(int, seed);
    QRandomGenerator random{quint32(seed)};
    const int rounds = qEnvironmentVariableIntValue("WINRM_FUZZ_ROUNDS");
    int good = 0;
    for (int round = 0; round < std::max(rounds, 400); ++round) {
        QByteArray bytes = opening;
        const QByteArray repeated = randomElement(random, 3);
        for (int i = random.bounded(5); i >= 0; --i)
            bytes += random.bounded(2) ? repeated : randomElement(random, 3) + "\n";
        bytes += closing;
        for (int i = random.bounded(3); i > 0; --i)
            damage(bytes, random);
        const auto found = difference(bytes, random);
        QVERIFY2(found.isEmpty(), (bytes + '\n' + found).constData());
        good += readPieces(bytes, [&] { return bytes.size() + 1; }).good;
    }
    QVERIFY2(good > 50, QByteArray::number(good).constData());
}

void TestPlainScanner::boundsHoldForBoth()
{
    QRandomGenerator random(1);
    const QByteArray deep = opening + QByteArray("<p:a>").repeated(300)
        + QByteArray("</p:a>").repeated(300) + closing;
    QCOMPARE(difference(deep, random), "");
    const QByteArray few = opening + QByteArray("<p:a><p:b/></p:a>").repeated(10) + closing;
    const auto whole = [&] { return few.size(); };
    QVERIFY(readPieces(few, whole, {.maxDepth = 6, .maxNodes = 25}).good);
    QCOMPARE(readPieces(few, whole, {.maxDepth = 5}).error.cause, Cause::SoapTooDeep);
    QCOMPARE(readPieces(few, whole, {.maxNodes = 24}).error.cause, Cause::HttpTooLarge);
    const QByteArray long1 = opening + "<p:a>" + QByteArray(400'000, 'x') + "</p:a><p:b/>"
        + closing;
    QCOMPARE(difference(long1, random), "");
    QByteArray different;
    for (int i = 0; i < 5000; ++i)
        different += "<p:a xmlns:q='urn:" + QByteArray::number(i) + "' q:b='1'><q:c d='"
            + QByteArray::number(i) + "'/></p:a>";
    QCOMPARE(difference(opening + different + closing, random), "");
}

void TestPlainScanner::errorsSayTheSameLine()
{
    const QByteArray bytes = opening + "\n<p:a>\n</p:a>\n  <p:a>\n</p:b>" + closing;
    const auto whole = [&] { return bytes.size(); };
    const QString expected = readPieces(bytes, whole, libxmlOnly).error.message;
    QVERIFY2(expected.startsWith(u"line 5, "), qPrintable(expected));
    QCOMPARE(readPieces(bytes, whole).error.message, expected);
}

void TestPlainScanner::corpusReadsTheSame()
{
    const auto files = corpusFiles();
    if (files.empty())
        QSKIP("No recorded messages: set WSMAN_CORPUS to their folder");
    QRandomGenerator random(3);
    for (const auto &[name, bytes] : files) {
        const auto found = difference(bytes, random);
        QVERIFY2(found.isEmpty(), (name.toUtf8() + ' ' + found).constData());
    }
}

QTEST_GUILESS_MAIN(TestPlainScanner)
#include "tst_plainscanner.moc"
