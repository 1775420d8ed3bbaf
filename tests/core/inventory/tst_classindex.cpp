#include "demo/demohost.h"
#include "inventory/classindexfile.h"
#include "inventory/classmetadataoperation.h"
#include "session/session.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = ClassHit::Kind;
using Extent = ClassIndex::Extent;
using Member = KnownClass::Member;

namespace {

const QString cimv2 = u"root/cimv2"_s;

KnownClass aClass(const QString &name, const QString &description = {},
                  const std::vector<Member> &members = {}, const QString &super = {})
{
    return {.name = name,
            .superClass = super,
            .description = description,
            .members = members,
            .described = true};
}

Member aProperty(const QString &name, const QString &description = {})
{
    return {.name = name, .description = description};
}

ClassIndex sample()
{
    ClassIndex index;
    index.note(cimv2,
               aClass(u"CIM_BIOSElement"_s, u"Firmware of a computer."_s,
                      {aProperty(u"SerialNumber"_s, u"Given by the manufacturer."_s),
                       aProperty(u"Name"_s)}));
    index.note(cimv2,
               aClass(u"Win32_BIOS"_s, u"The basic input and output system."_s,
                      {aProperty(u"SMBIOSPresent"_s)}, u"CIM_BIOSElement"_s));
    index.note(cimv2, aClass(u"Win32_SerialPort"_s, u"A port."_s, {aProperty(u"MaxBaudRate"_s)}));
    index.note(cimv2,
               aClass(u"Win32_Product"_s, u"Sold under a serial key."_s,
                      {{.kind = Member::Kind::Method,
                        .name = u"Advertise"_s,
                        .description = u"Offers a product."_s}}));
    index.note(u"root/wmi"_s, aClass(u"Serial"_s));
    return index;
}

QStringList found(const ClassIndex &index, const QString &words)
{
    QStringList all;
    for (const ClassHit &hit : index.search(words).hits)
        all << hit.className + (hit.member.isEmpty() ? QString() : u'.' + hit.member);
    return all;
}

QJsonObject fileOf(const ClassIndex &index)
{
    return QJsonDocument::fromJson(ClassIndexFile::write(index, u"h"_s)).object();
}

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson();
}

} // namespace

class TestClassIndex : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ranking_data();
    void ranking();
    void hitsSayWhere();
    void inheritedMembersAreFoundOnce();
    void overriddenMembersAreTheirOwn();
    void abstractClassesComeLater();
    void ancestorsInACircle();
    void shortWordsFindNothing();
    void onlySoManyHitsAreMade();
    void namesKeepDescriptions();
    void goneClassesAreForgotten();
    void olderKnowledgeFillsGaps();
    void limits();
    void fastEnoughToType();
    void survivesAFile();
    void filesAreForOneHostAndPrivate();
    void oldFilesGo();
    void hostileFiles_data();
    void hostileFiles();
    void readsTheDemoHost();
    void readsADeviceWithoutMetadata();
    void stopsAtOnce();
    void aRefusedNamespaceIsLeftOut();
};

void TestClassIndex::ranking_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("name, beginning, description, inherited")
        << u"serial"_s
        << QStringList{u"Serial"_s, u"Win32_SerialPort"_s, u"CIM_BIOSElement.SerialNumber"_s,
                       u"Win32_BIOS.SerialNumber"_s, u"Win32_Product"_s};
    QTest::newRow("any case") << u"SERIALPORT"_s << QStringList{u"Win32_SerialPort"_s};
    QTest::newRow("within a name") << u"baud"_s << QStringList{u"Win32_SerialPort.MaxBaudRate"_s};
    QTest::newRow("all words, of class and member")
        << u"win32 serial bios"_s << QStringList{u"Win32_BIOS.SerialNumber"_s};
    QTest::newRow("words of a description")
        << u"  output   basic "_s << QStringList{u"Win32_BIOS"_s};
    QTest::newRow("a method") << u"advert"_s << QStringList{u"Win32_Product.Advertise"_s};
    QTest::newRow("name and description")
        << u"number manufacturer"_s
        << QStringList{u"CIM_BIOSElement.SerialNumber"_s, u"Win32_BIOS.SerialNumber"_s};
    QTest::newRow("one word is missing") << u"serial nowhere"_s << QStringList();
    QTest::newRow("nothing") << u"  "_s << QStringList();
    QTest::newRow("never across two texts") << u"systemsmbios"_s << QStringList();
}

