#include "rowcompare.h"

#include "document/rowbatch.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// What cells and rows say.
class TestRowSet final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void absentNilAndEmptyStayApart();
    void timesArePlainTextWithAForm();
    void arraysKeepTheirItems();
    void referencesAndObjects();
    void attributesAreNotLost();
    void attributesOfRowsAreColumns();
    void pairsAndReferencesAlone();
    void fragmentsHaveNoClass();
    void rowsOfOtherShapes();
    void typesComeFromTheHost();
    void columnsAreFoundByName();
    void whatASchemaSaysIsKept();
};

void TestRowSet::absentNilAndEmptyStayApart()
{
    const RowSet set = rowsOf("<p:C><p:A/><p:B xsi:nil='true'/></p:C><p:C><p:D> x </p:D></p:C>");
    QCOMPARE(set.rowCount(), 2u);
    QCOMPARE(set.columnCount(), 3u);
    QCOMPARE(cellOf(set, 0, "A").kind(), CellKind::Scalar);
    QVERIFY(cellOf(set, 0, "A").text().empty());
    QCOMPARE(cellOf(set, 0, "B").kind(), CellKind::Nil);
    QCOMPARE(cellOf(set, 0, "D").kind(), CellKind::Absent);
    QCOMPARE(cellOf(set, 1, "A").kind(), CellKind::Absent);
    QCOMPARE(toBytes(cellOf(set, 1, "D").text()), " x ");
    QVERIFY(set.cell(2, 0).isAbsent());
    QVERIFY(set.cell(0, 3).isAbsent());
    QVERIFY(!set.rowDocument(2));
    QVERIFY(RowSet().className(0).empty());
}

void TestRowSet::timesArePlainTextWithAForm()
{
    const RowSet set = rowsOf("<p:C><p:A>\n <cim:Datetime>1</cim:Datetime>\n</p:A>"
                              "<p:B><cim:Interval>1</cim:Interval></p:B>"
                              "<p:D><q:CIM_DateTime>1</q:CIM_DateTime></p:D><p:E>1</p:E>"
                              "<p:F><cim:Datetime>1</cim:Datetime><p:More/></p:F>"
                              "<p:G><cim:Datetime x='1'>1</cim:Datetime></p:G>"
                              "<p:H><cim:Datetime>1</cim:Datetime>tail</p:H>"
                              "<p:I><cim:Datetime>1<p:Deep/></cim:Datetime></p:I></p:C>");
    QCOMPARE(cellOf(set, 0, "A").form(), ScalarForm::DateTime);
    QCOMPARE(cellOf(set, 0, "B").form(), ScalarForm::Interval);
    QCOMPARE(cellOf(set, 0, "D").form(), ScalarForm::CimDateTime);
    QCOMPARE(cellOf(set, 0, "E").form(), ScalarForm::Plain);
    for (const char *name : {"A", "B", "D", "E"})
        QCOMPARE(toBytes(cellOf(set, 0, name).text()), "1");
    for (const char *name : {"F", "G", "H", "I"})
        QCOMPARE(cellOf(set, 0, name).kind(), CellKind::Object);
    const Node h = cellOf(set, 0, "H").node();
    QCOMPARE(toBytes(h.text()), "tail");
    QCOMPARE(toBytes(h.child("Datetime").text()), "1");
}

void TestRowSet::arraysKeepTheirItems()
{
    const RowSet set = rowsOf("<p:C><p:A>1</p:A><p:B>x</p:B><p:A>2</p:A><p:A xsi:nil='true'/>"
                              "<p:A><p:X/></p:A></p:C><p:C><p:A>4</p:A></p:C>");
    const Cell cell = cellOf(set, 0, "A");
    QCOMPARE(cell.kind(), CellKind::Array);
    QCOMPARE(cell.count(), 4u);
    QCOMPARE(toBytes(cell.at(0).text()), "1");
    QCOMPARE(toBytes(cell.at(1).text()), "2");
    QCOMPARE(cell.at(2).kind(), CellKind::Nil);
    QCOMPARE(cell.at(3).kind(), CellKind::Object);
    QVERIFY(cell.at(3).node().child("X"));
    QCOMPARE(cell.at(4).kind(), CellKind::Absent);
    QVERIFY(set.column(*set.columnNamed("A")).array);
    QVERIFY(!set.column(*set.columnNamed("B")).array);
    QCOMPARE(cellOf(set, 1, "A").kind(), CellKind::Scalar);
}

