#pragma once

#include "common/error.h"
#include "connection/profilechanges.h"
#include "connection/profilestore.h"

/// Makes the same changes to several profiles, one after another, through a ProfileStore that
/// outlives it. What needs only the index is written without the keychain. The first error ends it;
/// what was changed before stays changed.
class ProfileBulkEdit final : public QObject
{
    Q_OBJECT
public:
    struct Report
    {
        int changed = 0;
        int same = 0;   ///< had nothing to change
        int left = 0;   ///< not reached: cancelled, or behind an error
        QString failed; ///< name of the profile that could not be changed
        Error error;    ///< why; Kind::None: all went well or it was cancelled
    };

    ProfileBulkEdit(ProfileStore &store, const QStringList &ids, ProfileChanges changes,
                    QObject *parent = nullptr);

    void start();  ///< returns before anything happens
    void cancel(); ///< after the profile that is being written
    const Report &report() const { return m_report; }
    int total() const { return m_total; }

Q_SIGNALS:
    void progress(int done);
    void finished(); ///< once; the object stays until its owner deletes it

private:
    void next();
    void changeSummary(const ProfileSummary &summary);
    void changeEntry(const ProfileSummary &summary);
    void save(const Profile &before);
    void done(bool changed);
    void fail(const QString &name, const Error &error);
    void end();

    ProfileStore &m_store;
    QStringList m_left;
    const int m_total;
    const ProfileChanges m_changes;
    Report m_report;
    bool m_ended = false;
};
