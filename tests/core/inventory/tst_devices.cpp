#include "core/inventory/device.h"
#include "inventory/ciminventory.h"
#include "inventory/hostidentityoperation.h"
#include "session/session.h"

#include <QStandardPaths>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

/// `read` takes what it needs while the operation is still there.
Outcome ended(
    Operation *operation, const std::function<void()> &read = [] {})
{
    Outcome result;
    bool done = false;
    QObject::connect(operation, &Operation::finished, operation, [&](const Outcome &outcome) {
        result = outcome;
        read();
        done = true;
    });
    operation->start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 20000); }();
    return result;
}

QStringList names(const std::vector<ClassName> &classes)
{
    QStringList list;
    for (const ClassName &known : classes)
        list.append(known.name);
    return list;
}

} // namespace

class TestDevices : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void whoIsIt_data();
    void whoIsIt();
    void asksOnlyWhatIsOpen();
    void identityEndsWithIdentify();
    void classesOfADevice();
    void classesOfANamespace();
    void namespacesOfADevice_data();
    void namespacesOfADevice();
    void faultsOfHostsThatCanBeAskedStay();
    void deniedIsDenied();
    void schemaOfAnInstance();
    void schemaWithoutAnInstance();
    void addressesDependOnTheHost();
};

void TestDevices::whoIsIt_data()
{
    QTest::addColumn<QByteArray>("vendor");
    QTest::addColumn<QString>("className");
    QTest::addColumn<HostKind>("kind");
    QTest::addColumn<bool>("answered");
    QTest::newRow("openwsman") << "Openwsman Project"_ba << u"CIM_ComputerSystem"_s
                               << HostKind::Openwsman << false;
    QTest::newRow("idrac that calls itself openwsman")
        << "Openwsman Project"_ba << u"DCIM_ComputerSystem"_s << HostKind::Idrac << true;
    QTest::newRow("amt that does not name itself")
        << ""_ba << u"AMT_GeneralSettings"_s << HostKind::Amt << true;
    QTest::newRow("nobody knows") << "Example Ltd"_ba << u"EX_Thing"_s << HostKind::Other << false;
    QTest::newRow("windows") << "Microsoft Corporation"_ba << QString() << HostKind::Windows
                             << false;
}

void TestDevices::whoIsIt()
{
    QFETCH(QByteArray, vendor);
    QFETCH(QString, className);
    const Device device(vendor, className);
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    auto *who = new HostIdentityOperation(&session);
    HostIdentity identity;
    const Outcome outcome = ended(who, [&] { identity = who->identity(); });
    QVERIFY2(!outcome.error, qPrintable(outcome.error.message));
    QTEST(identity.kind, "kind");
    QFETCH(bool, answered);
    QCOMPARE(identity.certainty == HostIdentity::Certainty::Answered, answered);
    QTEST(hostIdentity(session).kind, "kind"); // the session remembers it
    const qsizetype before = device.asked().size();
    QVERIFY(!ended(new HostIdentityOperation(&session)).error);
    QCOMPARE(device.asked().size(), before);
}

void TestDevices::asksOnlyWhatIsOpen()
{
    const auto asked = [](const QByteArray &vendor) {
        const Device device(vendor);
        Session session(device.options(), fixedCredential({}), refuseUntrusted());
        ended(new HostIdentityOperation(&session));
        return device.asked();
    };
    QCOMPARE(asked("Microsoft Corporation"), QStringList(u"Identify"_s));
    QCOMPARE(asked("Open Management Infrastructure"), QStringList(u"Identify"_s));
    QCOMPARE(asked("Openwsman Project"), QStringList({u"Identify"_s, u"DCIM_ComputerSystem"_s}));
}

void TestDevices::identityEndsWithIdentify()
{
    ScriptedServer silent;
    silent.setAnswer(
        [](const ScriptedRequest &, const ScriptedPeer &peer) { peer.reply("not found", 404); });
    ConnectionOptions options = Device("x").options();
    options.port = silent.port();
    Session session(options, fixedCredential({}), refuseUntrusted());
    QVERIFY(ended(new HostIdentityOperation(&session)).error);
}

void TestDevices::classesOfADevice()
{
    const Device device("Intel(R)");
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    auto *operation = new ClassNamesOperation(&session, {});
    std::vector<ClassName> classes;
    NamedBy namedBy = NamedBy::Host;
    const Outcome outcome = ended(operation, [&] {
        classes = operation->classes();
        namedBy = operation->namedBy();
    });
    QVERIFY(!outcome.error);
    QVERIFY(namedBy == NamedBy::Catalogue);
    QVERIFY(classes.size() > 50);
    QCOMPARE(classes.front().name, u"AMT_GeneralSettings"_s);
    QVERIFY(!classes.front().meaning.isEmpty());
    QCOMPARE(classes.front().group, u"General"_s);
    // Now that it is known, nothing is asked.
    const qsizetype before = device.asked().size();
    QVERIFY(!ended(new ClassNamesOperation(&session, u"root"_s)).error);
    QCOMPARE(device.asked().size(), before);
}

