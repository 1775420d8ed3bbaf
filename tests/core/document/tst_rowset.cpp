#include "corpusfiles.h"
#include "rowreading.h"

#include "document/rowbatch.h"
#include "document/xmlwriter.h"

#include <QRandomGenerator>
#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace {

const QByteArray opening =
    "<Items xmlns:p='urn:class' xmlns:q='urn:other' xmlns:xsi='http://www.w3.org/2001/"
    "XMLSchema-instance' xmlns:cim='http://schemas.dmtf.org/wbem/wscim/1/common' "
    "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "
    "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' xmlns:xs='urn:xs'>"_ba;

QByteArray toBytes(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

/// Rows of `items` (what stands within Items); a batch is taken after every `batchBytes` bytes.
RowSet rowsOf(const QByteArray &items, qsizetype batchBytes = 1 << 20)
{
    const QByteArray bytes = opening + items + "</Items>";
    RowSet set;
    RowSetBuilder builder;
    ItemsSink sink(builder);
    XmlReader reader(sink);
    for (qsizetype at = 0; at < bytes.size(); at += batchBytes) {
        if (!reader.feed(bytes.mid(at, batchBytes)))
            qWarning("%s", qPrintable(reader.error().message));
        set.append(builder.takeBatch());
    }
    if (!reader.finish())
        qWarning("%s", qPrintable(reader.error().message));
    return set;
}

Cell cellOf(const RowSet &set, std::uint32_t row, std::string_view name)
{
    const auto column = set.columnNamed(name);
    return column ? set.cell(row, *column) : Cell();
}

/// Empty when `cell` says what the elements of that name say.
QByteArray cellDifference(const Cell &cell, const std::vector<Node> &elements)
{
    if (elements.size() > 1) {
        if (cell.kind() != CellKind::Array || cell.count() != elements.size())
            return "not an array of " + QByteArray::number(elements.size());
        for (std::uint32_t i = 0; i < cell.count(); ++i) {
            if (const auto difference = cellDifference(cell.at(i), {elements[i]});
                !difference.isEmpty())
                return difference;
        }
        return cell.at(cell.count()).isAbsent() ? "" : "an item too many";
    }
    const Node node = elements.front();
    const auto kindIs = [&](CellKind kind) -> QByteArray {
        return cell.kind() == kind ? "" : "kind " + QByteArray::number(int(cell.kind()));
    };
    if (node.isLeaf() && node.isNil())
        return kindIs(CellKind::Nil);
    const Node only = node.childCount() == 1 && !node.hasMixedContent() ? node.firstChild()
                                                                        : Node();
    const bool time = only && only.isLeaf() && only.attributeCount() == 0
        && (only.localName() == "Datetime" || only.localName() == "Interval"
            || only.localName() == "CIM_DateTime");
    if (node.isLeaf() || (time && !node.isNil())) {
        const std::string_view text = time ? only.text() : node.text();
        if (cell.kind() != CellKind::Scalar || cell.text() != text)
            return "text '" + toBytes(cell.text()) + "', not '" + toBytes(text) + '\'';
        const auto form = !time              ? ScalarForm::Plain
            : only.localName() == "Datetime" ? ScalarForm::DateTime
            : only.localName() == "Interval" ? ScalarForm::Interval
                                             : ScalarForm::CimDateTime;
        return cell.form() == form ? "" : "form";
    }
    if (!sameContent(cell.node(), node))
        return "object " + writeXml(cell.node()) + ", not " + writeXml(node);
    const bool reference = node.child("Address") || node.child("ReferenceParameters");
    return kindIs(reference ? CellKind::Reference : CellKind::Object);
}

/// Empty when the row says what its element says, cell by cell and as a document.
QByteArray rowDifference(const RowSet &set, std::uint32_t row, Node item)
{
    const Node element = rowElement(item);
    const bool fragment = element.localName() == "XmlFragment";
    const bool alone = element.localName() == "EndpointReference";
    if (set.className(row) != (fragment ? std::string_view() : element.localName()))
        return "class " + toBytes(set.className(row));
    if (!fragment && set.classNamespace(row) != element.namespaceUri())
        return "namespace " + toBytes(set.classNamespace(row));
    if (!alone) {
        std::map<std::pair<std::string_view, std::string_view>, std::vector<Node>> properties;
        for (Node child : element.children())
            properties[{child.localName(), child.namespaceUri()}].push_back(child);
        std::size_t present = 0;
        for (std::uint32_t c = 0; c < set.columnCount(); ++c)
            present += !set.cell(row, c).isAbsent() && !set.column(c).name.starts_with('@');
        if (present != properties.size())
            return "cells " + QByteArray::number(present);
        for (const auto &[name, elements] : properties) {
            const auto difference = cellDifference(cellOf(set, row, name.first), elements);
            if (!difference.isEmpty())
                return toBytes(name.first) + ": " + difference;
        }
    }
    const auto expected = sortedByName(element);
    const auto document = sortedByName(set.rowDocument(row)->root());
    if (!sameContent(expected->root(), document->root()))
        return writeXml(document->root()) + "\nnot\n" + writeXml(expected->root());
    return {};
}

QByteArray property(const QByteArray &name, const QByteArray &content,
                    const QByteArray &attributes = {})
{
    return "<p:" + name + attributes + '>' + content + "</p:" + name + '>';
}

/// Rows of many kinds, the same for the same seed.
QByteArray randomItem(QRandomGenerator &random)
{
    QByteArray item = random.bounded(20) == 0 ? "<p:Other" : "<p:Thing";
    const QByteArray name = item.mid(1);
    if (random.bounded(10) == 0)
        item += " xsi:type='p:Thing_Type' Source=\"GPO\"";
    item += '>';
    for (int i = 0; i < 12; ++i) {
        const QByteArray column = "P" + QByteArray::number(i);
        const int sort = random.bounded(24);
        const QByteArray number = QByteArray::number(random.bounded(30));
        if (sort < 10)
            item += property(column, number);
        else if (sort < 12)
            item += property(column,
                             "text \xC3\xA4 &amp; " + QByteArray::number(random.generate()));
        else if (sort < 14)
            item += "<p:" + column + " xsi:nil=\"true\"/>";
        else if (sort == 14)
            item += property(column, "<cim:Datetime>2026-01-" + number + "</cim:Datetime>");
        else if (sort == 15)
            item += property(column, number) + property(column, "") + property(column, number);
        else if (sort == 16)
            item += property(column, "<p:Inner>" + number + "</p:Inner><p:Other/>");
        else if (sort == 17)
            item += property(column,
                             "<a:Address>x</a:Address><a:ReferenceParameters><w:Selector "
                             "Name='k'>"
                                 + number + "</w:Selector></a:ReferenceParameters>");
        else if (sort == 18)
            item += property(column, number, " xsi:type='xs:int' Source='GPO'");
        else if (sort == 19)
            item += property(column, "<p:A>1</p:A>") + property(column, "<p:A>2</p:A>", " b='1'");
        else if (sort == 20)
            item += property(column, "");
    }
    return item + "</" + name + ">\n";
}

} // namespace

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
    void copiesSeeWhatTheyHad();
    void cellsEqualTheDocument_data();
    void cellsEqualTheDocument();
    void addRowEqualsParsing();
    void tooManyColumnsStopTheReader();
    void repeatedTextsAreStoredOnce();
    void aNewStoreLetsOldTextsGo();
    void droppedRowsLeaveTheirColumns();
    void largeTexts();
    void aReaderThreadSeesWhatItWasHanded();
    void corpusRows();
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
        QCOMPARE(found.selectors.size(), 2u);
        QCOMPARE(toBytes(found.selectors[0].first), "K");
        QCOMPARE(toBytes(found.selectors[0].second), "1");
        QCOMPARE(toBytes(found.selectors[1].first), "L");
        QVERIFY(found.selectors[1].second.empty());
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

