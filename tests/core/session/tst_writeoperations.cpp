#include "document/xmlreader.h"
#include "peer/cpp/scriptedserver.h"
#include "protocol/association.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "session/changeoperation.h"
#include "session/createoperation.h"
#include "session/deleteoperation.h"
#include "session/enumerateoperation.h"
#include "session/getoperation.h"
#include "session/identifyoperation.h"
#include "session/invokeoperation.h"
#include "session/putoperation.h"
#include "session/session.h"
#include "session/writerules.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray classUri =
    "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Service";

/// A host with one instance that Put replaces, on a scripted server: what it was sent can be
/// counted, and what it answers can be anything.
class OneInstanceHost
{
public:
    OneInstanceHost()
    {
        m_server.setAnswer([this](const ScriptedRequest &request, const ScriptedPeer &peer) {
            answer(request, peer);
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
    int received(std::string_view action) const
    {
        return int(std::ranges::count(m_actions, toText(action)));
    }
    const ScriptedServer &server() const { return m_server; }
    const Message &lastPut() const { return m_lastPut; }

    QByteArray version = "OS: 10.0.20348 SP: 0.0 Stack: 3.0";
    QByteArray vendor = "Microsoft Corporation";
    QByteArray instance =
        "<p:Name>Spooler</p:Name><p:StartMode>Auto</p:StartMode>"
        "<p:Description>prints</p:Description><p:List>1</p:List><p:List>2</p:List>";
    bool applies = true; ///< a Put changes the instance
    /// Answers a request of that action in place of the host.
    std::function<bool(const Message &, const ScriptedPeer &)> instead;

    static QByteArray envelope(const Message &request, const QByteArray &body,
                               const QByteArray &action = {})
    {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
               "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
               "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
               "xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\" "
               "xmlns:p=\""
            + classUri + "\"><s:Header><a:Action>" + action + "</a:Action><a:RelatesTo>"
            + request.messageId.toUtf8() + "</a:RelatesTo></s:Header><s:Body>" + body
            + "</s:Body></s:Envelope>";
    }

private:
    void answer(const ScriptedRequest &request, const ScriptedPeer &peer)
    {
        const Message message = readMessage(request.body).value();
        m_actions.append(message.action);
        if (instead && instead(message, peer))
            return;
        peer.reply(envelope(message, body(message)));
    }

    QByteArray body(const Message &message)
    {
        const QByteArray whole = "<p:Win32_Service>" + instance + "</p:Win32_Service>";
        if (message.content.localName() == "Identify")
            return "<i:IdentifyResponse xmlns:i=\"" + toBytes(ns::identity) + "\"><i:ProductVendor>"
                + vendor + "</i:ProductVendor><i:ProductVersion>" + version
                + "</i:ProductVersion></i:IdentifyResponse>";
        if (message.action == toText(action::get))
            return whole;
        if (message.action == toText(action::put)) {
            m_lastPut = message;
            if (applies)
                instance.replace("Auto", "Manual");
            return {};
        }
        if (message.action == toText(action::create))
            return "<x:ResourceCreated><a:Address>x</a:Address><a:ReferenceParameters>"
                   "<w:ResourceURI>u</w:ResourceURI><w:SelectorSet><w:Selector Name=\"Id\">7"
                   "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>";
        if (message.action == toText(action::remove))
            return {};
        return "<p:M_OUTPUT><p:ReturnValue>5</p:ReturnValue></p:M_OUTPUT>";
    }

    ScriptedServer m_server;
    QStringList m_actions;
    Message m_lastPut;
};

std::unique_ptr<Session> sessionWith(const ConnectionOptions &options, Trace *trace = nullptr)
{
    return std::make_unique<Session>(options, fixedCredential({}), refuseUntrusted(), trace);
}

Outcome outcomeOf(Operation *operation)
{
    Outcome result;
    bool done = false;
    QObject::connect(operation, &Operation::finished, operation, [&](const Outcome &outcome) {
        result = outcome;
        done = true;
    });
    operation->start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(done, 20000); }();
    return result;
}

ResourceLocator service()
{
    ResourceLocator resource = wmiClass(u"root/cimv2"_s, u"Win32_Service"_s);
    resource.setSelector(u"Name"_s, u"Spooler"_s);
    return resource;
}

Representation serviceWith(const std::vector<Patch> &patches)
{
    return applyPatches(emptyRepresentation(service()), patches).value();
}

enum class Verb { Put, Create, Delete, Invoke };

Operation *make(Session &session, Verb verb)
{
    switch (verb) {
    case Verb::Put:
        return new PutOperation(
            &session,
            {.resource = service(), .representation = serviceWith({Patch::text(u"A"_s, u"b"_s)})});
    case Verb::Create:
        return new CreateOperation(&session, service(), serviceWith({}));
    case Verb::Delete:
        return new DeleteOperation(&session, service());
    case Verb::Invoke:
        return new InvokeOperation(
            &session, {.resource = service(), .method = u"StopService"_s, .input = {}});
    }
    return nullptr;
}

QByteArray fault(const Message &request, const QByteArray &subcode)
{
    return OneInstanceHost::envelope(
        request,
        "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>" + subcode
            + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text>no</s:Text></s:Reason></s:Fault>");
}

} // namespace

class TestWriteOperations final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsReplies();
    void sendsOnce_data();
    void sendsOnce();
    void faultsLeaveNoDoubt_data();
    void faultsLeaveNoDoubt();
    void cancelSaysWhatMayHaveHappened();
    void readOnlySessionsSendNothing_data();
    void readOnlySessionsSendNothing();
    void readOnlySessionsRead();
    void readMethods_data();
    void readMethods();
    void secretsNeedEncryption();
    void secretsStayOutOfTheTrace();
    void utf16Sessions();
    void associationsAreEnumerations();
    void changeOnWindowsSendsWhatWasTouched();
    void changeElsewhereReplacesTheWhole();
    void changeOfEarlyWindowsSendsAFragment();
    void changeSeesWhatTheHostIgnored();
    void changeThatFitsNothingSendsNoPut();
    void changeIsRefusedBeforeTheGet();
    void lostPutOfAChangeIsNotRepeated();
};

void TestWriteOperations::readsReplies()
{
    const OneInstanceHost host;
    const auto session = sessionWith(host.options());
    auto *create = static_cast<CreateOperation *>(make(*session, Verb::Create));
    EndpointReference created;
    connect(create, &Operation::finished, create, [&] { created = create->created(); });
    QVERIFY(!outcomeOf(create).error);
    QCOMPARE(created.resource.selector(u"Id")->value, u"7"_s);

    auto *invoke = static_cast<InvokeOperation *>(make(*session, Verb::Invoke));
    InvokeReply invoked;
    connect(invoke, &Operation::finished, invoke, [&] { invoked = invoke->reply(); });
    QVERIFY(!outcomeOf(invoke).error); // a ReturnValue is no fault
    QCOMPARE(invoked.returnValue.value_or(0), 5);

    auto *put = static_cast<PutOperation *>(make(*session, Verb::Put));
    connect(put, &Operation::finished, put, [put] {
        QVERIFY(!put->reply().node);
        QVERIFY(put->rawReply().contains("Envelope"));
    });
    QVERIFY(!outcomeOf(put).error);
    QVERIFY(!outcomeOf(make(*session, Verb::Delete)).error);
}

void TestWriteOperations::sendsOnce_data()
{
    QTest::addColumn<int>("verb");
    QTest::addColumn<int>("how");
    const char *const verbs[] = {"put", "create", "delete", "invoke"};
    const char *const hows[] = {"close", "reset", "truncate", "html"};
    for (int verb = 0; verb < 4; ++verb) {
        for (int how = 0; how < 4; ++how)
            QTest::addRow("%s %s", verbs[verb], hows[how]) << verb << how;
    }
}

void TestWriteOperations::sendsOnce()
{
    QFETCH(int, verb);
    QFETCH(int, how);
    OneInstanceHost host;
    host.instead = [how](const Message &, const ScriptedPeer &peer) {
        if (how == 1) {
            peer.reset();
        } else if (how == 3) {
            peer.reply("<html>gone</html>", 200, "Content-Type: text/html\r\n");
        } else {
            if (how == 2)
                peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n"
                           "Content-Length: 9000\r\n\r\n<s:Env");
            peer.close();
        }
        return true;
    };
    const auto session = sessionWith(host.options());
    const Outcome outcome = outcomeOf(make(*session, Verb(verb)));
    QVERIFY(outcome.error);
    QVERIFY(outcome.error.maybeExecuted);
    QCOMPARE(host.server().requests().size(), std::size_t(1));
}

