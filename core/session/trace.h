#pragma once

#include "common/result.h"
#include "http/httpreply.h"
#include "transport/accessmanager.h"

#include <QDateTime>
#include <QObject>

#include <deque>

/// One exchange as it went over the wire, secrets taken out: Authorization, tokens of a sign-in and
/// cookies are cut, write-only elements (Password, RunAsPassword, key passphrases) emptied. Where
/// `sealing` is set, the bodies travelled sealed and are shown as they were before and after.
struct TraceEntry
{
    std::uint64_t id = 0;        ///< counts from 1 within the program
    std::uint64_t operation = 0; ///< id of the Operation it belongs to
    QString host;
    QString title; ///< "Pull Win32_Service"
    QString action;
    QDateTime started; ///< UTC
    ExchangeTimes times;
    int connection = 0;
    int status = 0;
    QString sealing; ///< "Kerberos AES256", "NTLM"; empty: not sealed
    qint64 bytesSent = 0, bytesReceived = 0;
    QByteArray requestHead, requestBody; ///< redacted
    QByteArray replyHead, replyBody; ///< redacted; the body cut at the trace's limit (`replyCut`)
    bool replyCut = false;
    Error error;
};

/// The last exchanges of a program, bounded by count and bytes (oldest go first). Shared by its
/// sessions; GUI thread.
class Trace : public QObject
{
    Q_OBJECT
public:
    explicit Trace(QObject *parent = nullptr);
    void setLimits(int entries, qint64 bytes,
                   qint64 bodyBytes); ///< 500 entries, 64 MiB, 1 MiB a body
    qint64 bodyLimit() const;
    const std::deque<TraceEntry> &entries() const;
    const TraceEntry *find(std::uint64_t id) const;
    std::uint64_t nextId();
    void add(TraceEntry entry); ///< redacts
    void clear();

Q_SIGNALS:
    void added(quint64 id);
    void removed(quint64 id);
    void cleared();

private:
    std::deque<TraceEntry> m_entries;
    std::uint64_t m_lastId = 0;
    int m_maxEntries = 500;
    qint64 m_maxBytes = 64 << 20;
    qint64 m_bodyLimit = 1 << 20;
    qint64 m_bytes = 0;
};

/// One JSON object a line; readable by `winrmctl open`. Bodies as text.
QByteArray toJsonLine(const TraceEntry &entry);
bool isTrace(const QByteArray &bytes); ///< by its beginning
Result<std::vector<TraceEntry>> readTrace(const QByteArray &jsonLines);
