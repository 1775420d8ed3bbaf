#include "document/xmlreader.h"
#include "export/exporter.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

DocumentPtr read(const QByteArray &xml)
{
    Result<DocumentPtr> document = readXml(xml);
    return document ? *document : DocumentPtr();
}

const QByteArray config =
    "<cfg:Config xmlns:cfg='urn:c' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
    "xml:lang='en-US'><cfg:MaxEnvelopeSizekb>500</cfg:MaxEnvelopeSizekb>"
    "<cfg:Service><cfg:RootSDDL/><cfg:AllowUnencrypted Source='GPO'>false</cfg:AllowUnencrypted>"
    "<cfg:Nothing xsi:nil='true'/></cfg:Service>"
    "<cfg:ListeningOn>192.0.2.1</cfg:ListeningOn><cfg:ListeningOn>::1</cfg:ListeningOn>"
    "</cfg:Config>";

/// Values that want to be more than text.
const QByteArray hostile = "<R><A>=1+1</A><B>a|b\\c</B><C>&lt;script&gt;alert(1)&lt;/script&gt;</C>"
                           "<D>x\ny&#13;z&#9;\"q\"</D><E>]]&gt;</E><F>\u202e\u0085</F><G>-5</G>"
                           "<H>-x</H><I>*[u](http://192.0.2.1/)*`</I></R>";

CimType configTypes(Node leaf)
{
    const std::string_view name = leaf.localName();
    if (name == "MaxEnvelopeSizekb")
        return CimType::UInt32;
    return name == "AllowUnencrypted" ? CimType::Boolean : CimType::Unknown;
}

} // namespace

class tst_ExportTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text();
    void branches();
    void json();
    void jsonLines();
    void jsonLists();
    void jsonShapes_data();
    void jsonShapes();
    void scalars_data();
    void scalars();
    void csv();
    void hostileCsv();
    void hostileMarkdown();
    void hostileHtml();
    void hostileOutline();
    void paths();
    void xmlReadsBack();
    void terminal();
    void nothing();
    void names();
};

void tst_ExportTree::text()
{
    QCOMPARE(exportTree(read(config)->root(), ExportFormat::Text, {}),
             QByteArray("Config [lang=\"en-US\"]\n"
                        "    MaxEnvelopeSizekb = 500\n"
                        "    Service\n"
                        "        RootSDDL =\n"
                        "        AllowUnencrypted = false [Source=\"GPO\"]\n"
                        "        Nothing = null\n"
                        "    ListeningOn = 192.0.2.1, ::1\n"));
}

void tst_ExportTree::branches()
{
    QCOMPARE(exportTree(read(config)->root(), ExportFormat::Tree, {}),
             QByteArray("Config [lang=\"en-US\"]\n"
                        "├─ MaxEnvelopeSizekb = 500\n"
                        "├─ Service\n"
                        "│  ├─ RootSDDL =\n"
                        "│  ├─ AllowUnencrypted = false [Source=\"GPO\"]\n"
                        "│  └─ Nothing = null\n"
                        "└─ ListeningOn = 192.0.2.1, ::1\n"));
    ExportOptions narrow;
    narrow.terminal = true;
    narrow.width = 12;
    QVERIFY(
        exportTree(read(config)->root(), ExportFormat::Tree, narrow).contains("├─ MaxEnvel…\n"));
}

void tst_ExportTree::json()
{
    QCOMPARE(exportTree(read(config)->root(), ExportFormat::Json, {}, configTypes),
             QByteArray("{\n"
                        "  \"__class\": \"Config\",\n"
                        "  \"@lang\": \"en-US\",\n"
                        "  \"MaxEnvelopeSizekb\": 500,\n"
                        "  \"Service\": {\n"
                        "    \"RootSDDL\": \"\",\n"
                        "    \"AllowUnencrypted\": {\n"
                        "      \"@Source\": \"GPO\",\n"
                        "      \"#text\": false\n"
                        "    },\n"
                        "    \"Nothing\": null\n"
                        "  },\n"
                        "  \"ListeningOn\": [\"192.0.2.1\", \"::1\"]\n"
                        "}\n"));
}

