#include "protocol/inputs.h"
#include "protocol/patch.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Representation read(const QByteArray &content)
{
    const auto result = representationFromXml(
        "<c:Service xmlns:c=\"http://example.com/c\" "
        "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
        "xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\">"
        + content + "</c:Service>");
    return result ? result.value() : Representation();
}

const QByteArray sample =
    "<c:Name>a</c:Name><c:Auth Source=\"GPO\"><c:Basic>true</c:Basic>"
    "<c:Kerberos>false</c:Kerberos></c:Auth>"
    "<c:List>1</c:List><c:List>2</c:List>"
    "<c:When><cim:Datetime>2020-01-01T00:00:00Z</cim:Datetime></c:When>"
    "<c:None xsi:nil=\"true\"/><c:Typed xsi:type=\"cim:cimString\">t</c:Typed>"
    "<c:Twice>1</c:Twice><c:Else/><c:Twice>2</c:Twice>"
    "<c:case>1</c:case>";

Error missing()
{
    return Error::of(Error::Kind::Local, Cause::LocalFile);
}

const InputFiles noFile{[](const QString &) -> Result<QByteArray> { return missing(); },
                        [](const QString &) -> Result<Secret> { return missing(); }};

} // namespace

Q_DECLARE_METATYPE(Patch)

class TestPatch final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lays_data();
    void lays();
    void leavesTheOriginal();
    void refuses_data();
    void refuses();
    void namesWhatItTouches();
    void seesWhatWasNotApplied();
    void readsInputs_data();
    void readsInputs();
    void readsFiles();
    void refusesInputs_data();
    void refusesInputs();
    void typesBySchema();
    void dates_data();
    void dates();
};

void TestPatch::lays_data()
{
    QTest::addColumn<Patch>("patch");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char *name, const Patch &patch, const char *from, const char *to) {
        QTest::newRow(name) << patch << QByteArray(from) << QByteArray(to);
    };
    row("text", Patch::text(u"Name"_s, u"b"_s), "<c:Name>a</c:Name>", "<c:Name>b</c:Name>");
    row("ignoring case", Patch::text(u"name"_s, u"b"_s), "<c:Name>a</c:Name>",
        "<c:Name>b</c:Name>");
    row("null", Patch::null(u"Name"_s), "<c:Name>a</c:Name>", "<c:Name xsi:nil=\"true\"/>");
    row("absent", Patch::absent(u"Name"_s), "<c:Name>a</c:Name>", "");
    row("absent anyway", Patch::absent(u"Nothing"_s), "", "");
    row("absent below nothing", Patch::absent(u"None/X"_s), "", "");
    row("over nil", Patch::text(u"None"_s, u"x"_s), "<c:None xsi:nil=\"true\"/>",
        "<c:None>x</c:None>");
    row("nested", Patch::text(u"Auth/Basic"_s, u"false"_s), "<c:Basic>true</c:Basic>",
        "<c:Basic>false</c:Basic>");
    row("array to array", Patch::texts(u"List"_s, {u"7"_s, u"8"_s, u"9"_s}),
        "<c:List>1</c:List><c:List>2</c:List>",
        "<c:List>7</c:List><c:List>8</c:List><c:List>9</c:List>");
    row("array to one", Patch::text(u"List"_s, u"7"_s), "<c:List>1</c:List><c:List>2</c:List>",
        "<c:List>7</c:List>");
    row("one of an array", Patch::text(u"List[2]"_s, u"7"_s), "<c:List>2</c:List>",
        "<c:List>7</c:List>");
    row("appended", Patch::text(u"List[3]"_s, u"3"_s), "<c:List>2</c:List>",
        "<c:List>2</c:List><c:List>3</c:List>");
    row("taken from an array", Patch::absent(u"List[1]"_s), "<c:List>1</c:List>", "");
    row("date", Patch::text(u"When"_s, u"2021-01-01T00:00:00Z"_s), "2020-01-01", "2021-01-01");
    row("attribute", Patch::text(u"Auth/@Source"_s, u"x"_s), "Source=\"GPO\"", "Source=\"x\"");
    row("attribute gone", Patch::absent(u"Auth/@Source"_s), " Source=\"GPO\"", "");
    row("type stays", Patch::text(u"Typed"_s, u"u"_s), ">t</c:Typed>", ">u</c:Typed>");
    row("new", Patch::text(u"New"_s, u"n"_s), "<c:case>1</c:case>",
        "<c:case>1</c:case><c:New>n</c:New>");
    row("new and nested", Patch::text(u"A/B/C"_s, u"n"_s), "<c:case>1</c:case>",
        "<c:case>1</c:case><c:A><c:B><c:C>n</c:C></c:B></c:A>");
}

void TestPatch::lays()
{
    QFETCH(Patch, patch);
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    const auto patched = applyPatches(read(sample), {patch});
    QVERIFY2(patched.ok(), patched ? "" : qPrintable(patched.error().message));
    const QByteArray wished = from.isEmpty() ? sample : QByteArray(sample).replace(from, to);
    QVERIFY(from.isEmpty() || sample.contains(from));
    QCOMPARE(representationXml(patched.value()), representationXml(read(wished)));
}