void TestClassIndex::ranking()
{
    QFETCH(QString, words);
    QTEST(found(sample(), words), "expected");
}

void TestClassIndex::hitsSayWhere()
{
    const ClassHits hits = sample().search(u"bios serialnumber"_s);
    QCOMPARE(hits.total, std::size_t(2));
    const ClassHit expected{.kind = Kind::Property,
                            .cimNamespace = cimv2,
                            .className = u"Win32_BIOS"_s,
                            .member = u"SerialNumber"_s,
                            .description = u"Given by the manufacturer."_s,
                            .declaredIn = u"CIM_BIOSElement"_s};
    QVERIFY(hits.hits[1] == expected);
    QVERIFY(sample().search(u"advertise"_s).hits.at(0).kind == Kind::Method);
    QCOMPARE(sample().search(u"advertise"_s).hits.at(0).description, u"Offers a product."_s);
}

void TestClassIndex::inheritedMembersAreFoundOnce()
{
    ClassIndex index = sample();
    index.note(cimv2, aClass(u"EX_Deeper"_s, {}, {}, u"win32_bios"_s)); // another case
    QCOMPARE(found(index, u"deeper serial"_s), QStringList{u"EX_Deeper.SerialNumber"_s});
}

void TestClassIndex::overriddenMembersAreTheirOwn()
{
    ClassIndex index = sample();
    index.note(
        cimv2,
        aClass(u"EX_Own"_s, {}, {aProperty(u"SerialNumber"_s, u"Ours."_s)}, u"Win32_BIOS"_s));
    index.note(cimv2, aClass(u"EX_Below"_s, {}, {}, u"EX_Own"_s));
    const ClassHits own = index.search(u"ex_own serial"_s);
    QCOMPARE(own.total, std::size_t(1));
    QVERIFY(own.hits[0].declaredIn.isEmpty());
    const ClassHits below = index.search(u"ex_below serial"_s);
    QCOMPARE(below.total, std::size_t(1));
    QCOMPARE(below.hits[0].declaredIn, u"EX_Own"_s);
}

void TestClassIndex::abstractClassesComeLater()
{
    ClassIndex index = sample();
    KnownClass bios = *index.find(cimv2, u"CIM_BIOSElement"_s);
    bios.isAbstract = true;
    index.note(cimv2, bios);
    QCOMPARE(found(index, u"serialnumber"_s),
             (QStringList{u"Win32_BIOS.SerialNumber"_s, u"CIM_BIOSElement.SerialNumber"_s}));
    const auto read = ClassIndexFile::read(ClassIndexFile::write(index, u"h"_s), u"h"_s);
    QVERIFY(read->find(cimv2, u"CIM_BIOSElement"_s)->isAbstract);
}

void TestClassIndex::ancestorsInACircle()
{
    ClassIndex index;
    index.note(cimv2, aClass(u"EX_A"_s, {}, {aProperty(u"Serial"_s)}, u"EX_B"_s));
    index.note(cimv2, aClass(u"EX_B"_s, {}, {}, u"EX_A"_s));
    index.note(cimv2, aClass(u"EX_C"_s, {}, {}, u"EX_C"_s));
    QCOMPARE(found(index, u"serial"_s), (QStringList{u"EX_A.Serial"_s, u"EX_B.Serial"_s}));
}

void TestClassIndex::shortWordsFindNothing()
{
    QVERIFY(found(sample(), u"s"_s).isEmpty());
    QVERIFY(found(sample(), u"s e"_s).isEmpty());
    QVERIFY(!found(sample(), u"se"_s).isEmpty());
}

void TestClassIndex::onlySoManyHitsAreMade()
{
    const ClassHits hits = sample().search(u"serial"_s, 2);
    QCOMPARE(hits.hits.size(), std::size_t(2));
    QCOMPARE(hits.total, std::size_t(5));
    QCOMPARE(hits.hits[0].className, u"Serial"_s);
}

