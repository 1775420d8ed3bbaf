#include "corpus.h"

#include "document/xmlreader.h"
#include "protocol/namespaces.h"
#include "protocol/representation.h"
#include "protocol/writeonly.h"
#include "protocol/xmltext.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString service = u"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service"_s;

Representation instanceOf(std::vector<Property> properties)
{
    return {.name = u"Win32_Service"_s,
            .ns = service,
            .content = Value::ofInstance(std::move(properties))};
}

Property text(const QString &name, const QString &value)
{
    return {.name = name, .ns = service, .values = {Value::ofText(value)}};
}

Property one(const QString &name, const Value &value)
{
    return {.name = name, .ns = service, .values = {value}};
}

/// What comes back when the XML of a representation is read again.
Representation again(const Representation &representation)
{
    const auto read = representationFromXml(representationXml(representation, Secrets::Reveal));
    return read ? read.value() : Representation();
}

QByteArray within(const QByteArray &content)
{
    return "<p:Win32_Service xmlns:p=\"" + service.toUtf8()
        + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
          "xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" "
          "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
          "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
          "xmlns:m=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\">"
        + content + "</p:Win32_Service>";
}

} // namespace

class TestRepresentation final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesEveryKind_data();
    void writesEveryKind();
    void keepsAbsentNullAndEmptyApart();
    void marksArrays();
    void resolvesTypes();
    void embedsInstancesWithTheirOwnNamespace();
    void escapesHostileText();
    void refuses_data();
    void refuses();
    void hidesSecrets();
    void writeOnlyNames_data();
    void writeOnlyNames();
    void stripsWhatPutMustNotSend();
    void readsBackWhatHostsSent();
};

void TestRepresentation::writesEveryKind_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("<p:Name>Spooler</p:Name>");
    QTest::newRow("empty") << QByteArray("<p:Name></p:Name>");
    QTest::newRow("null") << QByteArray("<p:Name xsi:nil=\"true\"/>");
    QTest::newRow("array") << QByteArray("<p:A>1</p:A><p:A>2</p:A><p:B/><p:A>3</p:A>");
    QTest::newRow("nulls in an array") << QByteArray("<p:A>1</p:A><p:A xsi:nil=\"true\"/>");
    QTest::newRow("datetime") << QByteArray(
        "<p:D><cim:Datetime>2014-04-03T14:45:50.46875+08:00</cim:Datetime></p:D>");
    QTest::newRow("interval") << QByteArray("<p:D><cim:Interval>P0DT0H1M40S</cim:Interval></p:D>");
    QTest::newRow("wildcards") << QByteArray(
        "<p:D><cim:CIM_DateTime>2014****000000.******+000</cim:CIM_DateTime></p:D>");
    QTest::newRow("reference") << QByteArray(
        "<p:R><a:Address>http://h.example.com/wsman</a:Address><a:ReferenceParameters>"
        "<w:ResourceURI>http://x.example.com/C</w:ResourceURI><w:SelectorSet>"
        "<w:Selector "
        "Name=\"K\">a&amp;b</w:Selector></w:SelectorSet></a:ReferenceParameters></p:R>");
    QTest::newRow("reference with more than we know") << QByteArray(
        "<p:R><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>u</w:ResourceURI>"
        "<p:Extra>1</p:Extra></a:ReferenceParameters></p:R>");
    QTest::newRow("attributes") << QByteArray(
        "<p:Auth Source=\"GPO\" xml:lang=\"de\" p:own=\"1\"><p:Basic>true</p:Basic></p:Auth>");
    QTest::newRow("no namespace") << QByteArray("<CLASS NAME=\"x\"><VALUE>1</VALUE></CLASS>");
    QTest::newRow("typed") << QByteArray("<p:N xsi:type=\"cim:cimString\">x</p:N>");
    QTest::newRow("white space") << QByteArray("<p:N>  two\n lines </p:N>");
}

void TestRepresentation::writesEveryKind()
{
    QFETCH(QByteArray, content);
    const QByteArray xml = within(content);
    const auto read = representationFromXml(xml);
    QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().message));
    const QByteArray written = representationXml(read.value());
    const auto before = readXml(xml);
    const auto after = readXml(written);
    QVERIFY2(after.ok(), written.constData());
    QVERIFY2(sameContent(before.value()->root(), after.value()->root()), written.constData());
    QCOMPARE(again(read.value()), read.value());
}

