#pragma once

#include "core/auth/gssacceptor.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <optional>

/// Waits for the answer to one call of a security context.
template<typename T, typename Call>
std::optional<Result<T>> answerOf(Call call)
{
    std::optional<Result<T>> answer;
    QEventLoop loop;
    QTimer::singleShot(std::chrono::minutes(1), &loop, [] { qFatal("no answer"); });
    call([&](const Result<T> &result) {
        answer = result;
        loop.quit();
    });
    loop.exec();
    return answer;
}

inline Result<AuthLeg> stepOf(SecurityContext &context, const QByteArray &token)
{
    return *answerOf<AuthLeg>([&](auto done) { context.step(token, done); });
}

inline Result<SealedParts> sealOf(SecurityContext &context, const QByteArray &plain)
{
    return *answerOf<SealedParts>([&](auto done) { context.seal(plain, done); });
}

inline Result<QByteArray> unsealOf(SecurityContext &context, const SealedParts &sealed)
{
    return *answerOf<QByteArray>([&](auto done) { context.unseal(sealed, done); });
}

/// A whole sign-in. No error: the context is complete, and so is the host's.
inline Error signInTo(SecurityContext &context, GssAcceptor &host)
{
    QByteArray token;
    for (int leg = 0; leg < 5; ++leg) {
        const auto ours = stepOf(context, token);
        if (!ours)
            return ours.error();
        if (ours->token.isEmpty())
            return {};
        const auto theirs = host.step(ours->token);
        if (theirs.failed && theirs.token.isEmpty())
            return Error::of(Error::Kind::Authentication, Cause::AuthRejected, theirs.words);
        token = theirs.token;
        if (ours->complete && token.isEmpty())
            return {};
    }
    return Error::of(Error::Kind::Authentication, Cause::AuthFailed, QStringLiteral("no end"));
}
