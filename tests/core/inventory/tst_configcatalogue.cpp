#include "inventory/configcatalogue.h"

#include <QTest>

using namespace Qt::StringLiterals;

class tst_ConfigCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings();
    void groups();
    void changed_data();
    void changed();
};

void tst_ConfigCatalogue::settings()
{
    const ConfigCatalogue &catalogue = ConfigCatalogue::builtIn();
    const ConfigSetting *size = catalogue.setting(u"MaxEnvelopeSizekb");
    QVERIFY(size);
    QCOMPARE(size->defaultValue, u"500"_s);
    QCOMPARE(size->range, u"32 to 4294967295"_s);
    QCOMPARE(size->writable, u"true"_s);
    QCOMPARE(size->unit, u"KiB"_s);
    QCOMPARE(size->cimType(), CimType::UInt32);

    const ConfigSetting *basic = catalogue.setting(u"service/AUTH/basic");
    QVERIFY(basic);
    QCOMPARE(basic->path, u"Service/Auth/Basic"_s);
    QCOMPARE(basic->cimType(), CimType::Boolean);
    QVERIFY(!basic->policy.isEmpty());
    QVERIFY(!basic->title.isEmpty());
    QVERIFY(!basic->meaning.isEmpty());
    QCOMPARE(basic->uri, u"config/service/auth"_s);

    const ConfigSetting *plugin = catalogue.setting(u"PlugInConfiguration/@Enabled");
    QVERIFY(plugin);
    QVERIFY(!catalogue.setting(u"Service/Auth/Magic"));
    QVERIFY(!catalogue.setting(u""));

    // No default and an empty one are two things.
    const ConfigSetting *trusted = catalogue.setting(u"Client/TrustedHosts");
    QVERIFY(trusted);
    QVERIFY(trusted->defaultValue.isEmpty());
    QVERIFY(!trusted->defaultValue.isNull());
    const ConfigSetting *name = catalogue.setting(u"PlugInConfiguration/@Name");
    QVERIFY(name);
    QVERIFY(name->defaultValue.isNull());
}

void tst_ConfigCatalogue::groups()
{
    const ConfigCatalogue &catalogue = ConfigCatalogue::builtIn();
    const ConfigGroup *auth = catalogue.group(u"service/auth");
    QVERIFY(auth);
    QCOMPARE(auth->path, u"Service/Auth"_s);
    QVERIFY(!auth->title.isEmpty());
    QVERIFY(catalogue.group(u"Listener"));
    QVERIFY(!catalogue.group(u"Service/Auth/Basic"));
}

void tst_ConfigCatalogue::changed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("isChanged");
    QTest::newRow("default") << u"MaxEnvelopeSizekb"_s << u"500"_s << false;
    QTest::newRow("other default") << u"MaxEnvelopeSizekb"_s << u"150"_s << false;
    QTest::newRow("changed") << u"maxenvelopesizekb"_s << u"8192"_s << true;
    QTest::newRow("boolean") << u"Service/AllowUnencrypted"_s << u"FALSE"_s << false;
    QTest::newRow("boolean as digit") << u"Service/AllowUnencrypted"_s << u"0"_s << false;
    QTest::newRow("boolean changed") << u"Service/AllowUnencrypted"_s << u"TRUE"_s << true;
    QTest::newRow("empty default") << u"Client/TrustedHosts"_s << u""_s << false;
    QTest::newRow("empty default, changed") << u"Client/TrustedHosts"_s << u"*"_s << true;
    QTest::newRow("no default") << u"PlugInConfiguration/@Name"_s << u"x"_s << false;
    QTest::newRow("unknown") << u"Nothing/Here"_s << u"x"_s << false;
}

void tst_ConfigCatalogue::changed()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(bool, isChanged);
    QCOMPARE(ConfigCatalogue::builtIn().isChanged(path, value), isChanged);
}

QTEST_GUILESS_MAIN(tst_ConfigCatalogue)
#include "tst_configcatalogue.moc"
