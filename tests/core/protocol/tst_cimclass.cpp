#include "document/rowsetbuilder.h"
#include "document/xmlreader.h"
#include "protocol/cimclass.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr char serviceClass[] = R"(
<CLASS NAME="My_Service" SUPERCLASS="My_Base" DERIVATION="My_Base,CIM_Root">
 <QUALIFIER NAME="Description" TYPE="string"><VALUE>What it is.</VALUE></QUALIFIER>
 <QUALIFIER NAME="Association" TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER>
 <PROPERTY NAME="Name" TYPE="string" CLASSORIGIN="My_Base" PROPAGATED="true">
  <QUALIFIER NAME="key" TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER>
 </PROPERTY>
 <PROPERTY NAME="State" TYPE="uint16">
  <QUALIFIER NAME="ValueMap" TYPE="string"><VALUE.ARRAY><VALUE>0</VALUE><VALUE>1</VALUE>
   <VALUE>2..9</VALUE><VALUE>..</VALUE><VALUE>16..</VALUE></VALUE.ARRAY></QUALIFIER>
  <QUALIFIER NAME="Values" TYPE="string"><VALUE.ARRAY><VALUE>Off</VALUE><VALUE>On</VALUE>
   <VALUE>Between</VALUE><VALUE>Reserved</VALUE></VALUE.ARRAY></QUALIFIER>
  <QUALIFIER NAME="Write" TYPE="boolean"><VALUE>true</VALUE></QUALIFIER>
  <VALUE>1</VALUE>
 </PROPERTY>
 <PROPERTY NAME="Place" TYPE="uint8">
  <QUALIFIER NAME="Values" TYPE="string"><VALUE.ARRAY><VALUE>Zero</VALUE><VALUE>One</VALUE>
   </VALUE.ARRAY></QUALIFIER>
  <QUALIFIER NAME="Units" TYPE="string"><VALUE>Bytes</VALUE></QUALIFIER>
 </PROPERTY>
 <PROPERTY NAME="Mode" TYPE="string">
  <QUALIFIER NAME="ValueMap" TYPE="string"><VALUE.ARRAY><VALUE>A</VALUE><VALUE>B</VALUE>
   </VALUE.ARRAY></QUALIFIER>
  <QUALIFIER NAME="Values" TYPE="string"><VALUE.ARRAY><VALUE>Auto</VALUE></VALUE.ARRAY></QUALIFIER>
 </PROPERTY>
 <PROPERTY.ARRAY NAME="Roles" TYPE="string"/>
 <PROPERTY.REFERENCE NAME="Peer" REFERENCECLASS="My_Peer"/>
 <PROPERTY NAME="Inner" TYPE="string">
  <QUALIFIER NAME="EmbeddedInstance" TYPE="string"><VALUE>My_Inner</VALUE></QUALIFIER></PROPERTY>
 <PROPERTY NAME="Any" TYPE="string">
  <QUALIFIER NAME="EmbeddedObject" TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER></PROPERTY>
 <METHOD NAME="Start" TYPE="uint32" CLASSORIGIN="My_Service">
  <QUALIFIER NAME="Static" TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER>
  <PARAMETER NAME="Fast" TYPE="boolean">
   <QUALIFIER NAME="In" TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER></PARAMETER>
  <PARAMETER.ARRAY NAME="Names" TYPE="string"/>
  <PARAMETER.REFERENCE NAME="Job" REFERENCECLASS="My_Job"/>
  <PARAMETER.REFARRAY NAME="Jobs" REFERENCECLASS="My_Job"/>
 </METHOD>
 <METHOD NAME="Nothing"/>
</CLASS>)";

DocumentPtr read(const QByteArray &xml)
{
    Result<DocumentPtr> document = readXml(xml);
    return document ? document.value() : nullptr;
}

CimClass service()
{
    const DocumentPtr document = read(serviceClass);
    Result<CimClass> result = readCimClass(document->root());
    return result ? result.value() : CimClass();
}

} // namespace

class TestCimClass : public QObject
{
    Q_OBJECT

private slots:
    void reads();
    void readsProperties();
    void readsMethods();
    void refuses_data();
    void refuses();
    void valueTexts_data();
    void valueTexts();
    void types();
    void appliesSchema();
};

void TestCimClass::reads()
{
    const CimClass schema = service();
    QCOMPARE(schema.name, u"My_Service"_s);
    QCOMPARE(schema.superClass, u"My_Base"_s);
    QCOMPARE(schema.derivation, QStringList({u"My_Base"_s, u"CIM_Root"_s}));
    QCOMPARE(schema.description(), u"What it is."_s);
    QVERIFY(schema.isAssociation());
    QVERIFY(!schema.isAbstract());
    QCOMPARE(schema.keys(), QStringList{u"Name"_s});
    QCOMPARE(schema.properties.size(), std::size_t(8));
    QCOMPARE(schema.methods.size(), std::size_t(2));
}

