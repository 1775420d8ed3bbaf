#include "protocol/endpointreference.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "protocol/question.h"
#include "protocol/request.h"
#include "protocol/xmltext.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString service = u"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service"_s;

RequestSettings windows()
{
    return {.to = u"https://host.example.com:5986/wsman"_s, .sessionId = u"uuid:SESSION"_s};
}

Message read(const Request &request)
{
    Result<Message> message = readMessage(request.envelope);
    return message ? message.value() : Message();
}

QStringList headerNames(const Message &message)
{
    QStringList names;
    for (const Node child : message.header.children())
        names.append(toText(child.localName()));
    return names;
}

} // namespace

class TestRequest : public QObject
{
    Q_OBJECT

private slots:
    void identify();
    void windowsHeaders();
    void deviceHeaders();
    void messageIds();
    void timeouts_data();
    void timeouts();
    void selectors();
    void referenceSelector();
    void options();
    void fragment();
    void escapes();
    void utf16();
    void enumerate();
    void modes_data();
    void modes();
    void filters_data();
    void filters();
    void selectorFilter();
    void brokenAssociationStaysText();
    void pullRepeats();
    void release();
    void questionsReadBack();
};

void TestRequest::identify()
{
    const Request request = writeIdentify();
    QVERIFY(request.messageId.isEmpty());
    QCOMPARE(request.action, u"Identify"_s);
    const Message message = read(request);
    QVERIFY(message.header.isLeaf());
    QVERIFY(message.content.name().is(ns::identity, "Identify"));
}

void TestRequest::windowsHeaders()
{
    const Message message = read(writeGet(windows(), {.uri = service}));
    const QStringList expected{
        u"To"_s,        u"ResourceURI"_s, u"ReplyTo"_s,    u"Action"_s,    u"MaxEnvelopeSize"_s,
        u"MessageID"_s, u"Locale"_s,      u"DataLocale"_s, u"SessionId"_s, u"OperationTimeout"_s};
    QCOMPARE(headerNames(message), expected);
    QCOMPARE(message.header.child("ResourceURI").attribute(ns::soap, "mustUnderstand"), "true");
    QCOMPARE(message.header.child("Locale").attribute(ns::soap, "mustUnderstand"), "false");
    QCOMPARE(message.header.child("Locale").attribute(ns::xml, "lang"), "en-US");
    QCOMPARE(message.header.child("ReplyTo").child("Address").text(), uri::anonymous);
    QVERIFY(message.body.isLeaf());
}

void TestRequest::deviceHeaders()
{
    RequestSettings settings = windows();
    settings.sessionId.clear();
    settings.locale.clear();
    settings.maxEnvelopeSize = 0;
    settings.operationTimeout = {};
    const Request request = writeGet(settings, {.uri = service});
    const QStringList expected{u"To"_s, u"ResourceURI"_s, u"ReplyTo"_s, u"Action"_s,
                               u"MessageID"_s};
    QCOMPARE(headerNames(read(request)), expected);
    QVERIFY(!request.envelope.contains("schemas.microsoft.com/wbem/wsman/1/wsman.xsd"));
}

void TestRequest::messageIds()
{
    const Request first = writeGet(windows(), {.uri = service});
    const Request second = writeGet(windows(), {.uri = service});
    static const QRegularExpression form(u"^uuid:[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$"_s);
    QVERIFY(form.match(first.messageId).hasMatch());
    QVERIFY(first.messageId != second.messageId);
    QCOMPARE(read(first).messageId, first.messageId);
    QCOMPARE(first.action, toText(action::get));
}

void TestRequest::timeouts_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QString>("expected");
    QTest::newRow("minute") << 60000 << u"PT60.000S"_s;
    QTest::newRow("fraction") << 1005 << u"PT1.005S"_s;
    QTest::newRow("below one") << 500 << u"PT0.500S"_s;
    QTest::newRow("hours") << 7200000 << u"PT7200.000S"_s;
}