void TestPatch::leavesTheOriginal()
{
    const Representation before = read(sample);
    QVERIFY(applyPatches(before, {Patch::absent(u"Auth"_s)}).ok());
    QCOMPARE(before, read(sample));
}

void TestPatch::refuses_data()
{
    QTest::addColumn<Patch>("patch");
    QTest::newRow("empty path") << Patch::text({}, u"x"_s);
    QTest::newRow("empty step") << Patch::text(u"/Name"_s, u"x"_s);
    QTest::newRow("markup") << Patch::text(u"a><b"_s, u"x"_s);
    QTest::newRow("digit") << Patch::text(u"1a"_s, u"x"_s);
    QTest::newRow("prefix") << Patch::text(u"c:Name"_s, u"x"_s);
    QTest::newRow("index zero") << Patch::text(u"List[0]"_s, u"x"_s);
    QTest::newRow("index word") << Patch::text(u"List[last()]"_s, u"x"_s);
    QTest::newRow("index outside") << Patch::text(u"List[4]"_s, u"x"_s);
    QTest::newRow("absent outside") << Patch::absent(u"List[3]"_s);
    QTest::newRow("attribute inside") << Patch::text(u"@Source/Basic"_s, u"x"_s);
    QTest::newRow("through text") << Patch::text(u"Name/Basic"_s, u"x"_s);
    QTest::newRow("through an array") << Patch::text(u"List/Basic"_s, u"x"_s);
    QTest::newRow("fits two") << Patch::text(u"Twice"_s, u"x"_s);
    QTest::newRow("array for one") << Patch::texts(u"List[1]"_s, {u"x"_s});
    QTest::newRow("no value") << Patch{.path = u"Name"_s};
}

void TestPatch::refuses()
{
    QFETCH(Patch, patch);
    const auto patched = applyPatches(read(sample), {patch});
    QVERIFY(!patched);
    QCOMPARE(patched.error().cause, Cause::LocalUsage);
}

void TestPatch::namesWhatItTouches()
{
    const QStringList touched = touchedProperties(
        read(sample),
        {Patch::text(u"auth/Basic"_s, u"x"_s), Patch::text(u"List[1]"_s, u"x"_s),
         Patch::absent(u"Auth/Kerberos"_s), Patch::text(u"New"_s, u"x"_s)});
    QCOMPARE(touched, QStringList({u"Auth"_s, u"List"_s, u"New"_s}));
}

void TestPatch::seesWhatWasNotApplied()
{
    const std::vector<Patch> patches{Patch::text(u"Name"_s, u"a"_s),
                                     Patch::text(u"Auth/Basic"_s, u"TRUE"_s),
                                     Patch::text(u"Auth/Kerberos"_s, u"true"_s),
                                     Patch::absent(u"Nothing"_s),
                                     Patch::secret(u"Other"_s, Secret(u"s"_s)),
                                     Patch::text(u"Password"_s, u"s"_s),
                                     Patch::null(u"Name"_s),
                                     Patch::texts(u"List"_s, {u"1"_s, u"2"_s})};
    QCOMPARE(unappliedPatches(read(sample), patches), QStringList({u"Auth/Kerberos"_s, u"Name"_s}));
}

void TestPatch::readsInputs_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("xml");
    const auto row = [](const char *name, const QStringList &words, const char *xml) {
        QTest::newRow(name) << words << QByteArray(xml);
    };
    row("text", {u"n=v"_s}, "<c:n>v</c:n>");
    row("equals sign", {u"n=a=b"_s}, "<c:n>a=b</c:n>");
    row("empty", {u"n="_s}, "<c:n/>");
    row("null", {u"n=$null"_s}, "<c:n xsi:nil=\"true\"/>");
    row("dollar", {u"n=$nullify"_s}, "<c:n>$nullify</c:n>");
    row("literal null", {u"n=\\$null"_s}, "<c:n>$null</c:n>");
    row("literal at", {u"n=\\@x"_s}, "<c:n>@x</c:n>");
    row("backslash", {u"n=\\\\srv\\share"_s}, "<c:n>\\\\srv\\share</c:n>");
    row("array", {u"n=1"_s, u"m=x"_s, u"n=2"_s}, "<c:n>1</c:n><c:n>2</c:n><c:m>x</c:m>");
    row("path", {u"Auth/Basic=true"_s}, "<c:Auth><c:Basic>true</c:Basic></c:Auth>");
    row("no password", {u"Password="_s, u"Pwd=$null"_s}, "<c:Password/><c:Pwd xsi:nil=\"true\"/>");
}

void TestPatch::readsInputs()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, xml);
    const auto patches = parseInputs(words, noFile);
    QVERIFY(patches.ok());
    const auto made = applyPatches({.name = u"Service"_s, .ns = u"http://example.com/c"_s},
                                   patches.value());
    QVERIFY(made.ok());
    QCOMPARE(representationXml(made.value()), representationXml(read(xml)));
}

