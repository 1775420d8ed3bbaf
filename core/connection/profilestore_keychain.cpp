// ProfileStore and the keychain: the canary, and what a keychain's answer really means.

#include "common/log.h"
#include "connection/jsonfields.h"
#include "connection/profilestore_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

const QString canaryKey = u"canary"_s;

QByteArray canaryEntry(const QString &id)
{
    const QJsonObject json{{u"format"_s, u"winrm-console canary"_s},
                           {u"id"_s, id},
                           {u"purpose"_s, u"tells a locked keychain from an empty one"_s}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

/// Empty when the entry is no canary of ours.
QString canaryId(const QByteArray &entry)
{
    JsonFields fields(QJsonDocument::fromJson(entry.left(4096)).object());
    const QString id = fields.text("id"_L1);
    return isId(id) ? id : QString();
}

/// The rows that were pending under another canary cannot be judged by a missing entry any more.
void adoptCanary(ProfileIndex &index, const QString &id)
{
    if (!index.canary.isEmpty() && index.canary != id) {
        for (auto &row : index.profiles) {
            if (row.summary.state == ProfileSummary::State::Pending)
                row.summary.state = ProfileSummary::State::Damaged;
        }
    }
    index.canary = id;
}

Error named(Error error, const QString &name)
{
    if (auto *details = std::get_if<KeychainDetails>(&error.details))
        details->entry = name;
    return error;
}

} // namespace

Error stateError(ProfileStore::KeychainState state, const QString &name)
{
    const bool absent = state == ProfileStore::KeychainState::Absent;
    return Error::of(Error::Kind::Local, absent ? Cause::KeychainAbsent : Cause::KeychainLocked, {},
                     KeychainDetails{name, {}});
}

void ProfileStore::Private::setState(KeychainState newState)
{
    if (state == newState)
        return;
    state = newState;
    Q_EMIT q->keychainStateChanged();
}

void ProfileStore::Private::probe(StateAnswer answer)
{
    keychain->read(canaryKey, [this, answer = std::move(answer)](Result<QByteArray> entry) {
        const QString id = entry ? canaryId(*entry) : QString();
        if (!id.isEmpty()) {
            if (id != file.index().canary
                && !change([&](ProfileIndex &index) { adoptCanary(index, id); }))
                qCWarning(logConnection) << "The list of profiles cannot be written.";
            setState(KeychainState::Ready);
            return answer(state);
        }
        if (entry || entry.error().cause == Cause::KeychainEntryMissing)
            return writeCanary(answer);
        setState(entry.error().cause == Cause::KeychainAbsent ? KeychainState::Absent
                                                              : KeychainState::Locked);
        answer(state);
    });
}

/// A locked keyring says to a read that there is no entry, and refuses a write: so a write that
/// succeeds tells a new keychain (or one that was emptied) from a locked one.
void ProfileStore::Private::writeCanary(StateAnswer answer)
{
    const QString id = newId();
    keychain->write(canaryKey, canaryEntry(id), [this, id, answer = std::move(answer)](Done done) {
        const bool seenBefore = !file.index().canary.isEmpty();
        if (done && !change([&](ProfileIndex &index) { adoptCanary(index, id); }))
            qCWarning(logConnection) << "The list of profiles cannot be written.";
        const bool absent = !done && done.error().cause == Cause::KeychainAbsent && !seenBefore;
        setState(done         ? KeychainState::Ready
                     : absent ? KeychainState::Absent
                              : KeychainState::Locked);
        answer(state);
    });
}

void ProfileStore::Private::canaryReadable(std::function<void(bool)> answer)
{
    keychain->read(canaryKey, [this, answer = std::move(answer)](Result<QByteArray> entry) {
        answer(entry && canaryId(*entry) == file.index().canary && !file.index().canary.isEmpty());
    });
}

void ProfileStore::Private::explain(const Error &error, const QString &name,
                                    std::function<void(Error)> answer)
{
    const bool unclear = error.cause == Cause::KeychainEntryMissing
        || error.cause == Cause::KeychainDenied;
    if (!unclear) {
        if (error.cause == Cause::KeychainAbsent)
            setState(KeychainState::Absent);
        else if (error.cause == Cause::KeychainLocked)
            setState(KeychainState::Locked);
        return answer(named(error, name));
    }
    probe([error, name, answer = std::move(answer)](KeychainState found) {
        Error meaning = named(error, name);
        if (found == KeychainState::Locked)
            meaning.cause = Cause::KeychainLocked;
        else if (found == KeychainState::Absent)
            meaning.cause = Cause::KeychainAbsent;
        answer(meaning);
    });
}

void ProfileStore::Private::readEntry(const QString &key, const QString &name,
                                      Answer<QByteArray> answer)
{
    keychain->read(key, [this, name, answer = std::move(answer)](Result<QByteArray> entry) {
        if (!entry)
            return explain(entry.error(), name, answer);
        setState(KeychainState::Ready);
        answer(std::move(entry));
    });
}

void ProfileStore::Private::writeEntry(const QString &key, const QString &name,
                                       const QByteArray &entry, DoneAnswer answer)
{
    keychain->write(key, entry, [this, name, answer = std::move(answer)](const Done &done) {
        if (!done)
            return explain(done.error(), name, answer);
        answer({});
    });
}

/// A locked keyring says that a removal succeeded, and afterwards that the entry is missing: only
/// between two readings of the canary is that the truth.
void ProfileStore::Private::removeEntry(const QString &key, const QString &name, DoneAnswer answer)
{
    const auto stillThere = [name] {
        const QString words = u"the entry is still there after its removal"_s;
        return Error::of(Error::Kind::Local, Cause::KeychainDenied, words,
                         KeychainDetails{name, words});
    };
    keychain->remove(key, [=, this](const Done &done) {
        if (!done && done.error().cause != Cause::KeychainEntryMissing)
            return explain(done.error(), name, answer);
        keychain->read(key, [=, this](const Result<QByteArray> &entry) {
            if (entry)
                return answer(stillThere());
            if (entry.error().cause != Cause::KeychainEntryMissing)
                return explain(entry.error(), name, answer);
            canaryReadable([=, this](bool readable) {
                if (readable)
                    return answer({});
                setState(KeychainState::Locked);
                answer(stateError(state, name));
            });
        });
    });
}
