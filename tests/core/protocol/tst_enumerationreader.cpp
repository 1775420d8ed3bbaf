#include "protocol/enumerationreader.h"

#include "document/xmlreader.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QByteArray page(const QByteArray &content, const QByteArray &response = "n:PullResponse")
{
    return "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
           " xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'"
           " xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration'"
           " xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' xmlns:p='urn:p'>"
           "<s:Header><a:RelatesTo>uuid:1</a:RelatesTo>"
           "<w:TotalItemsCountEstimate>7</w:TotalItemsCountEstimate></s:Header><s:Body><"
        + response + '>' + content + "</" + response + "></s:Body></s:Envelope>";
}

const QByteArray twoItems = "<p:C><p:A>1</p:A></p:C><p:C><p:A>2</p:A></p:C>";
const QByteArray context = "<n:EnumerationContext> uuid:next </n:EnumerationContext>";

struct Outcome
{
    Cause cause = Cause::Unknown;
    EnumerationPage page;
    std::uint32_t rows = 0;
};

/// Feeds `bytes` in pieces of `step`; the rest is not fed after an error.
Outcome readPage(const QByteArray &bytes, qsizetype step, const QString &id = u"uuid:1"_s)
{
    RowSetBuilder rows;
    EnumerationReader reader(rows, id);
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        if (!reader.feed(bytes.mid(at, step)))
            break;
    }
    const Result<EnumerationPage> result = reader.finish();
    Outcome outcome{.rows = rows.pendingRows()};
    if (result)
        outcome.page = result.value();
    else
        outcome.cause = result.error().cause;
    return outcome;
}

} // namespace

class TestEnumerationReader : public QObject
{
    Q_OBJECT

private slots:
    void pages_data();
    void pages();
    void refuses_data();
    void refuses();
    void rowsStandInTheBuilder();
    void messageWithoutItems();
    void pagesShareTheBuilder();
    void brokenItemIsNotComplete();
    void readsWholeMessages_data();
    void readsWholeMessages();
};

void TestEnumerationReader::pages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("contextText");
    QTest::addColumn<bool>("end");
    QTest::addColumn<int>("items");
    QTest::newRow("pull") << page(context + "<n:Items>" + twoItems + "</n:Items>") << u"uuid:next"_s
                          << false << 2;
    QTest::newRow("last") << page("<n:Items>" + twoItems + "</n:Items><n:EndOfSequence/>")
                          << QString() << true << 2;
    QTest::newRow("optimized") << page("<n:EnumerationContext/><w:Items>" + twoItems
                                           + "</w:Items><w:EndOfSequence/>",
                                       "n:EnumerateResponse")
                               << QString() << true << 2;
    QTest::newRow("no items") << page(context, "n:EnumerateResponse") << u"uuid:next"_s << false
                              << 0;
    QTest::newRow("empty items") << page(context + "<n:Items/>") << u"uuid:next"_s << false << 0;
    QTest::newRow("context after")
        << page("<n:Items>" + twoItems + "</n:Items>" + context) << u"uuid:next"_s << false << 2;
    QTest::newRow("items in items")
        << page("<n:Items><n:Items><n:EndOfSequence/></n:Items></n:Items>") << QString() << false
        << 1;
    QTest::newRow("end in an item")
        << page("<n:Items><p:C><n:EndOfSequence/></p:C></n:Items>") << QString() << false << 1;
    QTest::newRow("foreign Items")
        << page(context + "<p:Items>" + twoItems + "</p:Items>") << u"uuid:next"_s << false << 0;
    QTest::newRow("foreign end") << page(context + "<p:EndOfSequence/>") << u"uuid:next"_s << false
                                 << 0;
    QTest::newRow("deeper Items") << page(context + "<p:X><n:Items>" + twoItems
                                          + "</n:Items></p:X>")
                                  << u"uuid:next"_s << false << 0;
}

void TestEnumerationReader::pages()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, items);
    for (const qsizetype step : {bytes.size(), qsizetype(7), qsizetype(1)}) {
        const Outcome outcome = readPage(bytes, step);
        QCOMPARE(outcome.cause, Cause::Unknown);
        QTEST(outcome.page.context, "contextText");
        QTEST(outcome.page.endOfSequence, "end");
        QCOMPARE(int(outcome.page.items), items);
        QCOMPARE(int(outcome.rows), items);
        QCOMPARE(outcome.page.totalEstimate.value_or(0), 7u);
    }
}

void TestEnumerationReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    QTest::addColumn<Cause>("cause");
    const QByteArray good = page("<n:Items>" + twoItems + "</n:Items>");
    const QString id = u"uuid:1"_s;
    QTest::newRow("empty") << QByteArray() << id << Cause::SoapMalformed;
    QTest::newRow("cut off") << good.chopped(3) << id << Cause::SoapMalformed;
    QTest::newRow("cut in items") << good.left(good.indexOf("</n:Items>")) << id
                                  << Cause::SoapMalformed;
    QTest::newRow("wrong reply") << good << u"uuid:2"_s << Cause::SoapWrongReply;
    QTest::newRow("other message") << page({}, "p:GetResponse") << id << Cause::SoapUnexpected;
    QTest::newRow("pull of another namespace")
        << page({}, "w:PullResponse") << id << Cause::SoapUnexpected;
    QTest::newRow("request") << page({}, "n:Pull") << id << Cause::SoapUnexpected;
    QTest::newRow("fragment") << QByteArray("<n:PullResponse xmlns:n='http://schemas.xmlsoap.org/"
                                            "ws/2004/09/enumeration'/>")
                              << id << Cause::SoapNotEnvelope;
    QTest::newRow("html") << QByteArray("<html/>") << id << Cause::SoapNotEnvelope;
    QTest::newRow("dtd") << QByteArray("<!DOCTYPE x><x/>") << id << Cause::SoapDtd;
    QTest::newRow("fault") << page("<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>"
                                   "n:InvalidEnumerationContext</s:Value></s:Subcode></s:Code>",
                                   "s:Fault")
                           << id << Cause::FaultContextLost;
    QTest::newRow("deep") << page("<n:Items>" + QByteArray("<a>").repeated(300)
                                  + QByteArray("</a>").repeated(300) + "</n:Items>")
                          << id << Cause::SoapTooDeep;
}

void TestEnumerationReader::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);
    for (const qsizetype step : {std::max(bytes.size(), qsizetype(1)), qsizetype(5)})
        QTEST(readPage(bytes, step, id).cause, "cause");
}

void TestEnumerationReader::rowsStandInTheBuilder()
{
    RowSetBuilder rows;
    EnumerationReader reader(rows);
    const QByteArray bytes = page("<n:Items>" + twoItems + "</n:Items>");
    const qsizetype second = bytes.indexOf("<p:A>2");
    QVERIFY(reader.feed(bytes.left(second)));
    QVERIFY(rows.pendingRows() <= 1);
    QVERIFY(reader.feed(bytes.mid(second)));
    QVERIFY(reader.finish().ok());
    RowSet set;
    set.append(rows.takeBatch());
    QCOMPARE(set.rowCount(), 2u);
    QCOMPARE(set.cell(1, set.columnNamed("A").value()).text(), "2");
    QCOMPARE(set.className(0), "C");
}

void TestEnumerationReader::messageWithoutItems()
{
    RowSetBuilder rows;
    EnumerationReader reader(rows);
    QVERIFY(reader.feed(page(context + "<n:Items>" + twoItems + "</n:Items>")));
    QVERIFY(reader.finish().ok());
    QCOMPARE(reader.message().relatesTo, u"uuid:1"_s);
    QVERIFY(reader.message().content.child("Items"));
    QVERIFY(reader.message().content.child("Items").isLeaf());
}

void TestEnumerationReader::pagesShareTheBuilder()
{
    RowSetBuilder rows;
    for (int i = 0; i < 2; ++i) {
        EnumerationReader reader(rows);
        QVERIFY(reader.feed(page("<n:Items>" + twoItems + "</n:Items>")));
        QVERIFY(reader.finish().ok());
    }
    QCOMPARE(rows.pendingRows(), 4u);
}

void TestEnumerationReader::brokenItemIsNotComplete()
{
    QByteArray bytes = page("<n:Items>" + twoItems + "<p:C><p:A>3</p:B></p:C></n:Items>");
    const Outcome outcome = readPage(bytes, 9);
    QCOMPARE(outcome.cause, Cause::SoapMalformed);
    QVERIFY(outcome.rows <= 2);
}

void TestEnumerationReader::readsWholeMessages_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("rows");
    QTest::newRow("page") << page(context + "<n:Items>" + twoItems + "</n:Items>") << 2;
    QTest::newRow("empty page") << page(context) << 0;
    QTest::newRow("instance") << page("<p:A>1</p:A>", "p:C") << 1;
    QTest::newRow("fragment") << QByteArray("<C><A>1</A></C>") << 1;
    QTest::newRow("saved page") << QByteArray(
        "<n:PullResponse xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration'><n:Items>"
        "<C/><C/><C/></n:Items></n:PullResponse>")
                                << 3;
    QTest::newRow("fault") << page({}, "s:Fault") << -1;
}

void TestEnumerationReader::readsWholeMessages()
{
    QFETCH(QByteArray, bytes);
    const Result<Message> message = readMessage(bytes);
    QVERIFY(message.ok());
    const Result<MessageRows> rows = readRows(message.value());
    QTEST(rows ? int(rows.value().rows.rowCount()) : -1, "rows");
}

QTEST_APPLESS_MAIN(TestEnumerationReader)
#include "tst_enumerationreader.moc"
