#include "exportrows.h"

#include "export/importer.h"
#include "export/jsonreader.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_Importer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsReadBack_data();
    void rowsReadBack();
    void csvReadsBack();
    void xmlKeepsEverything();
    void documentsReadBack_data();
    void documentsReadBack();
    void columnTypes();
    void emptyExports();
    void refused_data();
    void refused();
    void jsonValues_data();
    void jsonValues();
};

/// Types are those that whole columns have; null, empty and guarded texts are what they were.
void tst_Importer::csvReadsBack()
{
    ExportRows made;
    made.add(
        "<p:Win32_X><p:Name>=1+1</p:Name><p:Size>18446744073709551615</p:Size><p:Up>true</p:Up>"
        "<p:Note/><p:List>x</p:List><p:List>y,\"z\"</p:List><p:Text>two\nlines</p:Text>"
        "<p:Code>007</p:Code></p:Win32_X>");
    made.add("<p:Win32_X><p:Name>'b</p:Name><p:Size>0</p:Size><p:Up>false</p:Up>"
             "<p:Note xsi:nil='true'/><p:List>x</p:List><p:List>w</p:List><p:Text>7</p:Text>"
             "<p:Code>8</p:Code></p:Win32_X>");
    made.setType("Size", CimType::UInt64);
    const QByteArray first = exported(made.rows, ExportFormat::Csv, {});
    const Result<Imported> imported = readExport("\xEF\xBB\xBF" + first);
    QVERIFY(imported && imported->rows);
    QCOMPARE(imported->rows->rowCount(), 2u);
    QCOMPARE(exported(*imported->rows, ExportFormat::Csv, {}), first);
    const auto typeOf = [&](std::string_view name) {
        for (std::uint32_t i = 0; i < imported->rows->columnCount(); ++i) {
            if (imported->rows->column(i).name == name)
                return imported->rows->column(i).type;
        }
        return CimType::Char16;
    };
    QCOMPARE(typeOf("Size"), CimType::UInt64);
    QCOMPARE(typeOf("Up"), CimType::Boolean);
    QCOMPARE(typeOf("Text"), CimType::Unknown);
    QCOMPARE(typeOf("Code"), CimType::Unknown);
}

void tst_Importer::rowsReadBack_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<bool>("references");
    for (const bool references : {false, true}) {
        for (const ExportFormat format :
             {ExportFormat::Json, ExportFormat::JsonLines, ExportFormat::Xml})
            QTest::addRow("%s %d", qPrintable(exportFormatName(format)), references)
                << int(format) << references;
    }
}

/// An export of what was read is byte for byte the first one.
void tst_Importer::rowsReadBack()
{
    QFETCH(int, format);
    QFETCH(bool, references);
    ExportRows made;
    made.add(
        "<w:Item><p:Win32_X><p:Name>a \"]]&gt;\u202e</p:Name><p:Size>18446744073709551615</p:Size>"
        "<p:Up>true</p:Up><p:Note/><p:List>x</p:List><p:List>y</p:List><p:One>7</p:One>"
        "<p:Load>1.50</p:Load><p:Obj xsi:type='p:Win32_Y_Type'><p:Deep>1</p:Deep></p:Obj>"
        "<p:Ref><a:Address>u</a:Address><a:ReferenceParameters><w:ResourceURI>urn:x/C"
        "</w:ResourceURI><w:SelectorSet><w:Selector Name='K'>v</w:Selector></w:SelectorSet>"
        "</a:ReferenceParameters></p:Ref></p:Win32_X>"
        "<a:EndpointReference><a:Address>u</a:Address><a:ReferenceParameters><w:ResourceURI>urn:x/C"
        "</w:ResourceURI><w:SelectorSet><w:Selector Name='K'>v</w:Selector><w:Selector Name='R'>"
        "<a:EndpointReference><a:Address>w</a:Address><a:ReferenceParameters><w:ResourceURI>urn:y"
        "</w:ResourceURI><w:SelectorSet><w:Selector Name='Q'>&lt;z></w:Selector></w:SelectorSet>"
        "</a:ReferenceParameters></a:EndpointReference></w:Selector></w:SelectorSet>"
        "</a:ReferenceParameters></a:EndpointReference></w:Item>"
        "<p:Win32_X><p:Name>b</p:Name><p:Size>0</p:Size><p:Note xsi:nil='true'/></p:Win32_X>");
    made.setType("Size", CimType::UInt64);
    made.setType("Up", CimType::Boolean);
    made.setType("Load", CimType::Real64);
    made.setType("One", CimType::UInt8, true);
    ExportOptions options;
    options.references = references;
    const QByteArray first = exported(made.rows, ExportFormat(format), options);
    const Result<Imported> imported = readExport(first);
    QVERIFY(imported);
    QVERIFY(imported->rows);
    QCOMPARE(imported->rows->rowCount(), 2u);
    QCOMPARE(exported(*imported->rows, ExportFormat(format), options), first);
}

