#include "ctl/arguments.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestArguments final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wrong_data();
    void wrong();
    void optionsStandAnywhere();
    void dashesEndOptions();
    void valuesAreVerbatim();
    void numbers();
    void resourceWords();
    void formats_data();
    void formats();
    void words();
    void namesAreUnique();
    void jsonErrorsOfBrokenLines();
};

namespace {

Arguments parsed(const QStringList &words)
{
    const auto arguments = parseArguments(words);
    if (!arguments)
        qWarning("%s", qPrintable(arguments.error().message));
    return arguments ? *arguments : Arguments{.verb = u"(refused)"_s};
}

} // namespace

void TestArguments::wrong_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("about");
    QTest::newRow("unknown") << QStringList{u"get"_s, u"--nope"_s} << u"--nope"_s;
    QTest::newRow("unknown letter") << QStringList{u"-z"_s} << u"-z"_s;
    QTest::newRow("clustered letters") << QStringList{u"-vq"_s} << u"-vq"_s;
    QTest::newRow("value missing") << QStringList{u"get"_s, u"-r"_s} << u"-r"_s;
    QTest::newRow("value too many") << QStringList{u"--tls=yes"_s} << u"--tls"_s;
    QTest::newRow("abbreviated") << QStringList{u"--rem"_s, u"h"_s} << u"--rem"_s;
    QTest::newRow("format") << QStringList{u"-f"_s, u"yaml"_s} << u"-f"_s;
    QTest::newRow("mechanism of later") << QStringList{u"-a"_s, u"digest"_s} << u"-a"_s;
    QTest::newRow("dialect") << QStringList{u"--dialect"_s, u"sql"_s} << u"--dialect"_s;
    QTest::newRow("return") << QStringList{u"--return"_s, u"all"_s} << u"--return"_s;
    QTest::newRow("polymorphism") << QStringList{u"--polymorphism"_s, u"wide"_s}
                                  << u"--polymorphism"_s;
    QTest::newRow("option without a name") << QStringList{u"--option"_s, u"=1"_s} << u"--option"_s;
    QTest::newRow("progress") << QStringList{u"--progress"_s, u"always"_s} << u"--progress"_s;
    QTest::newRow("error format") << QStringList{u"--error-format=xml"_s} << u"--error-format"_s;
    QTest::newRow("storage") << QStringList{u"--save-password=file"_s} << u"--save-password"_s;
    QTest::newRow("selector") << QStringList{u"--selector"_s, u"Name"_s} << u"--selector"_s;
    QTest::newRow("selector without a name")
        << QStringList{u"--selector"_s, u"=x"_s} << u"--selector"_s;
    QTest::newRow("no columns") << QStringList{u"--columns"_s, u",,"_s} << u"--columns"_s;
    QTest::newRow("max 0") << QStringList{u"--max"_s, u"0"_s} << u"--max"_s;
    QTest::newRow("max negative") << QStringList{u"--max"_s, u"-3"_s} << u"--max"_s;
    QTest::newRow("max and a half") << QStringList{u"--max"_s, u"1.5"_s} << u"--max"_s;
    QTest::newRow("max in words") << QStringList{u"--max"_s, u"ten"_s} << u"--max"_s;
    QTest::newRow("timeout nan") << QStringList{u"--timeout"_s, u"nan"_s} << u"--timeout"_s;
    QTest::newRow("timeout inf") << QStringList{u"--timeout"_s, u"inf"_s} << u"--timeout"_s;
    QTest::newRow("timeout 0") << QStringList{u"--timeout"_s, u"0"_s} << u"--timeout"_s;
    QTest::newRow("filter of a get")
        << QStringList{u"--filter"_s, u"x"_s, u"get"_s, u"winrm/config"_s} << u"--filter"_s;
    QTest::newRow("max of a put") << QStringList{u"put"_s, u"--max=1"_s} << u"--max"_s;
    QTest::newRow("port of an identify")
        << QStringList{u"identify"_s, u"--port=1"_s} << u"--port"_s;
    QTest::newRow("name of a demo") << QStringList{u"demo"_s, u"--name=x"_s} << u"--name"_s;
    QTest::newRow("port") << QStringList{u"--port"_s, u"65536"_s} << u"--port"_s;
}

void TestArguments::wrong()
{
    QFETCH(QStringList, words);
    QFETCH(QString, about);
    const auto arguments = parseArguments(words);
    QVERIFY(!arguments);
    QCOMPARE(arguments.error().kind, Error::Kind::Local);
    QCOMPARE(arguments.error().cause, Cause::LocalUsage);
    const auto *rule = std::get_if<RuleDetails>(&arguments.error().details);
    QVERIFY(rule);
    QCOMPARE(rule->rule, about);
    QVERIFY(arguments.error().message.contains(about));
}

void TestArguments::optionsStandAnywhere()
{
    const QStringList orders[] = {
        {u"-r"_s, u"h"_s, u"get"_s, u"winrm/config"_s, u"-f"_s, u"json"_s},
        {u"get"_s, u"--remote=h"_s, u"winrm/config"_s, u"--format=json"_s},
        {u"get"_s, u"winrm/config"_s, u"--remote"_s, u"h"_s, u"--format"_s, u"json"_s}};
    for (const QStringList &order : orders) {
        const Arguments arguments = parsed(order);
        QCOMPARE(arguments.verb, u"get"_s);
        QCOMPARE(arguments.words, QStringList{u"winrm/config"_s});
        QCOMPARE(arguments.remote, u"h"_s);
        QCOMPARE(arguments.exportFormat(), ExportFormat::Json);
    }
}

