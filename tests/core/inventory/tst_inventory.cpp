#include "core/protocol/corpus.h"
#include "inventory/inventory.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

QJsonObject aClass(const QString &name)
{
    return {{u"name"_s, name}, {u"meaning"_s, u"A thing."_s}};
}

/// A catalogue with one group; `changes` replace members of it.
QJsonObject aCatalogue(const QJsonArray &classes, const QJsonObject &changes = {})
{
    QJsonObject made{
        {u"format"_s, u"winrm-console inventory"_s},
        {u"version"_s, 1},
        {u"host"_s, u"other"_s},
        {u"title"_s, u"Example"_s},
        {u"prefixes"_s,
         QJsonArray{QJsonObject{{u"prefix"_s, u"EX_"_s}, {u"uri"_s, u"http://example.com/1/"_s}}}},
        {u"groups"_s, QJsonArray{QJsonObject{{u"title"_s, u"Things"_s}, {u"classes"_s, classes}}}}};
    for (auto it = changes.begin(); it != changes.end(); ++it)
        made.insert(it.key(), it.value());
    return made;
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson();
}

} // namespace

class TestInventory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void everyKindHasACatalogue();
    void addressesOfClasses_data();
    void addressesOfClasses();
    void namesThatDependOnTheHost();
    void knowsTheRecordedClasses();
    void readsACatalogue();
    void readsTheExampleOfTheReadme();
    void hostileFiles_data();
    void hostileFiles();
    void limits();
    void usersFilesAddAndReplace();
    void brokenFilesAreLeftOutAndNamed();
};

void TestInventory::everyKindHasACatalogue()
{
    const Inventory &inventory = Inventory::builtIn();
    QVERIFY(inventory.problems().empty());
    for (const HostKind kind :
         {HostKind::Windows, HostKind::Amt, HostKind::Idrac, HostKind::Omi, HostKind::Openwsman}) {
        const HostCatalogue &catalogue = inventory.of(kind);
        QVERIFY2(catalogue.kind == kind, qPrintable(hostKindName(kind)));
        QVERIFY(catalogue.groups.size() >= 4);
        const bool asked = kind == HostKind::Windows || kind == HostKind::Omi;
        QCOMPARE(catalogue.metadata, asked);
        QCOMPARE(catalogue.classList, kind == HostKind::Windows);
        for (const CatalogueGroup &group : catalogue.groups) {
            for (const CatalogueClass &known : group.classes) {
                QCOMPARE(known.group, group.title);
                QVERIFY2(known.resource.className() == known.name, qPrintable(known.name));
                QCOMPARE(catalogue.find(known.name.toLower())->name, known.name);
                QVERIFY(!known.meaning.isEmpty());
            }
        }
    }
    QVERIFY(inventory.of(HostKind::Other).isEmpty());
    QVERIFY(inventory.of(HostKind::Other).metadata);
    QVERIFY(inventory.of(HostKind::Windows).find(u"Win32_Product")->costly);
    QVERIFY(!inventory.of(HostKind::Windows).find(u"Win32_Service")->costly);
}

void TestInventory::addressesOfClasses_data()
{
    QTest::addColumn<HostKind>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("inNamespace");
    QTest::addColumn<QString>("expected"); // as shortResource writes it
    const auto row = [](const char *title, HostKind kind, const QString &name,
                        const QString &inNamespace, const QString &expected) {
        QTest::newRow(title) << kind << name << inNamespace << expected;
    };
    const QString dmtf = u"cimv2/"_s;
    row("listed", HostKind::Windows, u"win32_service"_s, {}, u"wmicimv2/Win32_Service"_s);
    row("listed elsewhere", HostKind::Windows, u"MSFT_NetAdapter"_s, {},
        u"wmi/root/StandardCimv2/MSFT_NetAdapter"_s);
    row("by its prefix", HostKind::Windows, u"Win32_Unlisted"_s, {}, u"wmicimv2/Win32_Unlisted"_s);
    row("another namespace", HostKind::Windows, u"Win32_Service"_s, u"root\\other"_s,
        u"wmi/root/other/Win32_Service"_s);
    row("amt", HostKind::Amt, u"AMT_GeneralSettings"_s, {},
        u"http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings"_s);
    row("amt, of the common model", HostKind::Amt, u"CIM_Chassis"_s, {}, dmtf + u"CIM_Chassis"_s);
    row("idrac", HostKind::Idrac, u"DCIM_CPUView"_s, {},
        u"http://schemas.dell.com/wbem/wscim/1/cim-schema/2/"
        "DCIM_CPUView?__cimnamespace=root/dcim"_s);
    row("omi", HostKind::Omi, u"SCX_Agent"_s, {}, dmtf + u"SCX_Agent?__cimnamespace=root/scx"_s);
    row("openwsman", HostKind::Openwsman, u"Linux_UnixProcess"_s, {},
        u"http://sblim.sf.net/wbem/wscim/1/cim-schema/2/"
        "Linux_UnixProcess?__cimnamespace=root/cimv2"_s);
    row("nobody knows it", HostKind::Amt, u"Win32_Service"_s, {}, {});
}

