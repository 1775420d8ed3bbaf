#include "connection/profilebulkedit.h"

#include <QPointer>

#include <utility>

ProfileBulkEdit::ProfileBulkEdit(ProfileStore &store, const QStringList &ids,
                                 ProfileChanges changes, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_left(ids)
    , m_total(int(ids.size()))
    , m_changes(std::move(changes))
{ }

void ProfileBulkEdit::start()
{
    QMetaObject::invokeMethod(this, &ProfileBulkEdit::next, Qt::QueuedConnection);
}

void ProfileBulkEdit::cancel()
{
    m_report.left += int(std::exchange(m_left, {}).size());
}

void ProfileBulkEdit::next()
{
    if (m_left.isEmpty())
        return end();
    const auto summary = m_store.find(m_left.takeFirst());
    if (!summary)
        return done(false); // deleted meanwhile
    if (m_changes.isSummaryOnly())
        changeSummary(*summary);
    else
        changeEntry(*summary);
}

void ProfileBulkEdit::changeSummary(const ProfileSummary &summary)
{
    const ProfileSummary changed = m_changes.applied(summary);
    if (changed == summary)
        return done(false);
    if (const Done written = m_store.updateSummary(changed); !written)
        return fail(summary.name, written.error());
    done(true);
}

void ProfileBulkEdit::changeEntry(const ProfileSummary &summary)
{
    m_store.load(summary.id,
                 [guard = QPointer(this), summary](const Result<ProfileStore::Loaded> &loaded) {
                     if (!guard)
                         return;
                     if (loaded)
                         guard->save(loaded->profile);
                     else
                         guard->fail(summary.name, loaded.error());
                 });
}

void ProfileBulkEdit::save(const Profile &before)
{
    const Profile changed = m_changes.applied(before);
    if (changed.summary == before.summary && changed.options == before.options
        && changed.credentialId == before.credentialId)
        return done(false);
    const bool leaves = changed.credentialId != before.credentialId;
    m_store.save(
        changed, {}, leaves,
        [guard = QPointer(this), name = before.summary.name](const Result<QString> &saved) {
            if (!guard)
                return;
            if (saved)
                guard->done(true);
            else
                guard->fail(name, saved.error());
        });
}

void ProfileBulkEdit::done(bool changed)
{
    ++(changed ? m_report.changed : m_report.same);
    Q_EMIT progress(m_report.changed + m_report.same);
    start(); // the next one from the event loop: many must not become a deep call, or stall
}

void ProfileBulkEdit::fail(const QString &name, const Error &error)
{
    m_report.failed = name;
    m_report.error = error;
    cancel();
    end();
}

void ProfileBulkEdit::end()
{
    if (!std::exchange(m_ended, true))
        Q_EMIT finished();
}