void TestClassIndex::namesKeepDescriptions()
{
    ClassIndex index = sample();
    const auto at = QDateTime::currentDateTimeUtc();
    index.note(cimv2,
               {.name = u"Win32_BIOS"_s, .superClass = {}, .description = {}, .members = {}});
    QVERIFY(index.find(cimv2, u"win32_bios"_s)->described);
    index.noteRead(cimv2, {u"Win32_BIOS"_s, u"EX_New"_s}, Extent::Names, at);
    QVERIFY(index.find(u"ROOT\\cimv2"_s, u"Win32_BIOS"_s)->described);
    QVERIFY(!index.find(cimv2, u"EX_New"_s)->described);
    QCOMPARE(found(index, u"ex_new"_s), QStringList{u"EX_New"_s});
}

void TestClassIndex::goneClassesAreForgotten()
{
    ClassIndex index = sample();
    const auto at = QDateTime::currentDateTimeUtc();
    index.noteRead(cimv2, {u"Win32_BIOS"_s}, Extent::Whole, at);
    QCOMPARE(index.classesOf(cimv2).size(), std::size_t(1));
    index.noteRead(cimv2, {u"Win32_BIOS"_s}, Extent::Names, at.addSecs(60));
    QVERIFY(index.spaces()[0].extent == Extent::Whole); // names alone make it no less
    QCOMPARE(index.spaces()[0].readAt, at);
}

void TestClassIndex::olderKnowledgeFillsGaps()
{
    const auto before = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate);
    ClassIndex older = sample();
    older.noteRead(u"root/wmi"_s, {u"Serial"_s}, Extent::Whole, before);
    ClassIndex index;
    index.note(cimv2, aClass(u"Win32_BIOS"_s, u"New words."_s));
    index.noteRead(u"root/other"_s, {}, Extent::Names, QDateTime::currentDateTimeUtc());
    index.addOlder(older);
    QCOMPARE(index.find(cimv2, u"Win32_BIOS"_s)->description, u"New words."_s);
    QVERIFY(index.find(cimv2, u"Win32_Product"_s));
    QCOMPARE(index.spaces().size(), std::size_t(3));
    QCOMPARE(index.spaces()[2].readAt, before);
}

void TestClassIndex::limits()
{
    ClassIndex index;
    index.note(cimv2, aClass(u"EX A"_s));
    index.note(cimv2, aClass(QString(300, u'x')));
    index.note(cimv2, aClass({}));
    QVERIFY(index.isEmpty());
    index.note(cimv2,
               aClass(u"EX_One"_s, u"a\u001b[31m\n b"_s + QString(5000, u'x'),
                      std::vector<Member>(ClassIndex::MaxMembers + 5, aProperty(u"P"_s))));
    const auto one = index.find(cimv2, u"EX_One"_s);
    QVERIFY(one->description.startsWith("a [31m b"_L1));
    QCOMPARE(one->description.size(), ClassIndex::MaxDescription);
    QCOMPARE(one->members.size(), ClassIndex::MaxMembers);
    for (std::size_t i = 0; i < ClassIndex::MaxNamespaces + 10; ++i)
        index.noteNamespaces({u"root/n%1"_s.arg(i)});
    QCOMPARE(index.spaces().size(), ClassIndex::MaxNamespaces);
}