void TestRequest::timeouts()
{
    QFETCH(int, milliseconds);
    RequestSettings settings = windows();
    settings.operationTimeout = std::chrono::milliseconds(milliseconds);
    const Message message = read(writeGet(settings, {.uri = service}));
    QTEST(toText(message.header.child("OperationTimeout").text()), "expected");
}

void TestRequest::selectors()
{
    ResourceLocator resource{.uri = service};
    resource.setSelector(u"Name"_s, u"Spooler"_s);
    resource.setSelector(u"Empty"_s, u""_s);
    const Message message = read(writeGet(windows(), resource));
    const Node kept = message.header.child(ns::wsman, "SelectorSet");
    QCOMPARE(kept.childCount(), 2u);
    QCOMPARE(kept.firstChild().attribute("Name"), "Name");
    QCOMPARE(kept.firstChild().text(), "Spooler");
}

void TestRequest::referenceSelector()
{
    EndpointReference reference{.resource = {.uri = service}};
    reference.resource.setSelector(u"Name"_s, u"a<b"_s);
    ResourceLocator resource{.uri = service};
    resource.selectors.push_back(
        {.name = u"Antecedent"_s, .reference = std::make_shared<EndpointReference>(reference)});
    const Message message = read(writeGet(windows(), resource));
    const Node selector = message.header.child("SelectorSet").firstChild();
    QVERIFY(isEndpointReference(selector.child(ns::addressing, "EndpointReference")));
    const EndpointReference again = readEndpointReference(selector.firstChild());
    QCOMPARE(again.address, toText(uri::anonymous));
    QVERIFY(again.resource == reference.resource);
}

void TestRequest::options()
{
    ResourceLocator resource{.uri = service, .mustUnderstandOptions = true};
    resource.options = {{.name = u"A"_s, .value = u"true"_s, .type = u"xs:boolean"_s},
                        {.name = u"B"_s},
                        {.name = u"C"_s, .value = u""_s, .mustComply = true}};
    const Message message = read(writeGet(windows(), resource));
    const Node set = message.header.child(ns::wsman, "OptionSet");
    QCOMPARE(set.attribute(ns::soap, "mustUnderstand"), "true");
    const Node first = set.firstChild();
    QCOMPARE(first.attribute("Type"), "xs:boolean");
    QCOMPARE(first.resolvePrefix("xs"), ns::xsd);
    QVERIFY(!first.attribute("MustComply"));
    const Node second = first.nextSibling();
    QVERIFY(second.isNil());
    const Node third = second.nextSibling();
    QVERIFY(!third.isNil());
    QCOMPARE(third.attribute("MustComply"), "true");
}

void TestRequest::fragment()
{
    const Message message = read(
        writeGet(windows(), {.uri = service, .fragmentPath = u"Name[1]"_s}));
    const Node fragment = message.header.child(ns::wsman, "FragmentTransfer");
    QCOMPARE(fragment.text(), "Name[1]");
    QCOMPARE(fragment.attribute(ns::soap, "mustUnderstand"), "true");
    QVERIFY(!fragment.attribute("Dialect"));
}

void TestRequest::escapes()
{
    ResourceLocator resource{.uri = u"http://example.com/a&b<c"_s};
    resource.setSelector(u"A\"<&"_s, u"]]></w:Selector><x/>"_s);
    const Message message = read(writeGet(windows(), resource));
    QCOMPARE(message.resourceUri, resource.uri);
    const Node selector = message.header.child("SelectorSet").firstChild();
    QCOMPARE(toText(selector.attribute("Name").value_or("")), u"A\"<&"_s);
    QCOMPARE(toText(selector.text()), u"]]></w:Selector><x/>"_s);
}

