#include "document/xmlreader.h"
#include "protocol/association.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "protocol/writereplies.h"
#include "protocol/writerequests.h"
#include "protocol/xmltext.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString wmi = u"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/"_s;
const QString config = u"http://schemas.microsoft.com/wbem/wsman/1/config/service"_s;

RequestSettings windows()
{
    return {.to = u"https://host.example.com:5986/wsman"_s, .sessionId = u"uuid:SESSION"_s};
}

Message read(const QByteArray &envelope)
{
    Result<Message> message = readMessage(envelope);
    return message ? message.value() : Message();
}

Message read(const Request &request)
{
    return read(request.envelope);
}

QString text(Node node)
{
    return toText(node.text());
}

Representation representation(const ResourceLocator &resource, const std::vector<Patch> &patches)
{
    return applyPatches(emptyRepresentation(resource), patches).value();
}

Message replyWith(const QByteArray &body)
{
    return read("<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
                "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
                "xmlns:p=\"http://example.com/C\"><s:Header/><s:Body>"
                + body + "</s:Body></s:Envelope>");
}

} // namespace

class TestWriteRequests final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void put();
    void putOfModifiedProperties();
    void fragments();
    void create();
    void remove();
    void invoke_data();
    void invoke();
    void invokeParameters();
    void secretsStayOutOfTraces();
    void preciseArrays();
    void countEstimate();
    void associations();
    void associationResources();
    void putReplies();
    void invokeReplies_data();
    void invokeReplies();
    void outParameters();
    void fragmentReplies();
};

void TestWriteRequests::put()
{
    const ResourceLocator resource{.uri = config};
    const Request request = writePut(
        windows(),
        {.resource = resource,
         .representation = representation(resource, {Patch::text(u"MaxConnections"_s, u"5"_s)})});
    const Message message = read(request);
    QCOMPARE(message.action, toText(action::put));
    QCOMPARE(message.resourceUri, config);
    QVERIFY(message.content.name().is(viewOf(config.toUtf8()), "service"));
    QCOMPARE(text(message.content.child("MaxConnections")), u"5"_s);
    QVERIFY(!message.header.child("OptionSet"));
    QVERIFY(request.shown.isNull());
}

void TestWriteRequests::putOfModifiedProperties()
{
    ResourceLocator resource = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    resource.options.push_back({.name = u"Own"_s, .value = u"1"_s});
    const Message message = read(writePut(windows(),
                                          {.resource = resource,
                                           .representation = emptyRepresentation(resource),
                                           .modified = {u"StartMode"_s, u"Description"_s}}));
    QStringList options;
    for (const Node option : message.header.child("OptionSet").children())
        options.append(toText(option.attribute("Name").value()) + u'=' + text(option)
                       + toText(option.attribute("Type").value_or("")));
    const QString list = u"wmiarray:__MIInstanceModifiedPropertiesList="_s;
    QCOMPARE(options,
             QStringList(
                 {list + u"StartModexs:string"_s, list + u"Descriptionxs:string"_s, u"Own=1"_s}));
    QVERIFY(!message.header.child("OptionSet").attribute(ns::soap, "mustUnderstand"));
}

void TestWriteRequests::fragments()
{
    ResourceLocator resource = wmiClass(u"root/cimv2"_s, u"Win32_LogicalDisk"_s);
    resource.fragmentPath = u"VolumeName"_s;
    const Property property{
        .name = u"VolumeName"_s, .ns = resource.uri, .values = {Value::ofText(u"data"_s)}};
    const Message put = read(
        writePut(windows(), {.resource = resource, .representation = fragmentOf(property)}));
    const Node header = put.header.child(ns::wsman, "FragmentTransfer");
    QCOMPARE(text(header), u"VolumeName"_s);
    QCOMPARE(header.attribute(ns::soap, "mustUnderstand"), "true");
    QVERIFY(!header.attribute("Dialect"));
    QVERIFY(put.content.name().is(ns::wsman, "XmlFragment"));
    QVERIFY(put.content.firstChild().name().is(viewOf(resource.uri.toUtf8()), "VolumeName"));
    const Message words = read(
        writePut(windows(), {.resource = resource, .representation = fragmentOfText(u"a<b"_s)}));
    QCOMPARE(text(words.content), u"a<b"_s);
}

