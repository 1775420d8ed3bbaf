#include "corpusfiles.h"

#include "document/documentbuilder.h"
#include "document/xmlreader.h"
#include "document/xmlwriter.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

DocumentPtr parse(const QByteArray &bytes)
{
    auto result = readXml(bytes);
    if (!result)
        qWarning("%s", qPrintable(result.error().message));
    return result ? *result : nullptr;
}

QByteArray toBytes(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

} // namespace

class TestDocument final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void navigates();
    void aNullNodeAnswersNothing();
    void textOfLeavesAndOfMixedContent();
    void nilAndAttributes();
    void resolvesPrefixes();
    void sameContentMeansWhatItSays_data();
    void sameContentMeansWhatItSays();
    void writesWhatReadsBackTheSame_data();
    void writesWhatReadsBackTheSame();
    void writesDeclarationsOfASubtree();
    void indents();
    void escapes();
    void buildsFromValues();
    void copiesSubtrees();
    void deepDocumentsNeedNoStack();
    void corpusRoundTrip();
};

void TestDocument::navigates()
{
    const auto document = parse("<a><b>1</b><c><d>2</d><e/></c><b>3</b></a>");
    const Node root = document->root();
    QCOMPARE(document->nodeCount(), 6u);
    QCOMPARE(root.childCount(), 3u);
    QCOMPARE(toBytes(root.child("b").text()), "1");
    QCOMPARE(toBytes(root.child("c").child("", "d").text()), "2");
    QVERIFY(!root.child("urn:x", "d"));
    QCOMPARE(toBytes(root.descendant("d").text()), "2");
    QVERIFY(!root.child("c").descendant("b"));
    QVERIFY(!root.child("b").descendant("d"));
    QByteArray names;
    for (Node child : root.children())
        names += toBytes(child.localName());
    QCOMPARE(names, "bcb");
    QCOMPARE(root.child("c").nextSibling().nextSibling(), Node());
    QCOMPARE(root.child("c").firstChild().parent(), root.child("c"));
    QVERIFY(root.child("b").isLeaf());
    QVERIFY(!root.isLeaf());
    QCOMPARE(document->node(root.child("c").index()), root.child("c"));
    QVERIFY(!document->node(6));
    QVERIFY(!root.parent());
}

void TestDocument::aNullNodeAnswersNothing()
{
    const Node node;
    QVERIFY(!node.child("a").child("b", "c").descendant("d"));
    QVERIFY(node.text().empty() && node.localName().empty() && node.trimmedText().empty());
    QVERIFY(!node.attribute("a") && !node.attribute("a", "b") && !node.resolvePrefix("p"));
    QCOMPARE(node.attributeCount(), 0u);
    QVERIFY(node.attribute(0u).value.empty());
    QVERIFY(!node.isNil() && !node.hasMixedContent());
    QVERIFY(node.children().begin() == node.children().end());
    QVERIFY(sameContent(node, Node()));
    QVERIFY(writeXml(node).isEmpty());
}

void TestDocument::textOfLeavesAndOfMixedContent()
{
    const auto document = parse("<a>\n <b> x </b>\n <c>one<d/> two</c> <e> <f/> </e></a>");
    const Node root = document->root();
    QVERIFY(root.text().empty());
    QVERIFY(!root.hasMixedContent());
    QCOMPARE(toBytes(root.child("b").text()), " x ");
    QCOMPARE(toBytes(root.child("b").trimmedText()), "x");
    QVERIFY(root.child("c").hasMixedContent());
    QCOMPARE(toBytes(root.child("c").text()), "one two");
    QVERIFY(!root.child("e").hasMixedContent());
}

void TestDocument::nilAndAttributes()
{
    const auto document = parse(
        "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:o='urn:o'>"
        "<b xsi:nil='true'/><b xsi:nil='1'/><b xsi:nil='false'/><b o:nil='true'/>"
        "<c x='1' o:x='2' y=' a&#10;b\tc '/></a>");
    std::vector<bool> nil;
    for (Node child : document->root().children())
        nil.push_back(child.isNil());
    QCOMPARE(nil, (std::vector<bool>{true, true, false, false, false}));
    const Node c = document->root().child("c");
    QCOMPARE(c.attributeCount(), 3u);
    QCOMPARE(toBytes(*c.attribute("x")), "1");
    QCOMPARE(toBytes(*c.attribute("urn:o", "x")), "2");
    QCOMPARE(toBytes(c.attribute(2u).value), " a\nb c ");
    QVERIFY(!c.attribute("z"));
}