void TestWriteOperations::faultsLeaveNoDoubt_data()
{
    QTest::addColumn<QByteArray>("subcode");
    QTest::addColumn<bool>("doubt");
    QTest::newRow("access denied") << QByteArray("w:AccessDenied") << false;
    QTest::newRow("timed out") << QByteArray("w:TimedOut") << true;
    QTest::newRow("reply too large") << QByteArray("w:EncodingLimit") << true;
}

void TestWriteOperations::faultsLeaveNoDoubt()
{
    QFETCH(QByteArray, subcode);
    QFETCH(bool, doubt);
    OneInstanceHost host;
    host.instead = [&](const Message &request, const ScriptedPeer &peer) {
        peer.reply(fault(request, subcode), 500);
        return true;
    };
    const auto session = sessionWith(host.options());
    const Outcome outcome = outcomeOf(make(*session, Verb::Invoke));
    QCOMPARE(outcome.error.kind, Error::Kind::Fault);
    QCOMPARE(outcome.error.maybeExecuted, doubt);
}

void TestWriteOperations::cancelSaysWhatMayHaveHappened()
{
    OneInstanceHost host;
    host.instead = [](const Message &, const ScriptedPeer &) { return true; }; // never answers
    const auto session = sessionWith(host.options());
    auto *invoke = make(*session, Verb::Invoke);
    Outcome outcome;
    QSignalSpy finished(invoke, &Operation::finished);
    connect(invoke, &Operation::finished, this, [&](const Outcome &o) { outcome = o; });
    invoke->start();
    QTRY_COMPARE(host.server().requests().size(), std::size_t(1));
    invoke->cancel();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(outcome.error.kind, Error::Kind::Cancelled);
    QVERIFY(outcome.error.maybeExecuted);

    auto *early = make(*session, Verb::Invoke);
    connect(early, &Operation::finished, this, [&](const Outcome &o) { outcome = o; });
    QSignalSpy earlyFinished(early, &Operation::finished);
    early->start();
    early->cancel();
    QTRY_COMPARE(earlyFinished.size(), 1);
    QVERIFY(!outcome.error.maybeExecuted);
    QCOMPARE(host.server().requests().size(), std::size_t(1));
}

