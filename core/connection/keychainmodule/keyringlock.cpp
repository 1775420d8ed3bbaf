#include "connection/keychainmodule/keyringlock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <functional>

namespace {

using Outcome = KeychainBackend::Outcome;
using Paths = QList<QDBusObjectPath>;

/// The reply to a method of the service goes to `answered`, an error to `failed`.
template<typename Reply>
void ask(QObject *context, const QString &method, const QVariantList &arguments,
         std::function<void(const Reply &)> answered)
{
    auto message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"), QStringLiteral("/org/freedesktop/secrets"),
        QStringLiteral("org.freedesktop.Secret.Service"), method);
    message.setArguments(arguments);
    message.setAutoStartService(false);
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message),
                                                context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context,
                     [answered = std::move(answered)](QDBusPendingCallWatcher *call) {
                         call->deleteLater();
                         answered(Reply(*call));
                     });
}

void lockCollection(QObject *context, const QDBusObjectPath &collection,
                    const KeychainBackend::Answer &answer)
{
    ask<QDBusPendingReply<Paths, QDBusObjectPath>>(
        context, QStringLiteral("Lock"), {QVariant::fromValue(Paths{collection})},
        [answer](const QDBusPendingReply<Paths, QDBusObjectPath> &reply) {
            if (reply.isError())
                answer(Outcome::Denied, {}, reply.error().message());
            else if (reply.argumentAt<0>().isEmpty())
                answer(Outcome::Denied, {}, QStringLiteral("the keyring was not locked"));
            else
                answer(Outcome::Ok, {}, {});
        });
}

} // namespace

void lockKeyring(QObject *context, KeychainBackend::Answer answer)
{
    ask<QDBusPendingReply<QDBusObjectPath>>(
        context, QStringLiteral("ReadAlias"), {QStringLiteral("default")},
        [context, answer](const QDBusPendingReply<QDBusObjectPath> &reply) {
            if (reply.isError())
                answer(Outcome::Unavailable, {}, reply.error().message());
            else if (reply.value().path() == QLatin1String("/"))
                answer(Outcome::Unavailable, {}, QStringLiteral("there is no default keyring"));
            else
                lockCollection(context, reply.value(), answer);
        });
}
