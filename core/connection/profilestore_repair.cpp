// ProfileStore: what an interrupted save or removal left behind.

#include "common/log.h"
#include "connection/privatefile.h"
#include "connection/profilestore_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

bool ProfileStore::Private::needsRepair() const
{
    const ProfileIndex &index = file.index();
    return std::any_of(
               index.profiles.begin(), index.profiles.end(),
               [](const auto &row) { return row.summary.state != ProfileSummary::State::Ready; })
        || std::any_of(index.credentials.begin(), index.credentials.end(),
                       [](const auto &row) { return row.pending; });
}

void ProfileStore::Private::repair(Next done)
{
    probe([this, done = std::move(done)](KeychainState found) {
        Next step = done;
        for (const auto &row : file.index().profiles) {
            if (row.summary.state != ProfileSummary::State::Ready)
                step = [this, found, id = row.summary.id, step] { repairRow(id, found, step); };
        }
        for (const auto &row : file.index().credentials) {
            if (row.pending && found == KeychainState::Ready)
                step = [this, id = row.credential.id, step] { repairCredential(id, step); };
        }
        step();
    });
}

void ProfileStore::Private::repairRow(const QString &id, KeychainState found, Next done)
{
    const auto row = this->row(id);
    if (!row || row->summary.state == ProfileSummary::State::Ready)
        return later(done);
    if (row->place == ProfileRow::Place::File) {
        const auto exists = readPrivateFile(optionsPath(id), maxEntryBytes);
        if (readOptionsFile(*row))
            setRow(*row, ProfileSummary::State::Ready, row->place);
        else if (exists && !*exists && row->change != ProfileRow::Change::Edit
                 && row->summary.state == ProfileSummary::State::Pending)
            static_cast<void>(change([&](ProfileIndex &index) { index.erase(id); }).error());
        else
            setRow(*row, ProfileSummary::State::Damaged, row->place);
        return later(done);
    }
    if (found != KeychainState::Ready)
        return later(done);
    keychain->read(profileKey(id), [=, this, row = *row](Result<QByteArray> entry) {
        const bool valid = entry && profileFromEntry(*entry, id);
        if (valid)
            setRow(row, ProfileSummary::State::Ready, row.place);
        else if (entry)
            setRow(row, ProfileSummary::State::Damaged, row.place);
        else if (entry.error().cause == Cause::KeychainEntryMissing)
            return judgeMissing(row, done);
        done();
    });
}

/// Only while the canary can still be read is a missing entry really missing.
void ProfileStore::Private::judgeMissing(const ProfileRow &row, Next done)
{
    canaryReadable([=, this](bool readable) {
        if (!readable)
            return done();
        const bool pending = row.summary.state == ProfileSummary::State::Pending;
        if (readOptionsFile(row)) // it was on its way from the file into the keychain
            setRow(row, ProfileSummary::State::Ready, ProfileRow::Place::File);
        else if (pending && row.change != ProfileRow::Change::Edit)
            static_cast<void>(
                change([&](ProfileIndex &index) { index.erase(row.summary.id); }).error());
        else
            setRow(row, ProfileSummary::State::Damaged, row.place);
        done();
    });
}

void ProfileStore::Private::setRow(const ProfileRow &row, ProfileSummary::State newState,
                                   ProfileRow::Place place)
{
    const Done done = change([&](ProfileIndex &index) {
        if (ProfileRow *changed = index.find(row.summary.id)) {
            changed->summary.state = newState;
            changed->change = ProfileRow::Change::None;
            changed->place = place;
        }
    });
    if (!done)
        qCWarning(logConnection) << "A profile could not be repaired:" << done.error().message;
}

void ProfileStore::Private::repairCredential(const QString &id, Next done)
{
    keychain->read(credentialKey(id), [=, this](const Result<QByteArray> &entry) {
        const bool there = entry && credentialFromEntry(*entry, id);
        if (!there && (entry || entry.error().cause != Cause::KeychainEntryMissing))
            return done();
        canaryReadable([=, this](bool readable) {
            const bool used = !q->profilesUsing(id).isEmpty();
            if (there || (readable && !used))
                static_cast<void>(change([&](ProfileIndex &index) {
                                      if (!there)
                                          index.eraseCredential(id);
                                      else if (auto *row = index.findCredential(id))
                                          row->pending = false;
                                  }).error());
            done();
        });
    });
}