void TestArguments::dashesEndOptions()
{
    const Arguments arguments = parsed({u"open"_s, u"-q"_s, u"--"_s, u"-f"_s, u"--"_s});
    QVERIFY(arguments.quiet);
    QCOMPARE(arguments.words, (QStringList{u"-f"_s, u"--"_s}));
    // A lone dash is standard input, a negative number a code.
    QCOMPARE(parsed({u"open"_s, u"-"_s}).words, QStringList{u"-"_s});
    QCOMPARE(parsed({u"explain"_s, u"-2144108544"_s}).words, QStringList{u"-2144108544"_s});
}

void TestArguments::valuesAreVerbatim()
{
    const Arguments arguments = parsed({u"profiles"_s, u"-u"_s, u" müller "_s, u"--folder="_s,
                                        u"--password-file=a=b"_s, u"--name"_s, u"-x"_s});
    QVERIFY(arguments.hasUser);
    QCOMPARE(arguments.user, u" müller "_s);
    QCOMPARE(arguments.passwordFile, u"a=b"_s);
    QCOMPARE(arguments.name, u"-x"_s);
    QVERIFY(parsed({u"get"_s, u"-u"_s, u""_s}).hasUser);
    QVERIFY(!parsed({u"get"_s}).hasUser);
}

void TestArguments::numbers()
{
    const Arguments arguments = parsed({u"--timeout"_s, u"1.25"_s, u"--max"_s, u"4294967295"_s,
                                        u"--max-envelope=150"_s, u"--port=0"_s, u"--items=10"_s,
                                        u"--latency=20"_s});
    QCOMPARE(arguments.timeout, std::optional(1250ms));
    QCOMPARE(arguments.maxRows, std::uint64_t(4294967295));
    QCOMPARE(arguments.maxEnvelopeKib, std::optional(std::uint32_t(150)));
    QCOMPARE(arguments.items, std::optional(10));
    QCOMPARE(arguments.latency, std::optional(20ms));
}

void TestArguments::resourceWords()
{
    const Arguments arguments = parsed({u"--selector"_s, u"A=b=c"_s, u"--selector=D="_s,
                                        u"--option"_s, u"x=1!"_s, u"--option=y=$null"_s,
                                        u"--return"_s, u"BOTH"_s, u"--columns=A,,B"_s});
    QCOMPARE(arguments.selectors.size(), std::size_t(2));
    QCOMPARE(arguments.selectors[0].value, u"b=c"_s);
    QCOMPARE(arguments.selectors[1].value, u""_s);
    QVERIFY(arguments.options[0].mustComply);
    QCOMPARE(arguments.options[0].value, u"1"_s);
    QVERIFY(arguments.options[1].value.isNull());
    QVERIFY(!arguments.options[1].mustComply);
    QCOMPARE(arguments.returnMode, EnumerationMode::ObjectAndReference);
    QCOMPARE(arguments.columns, (QStringList{u"A"_s, u"B"_s}));
}

void TestArguments::formats_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("text") << int(ExportFormat::Text);
    QTest::newRow("tree") << int(ExportFormat::Tree);
    QTest::newRow("xml") << int(ExportFormat::Xml);
    QTest::newRow("json") << int(ExportFormat::Json);
    QTest::newRow("jsonl") << int(ExportFormat::JsonLines);
    QTest::newRow("csv") << int(ExportFormat::Csv);
    QTest::newRow("html") << int(ExportFormat::Html);
    QTest::newRow("md") << int(ExportFormat::Markdown);
}

void TestArguments::formats()
{
    QFETCH(int, format);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(int(parsed({u"get"_s, u"-f"_s, name}).exportFormat()), format);
    QVERIFY(!parsed({u"get"_s, u"-f"_s, name}).isRaw());
    QVERIFY(parsed({u"get"_s, u"-f"_s, u"raw"_s}).isRaw());
    QCOMPARE(parsed({u"get"_s}).exportFormat(), ExportFormat::Text);
}

void TestArguments::words()
{
    const Arguments arguments = parsed({u"--error-format"_s, u"json"_s, u"--progress=never"_s,
                                        u"--no-formula-guard"_s, u"-a"_s, u"basic"_s,
                                        u"--tags="_s});
    QVERIFY(arguments.jsonErrors);
    QVERIFY(!arguments.progress);
    QVERIFY(!arguments.formulaGuard);
    QCOMPARE(arguments.authentication, std::optional(Authentication::Basic));
    QVERIFY(arguments.tags && arguments.tags->isEmpty());
    QVERIFY(parsed({u"-h"_s}).help);
    QVERIFY(parsed({u"--version"_s}).version);
}

void TestArguments::namesAreUnique()
{
    const QStringList names = optionNames();
    QVERIFY(names.size() > 45);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
}

void TestArguments::jsonErrorsOfBrokenLines()
{
    QVERIFY(wantsJsonErrors({u"winrmctl"_s, u"--error-format"_s, u"json"_s, u"--nope"_s}));
    QVERIFY(wantsJsonErrors({u"winrmctl"_s, u"--nope"_s, u"--error-format=json"_s}));
    QVERIFY(!wantsJsonErrors({u"winrmctl"_s, u"--nope"_s, u"--error-format"_s}));
    QVERIFY(!wantsJsonErrors({u"winrmctl"_s, u"json"_s}));
}

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
