#pragma once

#include "demo/demoinstance.h"

#include <unordered_map>

/// Demo_Item: as many instances as asked for, each made from its index and a seed when it is read.
/// 45 properties, some 2.6 KB of XML, with every kind of value a table has to show.
class DemoItems final : public InstanceSource
{
public:
    DemoItems(const DemoClass &cls, const DemoSchema &schema, std::int64_t count,
              std::uint32_t seed);
    const DemoClass &cls() const override { return m_cls; }
    std::int64_t count() const override { return m_count; }
    void read(std::int64_t index, DemoObject &out) const override;
    std::int64_t find(std::string_view key, std::string_view value) const override;
    bool isWritable() const override { return true; }
    /// Keeps the changed instance whole: as many as are written, not as many as there are.
    void replace(std::int64_t index, const DemoObject &object) override;

private:
    void readNumbers(std::int64_t index, std::uint64_t random, DemoObject &out) const;
    void readTexts(std::int64_t index, std::uint64_t random, DemoObject &out) const;
    void readLists(std::int64_t index, std::uint64_t random, DemoObject &out) const;
    void readTimes(std::int64_t index, std::uint64_t random, DemoObject &out) const;
    DemoValue &at(DemoObject &out, int slot) const;

    const DemoClass &m_cls;
    const DemoClass *m_place;
    std::int64_t m_count;
    std::uint64_t m_seed;
    std::unordered_map<std::int64_t, DemoObject> m_changed;
    std::vector<int> m_slots; ///< where each generated property stands in the class
};
