#include "exportrows.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// Every kind of cell: scalar, empty, nil, absent, arrays of one and many, date, reference, object.
const QByteArray kinds =
    "<p:Win32_X><p:Name>a</p:Name><p:Size>18446744073709551615</p:Size><p:Up>TRUE</p:Up>"
    "<p:Note/><p:List>x</p:List><p:List>y,z</p:List><p:One>7</p:One>"
    "<p:When><c:Datetime>2014-04-03T14:45:50.46875+08:00</c:Datetime></p:When>"
    "<p:Ref><a:Address>u</a:Address><a:ReferenceParameters><w:ResourceURI>urn:x/C</w:ResourceURI>"
    "<w:SelectorSet><w:Selector Name='K'>v</w:Selector></w:SelectorSet></a:ReferenceParameters>"
    "</p:Ref><p:Obj xsi:type='p:Win32_Y_Type'><p:Deep>1</p:Deep></p:Obj></p:Win32_X>"
    "<p:Win32_X><p:Name>b</p:Name><p:Size>-1</p:Size><p:Up>maybe</p:Up>"
    "<p:Note xsi:nil='true'/><p:List>only</p:List></p:Win32_X>";

const QByteArray hostile =
    "<p:Win32_X><p:A>=1+1</p:A><p:B>a|b\\c</p:B><p:C>&lt;script&gt;</p:C>"
    "<p:D>x\ny&#13;\nz&#13;&#9;\"q\"</p:D><p:E>]]&gt;</p:E><p:F>\u202e\u0085\u2028</p:F>"
    "<p:G>-5.5e3</p:G><p:H>-x</p:H><p:J>+</p:J><p:K>@a</p:K><p:L>&#9;x</p:L>"
    "<p:M>'</p:M><p:N>déjà \U0001F600</p:N></p:Win32_X>";

const QByteArray references =
    "<w:Item><p:Win32_X><p:Name>a</p:Name></p:Win32_X><a:EndpointReference><a:Address>u</a:Address>"
    "<a:ReferenceParameters><w:ResourceURI>urn:x/Win32_X</w:ResourceURI><w:SelectorSet>"
    "<w:Selector Name='Name'>a\"</w:Selector></w:SelectorSet></a:ReferenceParameters>"
    "</a:EndpointReference></w:Item>";

struct Made
{
    RowSet rows;
};

Made typedKinds()
{
    ExportRows made;
    made.add(kinds);
    made.setType("Size", CimType::UInt64);
    made.setType("Up", CimType::Boolean);
    made.setType("One", CimType::UInt32, true);
    made.setType("List", CimType::String, true);
    return {made.rows};
}

const QList<ExportFormat> allFormats{
    ExportFormat::Text, ExportFormat::Tree,      ExportFormat::Xml,  ExportFormat::Json,
    ExportFormat::Csv,  ExportFormat::JsonLines, ExportFormat::Html, ExportFormat::Markdown};

} // namespace

class tst_Exporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json();
    void jsonLines();
    void csv();
    void markdown();
    void html();
    void text();
    void tree();
    void xml();
    void hostileCsv();
    void hostileEverywhere();
    void chosenColumns();
    void references_data();
    void references();
    void referenceAlone();
    void fragments();
    void attributes();
    void attributesOfProperties();
    void xmlIsExact_data();
    void xmlIsExact();
    void batchesDoNotShow_data();
    void batchesDoNotShow();
    void lateColumn();
    void noRows();
    void endedEarly();
    void sinkStops();
    void terminal();
    void flushesInPieces();
};

void tst_Exporter::json()
{
    QCOMPARE(
        exported(typedKinds().rows, ExportFormat::Json),
        QByteArray(
            "[\n"
            "{\"__class\":\"Win32_X\",\"Name\":\"a\",\"Size\":18446744073709551615,\"Up\":true,"
            "\"Note\":\"\",\"List\":[\"x\",\"y,z\"],\"One\":[7],"
            "\"When\":\"2014-04-03T14:45:50.46875+08:00\","
            "\"Ref\":{\"__epr\":{\"Address\":\"u\",\"ResourceURI\":\"urn:x/C\","
            "\"SelectorSet\":{\"K\":\"v\"}}},"
            "\"Obj\":{\"__class\":\"Win32_Y\",\"Deep\":\"1\"}},\n"
            "{\"__class\":\"Win32_X\",\"Name\":\"b\",\"Size\":\"-1\",\"Up\":\"maybe\","
            "\"Note\":null,\"List\":[\"only\"]}\n"
            "]\n"));
}

