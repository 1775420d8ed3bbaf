#include "inventory/ciminventory.h"
#include "peer/cpp/scriptedserver.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "session/identifyoperation.h"
#include "session/session.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray classUri = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/My_Class";

const QByteArray instance =
    "<p:My_Class><p:Id>7</p:Id><p:Boot><cim:Datetime>2024-01-01T00:00:00Z</cim:Datetime></p:Boot>"
    "<p:Names>a</p:Names><p:Names>b</p:Names><p:Parent><a:Address>x</a:Address>"
    "<a:ReferenceParameters><w:ResourceURI>u</w:ResourceURI></a:ReferenceParameters></p:Parent>"
    "</p:My_Class>";

const QByteArray reference =
    "<a:EndpointReference><a:Address>x</a:Address><a:ReferenceParameters><w:ResourceURI>u"
    "</w:ResourceURI><w:SelectorSet><w:Selector Name=\"Id\">7</w:Selector>"
    "<w:Selector Name=\"__cimnamespace\">root/cimv2</w:Selector></w:SelectorSet>"
    "</a:ReferenceParameters></a:EndpointReference>";

/// A host without class metadata. What it does not know it answers with a fault.
class OldHost
{
public:
    OldHost()
    {
        m_server.setAnswer([this](const ScriptedRequest &request, const ScriptedPeer &peer) {
            const Message message = readMessage(request.body).value();
            const QByteArray body = answer(message);
            peer.reply(envelope(message, body.isEmpty() ? fault() : body),
                       body.isEmpty() ? 500 : 200);
        });
    }
    ConnectionOptions options() const
    {
        ConnectionOptions options;
        options.host = u"127.0.0.1"_s;
        options.tls = false;
        options.port = m_server.port();
        options.authentication = Authentication::None;
        options.allowClearText = true;
        return options;
    }
    const QStringList &asked() const { return m_asked; }

    QByteArray vendor = "Microsoft Corporation";
    QByteArray subcode = "a:DestinationUnreachable";
    bool metaClass = true;
    bool references = true;
    bool instances = true;

private:
    static QByteArray envelope(const Message &request, const QByteArray &body)
    {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
               "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
               "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
               "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
               "xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" "
               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:p=\""
            + classUri + "\"><s:Header><a:RelatesTo>" + request.messageId.toUtf8()
            + "</a:RelatesTo></s:Header><s:Body>" + body + "</s:Body></s:Envelope>";
    }
    QByteArray fault() const
    {
        return "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>" + subcode
            + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>";
    }
    static QByteArray items(const QByteArray &content)
    {
        return "<n:EnumerateResponse><n:EnumerationContext/><w:Items>" + content
            + "</w:Items><w:EndOfSequence/></n:EnumerateResponse>";
    }
    QByteArray answer(const Message &message)
    {
        if (message.content.localName() == "Identify")
            return "<i:IdentifyResponse xmlns:i=\"" + toBytes(ns::identity) + "\"><i:ProductVendor>"
                + vendor + "</i:ProductVendor></i:IdentifyResponse>";
        const QString query = toText(message.content.child("Filter").text());
        if (message.action == toText(action::get)) {
            m_asked.append(u"metadata"_s);
            return {};
        }
        if (query.contains(u"meta_class"_s)) {
            m_asked.append(query);
            return metaClass ? items("<p:My_Class><p:Id xsi:nil=\"true\"/>"
                                     "<p:OnlyInClass xsi:nil=\"true\"/></p:My_Class>")
                             : QByteArray();
        }
        const bool both = message.content.child("EnumerationMode").text()
            == "EnumerateObjectAndEPR";
        m_asked.append(both ? u"both"_s : u"object"_s);
        if (!instances || (both && !references))
            return {};
        return items(both ? "<w:Item>" + instance + reference + "</w:Item>" : instance);
    }

    ScriptedServer m_server;
    QStringList m_asked;
};

struct Answer
{
    Outcome outcome;
    CimClass schema;
    SchemaOperation::Source source = SchemaOperation::Source::Metadata;
    bool hasDocument = false;
};

Answer schemaOf(Session &session, const QString &name,
                SchemaOperation::Fallback fallback = SchemaOperation::Fallback::Instances)
{
    Answer result;
    bool done = false;
    auto *operation = new SchemaOperation(&session, u"root\\cimv2"_s, name, fallback);
    QObject::connect(operation, &Operation::finished, operation, [&](const Outcome &outcome) {
        result = {outcome, operation->schema(), operation->source(),
                  operation->document() && operation->document()->root().descendant("CLASS")};
        done = true;
    });
    operation->start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 20000); }();
    return result;
}

