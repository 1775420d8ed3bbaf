#include "protocol/faultcause.h"
#include "protocol/message.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr char envelope[] = R"(<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
 xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
 xmlns:p="http://example.com/p" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<s:Header><a:RelatesTo>uuid:1</a:RelatesTo></s:Header><s:Body>%1</s:Body></s:Envelope>)";

QByteArray wrapped(const QString &body)
{
    return QString::fromLatin1(envelope).arg(body).toUtf8();
}

QString faultXml(const QString &subcode, const QString &detail = {},
                 const QString &reason = u"<s:Text xml:lang=\"en-US\">Sorry.</s:Text>"_s)
{
    const QString inner = subcode.isEmpty()
        ? QString()
        : u"<s:Subcode><s:Value>"_s + subcode + u"</s:Value></s:Subcode>"_s;
    return u"<s:Fault><s:Code><s:Value> s:Sender </s:Value>"_s + inner + u"</s:Code><s:Reason>"_s
        + reason + u"</s:Reason><s:Detail>"_s + detail + u"</s:Detail></s:Fault>"_s;
}

Error faultOf(const QString &body)
{
    const Result<Message> reply = requireReply(readMessage(wrapped(body)), u"uuid:1"_s);
    return reply ? Error() : reply.error();
}

} // namespace

class TestFault : public QObject
{
    Q_OBJECT

private slots:
    void causes_data();
    void causes();
    void codes_data();
    void codes();
    void nestedProviderFault();
    void wmiError();
    void omiError();
    void hresultInText();
    void reasons_data();
    void reasons();
    void empty();
    void subcodeByScope();
    void deepNesting();
    void fragment();
    void replies_data();
    void replies();
    void identify_data();
    void identify();
    void created_data();
    void created();
};

void TestFault::causes_data()
{
    QTest::addColumn<QString>("subcode");
    QTest::addColumn<QString>("code");
    QTest::addColumn<Cause>("cause");
    QTest::newRow("access") << u"w:AccessDenied"_s << QString() << Cause::FaultAccessDenied;
    QTest::newRow("access 5") << u"w:InternalError"_s << u"5"_s << Cause::FaultAccessDenied;
    QTest::newRow("access wmi") << u""_s << u"0x80041003"_s << Cause::FaultAccessDenied;
    QTest::newRow("access svc") << u""_s << u"2150859012"_s << Cause::FaultAccessDenied;
    QTest::newRow("timed out") << u"w:TimedOut"_s << QString() << Cause::FaultTimedOut;
    QTest::newRow("timed out code") << u""_s << u"-2144108503"_s << Cause::FaultTimedOut;
    QTest::newRow("unreachable") << u"a:DestinationUnreachable"_s << QString()
                                 << Cause::FaultUnknownResource;
    QTest::newRow("legacy") << u""_s << u"32768"_s << Cause::FaultUnknownResource;
    QTest::newRow("class") << u"w:InternalError"_s << u"2147749904"_s
                           << Cause::FaultUnknownResource;
    QTest::newRow("namespace") << u""_s << u"0x8004100E"_s << Cause::FaultUnknownResource;
    QTest::newRow("selectors") << u"w:InvalidSelectors"_s << QString()
                               << Cause::FaultInvalidSelectors;
    QTest::newRow("filter") << u"n:CannotProcessFilter"_s << QString() << Cause::FaultFilter;
    QTest::newRow("quota") << u"w:QuotaLimit"_s << QString() << Cause::FaultQuota;
    QTest::newRow("quota code") << u"w:InternalError"_s << u"0x803381a6"_s << Cause::FaultQuota;
    QTest::newRow("encoding") << u"w:EncodingLimit"_s << QString() << Cause::FaultEncodingLimit;
    QTest::newRow("encoding code") << u""_s << u"0x80338049"_s << Cause::FaultEncodingLimit;
    QTest::newRow("context") << u"n:InvalidEnumerationContext"_s << QString()
                             << Cause::FaultContextLost;
    QTest::newRow("context code") << u""_s << u"0x8033801B"_s << Cause::FaultContextLost;
    QTest::newRow("other") << u"w:Concurrency"_s << u"87"_s << Cause::FaultGeneric;
    QTest::newRow("nothing") << u""_s << QString() << Cause::FaultGeneric;
}

void TestFault::causes()
{
    QFETCH(QString, subcode);
    QFETCH(QString, code);
    const QString detail = code.isEmpty()
        ? QString()
        : u"<f:WSManFault Code=\""_s + code + u"\"><f:Message>m</f:Message></f:WSManFault>"_s;
    const Error error = faultOf(faultXml(subcode, detail));
    QCOMPARE(error.kind, Error::Kind::Fault);
    QTEST(error.cause, "cause");
}