void tst_Exporter::jsonLines()
{
    ExportRows made;
    made.add(kinds);
    const QByteArray lines = exported(made.rows, ExportFormat::JsonLines);
    QCOMPARE(lines.count('\n'), 2);
    // Without types: strings. That a column holds lists is known once one has come.
    QVERIFY(lines.contains("\"Size\":\"18446744073709551615\",\"Up\":\"TRUE\""));
    QVERIFY(lines.contains("\"List\":[\"x\",\"y,z\"],\"One\":\"7\""));
    QVERIFY(lines.endsWith("\"List\":[\"only\"]}\n"));
}

void tst_Exporter::csv()
{
    QCOMPARE(exported(typedKinds().rows, ExportFormat::Csv),
             QByteArray("Name,Size,Up,Note,List,One,When,Ref,Obj\r\n"
                        "a,18446744073709551615,TRUE,\"\",\"[\"\"x\"\",\"\"y,z\"\"]\",[7],"
                        "2014-04-03T14:45:50.46875+08:00,"
                        "\"{\"\"__epr\"\":{\"\"Address\"\":\"\"u\"\",\"\"ResourceURI\"\":"
                        "\"\"urn:x/C\"\",\"\"SelectorSet\"\":{\"\"K\"\":\"\"v\"\"}}}\","
                        "\"{\"\"__class\"\":\"\"Win32_Y\"\",\"\"Deep\"\":\"\"1\"\"}\"\r\n"
                        "b,-1,maybe,,\"[\"\"only\"\"]\",,,,\r\n"));
}

void tst_Exporter::markdown()
{
    ExportOptions options;
    options.columns = {u"Name"_s, u"Note"_s, u"One"_s, u"List"_s, u"Ref"_s};
    options.title = u"A | B"_s;
    QCOMPARE(exported(typedKinds().rows, ExportFormat::Markdown, options),
             QByteArray("# A \\| B\n\n"
                        "| Name | Note | One | List | Ref |\n"
                        "| --- | --- | --- | --- | --- |\n"
                        "| a | | 7 | x, y,z | C.K=&quot;v&quot; |\n"
                        "| b | *null* | | only | |\n\n"));
}

void tst_Exporter::html()
{
    const QByteArray html = exported(typedKinds().rows, ExportFormat::Html);
    QVERIFY(html.contains("<th>Name</th><th>Size</th>"));
    QVERIFY(html.contains("<td>a</td><td>18446744073709551615</td><td>TRUE</td><td></td>"));
    QVERIFY(html.contains("<td>maybe</td><td class=\"null\">null</td><td>only</td><td></td>"));
    QVERIFY(html.contains("<td>C.K=&quot;v&quot;</td><td>{Deep=1}</td>"));
}

void tst_Exporter::text()
{
    ExportOptions options;
    options.columns = {u"Name"_s, u"Size"_s, u"Note"_s, u"List"_s};
    QCOMPARE(exported(typedKinds().rows, ExportFormat::Text, options),
             QByteArray("Name                  Size  Note  List\n"
                        "----  --------------------  ----  ------\n"
                        "a     18446744073709551615        x, y,z\n"
                        "b                       -1  null  only\n")
                 .replace("Name                  Size", "Name  Size                "));
    options.terminal = true;
    options.width = 12;
    QVERIFY(exported(typedKinds().rows, ExportFormat::Text, options).contains("\na     18446…\n"));
}

void tst_Exporter::tree()
{
    QCOMPARE(exported(typedKinds().rows, ExportFormat::Tree),
             QByteArray("Win32_X\n"
                        "├─ Name = a\n"
                        "├─ Size = 18446744073709551615\n"
                        "├─ Up = TRUE\n"
                        "├─ Note =\n"
                        "├─ List = x, y,z\n"
                        "├─ One = 7\n"
                        "├─ When = 2014-04-03T14:45:50.46875+08:00\n"
                        "├─ Ref = C.K=\"v\"\n"
                        "└─ Obj\n"
                        "   └─ Deep = 1\n"
                        "Win32_X\n"
                        "├─ Name = b\n"
                        "├─ Size = -1\n"
                        "├─ Up = maybe\n"
                        "├─ Note = null\n"
                        "└─ List = only\n"));
}