void tst_ExportTree::jsonLines()
{
    QCOMPARE(exportTree(read(config)->root(), ExportFormat::JsonLines, {}),
             QByteArray("{\"__class\":\"Config\",\"@lang\":\"en-US\",\"MaxEnvelopeSizekb\":\"500\","
                        "\"Service\":{\"RootSDDL\":\"\",\"AllowUnencrypted\":{\"@Source\":\"GPO\","
                        "\"#text\":\"false\"},\"Nothing\":null},"
                        "\"ListeningOn\":[\"192.0.2.1\",\"::1\"]}\n"));
}

void tst_ExportTree::jsonLists()
{
    const DocumentPtr document = read(
        "<R xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><Name>a</Name><Lists>1</Lists>"
        "<Nil xsi:nil='true'/><Two>3</Two><Two>4</Two></R>");
    QVERIFY(document);
    const LeafTypes types = [](Node node) -> LeafType {
        return {CimType::UInt32, node.localName() != "Name"};
    };
    QCOMPARE(exportTree(document->root(), ExportFormat::JsonLines, {}, types).trimmed(),
             R"({"__class":"R","Name":"a","Lists":[1],"Nil":null,"Two":[3,4]})");
}

void tst_ExportTree::jsonShapes_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::addColumn<QByteArray>("json");
    const QByteArray names = " xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "
                             "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' "
                             "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
                             "xmlns:c='http://schemas.dmtf.org/wbem/wscim/1/common'";
    const auto row = [names](const char *name, const QByteArray &inner, const QByteArray &json) {
        QTest::newRow(name) << "<R" + names + ">" + inner + "</R>"
                            << "{\"__class\":\"R\"" + json + "}\n";
    };
    row("empty", "", "");
    row("mixed", "a<b>1</b>c", ",\"#text\":\"ac\",\"b\":\"1\"");
    row("own text", "hello", ",\"#text\":\"hello\"");
    row("datetime", "<D><c:Datetime>2014-04-03T14:45:50.46875+08:00</c:Datetime></D>",
        ",\"D\":\"2014-04-03T14:45:50.46875+08:00\"");
    row("reference",
        "<P><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>http://e/C</"
        "w:ResourceURI>"
        "<w:SelectorSet><w:Selector Name='K'>v\"</w:Selector></w:SelectorSet>"
        "</a:ReferenceParameters></P>",
        ",\"P\":{\"__epr\":{\"Address\":\"x\",\"ResourceURI\":\"http://e/C\","
        "\"SelectorSet\":{\"K\":\"v\\\"\"}}}");
    row("embedded", "<O xsi:type='q:Win32_X_Type'><N>1</N><N>2</N></O>",
        ",\"O\":{\"__class\":\"Win32_X\",\"N\":[\"1\",\"2\"]}");
    row("typed by xsi:type",
        "<N xsi:type='c:cimUnsignedInt'>7</N><N xsi:type='c:cimBoolean'>TRUE</N>",
        ",\"N\":[7,true]");
    row("attributes alone", "<N Name='x' Value='y'/>", ",\"N\":{\"@Name\":\"x\",\"@Value\":\"y\"}");
    row("nil with attribute", "<N Name='x' xsi:nil='true'/>",
        ",\"N\":{\"@Name\":\"x\",\"#text\":null}");
    row("scattered", "<N>1</N><M>2</M><N>3</N>", ",\"N\":[\"1\",\"3\"],\"M\":\"2\"");
    row("escapes", "<N>\"\\/&#9;&#10;&#13;\x7f\u202e]]&gt;</N>",
        ",\"N\":\"\\\"\\\\/\\t\\n\\r\x7f\u202e]]>\"");
}

void tst_ExportTree::jsonShapes()
{
    QFETCH(QByteArray, xml);
    QFETCH(QByteArray, json);
    const DocumentPtr document = read(xml);
    QVERIFY(document);
    QCOMPARE(exportTree(document->root(), ExportFormat::JsonLines, {}), json);
}