void TestRowSet::referencesAndObjects()
{
    const RowSet set = rowsOf("<p:C><p:R><a:Address>http://example.com</a:Address></p:R>"
                              "<p:O k='1'><p:X>1</p:X> and text</p:O></p:C>");
    QCOMPARE(cellOf(set, 0, "R").kind(), CellKind::Reference);
    QCOMPARE(toBytes(cellOf(set, 0, "R").node().child("Address").text()), "http://example.com");
    const Node object = cellOf(set, 0, "O").node();
    QCOMPARE(cellOf(set, 0, "O").kind(), CellKind::Object);
    QVERIFY(object.name().is("urn:class", "O"));
    QCOMPARE(toBytes(object.attribute("k").value()), "1");
    QVERIFY(object.hasMixedContent());
}

void TestRowSet::attributesAreNotLost()
{
    const QByteArray item =
        "<p:C><p:A Source='GPO'>1</p:A><p:B xsi:nil='true' q:IsNullArray='true'/>"
        "<p:D xsi:nil='1'/><p:E xsi:nil='false'>x</p:E><p:F xml:lang='de'/>"
        "<p:G s='1'>1</p:G><p:G>2</p:G><p:G s='3'>3</p:G>"
        "<p:H xmlns:r='urn:r' xsi:type='r:T'><r:X/></p:H>"
        "<p:I xsi:type='xs:dateTime'><cim:Datetime>1</cim:Datetime></p:I></p:C>";
    const RowSet set = rowsOf(item);
    QCOMPARE(toBytes(cellOf(set, 0, "A").text()), "1");
    QCOMPARE(cellOf(set, 0, "B").kind(), CellKind::Nil);
    QCOMPARE(cellOf(set, 0, "D").kind(), CellKind::Nil);
    QCOMPARE(toBytes(cellOf(set, 0, "E").text()), "x");
    QCOMPARE(cellOf(set, 0, "I").form(), ScalarForm::DateTime);
    const auto document = parsed(opening + item + "</Items>");
    QCOMPARE(rowDifference(set, 0, document->root().firstChild()), "");
    QCOMPARE(toBytes(cellOf(set, 0, "H").node().resolvePrefix("r").value()), "urn:r");
}

void TestRowSet::attributesOfRowsAreColumns()
{
    const QByteArray items =
        "<p:L Source='GPO' xsi:type='p:L_Type' xml:lang='de'><p:A>1</p:A></p:L>"
        "<p:L><p:A>2</p:A></p:L><CLASS NAME='CIM_A'/>";
    const RowSet set = rowsOf(items);
    QCOMPARE(toBytes(cellOf(set, 0, "@Source").text()), "GPO");
    QVERIFY(cellOf(set, 1, "@Source").isAbsent());
    QCOMPARE(toBytes(cellOf(set, 2, "@NAME").text()), "CIM_A");
    QVERIFY(!set.columnNamed("@type"));
    const auto document = parsed(opening + items + "</Items>");
    Node item = document->root().firstChild();
    for (std::uint32_t row = 0; row < 3; ++row, item = item.nextSibling())
        QCOMPARE(rowDifference(set, row, item), "");
    QVERIFY(set.mixedClasses());
}

void TestRowSet::pairsAndReferencesAlone()
{
    const QByteArray reference =
        "<a:EndpointReference><a:Address>http://example.com/wsman</a:Address>"
        "<a:ReferenceParameters><w:ResourceURI>urn:r</w:ResourceURI><w:SelectorSet>"
        "<w:Selector Name='K'>1</w:Selector><w:Selector Name='L'></w:Selector>"
        "<w:Selector Name='R'> <a:EndpointReference><a:Address>a&amp;b</a:Address>"
        "<a:ReferenceParameters><w:ResourceURI>urn:s</w:ResourceURI><w:SelectorSet>"
        "<w:Selector Name='&lt;x>'>&lt;y></w:Selector></w:SelectorSet>"
        "</a:ReferenceParameters></a:EndpointReference></w:Selector>"
        "</w:SelectorSet></a:ReferenceParameters></a:EndpointReference>";
    const QByteArray items = "<w:Item><p:C><p:K>1</p:K></p:C>" + reference + "</w:Item>" + reference
        + "<w:Item>" + reference + "<p:C><p:K>2</p:K></p:C><p:Third><p:X/></p:Third></w:Item>"
        + "<p:C/>";
    const RowSet set = rowsOf(items);
    QCOMPARE(set.rowCount(), 4u);
    for (std::uint32_t row = 0; row < 3; ++row) {
        QVERIFY(set.hasReference(row));
        const RowReference found = set.reference(row);
        QCOMPARE(toBytes(found.address), "http://example.com/wsman");
        QCOMPARE(toBytes(found.resourceUri), "urn:r");
        QCOMPARE(found.selectors.size(), 3u);
        QCOMPARE(toBytes(found.selectors[0].name), "K");
        QCOMPARE(toBytes(found.selectors[0].value), "1");
        QCOMPARE(toBytes(found.selectors[1].name), "L");
        QVERIFY(found.selectors[1].value.empty());
        QVERIFY(!selectorReference(found.selectors[1]));
        const DocumentPtr key = selectorReference(found.selectors[2]);
        QVERIFY(key);
        QCOMPARE(toBytes(key->root().child("Address").text()), "a&b");
        const Node nested = key->root().descendant("Selector");
        QCOMPARE(toBytes(*nested.attribute("Name")), "<x>");
        QCOMPARE(toBytes(nested.text()), "<y>");
    }
    QVERIFY(!set.hasReference(3));
    QVERIFY(set.reference(3).selectors.empty());
    QCOMPARE(toBytes(cellOf(set, 2, "K").text()), "2");
    QVERIFY(cellOf(set, 1, "K").isAbsent());
    QCOMPARE(set.columnCount(), 1u);
    const auto document = parsed(opening + items + "</Items>");
    Node item = document->root().firstChild();
    for (std::uint32_t row = 0; row < 4; ++row, item = item.nextSibling())
        QCOMPARE(rowDifference(set, row, item), "");
    QVERIFY(!set.mixedClasses());
}

