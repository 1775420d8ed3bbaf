#pragma once

#include "storecalls.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using State = ProfileSummary::State;
using KeychainState = ProfileStore::KeychainState;

inline Profile profileNamed(const QString &name, SecretStorage storage = SecretStorage::Keychain)
{
    Profile profile;
    profile.summary.name = name;
    profile.options.host = u"srv1.example.com"_s;
    profile.options.userName = u"admin"_s;
    profile.storage = storage;
    return profile;
}

inline Credential password(const QString &text)
{
    return {u"admin"_s, Secret(text)};
}

/// A store in a folder of its own, on a FakeVault that survives it.
class StoreFixture : public QObject
{
protected:
    void begin()
    {
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_vault = std::make_shared<FakeVault>();
        restart();
    }
    void restart(bool openNow = true)
    {
        m_store.reset();
        m_store = std::make_unique<ProfileStore>(std::make_unique<FakeKeychain>(m_vault),
                                                 m_folder->path() + u"/config"_s);
        if (openNow)
            QVERIFY(m_store->open());
    }
    StoreCalls call() { return {*m_store}; }
    QString path(const QString &name) const { return m_folder->path() + u"/config/"_s + name; }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QString saved(const Profile &profile, const Credential &credential = {})
    {
        const auto id = call().save(profile, credential);
        return id ? *id : u"not saved: "_s + causeId(id.error().cause) + id.error().message;
    }
    QByteArray secretOf(const QString &id)
    {
        const auto loaded = call().load(id);
        return loaded ? loaded->credential.password.reveal() : "not loaded"_ba;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeVault> m_vault;
    std::unique_ptr<ProfileStore> m_store;
};