void tst_ExportTree::scalars_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](CimType type, const char *text, const char *json) {
        QTest::addRow("%d %s", int(type), text)
            << int(type) << QByteArray(text) << QByteArray(json);
    };
    row(CimType::UInt64, "18446744073709551615", "18446744073709551615");
    row(CimType::UInt64, "18446744073709551616", "\"18446744073709551616\"");
    row(CimType::SInt64, "-9223372036854775808", "-9223372036854775808");
    row(CimType::UInt8, "255", "255");
    row(CimType::UInt8, "256", "\"256\"");
    row(CimType::UInt32, "-1", "\"-1\"");
    row(CimType::UInt32, " 5 ", "5");
    row(CimType::UInt32, "007", "\"007\"");
    row(CimType::UInt32, "+5", "\"+5\"");
    row(CimType::UInt32, "5,\"x\":1", "\"5,\\\"x\\\":1\"");
    row(CimType::UInt32, "", "\"\"");
    row(CimType::SInt32, "-0", "\"-0\"");
    row(CimType::Boolean, "TRUE", "true");
    row(CimType::Boolean, "0", "false");
    row(CimType::Boolean, "False", "false");
    row(CimType::Boolean, "yes", "\"yes\"");
    row(CimType::Boolean, "true1", "\"true1\"");
    row(CimType::Real64, "1.5e-10", "1.5e-10");
    row(CimType::Real64, "INF", "\"INF\"");
    row(CimType::Real64, ".5", "\".5\"");
    row(CimType::Real64, "1.", "\"1.\"");
    row(CimType::Real32, "-0.0", "-0.0");
    row(CimType::String, "5", "\"5\"");
    row(CimType::Unknown, "true", "\"true\"");
    row(CimType::DateTime, "2014", "\"2014\"");
}

void tst_ExportTree::scalars()
{
    QFETCH(int, type);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, json);
    const DocumentPtr document = read("<R><N>" + text + "</N></R>");
    QCOMPARE(exportTree(document->root(), ExportFormat::JsonLines, {},
                        [type](Node) { return CimType(type); }),
             "{\"__class\":\"R\",\"N\":" + json + "}\n");
}

void tst_ExportTree::csv()
{
    QCOMPARE(exportTree(read(config)->root(), ExportFormat::Csv, {}),
             QByteArray("Path,Name,Value,Source\r\n"
                        "Config/@lang,@lang,en-US,\r\n"
                        "Config/MaxEnvelopeSizekb,MaxEnvelopeSizekb,500,\r\n"
                        "Config/Service/RootSDDL,RootSDDL,\"\",\r\n"
                        "Config/Service/AllowUnencrypted,AllowUnencrypted,false,GPO\r\n"
                        "Config/Service/Nothing,Nothing,,\r\n"
                        "Config/ListeningOn[1],ListeningOn,192.0.2.1,\r\n"
                        "Config/ListeningOn[2],ListeningOn,::1,\r\n"));
}

void tst_ExportTree::hostileCsv()
{
    QCOMPARE(exportTree(read(hostile)->root(), ExportFormat::Csv, {}),
             QByteArray("Path,Name,Value,Source\r\n"
                        "R/A,A,'=1+1,\r\n"
                        "R/B,B,a|b\\c,\r\n"
                        "R/C,C,<script>alert(1)</script>,\r\n"
                        "R/D,D,\"x\ny\rz\t\"\"q\"\"\",\r\n"
                        "R/E,E,]]>,\r\n"
                        "R/F,F,\u202e\u0085,\r\n"
                        "R/G,G,-5,\r\n"
                        "R/H,H,'-x,\r\n"
                        "R/I,I,*[u](http://192.0.2.1/)*`,\r\n"));
    ExportOptions plain;
    plain.formulaGuard = false;
    QVERIFY(exportTree(read(hostile)->root(), ExportFormat::Csv, plain).contains("A,=1+1,"));
}

void tst_ExportTree::hostileMarkdown()
{
    QCOMPARE(exportTree(read(hostile)->root(), ExportFormat::Markdown, {}),
             QByteArray("| Path | Name | Value | Source |\n"
                        "| --- | --- | --- | --- |\n"
                        "| R/A | A | =1+1 | |\n"
                        "| R/B | B | a\\|b\\\\c | |\n"
                        "| R/C | C | &lt;script&gt;alert(1)&lt;/script&gt; | |\n"
                        "| R/D | D | x<br>y<br>z␉&quot;q&quot; | |\n"
                        "| R/E | E | \\]\\]&gt; | |\n"
                        "| R/F | F | \ufffd\ufffd | |\n"
                        "| R/G | G | -5 | |\n"
                        "| R/H | H | -x | |\n"
                        "| R/I | I | \\*\\[u\\](http://192.0.2.1/)\\*\\` | |\n"
                        "\n"));
}