void TestRowSet::copiesSeeWhatTheyHad()
{
    RowSetBuilder builder;
    RowSet set;
    std::vector<RowSet> copies;
    for (int i = 0; i < 600; ++i) {
        builder.addRow(parsed("<C><A>" + QByteArray::number(i) + "</A></C>")->root());
        const auto batch = builder.takeBatch();
        QCOMPARE(rowCount(batch), 1u);
        set.append(batch);
        copies.push_back(set);
    }
    QVERIFY(!builder.takeBatch());
    QCOMPARE(rowCount(nullptr), 0u);
    for (int i = 0; i < 600; ++i) {
        QCOMPARE(copies[std::size_t(i)].rowCount(), std::uint32_t(i + 1));
        QCOMPARE(toBytes(copies[std::size_t(i)].cell(std::uint32_t(i), 0).text()),
                 QByteArray::number(i));
    }
}

void TestRowSet::cellsEqualTheDocument_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("batchBytes");
    QTest::newRow("one batch") << 1 << 2000 << (1 << 22);
    QTest::newRow("many batches") << 2 << 2000 << 5000;
    QTest::newRow("batches of a few rows") << 3 << 500 << 700;
    QTest::newRow("a byte at a time") << 4 << 100 << 1;
    QTest::newRow("odd pieces") << 5 << 300 << 37;
}

