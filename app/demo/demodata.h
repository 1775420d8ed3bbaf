#pragma once

#include "demo/demoinstance.h"

#include <memory>
#include <string_view>
#include <vector>

/// The instances of the demo host: tables from :/demo/data and generators, by class. What is
/// written is kept until the host ends; nothing in it comes from this machine.
class DemoData
{
public:
    DemoData(const DemoSchema &schema, const Personality &as, std::int64_t items,
             std::uint32_t seed);
    ~DemoData();

    /// Sources of the class and its subclasses in that namespace, in the order of their names.
    std::vector<const InstanceSource *> sources(std::string_view ns, const DemoClass &cls) const;
    std::vector<InstanceSource *> writable(std::string_view ns, const DemoClass &cls) const;
    /// Of exactly this class; nullptr when it never has instances.
    InstanceSource *own(std::string_view ns, const DemoClass &cls) const;

private:
    struct Entry
    {
        std::string ns; ///< empty: every namespace of its class
        std::unique_ptr<InstanceSource> source;
    };
    std::vector<Entry> m_entries;
};