void TestDocument::resolvesPrefixes()
{
    const auto document = parse(
        "<a xmlns='urn:d' xmlns:p='urn:1'><b xmlns:p='urn:2'><c/></b><e xmlns=''/></a>");
    const Node root = document->root();
    const Node c = root.descendant("c");
    QCOMPARE(toBytes(c.resolvePrefix("p").value()), "urn:2");
    QCOMPARE(toBytes(root.resolvePrefix("p").value()), "urn:1");
    QCOMPARE(toBytes(c.resolvePrefix("").value()), "urn:d");
    QVERIFY(!root.child("e").resolvePrefix(""));
    QVERIFY(!c.resolvePrefix("q"));
    QVERIFY(c.resolvePrefix("xml"));
}

void TestDocument::sameContentMeansWhatItSays_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *name, const char *a, const char *b, bool same) {
        QTest::newRow(name) << QByteArray(a) << QByteArray(b) << same;
    };
    row("prefixes", "<p:a xmlns:p='urn:x' p:b='1'/>", "<a xmlns='urn:x' xmlns:q='urn:x' q:b='1'/>",
        true);
    row("namespaces", "<a xmlns='urn:x'/>", "<a xmlns='urn:y'/>", false);
    row("attribute order", "<a b='1' c='2'/>", "<a c='2' b='1'/>", true);
    row("attribute value", "<a b='1'/>", "<a b='2'/>", false);
    row("attribute missing", "<a b='1'/>", "<a/>", false);
    row("layout", "<a><b/><c/></a>", "<a>\n  <b/>\n  <c/>\n</a>", true);
    row("text of leaf", "<a> </a>", "<a/>", false);
    row("order of children", "<a><b/><c/></a>", "<a><c/><b/></a>", false);
    row("shape", "<a><b><c/></b></a>", "<a><b/><c/></a>", false);
    row("mixed", "<a>x<b/>y</a>", "<a>x<b/>y</a>", true);
    row("mixed elsewhere", "<a>x<b/>y</a>", "<a>xy<b/></a>", false);
    row("cdata", "<a><![CDATA[<]]></a>", "<a>&lt;</a>", true);
}

void TestDocument::sameContentMeansWhatItSays()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, same);
    const auto first = parse(a);
    const auto second = parse(b);
    QCOMPARE(sameContent(first->root(), second->root()), same);
    QCOMPARE(sameContent(second->root(), first->root()), same);
    // The same as a subtree of something else.
    const auto wrapped = parse("<w><v/>" + a + "</w>");
    QVERIFY(sameContent(wrapped->root().child("a"), first->root()));
    QVERIFY(!sameContent(wrapped->root(), first->root()));
}

void TestDocument::writesWhatReadsBackTheSame_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("plain") << "<a><b>1</b></a>"_ba;
    QTest::newRow("prefix with two meanings")
        << "<p:a xmlns:p='urn:1'><p:b xmlns:p='urn:2' p:c='x'/><p:d/></p:a>"_ba;
    QTest::newRow("default namespace undone") << "<a xmlns='urn:1'><b xmlns=''><c/></b></a>"_ba;
    QTest::newRow("default namespace changed")
        << "<a xmlns='urn:1'><b xmlns='urn:2'><c xmlns='urn:1'/></b></a>"_ba;
    QTest::newRow("no namespace, default below") << "<a><b xmlns='urn:1'/><c/></a>"_ba;
    QTest::newRow("mixed") << "<a>one <b>two</b> three<c/> <d/></a>"_ba;
    QTest::newRow("escapes")
        << "<a b='&lt;&quot;&#9;&#10;&#13;&amp;'>&lt;&#13;&gt;\n\t]]&gt;</a>"_ba;
    QTest::newRow("xml attributes") << "<a xml:lang='de'> </a>"_ba;
}

void TestDocument::writesWhatReadsBackTheSame()
{
    QFETCH(QByteArray, bytes);
    const auto document = parse(bytes);
    for (bool indent : {false, true}) {
        const QByteArray written = writeXml(document->root(), {.indent = indent});
        const auto again = parse(written);
        QVERIFY2(again, written.constData());
        QVERIFY2(sameContent(document->root(), again->root()), written.constData());
    }
}