void TestRequest::utf16()
{
    RequestSettings settings = windows();
    settings.utf16 = true;
    ResourceLocator resource{.uri = service};
    resource.setSelector(u"Name"_s, u"\u00e4\u20ac\U0001F5A5"_s);
    const Request request = writeGet(settings, resource);
    QVERIFY(request.envelope.startsWith("\xff\xfe"));
    const Message message = read(request);
    QCOMPARE(toText(message.header.child("SelectorSet").firstChild().text()),
             u"\u00e4\u20ac\U0001F5A5"_s);
    QVERIFY(writeIdentify(settings).envelope.startsWith("\xff\xfe"));
}

void TestRequest::enumerate()
{
    const Message message = read(writeEnumerate(windows(), {.resource = {.uri = service}}));
    QVERIFY(message.content.name().is(ns::enumeration, "Enumerate"));
    QVERIFY(message.content.child(ns::wsman, "OptimizeEnumeration"));
    QCOMPARE(message.content.child(ns::wsman, "MaxElements").text(), "32000");
    QCOMPARE(message.content.childCount(), 2u);
    const Message bare = read(writeEnumerate(
        windows(), {.resource = {.uri = service}, .optimize = false, .maxElements = 0}));
    QVERIFY(bare.content.isLeaf());
    const Message more = read(writeEnumerate(windows(),
                                             {.resource = {.uri = service},
                                              .polymorphism = PolymorphismMode::Shallow,
                                              .expires = u"PT10M"_s}));
    QCOMPARE(more.content.child(ns::cimBinding, "PolymorphismMode").text(), "None");
    QCOMPARE(more.content.child(ns::enumeration, "Expires").text(), "PT10M");
}

void TestRequest::modes_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("expected");
    QTest::newRow("object") << int(EnumerationMode::Object) << QString();
    QTest::newRow("reference") << int(EnumerationMode::Reference) << u"EnumerateEPR"_s;
    QTest::newRow("both") << int(EnumerationMode::ObjectAndReference) << u"EnumerateObjectAndEPR"_s;
}

void TestRequest::modes()
{
    QFETCH(int, mode);
    const Message message = read(
        writeEnumerate(windows(), {.resource = {.uri = service}, .mode = EnumerationMode(mode)}));
    QTEST(toText(message.content.child(ns::wsman, "EnumerationMode").text()), "expected");
}

void TestRequest::filters_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("asXml");
    const QString association = u"<b:AssociatedInstances><b:Object/></b:AssociatedInstances>"_s;
    QTest::newRow("wql") << toText(uri::wql) << u"select * from X where A<'b' and C>1"_s << false;
    QTest::newRow("cql") << toText(uri::cql) << u"SELECT * FROM X"_s << false;
    QTest::newRow("xpath") << toText(uri::xpath) << u"/a[b=\"c\"]"_s << false;
    QTest::newRow("association") << toText(uri::associationFilter) << association << true;
    QTest::newRow("capital")
        << u"http://schemas.dmtf.org/wbem/wsman/1/cimbinding/AssociationFilter"_s << association
        << true;
    QTest::newRow("xml elsewhere") << toText(uri::wql) << association << false;
}

void TestRequest::filters()
{
    QFETCH(QString, dialect);
    QFETCH(QString, text);
    QFETCH(bool, asXml);
    const Message message = read(writeEnumerate(
        windows(), {.resource = {.uri = service}, .filter = {.text = text, .dialect = dialect}}));
    const Node filter = message.content.child(ns::wsman, "Filter");
    QCOMPARE(toText(filter.attribute("Dialect").value_or("")), dialect);
    QCOMPARE(!filter.isLeaf(), asXml);
    if (asXml)
        QVERIFY(filter.firstChild().name().is(ns::cimBinding, "AssociatedInstances"));
    else
        QCOMPARE(toText(filter.text()), text);
}

void TestRequest::selectorFilter()
{
    const Filter filter{.dialect = toText(uri::selectorFilter),
                        .selectors = {{.name = u"State"_s, .value = u"Running"_s}}};
    const Message message = read(
        writeEnumerate(windows(), {.resource = {.uri = service}, .filter = filter}));
    const Node set = message.content.child(ns::wsman, "Filter").child(ns::wsman, "SelectorSet");
    QCOMPARE(set.firstChild().text(), "Running");
}