void TestPatch::readsFiles()
{
    const InputFiles files{.text = [](const QString &path) -> Result<QByteArray> {
                               if (path == u"bad")
                                   return QByteArray("\xff");
                               return QByteArray("from stdin\n");
                           },
                           .secret = [](const QString &) -> Result<Secret> {
                               QByteArray password("s3cret");
                               return Secret::take(password);
                           }};
    const auto patches = parseInputs({u"Text=@-"_s, u"Password=@file"_s}, files);
    QVERIFY(patches.ok());
    QCOMPARE(patches.value()[0].values[0].text, u"from stdin\n"_s);
    QCOMPARE(patches.value()[1].values[0].kind, Value::Kind::Secret);
    QCOMPARE(patches.value()[1].values[0].secret->reveal(), QByteArray("s3cret"));
    QCOMPARE(parseInputs({u"Text=@bad"_s}, files).error().cause, Cause::LocalUsage);
    QCOMPARE(parseInputs({u"Text=@file"_s}, noFile).error().cause, Cause::LocalFile);
}

void TestPatch::refusesInputs_data()
{
    QTest::addColumn<QString>("word");
    QTest::newRow("no value") << u"hunter2"_s;
    QTest::newRow("no name") << u"=hunter2"_s;
    QTest::newRow("no file") << u"n=@"_s;
    QTest::newRow("secret among the words") << u"Auth/Password=hunter2"_s;
}

void TestPatch::refusesInputs()
{
    QFETCH(QString, word);
    const auto patches = parseInputs({u"a=b"_s, word}, noFile);
    QVERIFY(!patches);
    QCOMPARE(patches.error().cause, Cause::LocalUsage);
    QVERIFY(!patches.error().message.contains(u"hunter2"_s));
}

void TestPatch::typesBySchema()
{
    const std::vector<CimProperty> schema{
        {.name = u"When"_s, .type = CimType::DateTime},
        {.name = u"List"_s, .type = CimType::String, .array = true},
        {.name = u"None"_s, .type = CimType::String, .array = true},
        {.name = u"On"_s, .type = CimType::Boolean},
        {.name = u"Ref"_s, .type = CimType::Reference}};
    const auto typed = typedInputs({Patch::text(u"when"_s, u"20240131120000.000000+060"_s),
                                    Patch::text(u"List"_s, u"x"_s), Patch::null(u"None"_s),
                                    Patch::text(u"On"_s, u"TRUE"_s),
                                    Patch::text(u"Ref"_s, u"wmicimv2/Win32_Service?Name=Spooler"_s),
                                    Patch::text(u"Unknown"_s, u"x"_s)},
                                   schema);
    QVERIFY(typed.ok());
    QCOMPARE(typed.value()[0].values[0].kind, Value::Kind::DateTime);
    QCOMPARE(typed.value()[0].values[0].text, u"2024-01-31T12:00:00.000000+01:00"_s);
    QCOMPARE(typed.value()[1].shape, Property::Shape::Array);
    QCOMPARE(typed.value()[2].shape, Property::Shape::NullArray);
    QCOMPARE(typed.value()[3].values[0].text, u"true"_s);
    QCOMPARE(typed.value()[4].values[0].reference->resource.selector(u"Name")->value, u"Spooler"_s);
    QCOMPARE(typed.value()[5].values[0].text, u"x"_s);
    QVERIFY(!typedInputs({Patch::text(u"When"_s, u"soon"_s)}, schema));
    QVERIFY(!typedInputs({Patch::text(u"Ref"_s, u"no resource"_s)}, schema));
}

void TestPatch::dates_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *given, Value::Kind kind, const char *text) {
        QTest::newRow(given) << int(kind) << QString::fromLatin1(text);
    };
    row("2024-01-31T12:00:00Z", Value::Kind::DateTime, "2024-01-31T12:00:00Z");
    row("2024-01-31", Value::Kind::DateTime, "2024-01-31");
    row("PT5M", Value::Kind::Interval, "PT5M");
    row("20240131120000.123456-330", Value::Kind::DateTime, "2024-01-31T12:00:00.123456-05:30");
    row("00000003040506.000000:000", Value::Kind::Interval, "P3DT4H5M6S");
    row("00000000000001.500000:000", Value::Kind::Interval, "P0DT0H0M1.500000S");
    row("2024013112****.******+060", Value::Kind::RawDateTime, "2024013112****.******+060");
    for (const char *const none : {"", "P", "PT", "soon", "2024-01-31 12:00", "2024"})
        row(none, Value::Kind::Null, "");
}

void TestPatch::dates()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    const auto date = dateValue(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(int(date.value_or(Value()).kind), kind);
    QCOMPARE(date.value_or(Value()).text, text);
}

QTEST_APPLESS_MAIN(TestPatch)
#include "tst_patch.moc"