void tst_Importer::xmlKeepsEverything()
{
    ExportRows made;
    made.add(
        "<p:Win32_X><p:When><c:Datetime>2014-04-03T14:45:50Z</c:Datetime></p:When></p:Win32_X>");
    const Result<Imported> imported = readExport(exported(made.rows, ExportFormat::Xml));
    QVERIFY(imported);
    QVERIFY(imported->rows);
    QCOMPARE(imported->rows->className(0), std::string_view("Win32_X"));
    QCOMPARE(imported->rows->classNamespace(0), std::string_view("urn:x/Win32_X"));
    QCOMPARE(imported->rows->cell(0, 0).form(), ScalarForm::DateTime);
}

void tst_Importer::documentsReadBack_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("json") << int(ExportFormat::Json);
    QTest::newRow("jsonl") << int(ExportFormat::JsonLines);
    QTest::newRow("xml") << int(ExportFormat::Xml);
}

void tst_Importer::documentsReadBack()
{
    QFETCH(int, format);
    const Result<DocumentPtr> before = readXml(
        "<c:Cfg xmlns:c='urn:c' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' Lang='en'>"
        "<c:Size>500</c:Size><c:Up Source='GPO'>true</c:Up><c:Nothing xsi:nil='true'/><c:Empty/>"
        "<c:On>1</c:On><c:On>2</c:On><c:Deep><c:A>&lt;&amp;&#13;</c:A></c:Deep></c:Cfg>");
    QVERIFY(before);
    const LeafTypes types = [](Node leaf) {
        if (leaf.localName() == "Size")
            return CimType::UInt32;
        return leaf.localName() == "Up" ? CimType::Boolean : CimType::Unknown;
    };
    const QByteArray first = exportTree((*before)->root(), ExportFormat(format), {}, types);
    const Result<Imported> imported = readExport(first);
    QVERIFY(imported);
    QVERIFY(imported->document);
    QVERIFY(!imported->rows);
    QCOMPARE(exportTree(imported->document->root(), ExportFormat(format), {}), first);
    if (format == int(ExportFormat::Xml))
        QVERIFY(sameContent(imported->document->root(), (*before)->root()));
}

void tst_Importer::columnTypes()
{
    const Result<Imported> imported = readExport(
        "[{\"__class\":\"X\",\"B\":true,\"U\":18446744073709551615,\"S\":-1,\"R\":1.5,\"M\":1,"
        "\"L\":[1],\"N\":null,\"Huge\":99999999999999999999,\"Mix\":true},"
        "{\"__class\":\"X\",\"B\":false,\"U\":1,\"S\":5,\"R\":2,\"M\":\"x\",\"Mix\":1}]");
    QVERIFY(imported);
    const RowSet &rows = *imported->rows;
    const auto column = [&rows](std::string_view name) {
        return rows.column(*rows.columnNamed(name));
    };
    QCOMPARE(column("B").type, CimType::Boolean);
    QCOMPARE(column("U").type, CimType::UInt64);
    QCOMPARE(column("S").type, CimType::SInt64);
    QCOMPARE(column("R").type, CimType::Real64);
    QCOMPARE(column("M").type, CimType::Unknown);
    QCOMPARE(column("Mix").type, CimType::Unknown);
    QCOMPARE(column("Huge").type, CimType::Unknown);
    QCOMPARE(column("L").type, CimType::SInt64);
    QVERIFY(column("L").array);
    QVERIFY(!column("U").array);
    QCOMPARE(rows.cell(0, *rows.columnNamed("N")).kind(), CellKind::Nil);
    QCOMPARE(rows.cell(0, *rows.columnNamed("Huge")).text(),
             std::string_view("99999999999999999999"));
}

