#include "find/places.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Place place(const QString &address, const QString &host = u"id"_s)
{
    return {.host = host, .address = address, .title = u"Title of "_s + address};
}

} // namespace

class TestPlaces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bookmarksToggle();
    void recentAreNewestFirst();
    void forgetsAHost();
    void survives();
    void hostileJson_data();
    void hostileJson();
};

void TestPlaces::bookmarksToggle()
{
    Places places;
    QSignalSpy changed(&places, &Places::changed);
    places.setBookmarked(place(u"a"_s), true);
    places.setBookmarked(place(u"a"_s), true);
    places.setBookmarked(place(u"a"_s, u"other"_s), true);
    QCOMPARE(places.bookmarks().size(), std::size_t(2));
    QCOMPARE(changed.size(), 2);
    Place renamed = place(u"a"_s);
    renamed.title = u"Another"_s;
    QVERIFY(places.isBookmarked(renamed));
    places.setBookmarked(renamed, false);
    QVERIFY(places.bookmarks() == std::vector{place(u"a"_s, u"other"_s)});
    for (std::size_t i = 0; i < Places::MostBookmarks + 5; ++i)
        places.setBookmarked(place(QString::number(i)), true);
    QCOMPARE(places.bookmarks().size(), Places::MostBookmarks);
}

void TestPlaces::recentAreNewestFirst()
{
    Places places;
    for (int i = 0; i < 40; ++i)
        places.noteOpened(place(QString::number(i)));
    places.noteOpened(place(u"35"_s));
    QCOMPARE(places.recent().size(), Places::MostRecent);
    QCOMPARE(places.recent()[0].address, u"35"_s);
    QCOMPARE(places.recent()[1].address, u"39"_s);
    QCOMPARE(places.recent().back().address, u"10"_s);
}

void TestPlaces::forgetsAHost()
{
    Places places;
    places.setBookmarked(place(u"a"_s), true);
    places.setBookmarked(place(u"a"_s, u"other"_s), true);
    places.noteOpened(place(u"b"_s));
    places.forget(u"id"_s);
    QCOMPARE(places.bookmarks().size(), std::size_t(1));
    QVERIFY(places.recent().empty());
}

void TestPlaces::survives()
{
    const std::vector<Place> some{place(u"wmicimv2/Win32_Service?Name=\"a b\""_s),
                                  place(u"winrm/config"_s, u"other"_s)};
    QVERIFY(Places::read(Places::write(some), 10) == some);
    QCOMPARE(Places::read(Places::write(some), 1).size(), std::size_t(1));
}

void TestPlaces::hostileJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\xff\x00[", 3);
    QTest::newRow("an object") << QByteArray("{}");
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("numbers") << QByteArray("[[1,2,3]]");
    QTest::newRow("too few") << QByteArray("[[\"a\",\"b\"]]");
    QTest::newRow("empty texts") << QByteArray("[[\"a\",\"\",\"b\"]]");
    QTest::newRow("an escape") << QByteArray("[[\"a\",\"b\",\"\\u001b[31m\"]]");
    QTest::newRow("long") << "[[\"a\",\"" + QByteArray(3000, 'x') + "\",\"c\"]]";
    QTest::newRow("large") << "[\"" + QByteArray(2 << 20, 'x') + "\"]";
}

void TestPlaces::hostileJson()
{
    QFETCH(QByteArray, json);
    QVERIFY(Places::read(json, 10).empty());
}

QTEST_GUILESS_MAIN(TestPlaces)
#include "tst_places.moc"
