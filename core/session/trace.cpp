#include "session/trace.h"

#include "session/redaction.h"

#include <algorithm>

namespace {

qint64 sizeOf(const TraceEntry &entry)
{
    return entry.requestHead.size() + entry.requestBody.size() + entry.replyHead.size()
        + entry.replyBody.size() + 512;
}

} // namespace

Trace::Trace(QObject *parent)
    : QObject(parent)
{ }

void Trace::setLimits(int entries, qint64 bytes, qint64 bodyBytes)
{
    m_maxEntries = std::max(1, entries);
    m_maxBytes = std::max<qint64>(0, bytes);
    m_bodyLimit = std::max<qint64>(0, bodyBytes);
}

qint64 Trace::bodyLimit() const
{
    return m_bodyLimit;
}

const std::deque<TraceEntry> &Trace::entries() const
{
    return m_entries;
}

const TraceEntry *Trace::find(std::uint64_t id) const
{
    const auto found = std::ranges::find(m_entries, id, &TraceEntry::id);
    return found == m_entries.end() ? nullptr : &*found;
}

std::uint64_t Trace::nextId()
{
    return ++m_lastId;
}

void Trace::add(TraceEntry entry)
{
    entry.requestHead = redactedHead(entry.requestHead);
    entry.replyHead = redactedHead(entry.replyHead);
    entry.requestBody = redactedEnvelope(entry.requestBody);
    entry.replyBody = redactedEnvelope(entry.replyBody);
    const auto id = entry.id;
    m_bytes += sizeOf(entry);
    m_entries.push_back(std::move(entry));
    while (m_entries.size() > 1 && (int(m_entries.size()) > m_maxEntries || m_bytes > m_maxBytes)) {
        const auto gone = m_entries.front().id;
        m_bytes -= sizeOf(m_entries.front());
        m_entries.pop_front();
        Q_EMIT removed(gone);
    }
    Q_EMIT added(id);
}

void Trace::clear()
{
    m_entries.clear();
    m_bytes = 0;
    Q_EMIT cleared();
}
