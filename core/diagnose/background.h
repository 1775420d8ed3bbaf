#pragma once

#include <QCoreApplication>
#include <QPointer>

#include <functional>
#include <memory>

/// Calls `work` on one of a few threads kept for what may block: reading krb5.conf and ticket
/// caches.
void startInBackground(std::function<void()> work);

/// Calls `work()` on another thread, then `done(result)` on the thread of the application, which
/// has to be the receiver's; not at all when the receiver is gone by then.
template<typename Work, typename Done>
void inBackground(QObject *receiver, Work work, Done done)
{
    const QPointer<QObject> alive(receiver);
    startInBackground([alive, work = std::move(work), done = std::move(done)] {
        auto result = std::make_shared<decltype(work())>(work());
        auto *application = QCoreApplication::instance();
        if (!application)
            return;
        QMetaObject::invokeMethod(
            application,
            [alive, done, result] {
                if (alive)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}
