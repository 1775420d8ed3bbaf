#include "document/interner.h"

#include <algorithm>
#include <cstring>

namespace {

constexpr std::uint64_t factor = 0x9E3779B97F4A7C15; ///< 2^64 / golden ratio

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word)
{
    hash = (hash ^ word) * factor;
    return hash ^ hash >> 29;
}

std::uint64_t load(const char *from, std::size_t length)
{
    std::uint64_t word = 0;
    std::memcpy(&word, from, length);
    return word;
}

std::uint64_t load8(const char *from)
{
    std::uint64_t word;
    std::memcpy(&word, from, 8);
    return word;
}

std::uint32_t hashOf(std::string_view text, ScalarForm form)
{
    std::uint64_t hash = text.size() << 2 | std::uint64_t(form);
    const char *p = text.data();
    std::size_t left = text.size();
    for (; left > 8; left -= 8, p += 8)
        hash = mixed(hash, load8(p));
    // The last eight bytes overlap those before; a shorter text is loaded bytewise.
    hash = mixed(hash, text.size() >= 8 ? load8(p + left - 8) : load(p, left));
    return std::uint32_t(hash ^ hash >> 32);
}

} // namespace

Interner::Found Interner::intern(std::string_view text, ScalarForm form)
{
    const std::uint32_t hash = hashOf(text, form);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    std::size_t probes = 0;
    for (; probes < maxProbes && m_slots[at].address != 0; ++probes, at = (at + 1) & mask) {
        if (m_slots[at].hash != hash)
            continue;
        const auto entry = m_store->at(m_slots[at].address);
        if (entry.form == form && entry.text == text)
            return {m_slots[at].address, true};
    }
    const std::uint32_t address = m_store->append(text, form);
    if (address != 0 && probes < maxProbes) {
        m_slots[at] = {hash, address};
        if (++m_count * 4 > m_slots.size() * 3)
            grow();
    }
    return {address, false};
}

void Interner::restart(TextStore &store)
{
    m_store = &store;
    std::ranges::fill(m_slots, Slot());
    m_count = 0;
}

void Interner::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    m_count = 0;
    for (const Slot &slot : old) {
        if (slot.address != 0 && insert(slot.hash, slot.address))
            ++m_count;
    }
}

bool Interner::insert(std::uint32_t hash, std::uint32_t address)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = hash & mask;
    for (std::size_t probes = 0; probes < maxProbes; ++probes, at = (at + 1) & mask) {
        if (m_slots[at].address == 0) {
            m_slots[at] = {hash, address};
            return true;
        }
    }
    return false;
}