void TestWriteOperations::readOnlySessionsSendNothing_data()
{
    QTest::addColumn<int>("verb");
    QTest::newRow("put") << int(Verb::Put);
    QTest::newRow("create") << int(Verb::Create);
    QTest::newRow("delete") << int(Verb::Delete);
    QTest::newRow("invoke") << int(Verb::Invoke);
}

void TestWriteOperations::readOnlySessionsSendNothing()
{
    QFETCH(int, verb);
    const OneInstanceHost host;
    ConnectionOptions options = host.options();
    options.readOnly = true;
    const auto session = sessionWith(options);
    const Outcome outcome = outcomeOf(make(*session, Verb(verb)));
    QCOMPARE(outcome.error.kind, Error::Kind::Local);
    QCOMPARE(outcome.error.cause, Cause::OptionsReadOnly);
    QVERIFY(!outcome.error.maybeExecuted);
    QCOMPARE(host.server().connections(), 0);
}

void TestWriteOperations::readOnlySessionsRead()
{
    const OneInstanceHost host;
    ConnectionOptions options = host.options();
    options.readOnly = true;
    const auto session = sessionWith(options);
    QVERIFY(!outcomeOf(new IdentifyOperation(session.get())).error);
    QVERIFY(!outcomeOf(new GetOperation(session.get(), service())).error);
    QVERIFY(
        !outcomeOf(new InvokeOperation(session.get(),
                                       {.resource = wmiClass(u"root/default"_s, u"StdRegProv"_s),
                                        .method = u"EnumKey"_s,
                                        .input = {}}))
             .error);
    QCOMPARE(host.server().requests().size(), std::size_t(3));
}

