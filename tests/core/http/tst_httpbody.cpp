#include "http/httpbody.h"
#include "http/httprequest.h"

#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;

class TestHttpBody final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void causes_data();
    void causes();
    void detailsAreBounded();
    void requestBytes();
    void requestsThatAreNeverSent_data();
    void requestsThatAreNeverSent();
};

void TestHttpBody::causes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Cause>("cause"); // Unknown: it is an envelope
    const QByteArray soap = "application/soap+xml;charset=UTF-8";
    const QByteArray html = "text/html";
    const QByteArray fault = "<?xml version=\"1.0\"?>\n<!-- c --><s:Envelope xmlns:s=\"x\">";
    QStringEncoder utf16(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    const QByteArray wide = utf16(QString::fromLatin1(fault));
    const QByteArray page = "<!DOCTYPE html><html><body>404 Envelope</body></html>";
    const auto row = [](const char *name, int status, const QByteArray &type,
                        const QByteArray &body, Cause cause = Cause::Unknown) {
        QTest::newRow(name) << status << type << body << cause;
    };
    for (const int status : {200, 400, 401, 404, 413, 500, 503})
        QTest::addRow("envelope %d", status) << status << soap << fault << Cause::Unknown;
    row("envelope called HTML", 500, html, fault);
    row("envelope without prefix", 200, soap, "<Envelope xmlns='x'/>");
    row("UTF-16", 200, soap, wide);
    row("UTF-8 with a mark", 200, soap, "\xef\xbb\xbf" + fault);
    row("document type before it", 200, soap, "<!DOCTYPE a [<!ENTITY b 'c'>]><s:Envelope/>");
    row("web page", 200, html, page, Cause::HttpHtml);
    row("web page, no type", 200, {}, "\r\n <HTML lang=en>", Cause::HttpHtml);
    row("text called HTML", 200, html, "hello", Cause::HttpHtml);
    row("empty", 200, soap, {}, Cause::HttpEmpty);
    row("blanks", 200, soap, " \r\n", Cause::HttpEmpty);
    row("no content", 204, {}, {}, Cause::HttpEmpty);
    row("JSON", 200, "application/json", "{}", Cause::HttpNotSoap);
    row("other XML", 200, soap, "<feed/>", Cause::HttpNotSoap);
    row("longer name", 200, soap, "<EnvelopeX/>", Cause::HttpNotSoap);
    row("unended comment", 200, soap, "<!-- <s:Envelope>", Cause::HttpNotSoap);
    row("404 page", 404, html, page, Cause::HttpNotFound);
    row("404 empty", 404, {}, {}, Cause::HttpNotFound);
    row("413", 413, {}, {}, Cause::HttpRequestTooLarge);
    row("503 page", 503, html, page, Cause::HttpServiceUnavailable);
    row("403", 403, html, page, Cause::HttpStatus);
    row("500 empty", 500, {}, {}, Cause::HttpStatus);
    row("411 text", 411, "text/plain", "no length", Cause::HttpStatus);
}

void TestHttpBody::causes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(Cause, cause);
    const HttpHead head{.status = status, .reason = "R", .headers = {{"Content-Type", type}}};
    const auto error = httpBodyError(head, body);
    QCOMPARE(bool(error), cause != Cause::Unknown);
    if (!error)
        return;
    QCOMPARE(causeId(error->cause), causeId(cause));
    QVERIFY(error->kind == Error::Kind::Protocol);
    const auto *details = std::get_if<HttpDetails>(&error->details);
    QVERIFY(details);
    QCOMPARE(details->status, status);
    QCOMPARE(details->contentType, QString::fromLatin1(type));
}

void TestHttpBody::detailsAreBounded()
{
    const auto details = httpDetails({.status = 200}, QByteArray(5000, 'x'));
    QCOMPARE(details.start.size(), 1024);
}

void TestHttpBody::requestBytes()
{
    const HttpRequest request{
        .target = "/wsman", .host = "[2001:db8::1]:5986", .fields = {{"A", "b c"}}, .body = "xy"};
    QCOMPARE(
        request.bytes(),
        "POST /wsman HTTP/1.1\r\nHost: [2001:db8::1]:5986\r\nA: b c\r\nContent-Length: 2\r\n\r\n"
        "xy"_ba);
}

void TestHttpBody::requestsThatAreNeverSent_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("blank in the target") << "/a b"_ba
                                         << "h"_ba
                                         << "A"_ba
                                         << "b"_ba;
    QTest::newRow("line in the target") << "/a\r\nX: y"_ba
                                        << "h"_ba
                                        << "A"_ba
                                        << "b"_ba;
    QTest::newRow("no target") << ""_ba
                               << "h"_ba
                               << "A"_ba
                               << "b"_ba;
    QTest::newRow("line in the host") << "/"_ba
                                      << "h\r\nX: y"_ba
                                      << "A"_ba
                                      << "b"_ba;
    QTest::newRow("no host") << "/"_ba
                             << ""_ba
                             << "A"_ba
                             << "b"_ba;
    QTest::newRow("line in a name") << "/"_ba
                                    << "h"_ba
                                    << "A\n"_ba
                                    << "b"_ba;
    QTest::newRow("colon in a name") << "/"_ba
                                     << "h"_ba
                                     << "A:"_ba
                                     << "b"_ba;
    QTest::newRow("line in a value") << "/"_ba
                                     << "h"_ba
                                     << "A"_ba
                                     << "b\nC: d"_ba;
    QTest::newRow("NUL in a value") << "/"_ba
                                    << "h"_ba
                                    << "A"_ba << QByteArray(1, '\0');
}

void TestHttpBody::requestsThatAreNeverSent()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const HttpRequest request{.target = target, .host = host, .fields = {{name, value}}};
    QVERIFY(request.bytes().isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpBody)
#include "tst_httpbody.moc"