void TestFault::codes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("code");
    QTest::newRow("decimal") << QByteArray("2150858752") << qint64(0x80338000);
    QTest::newRow("hex") << QByteArray("0x80338000") << qint64(0x80338000);
    QTest::newRow("HEX") << QByteArray("0X8033801B") << qint64(0x8033801b);
    QTest::newRow("negative") << QByteArray("-2144108544") << qint64(0x80338000);
    QTest::newRow("small") << QByteArray("5") << qint64(5);
    QTest::newRow("max") << QByteArray("4294967295") << qint64(0xffffffff);
    QTest::newRow("too large") << QByteArray("4294967296") << qint64(-1);
    QTest::newRow("too small") << QByteArray("-2147483649") << qint64(-1);
    QTest::newRow("huge") << QByteArray("99999999999999999999999") << qint64(-1);
    QTest::newRow("text") << QByteArray("5x") << qint64(-1);
    QTest::newRow("empty") << QByteArray("") << qint64(-1);
    QTest::newRow("hex only") << QByteArray("0x") << qint64(-1);
    QTest::newRow("plus") << QByteArray("+5") << qint64(-1);
}

void TestFault::codes()
{
    QFETCH(QByteArray, text);
    const std::optional<std::uint32_t> code = faultCode(
        {text.constData(), std::size_t(text.size())});
    QTEST(code ? qint64(*code) : qint64(-1), "code");
}

void TestFault::nestedProviderFault()
{
    const Error error = faultOf(faultXml(
        u"a:DestinationUnreachable"_s,
        u"<w:FaultDetail> urn:detail </w:FaultDetail>"
        "<f:WSManFault Code='2150858752' Machine='m1'><f:Message>"
        "<f:ProviderFault provider='WMI Provider' path='x.dll'>"
        "<f:WSManFault Code='2147749890' Machine='m2'><f:Message>inner</f:Message></f:WSManFault>"
        "<f:ExtendedError><p:__ExtendedStatus><p:Operation>GetObject</p:Operation>"
        "<p:ParameterInfo>C.K=1</p:ParameterInfo><p:StatusCode xsi:nil='true'/>"
        "</p:__ExtendedStatus></f:ExtendedError></f:ProviderFault></f:Message></f:WSManFault>"_s));
    const FaultDetails *const details = error.fault();
    QVERIFY(details);
    QCOMPARE(details->code, u"Sender"_s);
    QCOMPARE(details->subcode, u"DestinationUnreachable"_s);
    QCOMPARE(details->detailUri, u"urn:detail"_s);
    QCOMPARE(details->chain.size(), std::size_t(5));
    QCOMPARE(details->chain[1].form, FaultLink::Form::WSManFault);
    QCOMPARE(details->chain[1].machine, u"m1"_s);
    QCOMPARE(details->chain[2].form, FaultLink::Form::ProviderFault);
    QCOMPARE(details->chain[2].provider, u"WMI Provider"_s);
    QCOMPARE(details->chain[3].message, u"inner"_s);
    QCOMPARE(details->chain[4].message, u"C.K=1"_s);
    QCOMPARE(details->number.value_or(0), 0x80041002u);
    QCOMPARE(error.message, u"inner"_s);
}

void TestFault::wmiError()
{
    const Error error = faultOf(faultXml(
        u"w:InternalError"_s,
        u"<p:MSFT_WmiError><p:CIMStatusCode>27</p:CIMStatusCode><p:Message>quota</p:Message>"
        "<p:MessageID>HRESULT 0x803381a6</p:MessageID><p:error_Code>2150859174</p:error_Code>"
        "</p:MSFT_WmiError>"_s,
        u"<s:Text xml:lang=''/>"_s));
    QCOMPARE(error.cause, Cause::FaultQuota);
    QCOMPARE(error.message, u"quota"_s);
    QCOMPARE(error.fault()->chain[1].form, FaultLink::Form::WmiError);
    QCOMPARE(error.fault()->chain[1].symbol, u"HRESULT 0x803381a6"_s);
    QCOMPARE(error.fault()->number.value_or(0), 0x803381a6u);
}