void TestWriteOperations::readMethods_data()
{
    QTest::addColumn<ResourceLocator>("resource");
    QTest::addColumn<QString>("method");
    QTest::addColumn<bool>("reads");
    const auto registry = wmiClass(u"root/default"_s, u"stdregprov"_s);
    const ResourceLocator config{
        .uri = u"http://schemas.microsoft.com/wbem/wsman/1/config/service"_s};
    const auto amt = [](const QString &name) {
        return ResourceLocator{.uri = u"http://intel.com/wbem/wscim/1/amt-schema/1/"_s + name};
    };
    QTest::newRow("registry") << registry << u"getstringvalue"_s << true;
    QTest::newRow("registry write") << registry << u"SetStringValue"_s << false;
    QTest::newRow("registry delete") << registry << u"DeleteKey"_s << false;
    QTest::newRow("action uri") << registry << registry.uri + u"/EnumKey"_s << true;
    QTest::newRow("another class's action")
        << registry << wmiClass(u"root/default"_s, u"Evil"_s).uri + u"/EnumKey"_s << false;
    QTest::newRow("analyze") << config << u"Analyze"_s << true;
    QTest::newRow("enable") << config << u"EnableRemoting"_s << false;
    QTest::newRow("another service") << amt(u"service"_s) << u"Analyze"_s << false;
    QTest::newRow("owner") << wmiClass(u"root/cimv2"_s, u"Win32_Process"_s) << u"GetOwner"_s
                           << true;
    QTest::newRow("terminate") << wmiClass(u"root/cimv2"_s, u"Win32_Process"_s) << u"Terminate"_s
                               << false;
    QTest::newRow("list") << amt(u"AMT_AuthorizationService"_s) << u"EnumerateUserAclEntries"_s
                          << true;
    QTest::newRow("set") << amt(u"AMT_AuthorizationService"_s) << u"SetAclEnabledState"_s << false;
    QTest::newRow("no method") << registry << QString() << false;
}

void TestWriteOperations::readMethods()
{
    QFETCH(ResourceLocator, resource);
    QFETCH(QString, method);
    QTEST(isReadMethod(resource, method), "reads");
}

void TestWriteOperations::secretsNeedEncryption()
{
    const OneInstanceHost host; // speaks in the clear, and the options agree to it
    const auto session = sessionWith(host.options());
    const auto put = [&session](const Patch &patch) {
        return new PutOperation(session.get(),
                                {.resource = service(), .representation = serviceWith({patch})});
    };
    for (const Patch &patch : {Patch::text(u"Password"_s, u"hunter2"_s),
                               Patch::secret(u"Odd"_s, Secret(u"hunter2"_s))}) {
        const Outcome outcome = outcomeOf(put(patch));
        QCOMPARE(outcome.error.kind, Error::Kind::Local);
        QCOMPARE(outcome.error.cause, Cause::OptionsSecretClearText);
    }
    QCOMPARE(host.received(action::put), 0);
    for (const ScriptedRequest &request : host.server().requests())
        QVERIFY(!request.body.contains("hunter2"));
    QVERIFY(!outcomeOf(put(Patch::text(u"Password"_s, {}))).error); // an empty one is no secret
}