void TestRowSet::cellsEqualTheDocument()
{
    QFETCH(int, seed);
    QFETCH(int, rows);
    QFETCH(int, batchBytes);
    QRandomGenerator random{quint32(seed)};
    QByteArray items;
    for (int i = 0; i < rows; ++i)
        items += randomItem(random);
    const RowSet set = rowsOf(items, batchBytes);
    QCOMPARE(set.rowCount(), std::uint32_t(rows));
    const auto document = parsed(opening + items + "</Items>");
    std::uint32_t row = 0;
    for (Node item : document->root().children()) {
        const auto difference = rowDifference(set, row, item);
        QVERIFY2(difference.isEmpty(), (QByteArray::number(row) + ' ' + difference).constData());
        ++row;
    }
}

void TestRowSet::addRowEqualsParsing()
{
    QRandomGenerator random(11);
    QByteArray items;
    for (int i = 0; i < 200; ++i)
        items += randomItem(random);
    const auto document = parsed(opening + items + "</Items>");
    RowSetBuilder builder;
    RowSet set;
    for (Node item : document->root().children())
        builder.addRow(item);
    QCOMPARE(builder.pendingRows(), 200u);
    set.append(builder.takeBatch());
    std::uint32_t row = 0;
    for (Node item : document->root().children()) {
        const auto difference = rowDifference(set, row++, item);
        QVERIFY2(difference.isEmpty(), difference.constData());
    }
}

void TestRowSet::tooManyColumnsStopTheReader()
{
    QByteArray bytes = "<Items>";
    for (int i = 0; i < 5000; ++i)
        bytes += "<C><A" + QByteArray::number(i) + "/></C>";
    RowSetBuilder builder;
    ItemsSink sink(builder);
    XmlReader reader(sink);
    QVERIFY(!reader.feed(bytes));
    QVERIFY(reader.stopped());
    QCOMPARE(builder.pendingRows(), 4096u);
    const auto batch = builder.takeBatch();
    RowSet set;
    set.append(batch);
    QCOMPARE(set.cell(4095, 4095).kind(), CellKind::Scalar);
    QVERIFY(set.memoryUsed() < 1'500'000);
}