void TestFault::omiError()
{
    const Error error = faultOf(faultXml(
        u"w:InternalError"_s,
        u"<p:OMI_Error><p:MessageID>OMI:MI_Result:5</p:MessageID><p:Message>no class</p:Message>"
        "<p:CIMStatusCode>5</p:CIMStatusCode><p:OMI_Code>5</p:OMI_Code></p:OMI_Error>"_s));
    // 5 is "invalid class" there, not Win32's "access denied".
    QCOMPARE(error.cause, Cause::FaultUnknownResource);
    QCOMPARE(error.fault()->chain[1].form, FaultLink::Form::OmiError);
    const Error cim = faultOf(
        faultXml({}, u"<p:CIM_Error><p:CIMStatusCode>2</p:CIMStatusCode></p:CIM_Error>"_s));
    QCOMPARE(cim.fault()->chain[1].form, FaultLink::Form::CimError);
    QCOMPARE(cim.cause, Cause::FaultAccessDenied);
}

void TestFault::hresultInText()
{
    const Error error = faultOf(
        faultXml(u"w:InternalError"_s,
                 u"<f:WSManFault Code='1359'><f:Message>x HRESULT = 0x80041003 y</f:Message>"
                 "</f:WSManFault>"_s));
    QCOMPARE(error.fault()->number.value_or(0), 0x80041003u);
    QCOMPARE(error.cause, Cause::FaultAccessDenied);
}

void TestFault::reasons_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one") << u"<s:Text xml:lang='de'> Nein. </s:Text>"_s << u"Nein."_s;
    QTest::newRow("english second")
        << u"<s:Text xml:lang='de'>Nein.</s:Text><s:Text xml:lang='en-GB'>No.</s:Text>"_s
        << u"No."_s;
    QTest::newRow("english empty")
        << u"<s:Text xml:lang='en'/><s:Text xml:lang='de'>Nein.</s:Text>"_s << u"Nein."_s;
    QTest::newRow("not english")
        << u"<s:Text xml:lang='de'>Nein.</s:Text><s:Text xml:lang='enq'>X</s:Text>"_s << u"Nein."_s;
    QTest::newRow("none") << QString() << QString();
}

void TestFault::reasons()
{
    QFETCH(QString, reason);
    const Error error = faultOf(faultXml({}, {}, reason));
    QTEST(error.fault()->chain.front().message, "expected");
    QTEST(error.message, "expected");
}

void TestFault::empty()
{
    const Error error = faultOf(u"<s:Fault/>"_s);
    QCOMPARE(error.kind, Error::Kind::Fault);
    QCOMPARE(error.cause, Cause::FaultGeneric);
    QCOMPARE(error.fault()->chain.size(), std::size_t(1));
    QVERIFY(!error.fault()->number);
    QVERIFY(error.fault()->code.isEmpty());
}

void TestFault::subcodeByScope()
{
    const Error error = faultOf(
        faultXml(u"q:QuotaLimit"_s)
            .replace(u"<s:Value>q:"_s, u"<s:Value xmlns:q='http://example.com/q'>q:"_s));
    QCOMPARE(error.fault()->subcodeNamespace, u"http://example.com/q"_s);
    const Error unbound = faultOf(faultXml(u"zz:QuotaLimit"_s));
    QVERIFY(unbound.fault()->subcodeNamespace.isEmpty());
    QCOMPARE(unbound.cause, Cause::FaultQuota);
}

void TestFault::deepNesting()
{
    QString detail = u"<f:WSManFault Code='1'><f:Message>end</f:Message></f:WSManFault>"_s;
    for (int i = 0; i < 60; ++i)
        detail = u"<f:WSManFault Code='1'><f:Message><f:ProviderFault>"_s + detail
            + u"</f:ProviderFault></f:Message></f:WSManFault>"_s;
    const Error error = faultOf(faultXml({}, detail));
    QVERIFY(error.fault());
    QVERIFY(error.fault()->chain.size() <= 33);
}

void TestFault::fragment()
{
    const Result<Message> message = readMessage(
        "<f:WSManFault xmlns:f='urn:f' Code='5'><f:Message>no</f:Message></f:WSManFault>");
    QVERIFY(message.ok());
    const Error error = readFault(message.value());
    QCOMPARE(error.cause, Cause::FaultAccessDenied);
    QCOMPARE(error.message, u"no"_s);
}