void TestWriteOperations::secretsStayOutOfTheTrace()
{
    ScriptedServer server(makeCertificate());
    server.setAnswer([](const ScriptedRequest &request, const ScriptedPeer &peer) {
        peer.reply(OneInstanceHost::envelope(readMessage(request.body).value(), {}));
    });
    ConnectionOptions options;
    options.host = u"127.0.0.1"_s;
    options.tls = true;
    options.port = server.port();
    options.authentication = Authentication::None;
    options.skipCaCheck = true;
    options.skipCnCheck = true;
    Trace trace;
    const auto session = sessionWith(options, &trace);
    const Outcome outcome = outcomeOf(new PutOperation(
        session.get(),
        {.resource = service(),
         .representation = serviceWith({Patch::secret(u"Odd"_s, Secret(u"hunter2"_s)),
                                        Patch::text(u"Kept"_s, u"visible"_s)})}));
    QVERIFY2(!outcome.error, qPrintable(QString(causeId(outcome.error.cause))));
    QCOMPARE(server.requests().size(), std::size_t(1)); // over TLS no question goes before it
    QVERIFY(server.requests().front().body.contains("hunter2"));
    QCOMPARE(trace.entries().size(), std::size_t(1));
    QVERIFY(!trace.entries().front().requestBody.contains("hunter2"));
    QVERIFY(trace.entries().front().requestBody.contains("visible"));
}

void TestWriteOperations::utf16Sessions()
{
    OneInstanceHost host;
    ConnectionOptions options = host.options();
    options.utf16 = true;
    const auto session = sessionWith(options);
    QVERIFY(!outcomeOf(make(*session, Verb::Put)).error);
    const ScriptedRequest &request = host.server().requests().front();
    QVERIFY(request.body.startsWith("\xff\xfe"));
    QVERIFY(request.field("content-type").contains("UTF-16"));
    QCOMPARE(host.lastPut().content.child("A").text(), "b");
}

void TestWriteOperations::associationsAreEnumerations()
{
    OneInstanceHost host;
    Message asked;
    host.instead = [&asked](const Message &request, const ScriptedPeer &peer) {
        asked = request;
        peer.reply(OneInstanceHost::envelope(
            request,
            "<n:EnumerateResponse xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
            "<n:EnumerationContext/><w:Items><p:Win32_Service><p:Name>RPCSS</p:Name>"
            "</p:Win32_Service></w:Items><w:EndOfSequence/></n:EnumerateResponse>"));
        return true;
    };
    const auto session = sessionWith(host.options());
    auto *enumerate = new EnumerateOperation(
        session.get(),
        associationQuestion({.object = service(), .resultClass = u"Win32_Service"_s}));
    RowSet rows;
    connect(enumerate, &EnumerateOperation::rowsReceived, this,
            [&rows](const RowBatchPtr &batch) { rows.append(batch); });
    QVERIFY(!outcomeOf(enumerate).error);
    QCOMPARE(rows.rowCount(), 1U);
    const Node instances = asked.content.child("Filter").child("AssociatedInstances");
    QCOMPARE(readEndpointReference(instances.child("Object")).resource, service());
    QVERIFY(asked.resourceUri.endsWith(u"/root/cimv2/*"_s));
}

void TestWriteOperations::changeOnWindowsSendsWhatWasTouched()
{
    OneInstanceHost host;
    const auto session = sessionWith(host.options());
    QVERIFY(!outcomeOf(new IdentifyOperation(session.get())).error);
    auto *change = new ChangeOperation(
        session.get(),
        {.resource = service(), .patches = {Patch::text(u"startmode"_s, u"Manual"_s)}});
    connect(change, &Operation::finished, change, [change] {
        QCOMPARE(change->way(), ChangeWay::ModifiedOnly);
        QVERIFY(change->unapplied().isEmpty());
        QCOMPARE(change->after().content.child("StartMode").text(), "Manual");
        QCOMPARE(change->before().content.child("StartMode").text(), "Auto");
    });
    QVERIFY(!outcomeOf(change).error);
    const Message &put = host.lastPut();
    const Node option = put.header.child("OptionSet").child("Option");
    QCOMPARE(option.attribute("Name"), "wmiarray:__MIInstanceModifiedPropertiesList");
    QCOMPARE(option.text(), "StartMode");
    QCOMPARE(put.content.child("Name").text(), "Spooler");
    QCOMPARE(put.content.child("StartMode").text(), "Manual");
    QVERIFY(put.content.child("Description").isNil());
    QVERIFY(!put.content.child("List"));
    QCOMPARE(host.received(action::put), 1);
    QCOMPARE(host.received(action::get), 2);
}