void tst_Exporter::xml()
{
    for (const QByteArray &instances : {kinds, hostile}) {
        ExportRows made;
        made.add(instances);
        const Result<DocumentPtr> document = readXml(exported(made.rows, ExportFormat::Xml));
        QVERIFY(document);
        Node row = (*document)->root().firstChild();
        QCOMPARE((*document)->root().localName(), std::string_view("Results"));
        for (std::uint32_t i = 0; i < made.rows.rowCount(); ++i, row = row.nextSibling())
            QVERIFY(sameContent(row, made.rows.rowDocument(i)->root()));
        QVERIFY(!row);
    }
}

void tst_Exporter::hostileCsv()
{
    ExportRows made;
    made.add(hostile);
    QCOMPARE(exported(made.rows, ExportFormat::Csv),
             QByteArray("A,B,C,D,E,F,G,H,J,K,L,M,N\r\n"
                        "'=1+1,a|b\\c,<script>,\"x\ny\r\nz\r\t\"\"q\"\"\",]]>,\u202e\u0085\u2028,"
                        "-5.5e3,'-x,'+,'@a,'\tx,',déjà \U0001F600\r\n"));
    ExportOptions plain;
    plain.formulaGuard = false;
    QVERIFY(exported(made.rows, ExportFormat::Csv, plain).contains("\r\n=1+1,"));
}

void tst_Exporter::hostileEverywhere()
{
    ExportRows made;
    made.add(hostile);
    QVERIFY(exported(made.rows, ExportFormat::Json).contains("\"x\\ny\\r\\nz\\r\\t\\\"q\\\"\""));
    const QByteArray markdown = exported(made.rows, ExportFormat::Markdown);
    QCOMPARE(markdown.count('\n'), 4);
    QVERIFY(markdown.contains("| a\\|b\\\\c | &lt;script&gt; | x<br>y<br>z<br>␉&quot;q&quot; |"));
    QVERIFY(markdown.contains("| \ufffd\ufffd<br> |"));
    QVERIFY(!exported(made.rows, ExportFormat::Html).contains("<script"));
    for (const ExportFormat format : {ExportFormat::Text, ExportFormat::Tree}) {
        const QByteArray text = exported(made.rows, format);
        QVERIFY(text.contains("x↵y↵z↵␉\"q\""));
        QVERIFY(!text.contains("\u202e"));
    }
}

void tst_Exporter::chosenColumns()
{
    ExportOptions options;
    options.columns = {u"note"_s, u"Nowhere"_s, u"__class"_s, u"Name"_s};
    const RowSet rows = typedKinds().rows;
    QCOMPARE(exported(rows, ExportFormat::Csv, options),
             QByteArray("Note,Nowhere,__class,Name\r\n\"\",,Win32_X,a\r\n,,Win32_X,b\r\n"));
    QCOMPARE(exported(rows, ExportFormat::JsonLines, options),
             QByteArray("{\"__class\":\"Win32_X\",\"Note\":\"\",\"Name\":\"a\"}\n"
                        "{\"__class\":\"Win32_X\",\"Note\":null,\"Name\":\"b\"}\n"));
}

void tst_Exporter::references_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("json") << int(ExportFormat::Json)
                          << QByteArray(
                                 "{\"object\":{\"__class\":\"Win32_X\",\"Name\":\"a\"},\"epr\":"
                                 "{\"__epr\":{\"Address\":\"u\",\"ResourceURI\":"
                                 "\"urn:x/Win32_X\",\"SelectorSet\":{\"Name\":\"a\\\"\"}}}}");
    QTest::newRow("csv") << int(ExportFormat::Csv)
                         << QByteArray("Name,__epr\r\na,\"{\"\"__epr\"\":{\"\"Address\"\"");
    QTest::newRow("text") << int(ExportFormat::Text) << QByteArray("Win32_X.Name=\"a\\\"\"\n");
    QTest::newRow("md") << int(ExportFormat::Markdown) << QByteArray("| a | Win32_X.Name=");
    QTest::newRow("tree") << int(ExportFormat::Tree) << QByteArray("└─ __epr = Win32_X.Name=");
    QTest::newRow("xml") << int(ExportFormat::Xml)
                         << QByteArray("</p:Win32_X><a:EndpointReference>");
}

