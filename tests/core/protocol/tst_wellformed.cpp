#include "protocol/wellformed.h"

#include "document/xmlreader.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestWellFormed final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reasons_data();
    void reasons();
};

void TestWellFormed::reasons_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &reason) {
        QTest::newRow(name) << bytes << reason;
    };
    row("empty", " \n", u"empty"_s);
    row("html", "<html><p>no</html>", u"HTML body"_s);
    row("mismatched", "<a>\n<b>\n</c></a>", u"mismatched tag: line 3, column 2"_s);
    row("cut off", "<a>\n<b>", u"the document is not complete: line 2"_s);
    row("text behind", "<a/>\nb", u"the document is not complete: line 2"_s);
    row("entity", "<a>\n&who;</a>", u"undefined entity: line 2"_s);
    row("ampersand", "<a>\n&b c</a>", u"an ampersand that begins no entity: line 2"_s);
    row("control", "<a>\n&#1;</a>", u"a character that XML does not have: line 2"_s);
    row("twice", "<a>\n<b c='' c=''/></a>", u"duplicate attribute: line 2"_s);
    row("bare attribute", "<a>\n<b c/></a>", u"attributes are not well-formed: line 2"_s);
    row("prefix", "<a>\n<p:b/></a>", u"undeclared prefix: line 2"_s);
    row("comment", "<a>\n<!-- b</a>", u"unfinished markup: line 2"_s);
    row("name", "<a>\n<1/></a>", u"not well-formed: line 2"_s);
    row("document type", "<!DOCTYPE a []><a/>", u"a document type: line 1"_s);
    row("bytes", "<a>\n\xff</a>", u"Bytes that are not UTF-8: line "_s);
}

void TestWellFormed::reasons()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const auto read = readXml(bytes);
    QVERIFY(!read);
    const QString said = malformedReason(bytes, read.error());
    QVERIFY2(said.startsWith(reason), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestWellFormed)
#include "tst_wellformed.moc"