void TestInventory::addressesOfClasses()
{
    QFETCH(HostKind, kind);
    QFETCH(QString, name);
    QFETCH(QString, inNamespace);
    const auto resource = Inventory::builtIn().of(kind).locate(name, inNamespace);
    QTEST(resource ? shortResource(*resource) : QString(), "expected");
}

void TestInventory::namesThatDependOnTheHost()
{
    const Inventory &inventory = Inventory::builtIn();
    QVERIFY(inventory.locate(u"Win32_Service"_s));
    QVERIFY(inventory.locate(u"AMT_GeneralSettings"_s));
    QVERIFY(!inventory.locate(u"CIM_Processor"_s));
    QVERIFY(inventory.kindsWith(u"CIM_Processor"_s).size() > 2);
    QVERIFY(!inventory.locate(u"EX_Thing"_s));
    QVERIFY(inventory.kindsWith(u"EX_Thing"_s).empty());
}

/// Classes that recorded devices answered for; what comes around them (envelopes, arguments) aside.
void TestInventory::knowsTheRecordedClasses()
{
    const QString folder = corpusFolder();
    if (folder.isEmpty())
        QSKIP("no recorded messages: set WSMAN_CORPUS");
    const std::pair<QString, HostKind> sources[] = {{u"amt-"_s, HostKind::Amt},
                                                    {u"idrac-"_s, HostKind::Idrac}};
    static const QRegularExpression ofAClass(u"^(AMT|IPS|CIM|DCIM)_\\w+$"_s);
    int known = 0;
    for (const CorpusRow &row : readCorpusTable(folder + u"/EXPECT.tsv"_s).rows) {
        const auto source = std::ranges::find_if(
            sources, [&row](const auto &one) { return row[u"file"_s].startsWith(one.first); });
        if (source == std::end(sources) || row[u"kind"_s] != "response"_L1)
            continue;
        const QString name = row[u"class"_s].section(u'|', 0, 0);
        if (!ofAClass.match(name).hasMatch() || name.contains("PUT"_L1))
            continue;
        const auto resource = Inventory::builtIn().of(source->second).locate(name);
        QVERIFY2(resource, qPrintable(name));
        // The namespace of an instance is its resource URI; some sources print it otherwise.
        if (row[u"class_namespace"_s].endsWith(u'/' + name))
            QCOMPARE(resource->uri.toLower(), row[u"class_namespace"_s].toLower());
        known += Inventory::builtIn().of(source->second).find(name) != nullptr;
    }
    QVERIFY2(known >= 80, qPrintable(QString::number(known)));
}

void TestInventory::readsACatalogue()
{
    QJsonObject one = aClass(u"EX_One"_s);
    one.insert(u"keys"_s, QJsonArray{u"Id"_s});
    one.insert(u"properties"_s, QJsonArray{u"Id"_s, u"Name"_s});
    one.insert(u"costly"_s, true);
    QJsonObject two = aClass(u"EX_Two"_s);
    two.insert(u"namespace"_s, u"root/ex"_s);
    two.insert(u"uri"_s, u"http://example.org/{namespace}/EX_Two"_s);
    const auto read = readCatalogue(bytes(aCatalogue({one, two})));
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->groups.size(), std::size_t(1));
    const CatalogueClass expected{.name = u"EX_One"_s,
                                  .meaning = u"A thing."_s,
                                  .group = u"Things"_s,
                                  .keys = {u"Id"_s},
                                  .properties = {u"Id"_s, u"Name"_s},
                                  .costly = true,
                                  .resource = {.uri = u"http://example.com/1/EX_One"_s}};
    QVERIFY(read->groups[0].classes[0] == expected);
    QCOMPARE(read->groups[0].classes[1].resource.uri, u"http://example.org/root/ex/EX_Two"_s);
    QVERIFY(read->groups[0].classes[1].resource.selectors.empty());
    QCOMPARE(read->classesOf(u"ROOT/EX"_s).size(), std::size_t(1));
}