void tst_Exporter::references()
{
    QFETCH(int, format);
    QFETCH(QByteArray, part);
    ExportRows made;
    made.add(::references);
    ExportOptions options;
    QVERIFY(!exported(made.rows, ExportFormat(format), options).contains(part));
    options.references = true;
    const QByteArray bytes = exported(made.rows, ExportFormat(format), options);
    QVERIFY2(bytes.contains(part), bytes.constData());
}

void tst_Exporter::referenceAlone()
{
    ExportRows made;
    made.add("<a:EndpointReference><a:Address>u</a:Address><a:ReferenceParameters><w:ResourceURI>"
             "urn:x/Win32_X</w:ResourceURI><w:SelectorSet><w:Selector Name='N'>1</w:Selector>"
             "</w:SelectorSet></a:ReferenceParameters></a:EndpointReference>");
    QCOMPARE(exported(made.rows, ExportFormat::JsonLines),
             QByteArray("{\"__epr\":{\"Address\":\"u\",\"ResourceURI\":\"urn:x/Win32_X\","
                        "\"SelectorSet\":{\"N\":\"1\"}}}\n"));
    QVERIFY(
        exported(made.rows, ExportFormat::Xml).contains("\n<a:EndpointReference><a:Address>u<"));
    QCOMPARE(exported(made.rows, ExportFormat::Tree), QByteArray("Win32_X.N=\"1\"\n"));
    ExportOptions options;
    options.references = true;
    QCOMPARE(exported(made.rows, ExportFormat::Text, options),
             QByteArray("__epr\n-------------\nWin32_X.N=\"1\"\n"));
}

void tst_Exporter::fragments()
{
    ExportRows made;
    made.add("<w:XmlFragment><Name>a</Name></w:XmlFragment>");
    QVERIFY(exported(made.rows, ExportFormat::Xml).contains("><Name>a</Name></w:XmlFragment>"));
    QCOMPARE(exported(made.rows, ExportFormat::JsonLines),
             QByteArray("{\"__class\":\"\",\"Name\":\"a\"}\n"));
    ExportOptions options;
    options.rowClass = u"Win32_X"_s;
    QCOMPARE(exported(made.rows, ExportFormat::JsonLines, options),
             QByteArray("{\"__class\":\"Win32_X\",\"Name\":\"a\"}\n"));
    options.columns = {u"__class"_s, u"Name"_s};
    QCOMPARE(exported(made.rows, ExportFormat::Csv, options),
             QByteArray("__class,Name\r\nWin32_X,a\r\n"));
}

void tst_Exporter::attributes()
{
    ExportRows made;
    made.add("<p:Plugin Name='a&quot;&lt;' xsi:type='p:T'><p:Port>1</p:Port></p:Plugin>");
    const QByteArray json = exported(made.rows, ExportFormat::JsonLines);
    QVERIFY2(json.contains("\"@Name\":\"a\\\"<\""), json.constData());
    const Result<DocumentPtr> xml = readXml(exported(made.rows, ExportFormat::Xml));
    QVERIFY(xml);
    QVERIFY((*xml)->root().firstChild().attribute("Name") == std::string_view("a\"<"));
    QVERIFY(!(*xml)->root().firstChild().child("@Name"));
}

void tst_Exporter::attributesOfProperties()
{
    ExportRows made;
    made.add(
        "<p:Listener><p:Port Source='GPO'>5985</p:Port><p:On>a</p:On><p:On Source='GPO'>b</p:On>"
        "<p:Plain>1</p:Plain></p:Listener>");
    made.setType("Port", CimType::UInt32);
    QCOMPARE(exported(made.rows, ExportFormat::JsonLines),
             QByteArray("{\"__class\":\"Listener\",\"Port\":{\"@Source\":\"GPO\",\"#text\":5985},"
                        "\"On\":[\"a\",{\"@Source\":\"GPO\",\"#text\":\"b\"}],\"Plain\":\"1\"}\n"));
    QCOMPARE(exported(made.rows, ExportFormat::Csv),
             QByteArray("Port,On,Plain\r\n5985,\"[\"\"a\"\",\"\"b\"\"]\",1\r\n"));
}

