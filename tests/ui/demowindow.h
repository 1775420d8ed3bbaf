#pragma once

#include "connection/profilestore.h"
#include "demo/demohost.h"
#include "session/trace.h"
#include "views/mainwindow.h"

#include <QFile>
#include <QTemporaryDir>

#include <memory>

/// A window with files and keychain of its own, and a demo host over TLS that it can reach.
struct DemoWindow
{
    explicit DemoWindow(DemoHost &demoHost, const QString &configFolder = {})
        : demo(demoHost)
        , store(memoryKeychain(), configFolder.isEmpty() ? folder.path() : configFolder)
    {
        const Done opened = store.open();
        Q_ASSERT(opened);
        window = std::make_unique<MainWindow>(
            MainWindow::Parts{.store = store,
                              .trace = trace,
                              .stateFile = (configFolder.isEmpty() ? folder.path() : configFolder)
                                  + QStringLiteral("/window.ini"),
                              .demo = [this](auto answer) { answer(access()); },
                              .cacheFolder = (configFolder.isEmpty() ? folder.path() : configFolder)
                                  + QStringLiteral("/classes"),
                              .viewFolder = folder.filePath(QStringLiteral("views"))});
    }

    QByteArray password() const
    {
        QFile file(demo.passwordFile());
        return file.open(QIODevice::ReadOnly) ? file.readLine().trimmed() : QByteArray();
    }
    DemoAccess access() const
    {
        QByteArray bytes = password();
        return {.url = demo.url(),
                .userName = demo.userName(),
                .password = Secret::take(bytes),
                .pinSha256 = demo.pinSha256()};
    }
    Profile profile(const QString &name) const
    {
        Profile made;
        made.summary.name = name;
        made.options.host = demo.url().host();
        made.options.port = std::uint16_t(demo.url().port());
        made.options.path = demo.url().path();
        made.options.authentication = Authentication::Basic;
        made.options.userName = demo.userName();
        made.options.pinSha256 = demo.pinSha256();
        made.storage = SecretStorage::Keychain;
        return made;
    }
    Credential credential() const
    {
        QByteArray bytes = password();
        return {.userName = demo.userName(), .password = Secret::take(bytes)};
    }

    QTemporaryDir folder;
    DemoHost &demo;
    ProfileStore store;
    Trace trace;
    std::unique_ptr<MainWindow> window;
};
