#pragma once

#include "peer/cpp/scriptedserver.h"
#include "transport/accessmanager.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

inline const QByteArray envelope =
    "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"/>";

inline ConnectionOptions optionsFor(const ScriptedServer &server, bool tls = false)
{
    ConnectionOptions options;
    options.host = QStringLiteral("127.0.0.1");
    options.tls = tls;
    options.port = server.port();
    options.authentication = Authentication::None;
    options.allowClearText = !tls;
    return options;
}

inline std::shared_ptr<TransportContext> contextFor(const ConnectionOptions &options,
                                                    TrustDecider trust = refuseUntrusted(),
                                                    CredentialSource credentials = {})
{
    return std::make_shared<TransportContext>(options, std::move(credentials), std::move(trust));
}

/// A credential as a test needs it.
inline Credential credential(const QString &user, const QString &password)
{
    return {.userName = user, .password = Secret(password)};
}

/// Waits until `reply` has finished; false after ten seconds, or if it finished more than once.
inline bool awaitFinished(WsmanReply *reply)
{
    QSignalSpy finished(reply, &QNetworkReply::finished);
    return (reply->isFinished() || finished.wait(10000)) && finished.count() <= 1;
}

#define COMPARE_CAUSE(expression, expected) \
    do { \
        auto *const ended = (expression); \
        QVERIFY(awaitFinished(ended)); \
        QCOMPARE(causeId(ended->wsmanError().cause), causeId(expected)); \
        QVERIFY(bool(ended->wsmanError())); \
    } while (false)
#define VERIFY_GOOD(expression) \
    do { \
        auto *const ended = (expression); \
        QVERIFY(awaitFinished(ended)); \
        QVERIFY2(!ended->wsmanError(), \
                 qPrintable(QString(causeId(ended->wsmanError().cause)) + QLatin1Char(' ') \
                            + ended->wsmanError().message)); \
    } while (false)