void tst_Exporter::xmlIsExact_data()
{
    QTest::addColumn<QByteArray>("instance");
    const auto row = [](const char *name, const QByteArray &xml) { QTest::newRow(name) << xml; };
    row("plain", "<p:X><p:A>1</p:A><p:B/></p:X>");
    row("empty", "<p:X/>");
    row("type", "<p:X xsi:type='p:X_Type'><p:A>1</p:A></p:X>");
    row("default namespace", "<X xmlns='urn:d'><A>1</A><B xsi:nil='true'/></X>");
    row("no namespace", "<X><A>1</A></X>");
    row("attributes", "<p:X Name='&gt;\"' Other=''><p:A>1</p:A></p:X>");
    row("of a property", "<p:X><p:A Source='GPO'>1</p:A></p:X>");
    row("of an item", "<p:X><p:A>1</p:A><p:A Source='GPO'>2</p:A></p:X>");
    row("of nil", "<p:X><p:A xsi:nil='true' p:IsNullArray='true'/></p:X>");
    row("foreign property", "<p:X><w:A>1</w:A></p:X>");
    row("own text", "<p:X>text</p:X>");
    row("date", "<p:X><p:A><c:Datetime>2014-04-03T14:45:50Z</c:Datetime></p:A></p:X>");
    row("foreign date", "<p:X><p:A><p:Interval>P1D</p:Interval></p:A></p:X>");
    row("prefixes that mean something else",
        "<xsi:X xmlns:xsi='urn:x' "
        "xmlns:cim='urn:y'><xsi:A/><xsi:D><c:Datetime>x</c:Datetime></xsi:D>"
        "</xsi:X>");
    row("fragment", "<w:XmlFragment><A>1</A></w:XmlFragment>");
}

/// Written from cells or from the document: it reads back the same.
void tst_Exporter::xmlIsExact()
{
    QFETCH(QByteArray, instance);
    ExportRows made;
    made.add(instance + "<p:Other xsi:type='p:O_Type'><p:A>9</p:A></p:Other>" + instance);
    const Result<DocumentPtr> document = readXml(exported(made.rows, ExportFormat::Xml));
    QVERIFY(document);
    Node row = (*document)->root().firstChild();
    for (std::uint32_t i = 0; i < made.rows.rowCount(); ++i, row = row.nextSibling())
        QVERIFY(sameContent(row, made.rows.rowDocument(i)->root()));
    QVERIFY(!row);
}

void tst_Exporter::batchesDoNotShow_data()
{
    QTest::addColumn<int>("format");
    for (const ExportFormat format : allFormats)
        QTest::newRow(qPrintable(exportFormatName(format))) << int(format);
}

void tst_Exporter::batchesDoNotShow()
{
    QFETCH(int, format);
    ExportRows made;
    for (int i = 0; i < 25; ++i)
        made.add("<p:Win32_X><p:A>" + QByteArray::number(i) + "</p:A><p:B/></p:Win32_X>");
    const QByteArray whole = exported(made.rows, ExportFormat(format));
    ExportOptions options;
    if (format == int(ExportFormat::Text))
        made.setType("A", CimType::Unknown); // widths come from the first batch: all alike here
    QByteArray parts = exported(made.rows, ExportFormat(format), options, 7);
    if (format == int(ExportFormat::Text)) {
        QCOMPARE(parts.count('\n'), whole.count('\n'));
        return;
    }
    QCOMPARE(parts, whole);
    QCOMPARE(exported(made.rows, ExportFormat(format), options, 1), whole);
}