void TestRepresentation::keepsAbsentNullAndEmptyApart()
{
    const Representation representation = instanceOf(
        {text(u"Empty"_s, {}), one(u"Nothing"_s, Value::null())});
    const QByteArray xml = representationXml(representation);
    QVERIFY(xml.contains("<p:Empty/>"));
    QVERIFY(xml.contains("<p:Nothing xsi:nil=\"true\"/>"));
    const Representation read = again(representation);
    QCOMPARE(read.content.properties.size(), std::size_t(2));
    QCOMPARE(read.property(u"Empty")->value()->kind, Value::Kind::Text);
    QCOMPARE(read.property(u"nothing")->value()->kind, Value::Kind::Null);
    QVERIFY(!read.property(u"Absent"));
}

void TestRepresentation::marksArrays()
{
    const Representation arrays = instanceOf(
        {{.name = u"Null"_s, .ns = service, .shape = Property::Shape::NullArray, .values = {}},
         {.name = u"Empty"_s, .ns = service, .shape = Property::Shape::Array, .values = {}}});
    const QByteArray plain = representationXml(arrays);
    QVERIFY(plain.contains("<p:Null xsi:nil=\"true\"/>"));
    QVERIFY(plain.contains("IsEmptyArray=\"true\" xsi:nil=\"true\""));
    const QByteArray precise = representationXml(arrays, Secrets::Hide, true);
    QVERIFY(precise.contains("IsNullArray=\"true\""));
    const auto read = representationFromXml(precise);
    QVERIFY(read.ok());
    QCOMPARE(read.value(), arrays);
}

void TestRepresentation::resolvesTypes()
{
    const auto read = representationFromXml(
        within("<p:N xsi:type=\"cim:cimString\">x</p:N><p:O xsi:type=\"p:Own\">y</p:O>"
               "<p:F xsi:type=\"foo:bar\">z</p:F>"));
    QVERIFY(read.ok());
    const QualifiedName string{toText(ns::cimCommon), u"cimString"_s};
    const QualifiedName own{service, u"Own"_s};
    const QualifiedName unknown{{}, u"foo:bar"_s};
    QCOMPARE(*read->property(u"N")->value()->type, string);
    QCOMPARE(*read->property(u"O")->value()->type, own);
    QCOMPARE(*read->property(u"F")->value()->type, unknown);
    // Windows' client leaves that prefix undeclared.
    const auto bare = representationFromXml(
        "<N xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"cim:cimString\"/>");
    QVERIFY(bare.ok());
    QCOMPARE(*bare->content.type, string);
}

void TestRepresentation::embedsInstancesWithTheirOwnNamespace()
{
    const QString other = u"http://example.com/Other"_s;
    Value embedded = Value::ofInstance(
        {{.name = u"A"_s, .ns = other, .values = {Value::ofText(u"1"_s)}},
         {.name = u"B"_s, .ns = other, .values = {Value::ofText(u"2"_s)}}});
    embedded.type = QualifiedName{other, u"Other_Type"_s};
    const Representation representation = instanceOf({one(u"E"_s, embedded)});
    const QByteArray xml = representationXml(representation);
    QCOMPARE(xml.count("http://example.com/Other"), 1); // declared once, for all of it
    QVERIFY(xml.contains("xsi:type=\"q1:Other_Type\"><q1:A>1</q1:A>"));
    QCOMPARE(again(representation), representation);
}

void TestRepresentation::escapesHostileText()
{
    const QString hostile = u"</p:Name><x a=\"'\"/>&#0;\u0001 ]]> \u2028"_s;
    Property property = text(u"Name"_s, hostile);
    property.values.front().attributes.push_back({{{}, u"n"_s}, u"\"<&>\n'"_s});
    const Representation read = again(instanceOf({property}));
    QCOMPARE(read.content.properties.size(), std::size_t(1));
    QCOMPARE(read.content.properties.front().value()->text,
             QString(hostile).replace(QChar(1), QChar(0xFFFD)));
    QCOMPARE(read.content.properties.front().value()->attributes.front().value, u"\"<&>\n'"_s);
}

void TestRepresentation::refuses_data()
{
    QTest::addColumn<QByteArray>("xml");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray("<p:X xmlns:p=\"u\"><p:Y>");
    QTest::newRow("two roots") << QByteArray("<X/><Y/>");
    QTest::newRow("undeclared prefix") << QByteArray("<p:X/>");
    QTest::newRow("document type") << QByteArray("<!DOCTYPE X [<!ENTITY e \"1\">]><X>&e;</X>");
    QTest::newRow("mixed") << QByteArray("<X>text<Y/></X>");
    QTest::newRow("mixed below") << QByteArray("<X><Z>text<Y/></Z></X>");
    QTest::newRow("envelope") << QByteArray(
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body/></s:Envelope>");
}

void TestRepresentation::refuses()
{
    QFETCH(QByteArray, xml);
    const auto read = representationFromXml(xml);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Local);
    QCOMPARE(read.error().cause, Cause::LocalUsage);
}