void TestRowSet::repeatedTextsAreStoredOnce()
{
    const QByteArray text(1000, 'x');
    QByteArray items;
    for (int i = 0; i < 1000; ++i) {
        items += "<p:C><p:A>" + text + QByteArray::number(i % 7) + "</p:A><p:B>" + text
            + QByteArray::number(i % 5) + "</p:B></p:C>";
    }
    const RowSet set = rowsOf(items, 256 * 1024);
    QCOMPARE(set.rowCount(), 1000u);
    QVERIFY2(set.memoryUsed() < 150'000, QByteArray::number(set.memoryUsed()).constData());
    const void *a = cellOf(set, 3, "A").text().data();
    const void *b = cellOf(set, 8, "B").text().data();
    QCOMPARE(a, b);
}

void TestRowSet::aNewStoreLetsOldTextsGo()
{
    RowSetBuilder builder;
    const auto page = [&builder](const QByteArray &row) {
        builder.addRow(parsed(row)->root());
        auto batch = builder.takeBatch();
        builder.startNewStore();
        return batch;
    };
    auto first = page("<C><A>same</A><B>1</B></C>");
    auto second = page("<C><Late>x</Late><B>2</B><A>same</A></C>");
    const std::weak_ptr<const TextStore> texts = first->store;
    RowSet both;
    both.append(first);
    both.append(second);
    QCOMPARE(cellOf(both, 0, "A").text(), "same");
    QCOMPARE(cellOf(both, 1, "A").text(), "same");
    QCOMPARE(cellOf(both, 1, "B").text(), "2");
    QCOMPARE(both.columnNamed("A"), 0u);
    QCOMPARE(both.columnNamed("Late"), 2u);
    RowSet last;
    last.append(second);
    both = {};
    first.reset();
    QVERIFY(texts.expired());
    QCOMPARE(cellOf(last, 0, "A").text(), "same");
    QCOMPARE(last.columnNamed("B"), 1u);
}

void TestRowSet::droppedRowsLeaveTheirColumns()
{
    RowSetBuilder builder;
    const auto page = [&builder](const QByteArray &row) {
        builder.addRow(parsed(row)->root());
        return builder.takeBatch();
    };
    RowSet set;
    set.append(page("<C><A>1</A></C>"));
    set.setColumn(0, {.name = "A", .type = CimType::UInt32, .key = true});
    const RowSet copy = set;
    set.dropRows();
    QCOMPARE(set.rowCount(), 0u);
    QCOMPARE(set.columnCount(), 1u);
    set.append(page("<C><A>2</A><B>3</B></C>"));
    QCOMPARE(set.rowCount(), 1u);
    QCOMPARE(cellOf(set, 0, "A").text(), "2");
    QVERIFY(set.column(0).key);
    QCOMPARE(cellOf(copy, 0, "A").text(), "1");
}

void TestRowSet::largeTexts()
{
    QByteArray items;
    for (int length : {0, 31, 32, 8000, 8189, 8190, 8192, 40'000, 65'535, 65'536, 300'000, 5})
        items += "<p:C><p:A>" + QByteArray(length, char('a' + length % 26)) + "</p:A></p:C>";
    const RowSet set = rowsOf(items);
    const auto document = parsed(opening + items + "</Items>");
    std::uint32_t row = 0;
    for (Node item : document->root().children())
        QCOMPARE(rowDifference(set, row++, item), "");
}

void TestRowSet::aReaderThreadSeesWhatItWasHanded()
{
    std::mutex mutex;
    std::condition_variable arrived;
    std::vector<RowBatchPtr> handed;
    bool over = false;
    std::uint64_t read = 0;
    std::uint64_t wrong = 0;
    std::thread reader([&] {
        RowSet set;
        for (std::uint32_t row = 0;;) {
            std::unique_lock lock(mutex);
            arrived.wait(lock, [&] { return over || !handed.empty(); });
            if (handed.empty())
                return;
            for (const auto &batch : std::exchange(handed, {}))
                set.append(batch);
            lock.unlock();
            for (; row < set.rowCount(); ++row) {
                for (std::uint32_t c = 0; c < set.columnCount(); ++c, ++read) {
                    const QByteArray expected = QByteArray::number(c == 0 ? row : row % (c + 3));
                    wrong += toBytes(set.cell(row, c).text()) != expected;
                }
            }
        }
    });
    RowSetBuilder builder;
    for (int i = 0; i < 20'000; ++i) {
        builder.startElement({"urn:c", "C", ""}, {}, {});
        for (int c = 0; c < 6; ++c) {
            const std::string name = "P" + std::to_string(c);
            builder.startElement({"urn:c", name, ""}, {}, {});
            builder.text(std::to_string(c == 0 ? i : i % (c + 3)));
            builder.endElement();
        }
        builder.endElement();
        if (i % 97 == 0) {
            const std::lock_guard lock(mutex);
            handed.push_back(builder.takeBatch());
            arrived.notify_one();
        }
    }
    {
        const std::lock_guard lock(mutex);
        handed.push_back(builder.takeBatch());
        over = true;
        arrived.notify_one();
    }
    reader.join();
    QCOMPARE(read, 120'000u);
    QCOMPARE(wrong, 0u);
}

void TestRowSet::corpusRows()
{
    const auto files = corpusFiles();
    if (files.empty())
        QSKIP("No recorded messages: set WSMAN_CORPUS to their folder");
    std::uint32_t rows = 0;
    for (const auto &[name, bytes] : files) {
        const auto document = readXml(bytes);
        if (!document)
            continue;
        RowSetBuilder builder;
        ItemsSink sink(builder);
        XmlReader reader(sink);
        RowSet set;
        for (qsizetype at = 0; at < bytes.size(); at += 1500) {
            QVERIFY2(reader.feed(bytes.mid(at, 1500)), qPrintable(reader.error().message));
            set.append(builder.takeBatch());
        }
        QVERIFY(reader.finish());
        const Node items = (*document)->root().descendant("Items");
        std::uint32_t row = 0;
        for (Node item : items.children()) {
            QVERIFY2(row < set.rowCount(), qPrintable(name));
            const auto difference = rowDifference(set, row++, item);
            QVERIFY2(difference.isEmpty(), (name.toUtf8() + ' ' + difference).constData());
        }
        QCOMPARE(set.rowCount(), row);
        rows += row;
    }
    qInfo("%u rows", rows);
    QVERIFY(rows > 100);
}

QTEST_GUILESS_MAIN(TestRowSet)
#include "tst_rowset.moc"