void tst_Exporter::lateColumn()
{
    ExportRows made;
    made.add("<p:Win32_X><p:A>1</p:A></p:Win32_X>");
    const RowSet first = made.rows;
    made.add(
        "<p:Win32_X><p:A>2</p:A></p:Win32_X><p:Win32_X><p:A>3</p:A><p:Late>x</p:Late></p:Win32_X>");
    for (const ExportFormat format : allFormats) {
        QByteArray bytes;
        const auto exporter = RowExporter::create(format, {}, [&bytes](QByteArrayView part) {
            bytes.append(part);
            return true;
        });
        QVERIFY(exporter->begin());
        QVERIFY(exporter->append(first, 0, 1));
        const Done done = exporter->append(made.rows, 1, 3);
        QVERIFY(exporter->end());
        if (format != ExportFormat::Csv) {
            QVERIFY(done);
            QVERIFY(bytes.contains("Late"));
            continue;
        }
        QVERIFY(!done);
        QCOMPARE(done.error().cause, Cause::ExportFormat);
        QVERIFY(done.error().message.contains(u"Late"));
        QCOMPARE(bytes, QByteArray("A\r\n1\r\n2\r\n"));
    }
    ExportOptions options;
    options.columns = {u"A"_s, u"Late"_s};
    QCOMPARE(exported(made.rows, ExportFormat::Csv, options, 1),
             QByteArray("A,Late\r\n1,\r\n2,\r\n3,x\r\n"));
}

void tst_Exporter::noRows()
{
    QCOMPARE(exported({}, ExportFormat::Json), QByteArray("[]\n"));
    QCOMPARE(exported({}, ExportFormat::JsonLines), QByteArray());
    QCOMPARE(exported({}, ExportFormat::Csv), QByteArray());
    QVERIFY(readXml(exported({}, ExportFormat::Xml)));
    ExportOptions options;
    options.columns = {u"A"_s, u"B"_s};
    QCOMPARE(exported({}, ExportFormat::Csv, options), QByteArray("A,B\r\n"));
    QVERIFY(exported({}, ExportFormat::Html, options).contains("<th>A</th>"));
}

void tst_Exporter::endedEarly()
{
    const RowSet rows = typedKinds().rows;
    for (const ExportFormat format : allFormats) {
        QByteArray bytes;
        const auto exporter = RowExporter::create(format, {}, [&bytes](QByteArrayView part) {
            bytes.append(part);
            return true;
        });
        QVERIFY(exporter->begin());
        QVERIFY(exporter->append(rows, 0, 1));
        QVERIFY(exporter->end());
        if (format == ExportFormat::Xml)
            QVERIFY(readXml(bytes));
        if (format == ExportFormat::Json)
            QVERIFY(bytes.startsWith("[\n{") && bytes.endsWith("}\n]\n"));
        if (format == ExportFormat::Html)
            QVERIFY(bytes.endsWith("</tbody>\n</table>\n</body>\n</html>\n"));
    }
}

void tst_Exporter::sinkStops()
{
    const auto exporter = RowExporter::create(ExportFormat::Csv, {},
                                              [](QByteArrayView) { return false; });
    QVERIFY(exporter->begin());
    QVERIFY(exporter->append(typedKinds().rows, 0, 2));
    const Done done = exporter->end();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, Error::Kind::Local);
}

void tst_Exporter::terminal()
{
    ExportRows made;
    made.add(hostile);
    ExportOptions options;
    options.terminal = true;
    for (const ExportFormat format : allFormats) {
        const QString shown = QString::fromUtf8(exported(made.rows, format, options));
        for (const QChar c : shown)
            QVERIFY(c == u'\n'
                    || (c.unicode() >= 0x20 && (c.unicode() < 0x7f || c.unicode() > 0x9f)));
        QVERIFY(!shown.contains(u'\u202e'));
    }
}

void tst_Exporter::flushesInPieces()
{
    ExportRows made;
    made.add("<p:Win32_X><p:A>" + QByteArray(1000, 'x') + "</p:A></p:Win32_X>");
    for (int i = 0; i < 999; ++i)
        made.builder.addRow(made.rows.rowDocument(0)->root());
    made.rows.append(made.builder.takeBatch());
    QList<qsizetype> pieces;
    const auto exporter = RowExporter::create(ExportFormat::JsonLines, {},
                                              [&pieces](QByteArrayView part) {
                                                  pieces.append(part.size());
                                                  return true;
                                              });
    QVERIFY(exporter->begin());
    QVERIFY(exporter->append(made.rows, 0, made.rows.rowCount()));
    QVERIFY(exporter->end());
    QCOMPARE(pieces.size(), 4);
    QVERIFY(pieces.front() >= 256 * 1024);
    QVERIFY(pieces.front() < 258 * 1024);
}

QTEST_GUILESS_MAIN(tst_Exporter)
#include "tst_exporter.moc"
