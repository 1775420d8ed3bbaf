#include "inventory/costly.h"
#include "protocol/association.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "text/costtext.h"

#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Filter wql(const QString &text)
{
    return {.text = text, .dialect = toText(uri::wql)};
}

ResourceLocator cimv2(const QString &name)
{
    return wmiClass(u"root/cimv2"_s, name);
}

} // namespace

class TestCostly final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void judges_data();
    void judges();
    void everyCostHasWords();
};

void TestCostly::judges_data()
{
    QTest::addColumn<ResourceLocator>("resource");
    QTest::addColumn<Filter>("filter");
    QTest::addColumn<int>("cost"); // -1: none
    const auto row = [](const char *name, const ResourceLocator &resource, const Filter &filter,
                        int cost) { QTest::newRow(name) << resource << filter << cost; };
    const int software = int(Costly::SoftwareCheck);
    const int accounts = int(Costly::Accounts);
    const int log = int(Costly::EventLog);
    const int files = int(Costly::FileSystem);
    row("service", cimv2(u"Win32_Service"_s), {}, -1);
    row("product", cimv2(u"win32_product"_s), {}, software);
    row("dmtf form", dmtfClass(u"ROOT\\CIMV2"_s, u"Win32_Product"_s), {}, software);
    row("another namespace", wmiClass(u"root/mine"_s, u"Win32_Product"_s), {}, -1);
    row("a device", {.uri = u"http://intel.com/wbem/wscim/1/amt-schema/1/CIM_LogicalElement"_s}, {},
        -1);
    const ResourceLocator idracLog{
        .uri = u"http://schemas.dell.com/wbem/wscim/1/cim-schema/2/DCIM_LCLogEntry"_s,
        .selectors = {{.name = u"__cimnamespace"_s, .value = u"root/dcim"_s}}};
    row("by a catalogue", idracLog, {}, int(Costly::Catalogued));
    row("by a catalogue, filtered", idracLog,
        {.text = u"select * from DCIM_LCLogEntry where Severity='1'"_s,
         .dialect = toText(uri::cql)},
        -1);
    row("of that name under another URI", {.uri = u"http://example.com/1/DCIM_LCLogEntry"_s}, {},
        -1);
    row("in a namespace of Windows",
        wmiClass(u"root/MicrosoftDNS"_s, u"MicrosoftDNS_ResourceRecord"_s), {},
        int(Costly::Catalogued));
    row("product by query", cimv2(u"*"_s), wql(u"SELECT Name\nFROM  Win32_Product"_s), software);
    row("filtered product", cimv2(u"*"_s), wql(u"select * from Win32_Product where Name='x'"_s),
        software);
    row("accounts", cimv2(u"Win32_UserAccount"_s), {}, accounts);
    row("local accounts", cimv2(u"*"_s),
        wql(u"select * from Win32_UserAccount where LocalAccount = True"_s), -1);
    row("accounts by name", cimv2(u"*"_s), wql(u"select * from Win32_Group where Name='x'"_s),
        accounts);
    row("property list is no condition", cimv2(u"*"_s),
        wql(u"select Domain, LocalAccount from Win32_Group"_s), accounts);
    Filter local{.dialect = toText(uri::selectorFilter)};
    local.selectors = {{.name = u"LocalAccount"_s, .value = u"true"_s, .reference = {}}};
    row("local by selector", cimv2(u"Win32_Group"_s), local, -1);
    row("log", cimv2(u"Win32_NTLogEvent"_s), {}, log);
    row("filtered log", cimv2(u"*"_s),
        wql(u"select * from Win32_NTLogEvent where Logfile='System'"_s), -1);
    row("files", cimv2(u"CIM_DataFile"_s), {}, files);
    row("filtered files", cimv2(u"*"_s),
        wql(u"select * from CIM_DataFile where Drive='C:' and Path='\\\\'"_s), -1);
    row("associators of", cimv2(u"*"_s), wql(u"associators of {Win32_Group.Name='x'}"_s), -1);
    row("association", cimv2(u"*"_s), toFilter({.object = cimv2(u"Win32_Product"_s)}), -1);
}

void TestCostly::judges()
{
    QFETCH(ResourceLocator, resource);
    QFETCH(Filter, filter);
    const auto cost = costOf(resource, filter);
    QTEST(cost ? int(*cost) : -1, "cost");
}

void TestCostly::everyCostHasWords()
{
    for (const Costly cost : {Costly::SoftwareCheck, Costly::Accounts, Costly::EventLog,
                              Costly::FileSystem, Costly::EveryObject, Costly::Catalogued})
        QVERIFY(costText(cost).endsWith(u'.'));
    const auto base = cimv2(u"CIM_LogicalElement"_s);
    QVERIFY(costOf(base) == Costly::EveryObject);
    QVERIFY(!costOf(base, {}, PolymorphismMode::Shallow));
}

QTEST_APPLESS_MAIN(TestCostly)
#include "tst_costly.moc"