void TestWriteRequests::create()
{
    ResourceLocator listener{.uri = u"http://schemas.microsoft.com/wbem/wsman/1/config/listener"_s};
    listener.setSelector(u"Address"_s, u"*"_s);
    const Message message = read(writeCreate(
        windows(), listener,
        representation(listener, {Patch::text(u"Port"_s, u"5985"_s), Patch::null(u"Hostname"_s)})));
    QCOMPARE(message.action, toText(action::create));
    QCOMPARE(text(message.header.child("SelectorSet").child("Selector")), u"*"_s);
    QVERIFY(message.content.child("Hostname").isNil());
    const Message bare = read(writeCreate(windows(), listener, {}));
    QVERIFY(!bare.content);
}

void TestWriteRequests::remove()
{
    const Message message = read(writeDelete(windows(), {.uri = config}));
    QCOMPARE(message.action, toText(action::remove));
    QVERIFY(message.body.isLeaf());
}

void TestWriteRequests::invoke_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("action");
    QTest::newRow("name") << u"StopService"_s << wmi + u"Win32_Service/StopService"_s;
    QTest::newRow("uri") << u"http://example.com/C/StopService"_s
                         << u"http://example.com/C/StopService"_s;
}

void TestWriteRequests::invoke()
{
    QFETCH(QString, method);
    QFETCH(QString, action);
    const Request request = writeInvoke(
        windows(),
        {.resource = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s), .method = method, .input = {}});
    const Message message = read(request);
    QCOMPARE(message.action, action);
    QCOMPARE(request.action, action);
    QCOMPARE(toText(message.content.localName()), u"StopService_INPUT"_s);
    QCOMPARE(toText(message.content.namespaceUri()), wmi + u"Win32_Service"_s);
    QVERIFY(message.content.isLeaf());
}

void TestWriteRequests::invokeParameters()
{
    const ResourceLocator resource = wmiClass(u"root/cimv2"_s, u"Win32_Process"_s);
    ResourceLocator other = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    other.setSelector(u"Name"_s, u"Spooler"_s);
    const auto input = applyPatches(emptyInput(resource, u"Create"_s),
                                    {Patch::text(u"CommandLine"_s, u"cmd /c \"a & b\""_s),
                                     Patch::null(u"CurrentDirectory"_s),
                                     Patch::texts(u"Names"_s, {u"1"_s, u"2"_s}),
                                     Patch::of(u"Of"_s, Value::ofReference({.resource = other}))});
    const Message message = read(
        writeInvoke(windows(), {.resource = resource, .method = u"Create"_s, .input = *input}));
    QCOMPARE(text(message.content.child("CommandLine")), u"cmd /c \"a & b\""_s);
    QVERIFY(message.content.child("CurrentDirectory").isNil());
    QCOMPARE(message.content.childCount(), 5U);
    const Node reference = message.content.child("Of");
    QVERIFY(reference.firstChild().name().is(ns::addressing, "Address"));
    QCOMPARE(readEndpointReference(reference).resource, other);
}

void TestWriteRequests::secretsStayOutOfTraces()
{
    const ResourceLocator resource = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    RequestSettings settings = windows();
    settings.utf16 = true;
    const Representation odd = representation(
        resource, {Patch::secret(u"Odd"_s, Secret(u"hunter2"_s)), Patch::text(u"A"_s, u"b"_s)});
    const Request request = writePut(settings, {.resource = resource, .representation = odd});
    QCOMPARE(text(read(request).content.child("Odd")), u"hunter2"_s);
    QVERIFY(!request.shown.isNull());
    QVERIFY(!request.shown.contains("hunter2"));
    const Message shown = read(request.shown);
    QCOMPARE(text(shown.content.child("A")), u"b"_s);
    QCOMPARE(shown.messageId, request.messageId);
}

