#include "text/valuetext.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

class tst_ValueText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void dateTimes_data();
    void dateTimes();
    void hostAndLocalTime();
    void durations_data();
    void durations();
    void bytesAndRates();
    void oneLine_data();
    void oneLine();
    void terminal_data();
    void terminal();
};

void tst_ValueText::initTestCase()
{
    qputenv("TZ", "UTC-02:00");
    QLocale::setDefault(QLocale::c());
}

void tst_ValueText::dateTimes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("iso"); // empty: invalid
    const auto row = [](const char *text, const QString &iso) {
        QTest::newRow(text) << QByteArray(text) << iso;
    };
    row("2014-04-03T14:45:50.46875+08:00", u"2014-04-03T14:45:50.468+08:00"_s);
    row("2014-04-03T14:45:50Z", u"2014-04-03T14:45:50.000Z"_s);
    row("2014-04-03T14:45:50+00:00", u"2014-04-03T14:45:50.000Z"_s);
    row("2014-04-03T14:45:50", u"2014-04-03T14:45:50.000"_s);
    row("2014-04-03T14:45:50.123456789-03:30", u"2014-04-03T14:45:50.123-03:30"_s);
    row("2014-04-03T14:45:50.5Z", u"2014-04-03T14:45:50.500Z"_s);
    row(" 2014-04-03T24:00:00Z\n", u"2014-04-04T00:00:00.000Z"_s);
    row("20140403144550.468750+480", u"2014-04-03T14:45:50.468+08:00"_s);
    row("20140403144550.468750-210", u"2014-04-03T14:45:50.468-03:30"_s);
    row("20140403144550.468750+000", u"2014-04-03T14:45:50.468Z"_s);
    row("20140403144550.468750+***", u"2014-04-03T14:45:50.468"_s);
    row("20140403144550.468***+***", u"2014-04-03T14:45:50.468"_s);
    row("20140403******.******+***", u"2014-04-03T00:00:00.000"_s);
    row("2014************.******+**", {});
    row("2014**********.******+***", {});
    row("20140403144550.468750+999", {});
    row("20140403144550.468750+48x", {});
    row("20141303144550.468750+480", {});
    row("2014-02-30T14:45:50Z", {});
    row("2014-04-03T14:45:50.Z", {});
    row("2014-04-03T14:45:50+15:00", {});
    row("2014-04-03T14:45:50+08", {});
    row("2014-04-03T14:45:50Zx", {});
    row("2014-04-03T24:00:01Z", {});
    row("2014-04-03 14:45:50", {});
    row("2014-04-03", {});
    row("-014-04-03T14:45:50Z", {});
    row("", {});
}

void tst_ValueText::dateTimes()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, iso);
    const QDateTime time = parseCimDateTime({text.constData(), std::size_t(text.size())});
    QCOMPARE(time.isValid(), !iso.isEmpty());
    QCOMPARE(time.toString(Qt::ISODateWithMs), iso);
}

void tst_ValueText::hostAndLocalTime()
{
    const QDateTime time = parseCimDateTime("2014-04-03T14:45:50.46875+08:00");
    QCOMPARE(hostDateText(time), u"3 Apr 2014 14:45:50 +08:00"_s);
    QCOMPARE(localDateText(time), u"3 Apr 2014 08:45:50"_s);
    QCOMPARE(hostDateText(parseCimDateTime("20140403144550.468750-210")),
             u"3 Apr 2014 14:45:50 -03:30"_s);
    const QDateTime unknown = parseCimDateTime("20140403144550.468750+***");
    QCOMPARE(hostDateText(unknown), u"3 Apr 2014 14:45:50"_s);
    QCOMPARE(localDateText(unknown), u"3 Apr 2014 14:45:50"_s);
    QVERIFY(hostDateText({}).isEmpty());
    QVERIFY(localDateText({}).isEmpty());
}