void TestRepresentation::hidesSecrets()
{
    Property parameter = one(u"Param"_s, Value::ofText({}));
    parameter.values.front().attributes = {{{{}, u"Name"_s}, u"RunAsPassword"_s},
                                           {{{}, u"Value"_s}, u"hunter2"_s}};
    const std::vector<Representation> all{
        instanceOf({one(u"Odd"_s, Value::ofSecret(Secret(u"hunter2"_s)))}),
        instanceOf({text(u"StartPassword"_s, u"hunter2"_s)}),
        instanceOf({one(u"Deep"_s, Value::ofInstance({text(u"password"_s, u"hunter2"_s)}))}),
        instanceOf({parameter}),
    };
    for (const Representation &representation : all) {
        QVERIFY(carriesSecret(representation));
        QVERIFY(representationXml(representation, Secrets::Reveal).contains("hunter2"));
        const QByteArray shown = representationXml(representation);
        QVERIFY2(!shown.contains("hunter2"), shown.constData());
        QVERIFY(shown.contains("[removed]"));
    }
    const Representation none = instanceOf({text(u"Password"_s, {}), one(u"Pwd"_s, Value::null()),
                                            one(u"Other"_s, Value::ofSecret(Secret())),
                                            text(u"PasswordExpires"_s, u"true"_s)});
    QVERIFY(!carriesSecret(none));
    QVERIFY(representationXml(none).contains("<p:PasswordExpires>true<"));
}

void TestRepresentation::writeOnlyNames_data()
{
    QTest::addColumn<bool>("secret");
    for (const char *const name : {"Password", "RunAsPassword", "sPassword", "passwd", "UserPwd",
                                   "KeyPassphrase", "DigestPassword"})
        QTest::newRow(name) << true;
    for (const char *const name :
         {"PasswordExpires", "PasswordRequired", "UserPasswordBypass", "Path", "", "Pass"})
        QTest::newRow(name) << false;
}

void TestRepresentation::writeOnlyNames()
{
    QFETCH(bool, secret);
    QCOMPARE(isWriteOnlyName(QString::fromLatin1(QTest::currentDataTag())), secret);
}

void TestRepresentation::stripsWhatPutMustNotSend()
{
    const auto read = representationFromXml(within(
        "<p:Name>x</p:Name><p:Password/><p:Pwd xsi:nil=\"true\"/><p:Location>kept</p:Location>"
        "<p:Plugin RunAsPassword=\"\" RunAsUser=\"u\"><p:Password>typed</p:Password></p:Plugin>"
        "<cim:Location><a:Address>x</a:Address></cim:Location>"));
    QVERIFY(read.ok());
    const QByteArray put = representationXml(forPut(read.value()), Secrets::Reveal);
    QVERIFY(!put.contains("cim:Location") && !put.contains("Pwd")
            && !put.contains("<p:Password/>"));
    QVERIFY(!put.contains("RunAsPassword") && put.contains("RunAsUser=\"u\""));
    QVERIFY(put.contains("<p:Location>kept<") && put.contains("<p:Password>typed<"));

    const auto listener = representationFromXml(
        "<c:Listener xmlns:c=\"http://schemas.microsoft.com/wbem/wsman/1/config/listener\">"
        "<c:Port>5985</c:Port><c:ListeningOn>192.0.2.1</c:ListeningOn>"
        "<c:ListeningOn>::1</c:ListeningOn></c:Listener>");
    QVERIFY(listener.ok());
    QCOMPARE(forPut(listener.value()).content.properties.size(), std::size_t(1));
}

void TestRepresentation::readsBackWhatHostsSent()
{
    const QString folder = corpusFolder();
    if (folder.isEmpty())
        QSKIP("No folder of recorded messages: set WSMAN_CORPUS to one.");
    int compared = 0;
    QDirIterator files(folder, {u"*.xml"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto document = readXml(readFile(files.next()));
        if (!document)
            continue;
        const Node root = document.value()->root();
        const Node content = root.localName() == "Envelope" ? root.child("Body").firstChild()
                                                            : root;
        const auto read = readRepresentation(content);
        if (!content || !read)
            continue;
        const auto written = readXml(representationXml(read.value(), Secrets::Reveal, true));
        QVERIFY2(written.ok(), qPrintable(files.filePath()));
        const auto back = readRepresentation(written.value()->root());
        QVERIFY2(back.ok() && back.value() == read.value(), qPrintable(files.filePath()));
        ++compared;
    }
    qInfo("%d bodies read, written and read again", compared);
    QVERIFY(compared > 500);
}

QTEST_APPLESS_MAIN(TestRepresentation)
#include "tst_representation.moc"
