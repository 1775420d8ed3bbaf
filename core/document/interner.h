#pragma once

#include "document/textstore.h"

#include <vector>

/// Finds texts that a TextStore has already. Belongs to the thread that appends.
///
/// It may miss one (a text is then stored twice): a probe ends after a few steps, so that texts
/// chosen to collide cost no time.
class Interner
{
public:
    explicit Interner(TextStore &store)
        : m_store(&store)
        , m_slots(256)
    { }

    struct Found
    {
        std::uint32_t address = 0; ///< 0: the store is full
        bool known = false;        ///< it was there before
    };
    Found intern(std::string_view text, ScalarForm form);
    void restart(TextStore &store); ///< knows nothing any more and goes on with another store
    std::size_t memoryUsed() const { return m_slots.capacity() * sizeof(Slot); }

private:
    struct Slot
    {
        std::uint32_t hash = 0;
        std::uint32_t address = 0; ///< 0: free
    };
    static constexpr std::size_t maxProbes = 16;

    void grow();
    bool insert(std::uint32_t hash, std::uint32_t address);

    TextStore *m_store;
    std::vector<Slot> m_slots;
    std::size_t m_count = 0;
};
