#include "hosts/hostlist.h"

#include "hosts/hostquestions.h"

#include <QPointer>

#include <algorithm>

HostList::HostList(ProfileStore &store, Trace &trace, HostQuestions &questions, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_trace(trace)
    , m_questions(questions)
{
    connect(&store, &ProfileStore::changed, this, &HostList::sync);
    sync();
}

HostList::~HostList() = default;

HostConnection *HostList::forProfile(const QString &id) const
{
    const auto it = std::ranges::find_if(m_hosts, [&id](const HostConnection *host) {
        return host->isSaved() && host->profile().summary.id == id;
    });
    return it == m_hosts.end() ? nullptr : *it;
}

HostConnection *HostList::add(const Profile &profile, const Credential &credential)
{
    if (!profile.summary.id.isEmpty())
        return forProfile(profile.summary.id);
    return create(profile, credential);
}

HostConnection *HostList::create(const Profile &profile, const Credential &credential)
{
    auto *host = new HostConnection(profile, {}, refuseUntrusted(), m_trace, this);
    host->setCredentials(credentialSource(host, credential), trustDecider(host));
    host->setPreparation([this](HostConnection *self) { prepare(self); });
    m_hosts.push_back(host);
    if (!credential.isEmpty())
        m_keeping.insert(host);
    connect(host, &HostConnection::stateChanged, this, [this, host] { Q_EMIT stateChanged(host); });
    connect(host, &HostConnection::lostChanged, this, [this, host] { Q_EMIT lostChanged(host); });
    connect(host, &HostConnection::profileChanged, this,
            [this, host] { Q_EMIT profileChanged(host); });
    Q_EMIT added(host);
    return host;
}

void HostList::useOnce(HostConnection *host, const Credential &credential)
{
    if (!credential.isEmpty())
        m_once[host] = credential;
}

void HostList::remove(HostConnection *host)
{
    const auto it = std::ranges::find(m_hosts, host);
    if (it == m_hosts.end())
        return;
    host->disconnectFromHost();
    Q_EMIT aboutToRemove(host);
    m_hosts.erase(it);
    m_once.erase(host);
    m_keeping.erase(host);
    host->disconnect(this);
    host->deleteLater();
}

void HostList::sync()
{
    for (const ProfileSummary &summary : m_store.profiles()) {
        if (HostConnection *host = forProfile(summary.id)) {
            Profile profile = host->profile();
            if (profile.summary == summary)
                continue;
            profile.summary = summary;
            host->setProfile(profile);
        } else {
            create(Profile{.summary = summary}, {});
        }
    }
    for (HostConnection *host : std::vector(m_hosts)) {
        if (!host->isSaved() || m_store.find(host->profile().summary.id))
            continue;
        if (host->state() == HostConnection::State::Connected) {
            Profile profile = host->profile(); // stays, no longer saved, until it is disconnected
            profile.summary.id.clear();
            host->setProfile(profile);
        } else {
            remove(host);
        }
    }
}

int HostList::forgetPasswords()
{
    const int count = int(m_store.remembered().size()) + int(m_keeping.size());
    m_store.forgetRemembered();
    m_once.clear();
    m_keeping.clear();
    for (HostConnection *host : m_hosts)
        host->setCredentials(credentialSource(host, {}), trustDecider(host));
    return count;
}

void HostList::prepare(HostConnection *host)
{
    if (!host->isSaved()) {
        host->openSession();
        return;
    }
    host->expectConnect();
    m_store.load(host->profile().summary.id,
                 [this, guard = QPointer(host)](const Result<ProfileStore::Loaded> &result) {
                     if (!guard || guard->state() != HostConnection::State::Connecting)
                         return; // given up while the keychain answered
                     if (result)
                         loaded(guard, *result);
                     else
                         guard->fail(result.error());
                 });
}

void HostList::loaded(HostConnection *host, const ProfileStore::Loaded &loaded)
{
    if (!loaded.needsApproval) {
        connectWith(host, loaded.profile, loaded.credential);
        return;
    }
    const auto &shared = m_store.credentials();
    const auto it = std::ranges::find(shared, loaded.profile.credentialId, &SavedCredential::id);
    if (it == shared.end()) {
        connectWith(host, loaded.profile, {});
        return;
    }
    const QString credential = loaded.profile.credentialId;
    const QString name = loaded.profile.options.host;
    host->setProfile(loaded.profile);
    m_questions.askSharedCredential(
        host, *it, [this, guard = QPointer(host), credential, name](bool yes) {
            if (!guard || guard->state() != HostConnection::State::Connecting)
                return;
            if (!yes) {
                guard->disconnectFromHost();
                return;
            }
            m_store.approveHost(credential, name, [this, guard](const Done &done) {
                if (!guard || guard->state() != HostConnection::State::Connecting)
                    return;
                if (done)
                    prepare(guard); // now the store gives the credential
                else
                    guard->fail(done.error());
            });
        });
}

void HostList::connectWith(HostConnection *host, const Profile &profile,
                           const Credential &credential)
{
    const auto once = m_once.extract(host);
    const bool given = credential.isEmpty() && !once.empty();
    host->setProfile(profile);
    host->setCredentials(credentialSource(host, given ? once.mapped() : credential),
                         trustDecider(host));
    host->openSession();
}

CredentialSource HostList::credentialSource(HostConnection *host, const Credential &stored)
{
    return [this, guard = QPointer(host), stored](const CredentialRequest &request,
                                                  const CredentialAnswer &answer) {
        if (!stored.isEmpty() && !request.previousRefused) {
            answer(stored);
            return;
        }
        if (!guard) {
            answer(std::nullopt);
            return;
        }
        if (request.ticketUsable) { // nothing needs to be asked
            answer(Credential{});
            return;
        }
        Q_EMIT asking(guard, true);
        m_questions.askCredential(
            guard, request, [this, guard, answer](const std::optional<Credential> &credential) {
                if (guard)
                    Q_EMIT asking(guard, false);
                answer(credential);
            });
    };
}

TrustDecider HostList::trustDecider(HostConnection *host)
{
    return [this, guard = QPointer(host)](const TrustQuestion &question, const TrustReply &reply) {
        if (!guard) {
            reply(TrustAnswer::No);
            return;
        }
        const QByteArray leaf = question.certificate.sha256;
        Q_EMIT asking(guard, true);
        m_questions.askTrust(guard, question, [this, guard, leaf, reply](TrustAnswer answer) {
            if (guard)
                Q_EMIT asking(guard, false);
            if (answer == TrustAnswer::Pin && guard)
                pin(guard, leaf);
            reply(answer);
        });
    };
}

void HostList::pin(HostConnection *host, const QByteArray &sha256)
{
    Profile profile = host->profile();
    profile.options.pinSha256 = sha256;
    host->setProfile(profile);
    if (host->isSaved())
        m_store.save(profile, {}, false, [](const Result<QString> &) {});
}