void TestInventory::readsTheExampleOfTheReadme()
{
    const QByteArray readme = readFile(
        QStringLiteral(WINRM_SOURCE_DIR "/resources/inventory/README.md"));
    const qsizetype begin = readme.indexOf("```json\n") + 8;
    const auto read = readCatalogue(readme.mid(begin, readme.indexOf("```", begin) - begin));
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(shortResource(*read->locate(u"EX_Fan"_s)),
             u"http://example.com/wbem/wscim/1/cim-schema/2/EX_Fan?__cimnamespace=root/example"_s);
}

void TestInventory::hostileFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    const auto row = [](const char *title, const QJsonObject &changes) {
        QTest::newRow(title) << bytes(aCatalogue({aClass(u"EX_One"_s)}, changes));
    };
    const auto withClass = [](const char *title, const QString &member, const QJsonValue &value) {
        QJsonObject one = aClass(u"EX_One"_s);
        one.insert(member, value);
        QTest::newRow(title) << bytes(aCatalogue({one}));
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\xff\x00{", 3);
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("cut") << bytes(aCatalogue({aClass(u"EX_One"_s)})).chopped(20);
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("large") << QByteArray((1 << 20) + 1, ' ');
    row("another format", {{u"format"_s, u"x"_s}});
    row("another version", {{u"version"_s, 2}});
    row("version as a text", {{u"version"_s, u"1"_s}});
    row("unknown host", {{u"host"_s, u"toaster"_s}});
    row("host as a number", {{u"host"_s, 1}});
    row("title with a line break", {{u"title"_s, u"a\nb"_s}});
    row("title that escapes", {{u"title"_s, u"\u001b[31m"_s}});
    row("metadata as a text", {{u"metadata"_s, u"yes"_s}});
    row("namespace that climbs", {{u"namespace"_s, u"root/../../x y"_s}});
    row("groups that are none", {{u"groups"_s, 1}});
    row("a group that is none", {{u"groups"_s, QJsonArray{1}}});
    row("prefixes that are none", {{u"prefixes"_s, QJsonArray{u"x"_s}}});
    row("a prefix without a URI",
        {{u"prefixes"_s, QJsonArray{QJsonObject{{u"prefix"_s, u"EX_"_s}}}}});
    row("a URI with a quotation mark",
        {{u"prefixes"_s,
          QJsonArray{QJsonObject{{u"prefix"_s, u"EX_"_s}, {u"uri"_s, u"http://x/\"/"_s}}}}});
    row("a URI that no host knows",
        {{u"prefixes"_s,
          QJsonArray{QJsonObject{{u"prefix"_s, u"EX_"_s},
                                 {u"uri"_s, u"https://schemas.dmtf.org/x/"_s}}}}});
    row("no prefix for the class", {{u"prefixes"_s, QJsonArray()}});
    row("a namespace without a name",
        {{u"namespaces"_s, QJsonArray{QJsonObject{{u"meaning"_s, u"x"_s}}}}});
    withClass("a name that is none", u"name"_s, u"EX One"_s);
    withClass("a name that is a number", u"name"_s, 7);
    withClass("a name too long", u"name"_s, u"EX_"_s + QString(300, u'x'));
    withClass("a meaning too long", u"meaning"_s, QString(501, u'x'));
    withClass("a meaning that escapes", u"meaning"_s, u"\u001b]0;x\u0007"_s);
    withClass("keys that are none", u"keys"_s, u"Id"_s);
    withClass("a key that is none", u"keys"_s, QJsonArray{u"a b"_s});
    withClass("too many properties", u"properties"_s, [] {
        QJsonArray many;
        for (int i = 0; i < 65; ++i)
            many.append(u"P%1"_s.arg(i));
        return many;
    }());
    withClass("a URI of another class", u"uri"_s, u"http://example.com/1/EX_Two"_s);
    withClass("costly as a text", u"costly"_s, u"no"_s);
    QTest::newRow("a class twice") << bytes(aCatalogue({aClass(u"EX_One"_s), aClass(u"ex_one"_s)}));
    QTest::newRow("a class that is none") << bytes(aCatalogue({QJsonValue(u"EX_One"_s)}));
}

void TestInventory::hostileFiles()
{
    QFETCH(QByteArray, file);
    const auto read = readCatalogue(file);
    QVERIFY(!read);
    QVERIFY(read.error().kind == Error::Kind::Local);
    QCOMPARE(read.error().cause, Cause::LocalFile);
    QVERIFY(!read.error().message.isEmpty());
}

void TestInventory::limits()
{
    const auto many = [](int count) {
        QJsonArray classes;
        for (int i = 0; i < count; ++i)
            classes.append(QJsonObject{{u"name"_s, u"EX_%1"_s.arg(i)}});
        return bytes(aCatalogue(classes));
    };
    QVERIFY(readCatalogue(many(3000)));
    QVERIFY(!readCatalogue(many(5001)));
}

void TestInventory::usersFilesAddAndReplace()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QJsonObject &content) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes(content));
    };
    QJsonObject view = aClass(u"DCIM_CPUView"_s);
    view.insert(u"meaning"_s, u"Ours."_s);
    QJsonObject more{
        {u"format"_s, u"winrm-console inventory"_s},
        {u"version"_s, 1},
        {u"host"_s, u"idrac"_s},
        {u"groups"_s,
         QJsonArray{QJsonObject{{u"title"_s, u"hardware"_s},
                                {u"classes"_s, QJsonArray{view, aClass(u"DCIM_New"_s)}}}}}};
    write(u"dell.json"_s, more);
    write(u"example.json"_s, aCatalogue({aClass(u"EX_One"_s)}));
    write(u"notes.txt"_s, {});
    const Inventory inventory = Inventory::withFolder(folder.path());
    QVERIFY(inventory.problems().empty());
    const HostCatalogue &idrac = inventory.of(HostKind::Idrac);
    QVERIFY(!idrac.metadata); // what the file does not say stays
    QCOMPARE(idrac.cimNamespace, u"root/dcim"_s);
    QCOMPARE(idrac.groups.size(), Inventory::builtIn().of(HostKind::Idrac).groups.size());
    QCOMPARE(idrac.find(u"DCIM_CPUView")->meaning, u"Ours."_s);
    const CatalogueClass *const added = idrac.find(u"DCIM_New");
    QVERIFY(added);
    QCOMPARE(added->resource.cimNamespace(), u"root/dcim"_s);
    QVERIFY(added->resource.uri.startsWith("http://schemas.dell.com/"_L1));
    QVERIFY(inventory.locate(u"EX_Whatever"_s)); // a maker of whom nothing was known
    QVERIFY(!Inventory::builtIn().of(HostKind::Idrac).find(u"DCIM_New"));
}

void TestInventory::brokenFilesAreLeftOutAndNamed()
{
    QTemporaryDir folder;
    for (int i = 0; i < 70; ++i) {
        QFile file(folder.filePath(u"%1.json"_s.arg(i, 2, 10, QLatin1Char('0'))));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(i == 3 ? QByteArray("{") : bytes(aCatalogue({aClass(u"EX_%1"_s.arg(i))})));
    }
    const Inventory inventory = Inventory::withFolder(folder.path());
    QCOMPARE(inventory.problems().size(), std::size_t(2)); // 03.json, and those beyond 64
    QVERIFY(std::get<FileDetails>(inventory.problems()[1].details).path.endsWith("/03.json"_L1));
    QVERIFY(inventory.of(HostKind::Other).find(u"EX_63"));
    QVERIFY(!inventory.of(HostKind::Other).find(u"EX_64"));
    QVERIFY(Inventory::withFolder(folder.filePath(u"nowhere"_s)).problems().empty());
}

QTEST_GUILESS_MAIN(TestInventory)
#include "tst_inventory.moc"