/// 2,000 classes with 30 members each, as much text as Windows has. The figure of a build without
/// optimisation on a busy machine says little: it is printed; what is held is far above it.
void TestClassIndex::fastEnoughToType()
{
    ClassIndex index;
    const QString words = u"A property that says how the element of the system is configured and "
                          "which of its states the provider reports for it, number "_s;
    for (int i = 0; i < 2000; ++i) {
        std::vector<Member> members;
        for (int m = 0; m < 30; ++m)
            members.push_back(
                aProperty(u"Member%1Of%2"_s.arg(m).arg(i), words + QString::number(m)));
        index.note(cimv2,
                   aClass(u"Win32_Class%1"_s.arg(i), words, members,
                          i % 50 == 0 ? QString() : u"Win32_Class%1"_s.arg(i - i % 50)));
    }
    index.note(cimv2, aClass(u"EX_One"_s, {}, {aProperty(u"SerialNumber"_s)}));
    for (const QString &typed :
         {u"se"_s, u"seri"_s, u"serial"_s, u"member12of1"_s, u"provider number class17"_s}) {
        QElapsedTimer clock;
        clock.start();
        const ClassHits hits = index.search(typed);
        qInfo("%s: %zu hits in %.1f ms", qPrintable(typed), hits.total,
              double(clock.nsecsElapsed()) / 1e6);
        QVERIFY(hits.total > 0);
        QVERIFY(clock.elapsed() < 1000);
    }
    QCOMPARE(found(index, u"serial"_s), QStringList{u"EX_One.SerialNumber"_s});
}

void TestClassIndex::survivesAFile()
{
    ClassIndex index = sample();
    const auto at = QDateTime::fromString(u"2026-05-06T07:08:09Z"_s, Qt::ISODate);
    index.noteRead(u"root/wmi"_s, {u"Serial"_s}, Extent::Whole, at);
    index.noteNamespaces({u"root/unread"_s});
    const QByteArray written = ClassIndexFile::write(index, u"https://web01.example.com"_s);
    const auto read = ClassIndexFile::read(written, u"https://web01.example.com"_s);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    QCOMPARE(read->spaces().size(), index.spaces().size());
    for (const ClassIndex::Space &space : index.spaces())
        QVERIFY(read->classesOf(space.name) == index.classesOf(space.name));
    QCOMPARE(read->spaces()[2].readAt, at);
    QCOMPARE(found(*read, u"serial"_s), found(index, u"serial"_s));
    QVERIFY(!ClassIndexFile::read(written, u"https://web02.example.com"_s));
}

void TestClassIndex::filesAreForOneHostAndPrivate()
{
    QTemporaryDir folder;
    const QString place = folder.filePath(u"cache/classes"_s);
    QVERIFY(ClassIndexFile::load(place, u"a"_s, u"h"_s)->isEmpty());
    QVERIFY(ClassIndexFile::save(place, u"a"_s, u"h"_s, sample()));
    QVERIFY(!ClassIndexFile::load(place, u"a"_s, u"h"_s)->isEmpty());
    QVERIFY(ClassIndexFile::load(place, u"b"_s, u"h"_s)->isEmpty());
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(ClassIndexFile::pathFor(place, u"a"_s)) & others));
    QVERIFY(!ClassIndexFile::load(place, u"a"_s, u"elsewhere"_s));
    QVERIFY(!ClassIndexFile::load(place, u"a"_s, {})->isEmpty());
    QVERIFY(ClassIndexFile::forget(place, u"a"_s));
    QVERIFY(ClassIndexFile::load(place, u"a"_s, u"h"_s)->isEmpty());
}

void TestClassIndex::oldFilesGo()
{
    QTemporaryDir folder;
    for (int i = 0; i < ClassIndexFile::MaxFiles; ++i) {
        QFile file(folder.filePath(u"%1.json"_s.arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-100 + i),
                                 QFileDevice::FileModificationTime));
    }
    QVERIFY(ClassIndexFile::save(folder.path(), u"a"_s, u"h"_s, sample()));
    QVERIFY(!QFile::exists(folder.filePath(u"0.json"_s)));
    QVERIFY(QFile::exists(folder.filePath(u"1.json"_s)));
    QVERIFY(!ClassIndexFile::load(folder.path(), u"a"_s, u"h"_s)->isEmpty());
}

