#pragma once

#include "common/result.h"

#include <QObject>
#include <QString>

#include <vector>

/// Queries that were run, the newest first, and those kept under a name: `queries.json` beside the
/// window's state, 0600. What cannot be read is left where it is, and the store is empty.
class QueryStore final : public QObject
{
    Q_OBJECT
public:
    struct Query
    {
        QString name; ///< empty in the history
        QString cimNamespace;
        QString dialect; ///< as the command line calls it: "wql", "cql", "xpath", "selector"
        QString text;
        bool operator==(const Query &) const = default;
    };

    explicit QueryStore(const QString &file, QObject *parent = nullptr);

    const std::vector<Query> &history();
    const std::vector<Query> &saved(); ///< by name
    void ran(const Query &query);      ///< to the front of the history, once
    Done save(const Query &query);     ///< replaces one of the same name; LocalFile
    Done remove(const QString &name);

Q_SIGNALS:
    void changed();

private:
    void load(); ///< on first use: a window that asks nothing reads nothing
    Done write();
    QString m_file;
    std::vector<Query> m_history, m_saved;
    bool m_loaded = false;
    bool m_writable = true; ///< a file that could not be read is not written over
};