void tst_ExportTree::hostileHtml()
{
    ExportOptions options;
    options.title = u"<b>"_s;
    options.source = u"srv1.example.com & \u202e"_s;
    const QByteArray html = exportTree(read(hostile)->root(), ExportFormat::Html, options);
    QVERIFY(html.startsWith("<!DOCTYPE html>\n"));
    QVERIFY(html.endsWith("</html>\n"));
    QVERIFY(html.contains("<title>&lt;b&gt;</title>"));
    QVERIFY(html.contains("<p>srv1.example.com &amp; \ufffd</p>"));
    QVERIFY(html.contains("<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>"));
    QVERIFY(html.contains("<td>x<br>y<br>z␉&quot;q&quot;</td>"));
    QVERIFY(html.contains("prefers-color-scheme:dark"));
    QVERIFY(!html.contains("<script"));
    QVERIFY(exportTree(read(config)->root(), ExportFormat::Html, {})
                .contains("<td class=\"null\">null</td>"));
}

void tst_ExportTree::hostileOutline()
{
    const QByteArray text = exportTree(read(hostile)->root(), ExportFormat::Text, {});
    QVERIFY(text.contains("    D = x↵y↵z␉\"q\"\n"));
    QVERIFY(text.contains("    F = \ufffd\ufffd\n"));
    QCOMPARE(text.count('\n'), 10);
}

void tst_ExportTree::paths()
{
    const DocumentPtr document = read(
        "<Cfg><Listeners><Listener Source='GPO'><Port>1</Port></Listener>"
        "<Listener><Port>2</Port></Listener></Listeners>"
        "<Mixed>a<b/></Mixed></Cfg>");
    QCOMPARE(exportTree(document->root(), ExportFormat::Csv, {}),
             QByteArray("Path,Name,Value,Source\r\n"
                        "Cfg/Listeners/Listener[1]/Port,Port,1,GPO\r\n"
                        "Cfg/Listeners/Listener[2]/Port,Port,2,\r\n"
                        "Cfg/Mixed,#text,a,\r\n"
                        "Cfg/Mixed/b,b,\"\",\r\n"));
}

void tst_ExportTree::xmlReadsBack()
{
    for (const QByteArray &xml : {config, hostile}) {
        const DocumentPtr before = read(xml);
        const QByteArray written = exportTree(before->root(), ExportFormat::Xml, {});
        QVERIFY(written.startsWith("<?xml"));
        QVERIFY(written.endsWith('\n'));
        const DocumentPtr after = read(written);
        QVERIFY(after);
        QVERIFY(sameContent(before->root(), after->root()));
    }
}

void tst_ExportTree::terminal()
{
    ExportOptions options;
    options.terminal = true;
    const QByteArray csv = exportTree(read(hostile)->root(), ExportFormat::Csv, options);
    QVERIFY(csv.contains("R/F,F,\\u202e\\x85,"));
    QVERIFY(!csv.contains('\r'));
}

void tst_ExportTree::nothing()
{
    QVERIFY(exportTree(Node(), ExportFormat::Json, {}).isEmpty());
}

void tst_ExportTree::names()
{
    for (const ExportFormat format :
         {ExportFormat::Text, ExportFormat::Tree, ExportFormat::Xml, ExportFormat::Json,
          ExportFormat::JsonLines, ExportFormat::Csv, ExportFormat::Html, ExportFormat::Markdown})
        QVERIFY(exportFormatNamed(exportFormatName(format)) == format);
    QVERIFY(!exportFormatNamed(u"raw"));
    QCOMPARE(exportSuffix(ExportFormat::JsonLines), u"jsonl"_s);
    QVERIFY(exportFormatForFile(u"a.b.CSV"_s, ExportFormat::Text) == ExportFormat::Csv);
    QVERIFY(exportFormatForFile(u"a.jsonl"_s, ExportFormat::Text) == ExportFormat::JsonLines);
    QVERIFY(exportFormatForFile(u"a.txt"_s, ExportFormat::Json) == ExportFormat::Text);
    QVERIFY(exportFormatForFile(u"csv"_s, ExportFormat::Json) == ExportFormat::Json);
}

QTEST_GUILESS_MAIN(tst_ExportTree)
#include "tst_exporttree.moc"