void TestCimClass::readsProperties()
{
    const CimClass schema = service();
    const CimProperty *const name = schema.property(u"NAME");
    QVERIFY(name && name->isKey() && name->propagated);
    QCOMPARE(name->classOrigin, u"My_Base"_s);
    QVERIFY(!name->defaultValue);
    const CimProperty *const state = schema.property(u"State");
    QCOMPARE(state->type, CimType::UInt16);
    QVERIFY(state->isWritable());
    QCOMPARE(state->defaultValue.value_or(QString()), u"1"_s);
    QVERIFY(schema.property(u"Roles")->array);
    QCOMPARE(schema.property(u"Peer")->type, CimType::Reference);
    QCOMPARE(schema.property(u"Peer")->referenceClass, u"My_Peer"_s);
    QCOMPARE(schema.property(u"Inner")->embeddedClass(), u"My_Inner"_s);
    QCOMPARE(schema.property(u"Inner")->type, CimType::Object);
    QCOMPARE(schema.property(u"Any")->embeddedClass(), u"*"_s);
    QCOMPARE(schema.property(u"Place")->units(), u"Bytes"_s);
    QVERIFY(!schema.property(u"Absent"));
}

void TestCimClass::readsMethods()
{
    const CimClass schema = service();
    const CimMethod &start = schema.methods[0];
    QVERIFY(start.isStatic());
    QCOMPARE(start.returnType, CimType::UInt32);
    QCOMPARE(start.parameters.size(), std::size_t(4));
    QVERIFY(start.parameters[0].qualifier(u"IN"));
    QVERIFY(start.parameters[1].array);
    QCOMPARE(start.parameters[2].type, CimType::Reference);
    QVERIFY(start.parameters[3].array);
    QCOMPARE(start.parameters[3].type, CimType::Reference);
    QCOMPARE(schema.methods[1].returnType, CimType::Unknown);
}

void TestCimClass::refuses_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("other element") << QByteArray("<INSTANCE NAME='x'/>");
    QTest::newRow("no name") << QByteArray("<CLASS/>");
    QTest::newRow("lower case") << QByteArray("<class NAME='x'/>");
}

void TestCimClass::refuses()
{
    QFETCH(QByteArray, xml);
    const DocumentPtr document = read(xml);
    const Result<CimClass> result = readCimClass(document->root());
    QVERIFY(!result);
    QCOMPARE(result.error().cause, Cause::SoapUnexpected);
    QVERIFY(!readCimClass(Node()));
}

void TestCimClass::valueTexts_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("exact") << u"State"_s << u"1"_s << u"On"_s;
    QTest::newRow("spaces") << u"State"_s << u" 1 "_s << u"On"_s;
    QTest::newRow("leading zero") << u"State"_s << u"01"_s << u"On"_s;
    QTest::newRow("range low") << u"State"_s << u"2"_s << u"Between"_s;
    QTest::newRow("range high") << u"State"_s << u"9"_s << u"Between"_s;
    QTest::newRow("rest") << u"State"_s << u"12"_s << u"Reserved"_s;
    QTest::newRow("beyond Values") << u"State"_s << u"16"_s << QString();
    QTest::newRow("negative") << u"State"_s << u"-1"_s << u"Reserved"_s;
    QTest::newRow("empty") << u"State"_s << QString() << QString();
    QTest::newRow("place") << u"Place"_s << u"1"_s << u"One"_s;
    QTest::newRow("place beyond") << u"Place"_s << u"2"_s << QString();
    QTest::newRow("place huge") << u"Place"_s << u"99999999999999999999"_s << QString();
    QTest::newRow("place negative") << u"Place"_s << u"-1"_s << QString();
    QTest::newRow("text") << u"Mode"_s << u"A"_s << u"Auto"_s;
    QTest::newRow("text beyond Values") << u"Mode"_s << u"B"_s << QString();
    QTest::newRow("unknown text") << u"Mode"_s << u"C"_s << QString();
    QTest::newRow("no Values") << u"Name"_s << u"1"_s << QString();
}

void TestCimClass::valueTexts()
{
    QFETCH(QString, property);
    QFETCH(QString, value);
    const CimClass schema = service();
    QTEST(schema.property(property)->valueText(value), "text");
}

void TestCimClass::types()
{
    QCOMPARE(cimTypeNamed(u"UINT64"), CimType::UInt64);
    QCOMPARE(cimTypeNamed(u"nonsense"), CimType::Unknown);
    QCOMPARE(cimTypeName(CimType::DateTime), u"datetime"_s);
    QCOMPARE(cimTypeName(CimType::Unknown), QString());
}

void TestCimClass::appliesSchema()
{
    const DocumentPtr document = read(
        "<p:My_Service xmlns:p='urn:x'><p:name>a</p:name><p:State>1</p:State>"
        "<p:Roles>r</p:Roles><p:Extra/></p:My_Service>");
    RowSetBuilder builder;
    builder.addRow(document->root());
    RowSet rows;
    rows.append(builder.takeBatch());
    applySchema(rows, service());
    QVERIFY(rows.column(0).key);
    QCOMPARE(rows.column(1).type, CimType::UInt16);
    QVERIFY(rows.column(2).array);
    QCOMPARE(rows.column(3).type, CimType::Unknown);
}

QTEST_APPLESS_MAIN(TestCimClass)
#include "tst_cimclass.moc"