void TestClassIndex::hostileFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("garbage") << QByteArray("\xff\x00{", 3);
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("deep") << QByteArray(200'000, '[');
    QTest::newRow("cut") << bytes(fileOf(sample())).chopped(30);
    const auto with = [](const char *title, const QString &member, const QJsonValue &value) {
        QJsonObject file = fileOf(sample());
        file.insert(member, value);
        QTest::newRow(title) << bytes(file);
    };
    with("another format", u"format"_s, u"x"_s);
    with("another version", u"version"_s, 2);
    with("version as a text", u"version"_s, u"1"_s);
    with("another host", u"host"_s, u"other"_s);
    with("a namespace that is none", u"namespaces"_s, QJsonArray{1});
    QJsonArray many;
    for (std::size_t i = 0; i <= ClassIndex::MaxNamespaces; ++i)
        many.append(QJsonObject{{u"name"_s, QString::number(i)}, {u"extent"_s, u"none"_s}});
    with("too many namespaces", u"namespaces"_s, many);
    const auto space = [&with](const char *title, const QString &member, const QJsonValue &value) {
        QJsonObject json = fileOf(sample()).value(u"namespaces"_s).toArray()[0].toObject();
        json.insert(member, value);
        with(title, u"namespaces"_s, QJsonArray{json});
    };
    space("a name with a line break", u"name"_s, u"root\n/x"_s);
    space("a long name", u"name"_s, QString(300, u'x'));
    space("an extent nobody knows", u"extent"_s, u"all"_s);
    space("read, but never", u"extent"_s, u"whole"_s);
    const auto cls = [&space](const char *title, const QJsonArray &json) {
        space(title, u"classes"_s, QJsonArray{json});
    };
    cls("a class without members", {u"EX"_s, u""_s, u""_s, true});
    cls("a class without a name", {u""_s, u""_s, u""_s, true, QJsonArray()});
    cls("a class that is a number", {1, u""_s, u""_s, true, QJsonArray()});
    cls("a long description", {u"EX"_s, u""_s, QString(3000, u'x'), true, QJsonArray()});
    cls("an escape", {u"EX"_s, u""_s, u"\u001b]0;x\u0007"_s, true, QJsonArray()});
    cls("a member that is none", {u"EX"_s, u""_s, u""_s, true, QJsonArray{u"p"_s}});
    cls("a member of no kind",
        {u"EX"_s, u""_s, u""_s, true, QJsonArray{QJsonArray{u"x"_s, u"A"_s, u""_s}}});
    QJsonArray members;
    for (std::size_t i = 0; i <= ClassIndex::MaxMembers; ++i)
        members.append(QJsonArray{u"p"_s, u"A"_s, u""_s});
    cls("too many members", {u"EX"_s, u""_s, u""_s, true, members});
}

void TestClassIndex::hostileFiles()
{
    QFETCH(QByteArray, file);
    const auto read = ClassIndexFile::read(file, u"h"_s);
    QVERIFY(!read);
    QCOMPARE(read.error().cause, Cause::LocalFile);
    QVERIFY(!read.error().message.isEmpty());
}

namespace {

/// A demo host and a session with it.
struct Demo
{
    explicit Demo(const DemoOptions &options)
        : host(options)
        , started(host.start())
    {
        ConnectionOptions connection;
        connection.host = host.url().host();
        connection.port = std::uint16_t(host.url().port());
        connection.path = host.url().path();
        connection.authentication = Authentication::Basic;
        connection.userName = host.userName();
        connection.pinSha256 = host.pinSha256();
        connection.tls = true;
        QFile file(host.passwordFile());
        QByteArray password = file.open(QIODevice::ReadOnly) ? file.readLine().trimmed()
                                                             : QByteArray();
        session = std::make_unique<Session>(
            connection,
            fixedCredential({.userName = host.userName(), .password = Secret::take(password)}),
            refuseUntrusted());
    }

    ClassMetadataOperation *reading(const QStringList &namespaces)
    {
        auto *operation = new ClassMetadataOperation(session.get(), namespaces);
        QObject::connect(operation, &ClassMetadataOperation::classesReceived, operation,
                         [this](const QString &space, const std::vector<KnownClass> &classes) {
                             for (const KnownClass &known : classes)
                                 index.note(space, known);
                         });
        QObject::connect(operation, &ClassMetadataOperation::namespaceRead, operation,
                         [this](const QString &space, const QStringList &names, Extent extent) {
                             index.noteRead(space, names, extent, QDateTime::currentDateTimeUtc());
                         });
        return operation;
    }
    Outcome finish(Operation *operation)
    {
        QSignalSpy done(operation, &Operation::finished);
        operation->start();
        return done.wait(30000) ? done.at(0).at(0).value<Outcome>()
                                : Outcome{.error = {Error::Kind::Timeout}};
    }

    DemoHost host;
    Done started;
    std::unique_ptr<Session> session;
    ClassIndex index;
};

} // namespace

void TestClassIndex::readsTheDemoHost()
{
    Demo demo({.tls = true, .items = 10});
    QVERIFY(demo.started);
    auto *tree = new NamespaceTreeOperation(demo.session.get());
    QStringList namespaces;
    connect(tree, &Operation::finished, this, [&] { namespaces = tree->namespaces(); });
    QVERIFY(demo.finish(tree));
    QVERIFY2(namespaces.contains(cimv2, Qt::CaseInsensitive), qPrintable(namespaces.join(u' ')));
    QVERIFY(namespaces.size() > 1);

    auto *operation = demo.reading({cimv2});
    QSignalSpy progress(operation, &Operation::progress);
    const Outcome outcome = demo.finish(operation);
    QVERIFY2(outcome, qPrintable(outcome.error.message));
    QVERIFY(progress.size() > 0);
    QCOMPARE(demo.index.spaces().size(), std::size_t(1));
    QVERIFY(demo.index.spaces()[0].extent == Extent::Whole);
    QCOMPARE(std::uint64_t(demo.index.spaces()[0].classes), outcome.rows);
    const auto service = demo.index.find(cimv2, u"Win32_Service"_s);
    QVERIFY(service && !service->superClass.isEmpty() && !service->description.isEmpty());
    QVERIFY(std::ranges::any_of(service->members,
                                [](const Member &m) {
                                    return m.kind == Member::Kind::Method
                                        && !m.description.isEmpty();
                                })
            || demo.index.find(cimv2, service->superClass));
    const QStringList serials = found(demo.index, u"serial"_s);
    QVERIFY(serials.contains(u"Win32_DiskDrive.SerialNumber"_s));
    QVERIFY(serials.contains(u"Win32_BIOS.SerialNumber"_s)); // inherited
}

void TestClassIndex::readsADeviceWithoutMetadata()
{
    Demo demo({.tls = true, .items = 10, .as = u"idrac"_s});
    QVERIFY(demo.started);
    const Outcome outcome = demo.finish(demo.reading({u"root/dcim"_s}));
    QVERIFY2(outcome, qPrintable(outcome.error.message));
    QVERIFY(demo.index.spaces()[0].extent == Extent::Whole);
    const auto view = demo.index.find(u"root/dcim"_s, u"DCIM_CPUView"_s);
    QVERIFY(view && !view->description.isEmpty());
}

void TestClassIndex::stopsAtOnce()
{
    Demo demo({.tls = true, .items = 10});
    QVERIFY(demo.started);
    auto *operation = demo.reading({cimv2, u"root/StandardCimv2"_s});
    connect(operation, &ClassMetadataOperation::classesReceived, operation, &Operation::cancel);
    const Outcome outcome = demo.finish(operation);
    QCOMPARE(outcome.error.kind, Error::Kind::Cancelled);
    QVERIFY(!demo.index.isEmpty()); // what came is kept, and is not the whole
    QVERIFY(demo.index.spaces()[0].extent == Extent::None);
}

void TestClassIndex::aRefusedNamespaceIsLeftOut()
{
    Demo demo({.tls = true, .items = 10});
    QVERIFY(demo.started);
    const Outcome outcome = demo.finish(demo.reading({u"root/nowhere"_s, cimv2}));
    QCOMPARE(outcome.error.kind, Error::Kind::Fault);
    QVERIFY(outcome.partial);
    QVERIFY(demo.index.find(cimv2, u"Win32_Service"_s));
    QVERIFY(!demo.index.find(u"root/nowhere"_s, u"Win32_Service"_s));
}

QTEST_GUILESS_MAIN(TestClassIndex)
#include "tst_classindex.moc"