void TestWriteRequests::preciseArrays()
{
    ResourceLocator resource = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    Patch none = Patch::texts(u"A"_s, {});
    none.shape = Property::Shape::NullArray;
    const Representation instance = representation(resource, {none});
    QVERIFY(!writePut(windows(), {.resource = resource, .representation = instance})
                 .envelope.contains("IsNullArray"));
    resource.options.push_back({.name = u"msftwinrm:UsePreciseArrays"_s, .value = u"true"_s});
    QVERIFY(writePut(windows(), {.resource = resource, .representation = instance})
                .envelope.contains("IsNullArray"));
}

void TestWriteRequests::countEstimate()
{
    EnumerateParameters parameters{.resource = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s)};
    QVERIFY(!read(writeEnumerate(windows(), parameters))
                 .header.child("RequestTotalItemsCountEstimate"));
    parameters.countEstimate = true;
    QVERIFY(read(writeEnumerate(windows(), parameters))
                .header.child(ns::wsman, "RequestTotalItemsCountEstimate"));
    QVERIFY(read(writePull(windows(), parameters, u"c"_s))
                .header.child(ns::wsman, "RequestTotalItemsCountEstimate"));
}

void TestWriteRequests::associations()
{
    AssociationFilter association{.object = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s),
                                  .associationClass = u"Win32_DependentService"_s,
                                  .resultClass = u"Win32_Service"_s,
                                  .role = u"Dependent"_s,
                                  .resultRole = u"Antecedent"_s,
                                  .includeProperties = {u"Name"_s, u"State"_s}};
    association.object.setSelector(u"Name"_s, u"a<b&\"c\""_s);
    const Message question = read(writeEnumerate(windows(), associationQuestion(association)));
    QCOMPARE(question.resourceUri, wmi + u'*');
    const Node filter = question.content.child("Filter");
    QCOMPARE(filter.attribute("Dialect"), uri::associationFilter);
    const Node instances = filter.child(ns::cimBinding, "AssociatedInstances");
    QStringList children;
    for (const Node child : instances.children())
        children.append(toText(child.localName()));
    QCOMPARE(
        children,
        QStringList({u"Object"_s, u"AssociationClassName"_s, u"Role"_s, u"ResultClassName"_s,
                     u"ResultRole"_s, u"IncludeResultProperty"_s, u"IncludeResultProperty"_s}));
    const EndpointReference object = readEndpointReference(instances.child("Object"));
    QCOMPARE(object.resource, association.object);
    QCOMPARE(object.address, toText(uri::anonymous));

    association.find = AssociationFilter::Find::References;
    const Message references = read(writeEnumerate(windows(), associationQuestion(association)));
    const Node associationInstances = references.content.child("Filter").firstChild();
    QVERIFY(associationInstances.name().is(ns::cimBinding, "AssociationInstances"));
    QVERIFY(!associationInstances.child("AssociationClassName"));
    QVERIFY(!associationInstances.child("ResultRole"));
    QCOMPARE(text(associationInstances.child("ResultClassName")), u"Win32_Service"_s);
}

void TestWriteRequests::associationResources()
{
    const ResourceLocator dmtf = associationResource(
        dmtfClass(u"root/dcim"_s, u"DCIM_ControllerView"_s));
    QCOMPARE(dmtf.uri, toText(uri::cimClasses));
    QCOMPARE(dmtf.selector(u"__cimnamespace")->value, u"root/dcim"_s);
    QVERIFY(associationResource({.uri = u"http://intel.com/wbem/wscim/1/amt-schema/1/AMT_X"_s})
                .selectors.empty());
}