void TestDocument::writesDeclarationsOfASubtree()
{
    const auto document = parse(
        "<s:E xmlns:s='urn:s' xmlns:w='urn:w' xmlns:unused='urn:u' xmlns='urn:d'>"
        "<s:B><v t='w:T'>w:Code</v></s:B></s:E>");
    const Node body = document->root().child("B");
    const QByteArray written = writeXml(body, {.declaration = false});
    QCOMPARE(written,
             "<s:B xmlns:s=\"urn:s\" xmlns:w=\"urn:w\" xmlns=\"urn:d\">"
             "<v t=\"w:T\">w:Code</v></s:B>");
}

void TestDocument::indents()
{
    const auto document = parse("<a><b>1</b><c><d/></c><m>x<n/></m></a>");
    QCOMPARE(writeXml(document->root(), {.indent = true}),
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\n  <b>1</b>\n  <c>\n    <d/>\n"
             "  </c>\n  <m>x<n/></m>\n</a>\n");
}

void TestDocument::escapes()
{
    QCOMPARE(escapedText("a<b>&\"\r\n\t"), "a&lt;b&gt;&amp;\"&#13;\n\t");
    QCOMPARE(escapedAttribute("a<b>&\"\r\n\t"), "a&lt;b&gt;&amp;&quot;&#13;&#10;&#9;");
    QCOMPARE(escapedText(std::string_view("\0\x01\xC3\xA4\xC3\xED\xA0\x80\xEF\xBF\xBF!", 12)),
             "\uFFFD\uFFFD\u00E4\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD!");
}

void TestDocument::buildsFromValues()
{
    DocumentBuilder builder;
    QVERIFY(!builder.finish());
    builder.startElement("urn:1", "a", "p");
    builder.declareNamespace("q", "urn:2");
    builder.attribute("urn:2", "x", "1", "q");
    builder.attribute("urn:3", "y", "2");
    builder.leaf("urn:1", "b", "<&>");
    builder.startElement("", "c");
    builder.text("one");
    builder.text(" two");
    QCOMPARE(builder.depth(), 2);
    const auto document = builder.finish();
    QCOMPARE(builder.depth(), 0);
    QCOMPARE(toBytes(document->root().child("c").text()), "one two");
    const QByteArray written = writeXml(document->root(), {.declaration = false});
    QVERIFY2(sameContent(parse(written)->root(), document->root()), written.constData());
    QVERIFY2(written.startsWith("<p:a xmlns:p=\"urn:1\" xmlns:q=\"urn:2\""), written.constData());
    QVERIFY(document->memoryUsed() > 100);
    QVERIFY(!builder.finish());
}

void TestDocument::copiesSubtrees()
{
    const auto source = parse("<s:a xmlns:s='urn:s' xmlns:w='urn:w' xmlns:n='urn:n'>"
                              "<s:b k='w:v'>one<s:c>two</s:c>three<s:d/>four</s:b></s:a>");
    DocumentBuilder builder;
    builder.startElement("", "root");
    builder.copy(source->root().child("b"));
    builder.copy(source->root().descendant("c"));
    const auto document = builder.finish();
    QVERIFY(sameContent(document->root().child("b"), source->root().child("b")));
    QVERIFY(sameContent(document->root().child("c"), source->root().descendant("c")));
    QCOMPARE(toBytes(document->root().child("b").resolvePrefix("w").value()), "urn:w");
    QVERIFY(!document->root().child("b").resolvePrefix("n"));
}

void TestDocument::deepDocumentsNeedNoStack()
{
    DocumentBuilder builder;
    constexpr int depth = 200'000;
    for (int i = 0; i < depth; ++i)
        builder.startElement("", "a");
    const auto document = builder.finish();
    DocumentBuilder second;
    second.copy(document->root());
    const auto copy = second.finish();
    QVERIFY(sameContent(document->root(), copy->root()));
    QCOMPARE(writeXml(copy->root()).count("<a>"), depth - 1);
}

void TestDocument::corpusRoundTrip()
{
    const auto files = corpusFiles();
    if (files.empty())
        QSKIP("No recorded messages: set WSMAN_CORPUS to their folder");
    int count = 0;
    for (const auto &[name, bytes] : files) {
        const auto document = readXml(bytes);
        if (!document)
            continue; // tst_corpus tells which must be readable
        for (bool indent : {false, true}) {
            const auto again = readXml(writeXml((*document)->root(), {.indent = indent}));
            QVERIFY2(again, qPrintable(name));
            QVERIFY2(sameContent((*document)->root(), (*again)->root()), qPrintable(name));
        }
        ++count;
    }
    QVERIFY2(count > int(files.size()) * 9 / 10, qPrintable(QString::number(count)));
    qInfo("%d of %zu messages", count, files.size());
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