void TestFault::replies_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("id");
    QTest::addColumn<Cause>("cause");
    const QByteArray good = wrapped(u"<p:X/>"_s);
    QTest::newRow("good") << good << u"uuid:1"_s << Cause::Unknown;
    QTest::newRow("nothing asked") << good << QString() << Cause::Unknown;
    QTest::newRow("wrong") << good << u"uuid:2"_s << Cause::SoapWrongReply;
    QTest::newRow("case") << good << u"UUID:1"_s << Cause::SoapWrongReply;
    QTest::newRow("no RelatesTo") << QByteArray(good).replace("a:RelatesTo", "a:MessageID")
                                  << u"uuid:2"_s << Cause::Unknown;
    QTest::newRow("fragment") << QByteArray("<a/>") << u"uuid:1"_s << Cause::SoapNotEnvelope;
    QTest::newRow("html") << QByteArray("<html><body/></html>") << QString()
                          << Cause::SoapNotEnvelope;
    QTest::newRow("soap 1.1") << QByteArray(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>")
                              << QString() << Cause::SoapNotEnvelope;
    QTest::newRow("empty") << QByteArray() << QString() << Cause::SoapMalformed;
    QTest::newRow("cut") << good.left(200) << u"uuid:1"_s << Cause::SoapMalformed;
    QTest::newRow("dtd") << QByteArray("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>") << QString()
                         << Cause::SoapDtd;
}

void TestFault::replies()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, id);
    const Result<Message> reply = requireReply(readMessage(bytes), id);
    QTEST(reply ? Cause::Unknown : reply.error().cause, "cause");
}

void TestFault::identify_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("vendor");
    QTest::addColumn<double>("stack");
    QTest::addColumn<bool>("windows");
    QTest::addColumn<qsizetype>("profiles");
    const QString windows =
        u"<w:IdentifyResponse><w:ProtocolVersion>v</w:ProtocolVersion><w:ProductVendor>Microsoft "
        "Corporation</w:ProductVendor><w:ProductVersion>OS: 10.0.20348 SP: 0.0 Stack: "
        "3.0</w:ProductVersion><w:SecurityProfiles><w:SecurityProfileName>a</w:"
        "SecurityProfileName><w:SecurityProfileName>b</w:SecurityProfileName></"
        "w:SecurityProfiles></w:IdentifyResponse>"_s;
    QTest::newRow("windows") << windows << u"Microsoft Corporation"_s << 3.0 << true
                             << qsizetype(2);
    QTest::newRow("openwsman")
        << u"<w:IdentifyResponse><w:ProductVendor>Openwsman Project</w:ProductVendor>"
           "<w:ProductVersion>2.0.0</w:ProductVersion></w:IdentifyResponse>"_s
        << u"Openwsman Project"_s << 0.0 << false << qsizetype(0);
    QTest::newRow("no wrapper")
        << u"<w:IdentifyResponse><w:SecurityProfileName>a</w:SecurityProfileName>"
           "<w:AMT/></w:IdentifyResponse>"_s
        << QString() << 0.0 << false << qsizetype(1);
}

void TestFault::identify()
{
    QFETCH(QString, body);
    const Result<Message> reply = readMessage(wrapped(body));
    QVERIFY(reply.ok());
    const Result<IdentifyReply> identify = readIdentifyReply(reply.value());
    QVERIFY(identify.ok());
    QTEST(identify.value().vendor, "vendor");
    QTEST(identify.value().windowsStack(), "stack");
    QTEST(identify.value().isWindows(), "windows");
    QTEST(identify.value().securityProfiles.size(), "profiles");
    QVERIFY(!readIdentifyReply(readMessage(wrapped(u"<p:X/>"_s)).value()).ok());
}

void TestFault::created_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    const QString fields =
        u"<a:Address>http://example.com/wsman</a:Address><a:ReferenceParameters><w:ResourceURI>"
        "http://example.com/C</w:ResourceURI><w:SelectorSet><w:Selector Name='Id'> 1 "
        "</w:Selector></w:SelectorSet></a:ReferenceParameters>"_s;
    QTest::newRow("direct") << u"<p:ResourceCreated>"_s + fields + u"</p:ResourceCreated>"_s
                            << u"C.Id=\" 1 \""_s;
    QTest::newRow("wrapped") << u"<p:ResourceCreated><a:EndpointReference>"_s + fields
            + u"</a:EndpointReference></p:ResourceCreated>"_s
                             << u"C.Id=\" 1 \""_s;
    QTest::newRow("none") << u"<p:ResourceCreated/>"_s << QString();
    QTest::newRow("other") << u"<p:X/>"_s << QString();
    QTest::newRow("body empty") << QString() << QString();
}

void TestFault::created()
{
    QFETCH(QString, body);
    const Result<Message> reply = readMessage(wrapped(body));
    QVERIFY(reply.ok());
    const Result<EndpointReference> reference = readCreateReply(reply.value());
    QTEST(reference ? referenceText(reference.value()) : QString(), "expected");
}

QTEST_APPLESS_MAIN(TestFault)
#include "tst_fault.moc"