void tst_Importer::emptyExports()
{
    for (const QByteArray &bytes : {QByteArray("[]\n"), QByteArray("Name,Size\r\n"), QByteArray("Name\r\n"),
          exported({}, ExportFormat::Xml), exported({}, ExportFormat::JsonLines),
          exported({}, ExportFormat::Csv)}) {
        const Result<Imported> imported = readExport(bytes);
        QVERIFY(imported);
        QVERIFY(imported->rows);
        QCOMPARE(imported->rows->rowCount(), 0u);
    }
}

void tst_Importer::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    row("space", " \n");
    row("text", "Name,Size\n");
    row("short record", "Name,Size\r\na,1\r\nb\r\n");
    row("open quote", "Name,Size\r\na,\"1\r\n");
    row("no name of a column", "Name,the size\r\na,1\r\n");
    row("a list of words", "milk\nbread\n");
    row("not well-formed", "<Results><a></Results>");
    row("cut off", "<Results><a/>");
    row("dtd", "<!DOCTYPE a><a/>");
    row("no class", "{\"a\":1}");
    row("no class in a list", "[{\"a\":1}]");
    row("bad class", "{\"__class\":\"a b\"}");
    row("class not a text", "{\"__class\":{}}");
    row("bad name", "{\"__class\":\"A\",\"<x>\":1}");
    row("bad attribute", "{\"__class\":\"A\",\"@\":\"1\"}");
    row("attribute twice", "{\"__class\":\"A\",\"@x\":\"1\",\"@x\":\"2\"}");
    row("list of lists", "{\"__class\":\"A\",\"L\":[[1]]}");
    row("list of texts", "[\"a\"]");
    row("list cut off", "[{\"__class\":\"A\"}");
    row("list goes on", "[{\"__class\":\"A\"}] x");
    row("trailing comma", "[{\"__class\":\"A\"},]");
    row("line cut off", "{\"__class\":\"A\"}\n{\"__class\":");
    row("not UTF-8", "{\"__class\":\"\xff\"}");
    row("too deep",
        "[{\"__class\":\"A\",\"L\":" + QByteArray(300, '[') + QByteArray(300, ']') + "}]");
}

void tst_Importer::refused()
{
    QFETCH(QByteArray, bytes);
    const Result<Imported> imported = readExport(bytes);
    QVERIFY(!imported);
    QCOMPARE(imported.error().kind, Error::Kind::Local);
    QCOMPARE(imported.error().cause, Cause::OpenUnknownFormat);
}

void tst_Importer::jsonValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text"); // null: refused
    const auto row = [](const char *json, const QByteArray &text) {
        QTest::newRow(json) << QByteArray(json) << text;
    };
    row("-0.5e+10", "-0.5e+10");
    row("0", "0");
    row("00", {});
    row("-", {});
    row("1.", {});
    row("1e", {});
    row("+1", {});
    row("true", "true");
    row("tru", {});
    row("\"a\\u00e9\\ud83d\\ude00\\/\\n\"", "a\u00e9\U0001F600/\n");
    row("\"\\ud83d\"", "\ufffd");
    row("\"\\ud83d\\u0041\"",
        "\ufffd"
        "A");
    row("\"\\x\"", {});
    row("\"\\u00g0\"", {});
    row("\"\\u00", {});
    row("\"a\nb\"", {});
    row("\"a", {});
    row("\"a\\", {});
    row("{\"a\":1,}", {});
    row("{\"a\" 1}", {});
    row("{a:1}", {});
    row("[1 2]", {});
    row("NaN", {});
}

void tst_Importer::jsonValues()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    JsonReader reader(std::string_view(json.constData(), std::size_t(json.size())));
    const std::optional<JsonValue> value = reader.value();
    const bool ok = value && reader.atEnd();
    QCOMPARE(ok, !text.isNull());
    if (ok)
        QCOMPARE(QByteArray::fromStdString(value->text), text);
}

QTEST_GUILESS_MAIN(tst_Importer)
#include "tst_importer.moc"
