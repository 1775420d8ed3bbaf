#include "session/pagepeek.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestPagePeek final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void peek_data();
    void peek();
};

void TestPagePeek::peek_data()
{
    QTest::addColumn<QByteArray>("page");
    QTest::addColumn<bool>("known");
    QTest::addColumn<QString>("context");
    QTest::addColumn<bool>("end");
    const auto page = [](const QByteArray &context, const QByteArray &items,
                         const QByteArray &after) {
        return "<s:Envelope><s:Body><n:PullResponse>" + context + "<n:Items>" + items + "</n:Items>"
            + after + "</n:PullResponse></s:Body></s:Envelope>";
    };
    const QByteArray uuid = "<n:EnumerationContext>uuid:1</n:EnumerationContext>";
    QTest::newRow("more") << page(uuid, "<a/>", "") << true << u"uuid:1"_s << false;
    QTest::newRow("end") << page(uuid, "<a/>", "<n:EndOfSequence/>") << true << u"uuid:1"_s << true;
    QTest::newRow("white space") << page("<n:EnumerationContext>\n 7 </n:EnumerationContext>",
                                         "<a/>", "")
                                 << true << u"7"_s << false;
    QTest::newRow("no context") << page("", "<a/>", "") << false << QString() << false;
    QTest::newRow("empty context")
        << page("<n:EnumerationContext/>", "<a/>", "") << false << QString() << false;
    QTest::newRow("entity in context")
        << page("<n:EnumerationContext>a&amp;b</n:EnumerationContext>", "<a/>", "") << false
        << QString() << false;
    QTest::newRow("nested") << page("<n:EnumerationContext><x/></n:EnumerationContext>", "<a/>", "")
                            << false << QString() << false;
    QTest::newRow("comment") << page("<!-- " + uuid + " -->", "<a/>", "") << false << QString()
                             << false;
    QTest::newRow("fault") << QByteArray("<s:Envelope><s:Body><s:Fault/></s:Body></s:Envelope>")
                           << false << QString() << false;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe<\0", 4) << false << QString() << false;
    QTest::newRow("empty") << QByteArray() << false << QString() << false;
    QTest::newRow("word inside an item")
        << page(uuid, "<a>EndOfSequence</a>" + QByteArray(5000, 'x'), "") << true << u"uuid:1"_s
        << false;
}

void TestPagePeek::peek()
{
    QFETCH(const QByteArray, page);
    const auto peek = peekPage(page);
    QTEST(peek.has_value(), "known");
    if (!peek)
        return;
    QTEST(peek->context, "context");
    QTEST(peek->endOfSequence, "end");
}

QTEST_APPLESS_MAIN(TestPagePeek)
#include "tst_pagepeek.moc"