void TestWriteOperations::changeElsewhereReplacesTheWhole()
{
    OneInstanceHost host;
    host.vendor = "Openwsman Project";
    host.version = "2.7.2";
    const auto session = sessionWith(host.options());
    QVERIFY(!outcomeOf(new IdentifyOperation(session.get())).error);
    auto *change = new ChangeOperation(
        session.get(),
        {.resource = service(), .patches = {Patch::text(u"StartMode"_s, u"Manual"_s)}});
    connect(change, &Operation::finished, change,
            [change] { QVERIFY(replacesWholeInstance(change->way())); });
    QVERIFY(!outcomeOf(change).error);
    QVERIFY(!host.lastPut().header.child("OptionSet"));
    QCOMPARE(host.lastPut().content.childCount(), 5U);
    QCOMPARE(host.lastPut().content.child("Description").text(), "prints");
    QCOMPARE(host.lastPut().content.child("StartMode").text(), "Manual");
}

void TestWriteOperations::changeOfEarlyWindowsSendsAFragment()
{
    OneInstanceHost host;
    host.version = "OS: 6.1.7601 SP: 1.0 Stack: 2.0";
    const auto session = sessionWith(host.options());
    QVERIFY(!outcomeOf(new IdentifyOperation(session.get())).error);
    QVERIFY(!outcomeOf(new ChangeOperation(session.get(),
                                           {.resource = service(),
                                            .patches = {Patch::text(u"StartMode"_s, u"Manual"_s)}}))
                 .error);
    QCOMPARE(host.lastPut().header.child("FragmentTransfer").text(), "StartMode");
    QVERIFY(host.lastPut().content.name().is(ns::wsman, "XmlFragment"));
    QCOMPARE(host.lastPut().content.childCount(), 1U);
}

void TestWriteOperations::changeSeesWhatTheHostIgnored()
{
    OneInstanceHost host;
    host.applies = false;
    const auto session = sessionWith(host.options());
    auto *change = new ChangeOperation(
        session.get(),
        {.resource = service(), .patches = {Patch::text(u"StartMode"_s, u"Manual"_s)}});
    connect(change, &Operation::finished, change,
            [change] { QCOMPARE(change->unapplied(), QStringList(u"StartMode"_s)); });
    QVERIFY(!outcomeOf(change).error);
}

void TestWriteOperations::changeThatFitsNothingSendsNoPut()
{
    const OneInstanceHost host;
    const auto session = sessionWith(host.options());
    const Outcome outcome = outcomeOf(new ChangeOperation(
        session.get(), {.resource = service(), .patches = {Patch::text(u"List[9]"_s, u"x"_s)}}));
    QCOMPARE(outcome.error.cause, Cause::LocalUsage);
    QCOMPARE(host.received(action::put), 0);
}

void TestWriteOperations::changeIsRefusedBeforeTheGet()
{
    const OneInstanceHost host;
    ConnectionOptions options = host.options();
    options.readOnly = true;
    const auto session = sessionWith(options);
    const Outcome outcome = outcomeOf(new ChangeOperation(
        session.get(), {.resource = service(), .patches = {Patch::text(u"A"_s, u"x"_s)}}));
    QCOMPARE(outcome.error.cause, Cause::OptionsReadOnly);
    QCOMPARE(host.server().connections(), 0);
}

void TestWriteOperations::lostPutOfAChangeIsNotRepeated()
{
    OneInstanceHost host;
    host.instead = [](const Message &request, const ScriptedPeer &peer) {
        if (request.action != toText(action::put))
            return false;
        peer.reset();
        return true;
    };
    const auto session = sessionWith(host.options());
    const Outcome outcome = outcomeOf(new ChangeOperation(
        session.get(), {.resource = service(), .patches = {Patch::text(u"A"_s, u"x"_s)}}));
    QCOMPARE(outcome.error.kind, Error::Kind::Connection);
    QVERIFY(outcome.error.maybeExecuted);
    QCOMPARE(host.received(action::put), 1);
    QCOMPARE(host.received(action::get), 1);
}

QTEST_GUILESS_MAIN(TestWriteOperations)
#include "tst_writeoperations.moc"