QStringList names(const CimClass &schema)
{
    QStringList result;
    for (const CimProperty &property : schema.properties)
        result.append(property.name);
    return result;
}

} // namespace

class TestSchemaFallback final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksTheClassThenAnInstance();
    void takesAnInstanceAlone();
    void goesWithoutReferences();
    void keepsTheFirstFault();
    void asksNothingMoreUnlessWanted();
    void deniedIsDenied();
    void leavesCostlyClassesAlone();
    void oddNamesStayOutOfQueries();
};

void TestSchemaFallback::asksTheClassThenAnInstance()
{
    const OldHost host;
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    const Answer result = schemaOf(session, u"My_Class"_s);
    QVERIFY(!result.outcome.error);
    QCOMPARE(int(result.source), int(SchemaOperation::Source::MetaClass));
    QVERIFY(result.hasDocument);
    QCOMPARE(result.schema.name, u"My_Class"_s);
    QCOMPARE(names(result.schema),
             QStringList({u"Id"_s, u"OnlyInClass"_s, u"Boot"_s, u"Names"_s, u"Parent"_s}));
    QCOMPARE(result.schema.keys(), QStringList(u"Id"_s));
    QVERIFY(result.schema.property(u"Names")->array);
    QVERIFY(result.schema.property(u"Boot")->type == CimType::DateTime);
    QVERIFY(result.schema.property(u"Parent")->type == CimType::Reference);
    QVERIFY(result.schema.property(u"Id")->type == CimType::Unknown);
    QCOMPARE(host.asked(),
             QStringList({u"metadata"_s, u"select * from meta_class where __Class = \"My_Class\""_s,
                          u"both"_s}));
}

void TestSchemaFallback::takesAnInstanceAlone()
{
    OldHost host;
    host.vendor = "Example devices";
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    auto *identify = new IdentifyOperation(&session);
    identify->start();
    QTRY_VERIFY(session.identity());
    const Answer result = schemaOf(session, u"My_Class"_s);
    QVERIFY(!result.outcome.error);
    QCOMPARE(int(result.source), int(SchemaOperation::Source::Instance));
    // Between the two it is asked for classes that would give away what it is.
    QCOMPARE(host.asked(), QStringList({u"metadata"_s, u"object"_s, u"object"_s, u"both"_s}));
}

void TestSchemaFallback::goesWithoutReferences()
{
    OldHost host;
    host.metaClass = false;
    host.references = false;
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    const Answer result = schemaOf(session, u"My_Class"_s);
    QVERIFY(!result.outcome.error);
    QVERIFY(result.schema.keys().isEmpty());
    QCOMPARE(result.schema.properties.size(), std::size_t(4));
    QCOMPARE(host.asked().last(), u"object"_s);
}

void TestSchemaFallback::keepsTheFirstFault()
{
    OldHost host;
    host.metaClass = false;
    host.instances = false;
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    const Answer result = schemaOf(session, u"My_Class"_s);
    QCOMPARE(result.outcome.error.kind, Error::Kind::Fault);
    QVERIFY(!result.hasDocument);
}

void TestSchemaFallback::asksNothingMoreUnlessWanted()
{
    const OldHost host;
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    const Answer result = schemaOf(session, u"My_Class"_s, SchemaOperation::Fallback::None);
    QCOMPARE(result.outcome.error.kind, Error::Kind::Fault);
    QCOMPARE(host.asked(), QStringList(u"metadata"_s));
}

void TestSchemaFallback::deniedIsDenied()
{
    OldHost host;
    host.subcode = "w:AccessDenied";
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    const Answer result = schemaOf(session, u"My_Class"_s);
    QCOMPARE(result.outcome.error.cause, Cause::FaultAccessDenied);
    QCOMPARE(host.asked(), QStringList(u"metadata"_s));
}

void TestSchemaFallback::leavesCostlyClassesAlone()
{
    const OldHost host;
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    const Answer result = schemaOf(session, u"Win32_Product"_s);
    QVERIFY(!result.outcome.error); // what the class itself says is enough
    QVERIFY(!host.asked().contains(u"both"_s));
}

void TestSchemaFallback::oddNamesStayOutOfQueries()
{
    const OldHost host;
    Session session(host.options(), fixedCredential({}), refuseUntrusted());
    schemaOf(session, u"x\" or __Class like \"%"_s);
    QCOMPARE(host.asked(), QStringList({u"metadata"_s, u"both"_s}));
}

QTEST_GUILESS_MAIN(TestSchemaFallback)
#include "tst_schemafallback.moc"
