#pragma once

#include "common/result.h"

#include <QString>

/// The hosts that were once reached over HTTPS at its usual port, by any program of ours: a host
/// that is on the list is never asked over http instead, because nothing but the lack of an answer
/// speaks for it. One file, "https-hosts", 0600, one name a line (ConnectionOptions::
/// certificateName), newest last, 4096 at most; a person may edit it. What cannot be read counts as
/// an empty list, and is said in the log.
class HttpsHosts
{
public:
    explicit HttpsHosts(const QString &directory);

    bool contains(const QString &name) const;
    /// Nothing is written where it is there already. Errors: as PrivateFile's.
    Done add(const QString &name);

private:
    QString m_path;
};