void tst_ValueText::durations_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *text, const QString &shown) {
        QTest::newRow(text) << QByteArray(text) << shown;
    };
    row("P0DT0H1M40S", u"1 min 40 s"_s);
    row("PT1H40S", u"1 h 40 s"_s);
    row("P1Y2M3DT4H5M6.75S", u"1 y 2 mo 3 d 4 h 5 min 6.75 s"_s);
    row("PT0S", u"0 s"_s);
    row("-PT5M", u"-5 min"_s);
    row("P1D", u"1 d"_s);
    row("00000001010040.000000:000", u"1 d 1 h 40 s"_s);
    row("00000000000000.500000:000", u"0.5 s"_s);
    row("00000003******.******:000", u"3 d"_s);
    row("00000000250000.000000:000", {});
    row("00000000000000.500000:001", {});
    row("P", {});
    row("PT", {});
    row("P1DT", {});
    row("P1H", {});
    row("PT1S1M", {});
    row("P1M1Y", {});
    row("PT1.5H", {});
    row("P9999999999D", {});
    row("P-1D", {});
    row("1D", {});
    row("", {});
}

void tst_ValueText::durations()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, shown);
    QCOMPARE(durationText({text.constData(), std::size_t(text.size())}), shown);
}

void tst_ValueText::bytesAndRates()
{
    QCOMPARE(bytesText(1'400'000), u"1.4 MB"_s);
    QCOMPARE(bytesText(999), u"999 bytes"_s);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(rateText(12'345), u"12,300"_s);
    QCOMPARE(rateText(123.4), u"123"_s);
    QCOMPARE(rateText(1.26), u"1.3"_s);
    QCOMPARE(rateText(0), u"0"_s);
    QCOMPARE(rateText(-1), u"0"_s);
    QCOMPARE(rateText(qInf()), u"0"_s);
    QLocale::setDefault(QLocale::c());
}

void tst_ValueText::oneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("max");
    QTest::addColumn<QString>("line");
    QTest::newRow("plain") << u"abc"_s << 300 << u"abc"_s;
    QTest::newRow("line breaks") << u"a\r\nb\nc\rd\u2028e"_s << 300 << u"a↵b↵c↵d↵e"_s;
    QTest::newRow("controls") << u"\t\x1b[31m\x7f\u009b"_s << 300 << u"␉␛[31m␡\ufffd"_s;
    QTest::newRow("bidi") << u"a\u202eb\u2066"_s << 300 << u"a\ufffdb\ufffd"_s;
    QTest::newRow("cut") << u"abcdef"_s << 3 << u"abc…"_s;
    QTest::newRow("just fits") << u"abc"_s << 3 << u"abc"_s;
    QTest::newRow("no half pair") << u"ab\U0001F600c"_s << 3 << u"ab…"_s;
    QTest::newRow("pair") << u"\U0001F600"_s << 3 << u"\U0001F600"_s;
    QTest::newRow("lone") << QString(QChar(0xd800)) + u'x' << 3 << u"\ufffdx"_s;
}

void tst_ValueText::oneLine()
{
    QFETCH(QString, text);
    QFETCH(int, max);
    QFETCH(QString, line);
    QCOMPARE(::oneLine(text, max), line);
}

void tst_ValueText::terminal_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("keep");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"déjà \U0001F600"_s << false << u"déjà \U0001F600"_s;
    QTest::newRow("escape") << u"\x1b]0;x\x07"_s << false << u"\\x1b]0;x\\x07"_s;
    QTest::newRow("nul") << QString(QChar(0)) << false << u"\\x00"_s;
    QTest::newRow("del, c1") << u"\x7f\u0085\u009b"_s << false << u"\\x7f\\x85\\x9b"_s;
    QTest::newRow("lines") << u"a\r\nb\tc"_s << false << u"a\\r\\nb\\tc"_s;
    QTest::newRow("lines kept") << u"a\r\nb\rc\td"_s << true << u"a\nb\\rc\\td"_s;
    QTest::newRow("bidi") << u"\u202e\u200f\u2069\u061c\u2029"_s << false
                          << u"\\u202e\\u200f\\u2069\\u061c\\u2029"_s;
    QTest::newRow("lone high") << QString(QChar(0xd83d)) << false << u"\\ud83d"_s;
    QTest::newRow("lone low") << u'a' + QString(QChar(0xde00)) << true << u"a\\ude00"_s;
}

void tst_ValueText::terminal()
{
    QFETCH(QString, text);
    QFETCH(bool, keep);
    QFETCH(QString, shown);
    QCOMPARE(terminalText(text, keep), shown);
}

QTEST_GUILESS_MAIN(tst_ValueText)
#include "tst_valuetext.moc"