/// Text that is no XML must not break out of the envelope.
void TestRequest::brokenAssociationStaysText()
{
    for (const QString &text : {u"<b:X>"_s, u"<b:X/></filter><filter>"_s, u"</w:Filter><evil/>"_s,
                                u"<!DOCTYPE a><b/>"_s}) {
        const Filter filter{.text = text, .dialect = toText(uri::associationFilter)};
        const Message message = read(
            writeEnumerate(windows(), {.resource = {.uri = service}, .filter = filter}));
        const Node element = message.content.child("Filter");
        QVERIFY2(element.isLeaf(), qPrintable(text));
        QCOMPARE(toText(element.text()), text);
    }
}

void TestRequest::pullRepeats()
{
    EnumerateParameters parameters{.resource = {.uri = service}, .maxElements = 50};
    parameters.resource.setSelector(u"__cimnamespace"_s, u"root/cimv2"_s);
    parameters.resource.options = {{.name = u"O"_s, .value = u"1"_s}};
    const Message message = read(writePull(windows(), parameters, u"uuid:<context>"_s));
    QCOMPARE(message.action, toText(action::pull));
    QCOMPARE(message.resourceUri, service);
    QVERIFY(message.header.child("SelectorSet"));
    QVERIFY(message.header.child("OptionSet"));
    QVERIFY(message.content.name().is(ns::enumeration, "Pull"));
    QCOMPARE(toText(message.content.child(ns::enumeration, "EnumerationContext").text()),
             u"uuid:<context>"_s);
    QCOMPARE(message.content.child(ns::enumeration, "MaxElements").text(), "50");
    QCOMPARE(message.content.childCount(), 2u);
}

void TestRequest::release()
{
    const Message message = read(
        writeRelease(windows(), {.resource = {.uri = service}}, u"uuid:c"_s));
    QCOMPARE(message.action, toText(action::release));
    QCOMPARE(message.resourceUri, service);
    QCOMPARE(message.content.childCount(), 1u);
    QCOMPARE(message.content.firstChild().text(), "uuid:c");
}

/// What was asked is known again from the envelope.
void TestRequest::questionsReadBack()
{
    const auto readBack = [](const Request &request) {
        const auto message = readMessage(request.envelope);
        return message ? readQuestion(*message) : std::nullopt;
    };
    ResourceLocator service = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    service.setSelector(u"Name"_s, u"a \"<&"_s);
    service.options = {{.name = u"o"_s, .value = u"1"_s, .type = u"xs:int"_s, .mustComply = true},
                       {.name = u"nil"_s}};
    const auto get = readBack(writeGet(windows(), service));
    QVERIFY(get);
    QCOMPARE(get->resource.uri, service.uri);
    QCOMPARE(get->resource.selectors, service.selectors);
    QCOMPARE(get->resource.options, service.options);
    QVERIFY(get->filter.isEmpty());

    EnumerateParameters query{
        .resource = wmiClass(u"root/cimv2"_s, u"*"_s),
        .filter = {.text = u"select * from A where b < 'c & d'"_s, .dialect = toText(uri::wql)},
        .mode = EnumerationMode::ObjectAndReference};
    const auto enumerate = readBack(writeEnumerate(windows(), query));
    QVERIFY(enumerate);
    QCOMPARE(enumerate->filter, query.filter);
    QCOMPARE(enumerate->mode, query.mode);

    query.filter = {.dialect = toText(uri::selectorFilter),
                    .selectors = {{.name = u"State"_s, .value = u"Running"_s}}};
    const auto selected = readBack(writeEnumerate(windows(), query));
    QVERIFY(selected);
    QCOMPARE(selected->filter, query.filter);
    QVERIFY(!readBack(writeIdentify(windows())));
    QVERIFY(!readBack(writePull(windows(), query, u"uuid:c"_s)));
}

QTEST_APPLESS_MAIN(TestRequest)
#include "tst_request.moc"
