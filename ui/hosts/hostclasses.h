#pragma once

#include "inventory/classindex.h"

#include <QObject>

class HostConnection;
class QTimer;
struct Outcome;

/// What is known of the classes of one host, for searching: filled by whatever the window reads of
/// it anyway (lists of namespaces and classes, schemas) and by ClassMetadataOperation. Of a saved
/// host it is kept in the cache folder and is there again in the next run, also while the host is
/// not connected.
class HostClasses final : public QObject
{
    Q_OBJECT
public:
    /// Without a `cacheFolder` nothing is kept. A child of the host.
    HostClasses(HostConnection *host, const QString &cacheFolder);
    ~HostClasses() override; ///< writes what was not written yet

    /// Reads the cache, once, on another thread; `changed` when it was.
    void load();
    const ClassIndex &index() const { return m_index; }
    bool knowsNamespaces() const { return m_namespacesKnown; }
    QStringList unread() const; ///< namespaces of which not all is known; root/cimv2 first
    QStringList read() const;   ///< those of which it is
    void noteUsualNamespace();  ///< root/cimv2, where the host does not tell its namespaces
    void forget();              ///< here and on disk

Q_SIGNALS:
    void changed();
    void forgotten(const QString &profileId); ///< the connection is no longer saved

private:
    void follow();
    void followProfile();
    void started(Operation *operation);
    void finished(Operation *operation, const Outcome &outcome);
    void noteListed();
    void noteChange();
    void save();
    QString keptAs() const; ///< the profile's id; empty: not kept
    void noteUrl();

    HostConnection *m_host;
    QString m_folder;
    /// Kept here as well: when this is destroyed, as the host's child, the host is one no more.
    QString m_id;  ///< of the saved profile, once there was one
    QString m_url; ///< of the connection, once it is known
    ClassIndex m_index;
    QTimer *m_save;
    enum class Loaded { Not, OfAny, OfThisUrl } m_loaded = Loaded::Not;
    bool m_namespacesKnown = false;
};
