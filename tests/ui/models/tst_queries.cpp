#include "models/querystore.h"
#include "models/wqltext.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = WqlText::Token::Kind;

/// The words of a query, its parameters, and the file that queries are kept in.
class TestQueries final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tokens();
    void classNames_data();
    void classNames();
    void parameters_data();
    void parameters();
    void history();
    void saved();
    void foreignFileIsLeftAlone_data();
    void foreignFileIsLeftAlone();
};

void TestQueries::tokens()
{
    const QString text = u"select a_1, ${x} from C where n >= 12.5 and t = 'it\\'s' \"open"_s;
    QStringList words;
    QList<Kind> kinds;
    for (const WqlText::Token &token : WqlText::tokens(text)) {
        words.append(text.mid(token.start, token.length));
        kinds.append(token.kind);
    }
    QCOMPARE(words,
             (QStringList{u"select"_s, u"a_1"_s, u","_s, u"${x}"_s, u"from"_s, u"C"_s, u"where"_s,
                          u"n"_s, u">"_s, u"="_s, u"12.5"_s, u"and"_s, u"t"_s, u"="_s,
                          u"'it\\'s'"_s, u"\"open"_s}));
    QCOMPARE(kinds[0], Kind::Keyword);
    QCOMPARE(kinds[1], Kind::Name);
    QCOMPARE(kinds[3], Kind::Parameter);
    QCOMPARE(kinds[10], Kind::Number);
    QCOMPARE(kinds[14], Kind::Text);
    QVERIFY(WqlText::tokens({}).empty());
    QCOMPARE(WqlText::tokens(u"'\\").size(), std::size_t(1));
}

void TestQueries::classNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"select * from Win32_Service"_s << u"Win32_Service"_s;
    QTest::newRow("lines") << u"SELECT *\nFrom\n Win32_Service\nwhere x='from y'"_s
                           << u"Win32_Service"_s;
    QTest::newRow("in a text") << u"select ' from x'"_s << QString();
    QTest::newRow("unfinished") << u"select * from"_s << QString();
    QTest::newRow("associators") << u"ASSOCIATORS OF {A.b='c'}"_s << QString();
}

void TestQueries::classNames()
{
    QFETCH(QString, text);
    QTEST(WqlText::className(text), "name");
}

void TestQueries::parameters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("result");
    QTest::newRow("number") << u"x > ${n}"_s << u"12"_s << u"x > 12"_s;
    QTest::newRow("word") << u"x = ${n}"_s << u"true"_s << u"x = true"_s;
    QTest::newRow("text") << u"x = ${n}"_s << u"a'b"_s << u"x = 'a\\'b'"_s;
    QTest::newRow("in quotes") << u"x like \"%${n}%\""_s << u"a\"\\b"_s
                               << u"x like \"%a\\\"\\\\b%\""_s;
    QTest::newRow("number in quotes") << u"x = '${n}'"_s << u"7"_s << u"x = '7'"_s;
    QTest::newRow("no way out") << u"x = '${n}' and y = 1"_s << u"' or 1=1 or '"_s
                                << u"x = '\\' or 1=1 or \\'' and y = 1"_s;
    QTest::newRow("not itself again") << u"x = '${n}'"_s << u"${n}"_s << u"x = '${n}'"_s;
    QTest::newRow("twice") << u"${n}${n}"_s << u"1"_s << u"11"_s;
}

void TestQueries::parameters()
{
    QFETCH(QString, text);
    QFETCH(QString, value);
    QCOMPARE(WqlText::parameters(text), QStringList{u"n"_s});
    QTEST(WqlText::withParameters(text, {u"n"_s}, {value}), "result");
}

void TestQueries::history()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"queries.json"_s);
    QueryStore store(file);
    for (int i = 0; i < 120; ++i)
        store.ran({{}, u"root/cimv2"_s, u"wql"_s, u"select %1"_s.arg(i)});
    store.ran({u"named"_s, u"root/cimv2"_s, u"wql"_s, u"select 110"_s});
    QCOMPARE(store.history().size(), std::size_t(100));
    QCOMPARE(store.history()[0].text, u"select 110"_s);
    QCOMPARE(store.history()[1].text, u"select 119"_s);
    QCOMPARE(QueryStore(file).history(), store.history());
    QCOMPARE(QFile::permissions(file) & (QFile::ReadOther | QFile::ReadGroup),
             QFile::Permissions());
}

void TestQueries::saved()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"queries.json"_s);
    QueryStore store(file);
    QSignalSpy changed(&store, &QueryStore::changed);
    QVERIFY(store.save({u"b"_s, {}, u"wql"_s, u"one"_s}));
    QVERIFY(store.save({u"A"_s, {}, u"wql"_s, u"two"_s}));
    QVERIFY(store.save({u"b"_s, {}, u"wql"_s, u"three"_s}));
    QCOMPARE(changed.count(), 3);
    QueryStore again(file);
    QCOMPARE(again.saved().size(), std::size_t(2));
    QCOMPARE(again.saved()[0].name, u"A"_s);
    QCOMPARE(again.saved()[1].text, u"three"_s);
    QVERIFY(store.remove(u"A"_s));
    QCOMPARE(store.saved().size(), std::size_t(1));
}

void TestQueries::foreignFileIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("newer") << QByteArray(R"({"version":2,"saved":[{"text":"x"}]})");
    QTest::newRow("other") << QByteArray("[1,2]");
}

void TestQueries::foreignFileIsLeftAlone()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"queries.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QueryStore store(path);
    QVERIFY(store.saved().empty());
    store.ran({{}, {}, u"wql"_s, u"x"_s});
    QVERIFY(!store.save({u"n"_s, {}, u"wql"_s, u"x"_s}));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
}

QTEST_GUILESS_MAIN(TestQueries)
#include "tst_queries.moc"