void TestWriteRequests::putReplies()
{
    const auto updated = readPutReply(replyWith("<p:C><p:A>1</p:A></p:C>"));
    QVERIFY(updated.ok());
    QCOMPARE(text(updated.value().node.child("A")), u"1"_s);
    const auto empty = readPutReply(replyWith({}));
    QVERIFY(empty.ok() && !empty.value().node);
}

void TestWriteRequests::invokeReplies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("parameters");
    QTest::newRow("Windows") << QByteArray("<p:M_OUTPUT><p:ReturnValue>0</p:ReturnValue>"
                                           "</p:M_OUTPUT>")
                             << u"0"_s << 0 << 0;
    QTest::newRow("AMT") << QByteArray("<g:M_OUTPUT xmlns:g=\"http://example.com/a\"><g:Id>7</g:Id>"
                                       "<g:ReturnValue>2066</g:ReturnValue></g:M_OUTPUT>")
                         << u"2066"_s << 2066 << 1;
    QTest::newRow("another name") << QByteArray("<p:M><p:ReturnValue> -1 </p:ReturnValue></p:M>")
                                  << u"-1"_s << -1 << 0;
    QTest::newRow("boolean") << QByteArray("<p:M><p:ReturnValue>TRUE</p:ReturnValue></p:M>")
                             << u"TRUE"_s << -2 << 0;
    QTest::newRow("void") << QByteArray("<p:M_OUTPUT/>") << QString() << -2 << 0;
    QTest::newRow("empty body") << QByteArray() << QString() << -2 << 0;
    QTest::newRow("null") << QByteArray("<p:M><p:ReturnValue xsi:nil=\"true\"/><p:A/></p:M>")
                          << QString() << -2 << 1;
}

void TestWriteRequests::invokeReplies()
{
    QFETCH(QByteArray, body);
    const auto reply = readInvokeReply(replyWith(body));
    QVERIFY(reply.ok());
    QTEST(reply.value().returnText, "text");
    QTEST(int(reply.value().returnValue.value_or(-2)), "number");
    QTEST(int(reply.value().parameters.size()), "parameters");
}

void TestWriteRequests::outParameters()
{
    const auto reply = readInvokeReply(
        replyWith("<p:M_OUTPUT><p:sNames>a</p:sNames><p:sNames>b</p:sNames>"
                  "<p:Job><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>u"
                  "</w:ResourceURI><w:SelectorSet><w:Selector Name=\"Id\">J1</w:Selector>"
                  "</w:SelectorSet></a:ReferenceParameters></p:Job>"
                  "<p:Object><p:Inner>1</p:Inner></p:Object>"
                  "<p:ReturnValue>4096</p:ReturnValue></p:M_OUTPUT>"));
    QVERIFY(reply.ok());
    const auto &parameters = reply.value().parameters;
    QCOMPARE(parameters.size(), std::size_t(3));
    QCOMPARE(parameters[0].shape, Property::Shape::Array);
    QCOMPARE(parameters[0].values.size(), std::size_t(2));
    QCOMPARE(parameters[1].value()->reference->resource.selector(u"Id")->value, u"J1"_s);
    QCOMPARE(parameters[2].value()->properties.front().value()->text, u"1"_s);
}

void TestWriteRequests::fragmentReplies()
{
    const auto property = readFragmentReply(
        replyWith("<w:XmlFragment><p:A>1</p:A><p:A>2</p:A></w:XmlFragment>"));
    QVERIFY(property.ok());
    QCOMPARE(property.value().properties.size(), std::size_t(1));
    QCOMPARE(property.value().properties.front().values.size(), std::size_t(2));
    const auto words = readFragmentReply(replyWith("<w:XmlFragment>7</w:XmlFragment>"));
    QCOMPARE(words.value().text, u"7"_s);
    const auto whole = readFragmentReply(replyWith("<p:C/>"));
    QVERIFY(!whole);
    QCOMPARE(whole.error().cause, Cause::SoapUnexpected);
}

QTEST_APPLESS_MAIN(TestWriteRequests)
#include "tst_writerequests.moc"