void TestRowSet::fragmentsHaveNoClass()
{
    const QByteArray items = "<w:XmlFragment><Name>a</Name><Id>1</Id></w:XmlFragment>"
                             "<w:XmlFragment><Name>b</Name><p:Id>2</p:Id></w:XmlFragment>"
                             "<w:XmlFragment>text only</w:XmlFragment>";
    const RowSet set = rowsOf(items);
    QVERIFY(set.className(0).empty());
    QCOMPARE(toBytes(cellOf(set, 0, "name").text()), "a");
    QCOMPARE(set.columnCount(), 3u); // Id of another namespace is another property
    QCOMPARE(toBytes(set.rowDocument(2)->root().text()), "text only");
    const auto document = parsed(opening + items + "</Items>");
    QCOMPARE(rowDifference(set, 0, document->root().firstChild()), "");
}

void TestRowSet::rowsOfOtherShapes()
{
    const QByteArray items = "<p:C/>\n<p:C>text</p:C><q:D><q:A>1</q:A></q:D><NoNs><A>2</A></NoNs>";
    const RowSet set = rowsOf(items);
    QCOMPARE(set.rowCount(), 4u);
    QVERIFY(set.mixedClasses());
    QCOMPARE(toBytes(set.rowDocument(1)->root().text()), "text");
    QCOMPARE(toBytes(set.classNamespace(2)), "urn:other");
    QCOMPARE(toBytes(set.className(3)), "NoNs");
    const auto document = parsed(opening + items + "</Items>");
    Node item = document->root().firstChild();
    QCOMPARE(rowDifference(set, 0, item), "");
    QCOMPARE(rowDifference(set, 3, item.nextSibling().nextSibling().nextSibling()), "");
}

void TestRowSet::typesComeFromTheHost()
{
    const RowSet set = rowsOf("<p:C><p:A xsi:nil='true'/><p:B xsi:type='cim:cimUnsignedInt'>1</p:B>"
                              "<p:D xsi:type='p:Odd'/></p:C>"
                              "<p:C><p:A xsi:type='xs:boolean'>true</p:A></p:C>");
    QCOMPARE(set.column(*set.columnNamed("A")).type, CimType::Boolean);
    QCOMPARE(set.column(*set.columnNamed("B")).type, CimType::UInt32);
    QCOMPARE(set.column(*set.columnNamed("D")).type, CimType::Unknown);
    QVERIFY(isNumeric(CimType::UInt32));
    QVERIFY(isNumeric(CimType::Real64));
    QVERIFY(!isNumeric(CimType::Boolean) && !isNumeric(CimType::Char16));
}

void TestRowSet::columnsAreFoundByName()
{
    const RowSet set = rowsOf("<p:C><p:name>1</p:name><p:Name>2</p:Name></p:C>");
    QCOMPARE(set.columnNamed("Name"), std::optional(1u));
    QCOMPARE(set.columnNamed("name"), std::optional(0u));
    QCOMPARE(set.columnNamed("NAME"), std::optional(0u));
    QCOMPARE(set.columnNamed("Nam"), std::nullopt);
}

void TestRowSet::whatASchemaSaysIsKept()
{
    RowSetBuilder builder;
    const auto document = parsed("<C><A>1</A></C>");
    builder.addRow(document->root());
    RowSet set;
    set.append(builder.takeBatch());
    const RowSet before = set;
    set.setColumn(0, {"A", CimType::UInt8, true, true});
    QCOMPARE(before.column(0).type, CimType::Unknown);
    builder.addRow(parsed("<C><A>1</A><B/></C>")->root());
    set.append(builder.takeBatch());
    QCOMPARE(set.column(0).type, CimType::UInt8);
    QVERIFY(set.column(0).key);
    QCOMPARE(set.columnCount(), 2u);
}

QTEST_GUILESS_MAIN(TestRowSet)
#include "tst_rowset.moc"