void TestDevices::classesOfANamespace()
{
    const Device device("Openwsman Project");
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    auto *interop = new ClassNamesOperation(&session, u"root\\interop"_s);
    QStringList listed;
    QVERIFY(!ended(interop, [&] { listed = names(interop->classes()); }).error);
    QVERIFY(listed.contains(u"CIM_RegisteredProfile"_s));
    QVERIFY(!listed.contains(u"CIM_ComputerSystem"_s));
    // OMI tells what a class is, and not which there are.
    const Device omi("Open Management Infrastructure");
    Session other(omi.options(), fixedCredential({}), refuseUntrusted());
    auto *agent = new ClassNamesOperation(&other, u"root/scx"_s);
    QVERIFY(!ended(agent, [&] { listed = names(agent->classes()); }).error);
    QVERIFY(listed.contains(u"SCX_Agent"_s));
    auto *unknown = new ClassNamesOperation(&session, u"root/nowhere"_s);
    QVERIFY(ended(unknown).error.kind == Error::Kind::Fault); // what the host itself says
}

void TestDevices::namespacesOfADevice_data()
{
    QTest::addColumn<QByteArray>("vendor");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("amt") << "Intel(R)"_ba << QStringList();
    QTest::newRow("idrac") << "Dell Inc."_ba << QStringList(u"root/dcim"_s);
    QTest::newRow("omi") << "Open Management Infrastructure"_ba
                         << QStringList(
                                {u"root/cimv2"_s, u"root/interop"_s, u"root/omi"_s, u"root/scx"_s});
}

void TestDevices::namespacesOfADevice()
{
    QFETCH(QByteArray, vendor);
    const Device device(vendor);
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    auto *operation = new NamespacesOperation(&session, u"root"_s);
    QStringList listed;
    NamedBy namedBy = NamedBy::Host;
    const Outcome outcome = ended(operation, [&] {
        listed = operation->namespaces();
        namedBy = operation->namedBy();
    });
    QVERIFY(!outcome.error);
    QVERIFY(namedBy == NamedBy::Catalogue);
    QTEST(listed, "expected");
}

void TestDevices::faultsOfHostsThatCanBeAskedStay()
{
    for (const QByteArray vendor : {"Microsoft Corporation", "Open Management Infrastructure"}) {
        const Device device(vendor);
        Session session(device.options(), fixedCredential({}), refuseUntrusted());
        auto *operation = new ClassNamesOperation(&session, u"root/virtualization"_s);
        QVERIFY(ended(operation).error.kind == Error::Kind::Fault);
    }
    const Device windows("Microsoft Corporation");
    Session session(windows.options(), fixedCredential({}), refuseUntrusted());
    QVERIFY(ended(new NamespacesOperation(&session, u"root/nowhere"_s)).error.kind
            == Error::Kind::Fault);
}

void TestDevices::deniedIsDenied()
{
    Device device("Intel(R)");
    device.subcode = "w:AccessDenied";
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    QCOMPARE(ended(new ClassNamesOperation(&session, {})).error.cause, Cause::FaultAccessDenied);
    QCOMPARE(ended(new NamespacesOperation(&session, u"root"_s)).error.cause,
             Cause::FaultAccessDenied);
}

void TestDevices::schemaOfAnInstance()
{
    const Device device("Intel(R)", u"CIM_Fan"_s);
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    auto *schema = new SchemaOperation(&session, {}, u"CIM_Fan"_s,
                                       SchemaOperation::Fallback::Instances);
    SchemaOperation::Source source = SchemaOperation::Source::Metadata;
    CimClass described;
    const Outcome outcome = ended(schema, [&] {
        source = schema->source();
        described = schema->schema();
    });
    QVERIFY(!outcome.error);
    QVERIFY(source == SchemaOperation::Source::Instance);
    QCOMPARE(described.properties.size(), std::size_t(1));
    QCOMPARE(described.description(), u"Fans."_s); // the catalogue's
}

void TestDevices::schemaWithoutAnInstance()
{
    const Device device("Intel(R)");
    Session session(device.options(), fixedCredential({}), refuseUntrusted());
    auto *schema = new SchemaOperation(&session, {}, u"CIM_Fan"_s,
                                       SchemaOperation::Fallback::Instances);
    SchemaOperation::Source source = SchemaOperation::Source::Metadata;
    CimClass described;
    const Outcome outcome = ended(schema, [&] {
        source = schema->source();
        described = schema->schema();
    });
    QVERIFY(!outcome.error);
    QVERIFY(source == SchemaOperation::Source::Catalogue);
    QVERIFY(described.keys().contains(u"DeviceID"_s));
    QVERIFY(described.property(u"DesiredSpeed"));
    auto *unlisted = new SchemaOperation(&session, {}, u"CIM_Unlisted"_s,
                                         SchemaOperation::Fallback::Instances);
    QVERIFY(ended(unlisted).error.kind == Error::Kind::Fault);
}

void TestDevices::addressesDependOnTheHost()
{
    const Device idrac("Dell Inc."), windows("Microsoft Corporation");
    Session one(idrac.options(), fixedCredential({}), refuseUntrusted());
    QCOMPARE(shortResource(classLocator(one, u"root/cimv2"_s, u"X"_s)), u"wmicimv2/X"_s);
    ended(new HostIdentityOperation(&one));
    QVERIFY(classLocator(one, u"root/dcim"_s, u"DCIM_CPUView"_s)
                .uri.startsWith("http://schemas.dell.com/"_L1));
    QCOMPARE(shortResource(classLocator(one, u"root/other"_s, u"EX_Typed"_s)),
             u"cimv2/EX_Typed?__cimnamespace=root/other"_s);
    Session two(windows.options(), fixedCredential({}), refuseUntrusted());
    ended(new HostIdentityOperation(&two));
    QCOMPARE(shortResource(classLocator(two, u"root/cimv2"_s, u"MSFT_NetAdapter"_s)),
             u"wmicimv2/MSFT_NetAdapter"_s);
}

QTEST_GUILESS_MAIN(TestDevices)
#include "tst_devices.moc"
