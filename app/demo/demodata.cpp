#include "demo/demodata.h"

#include "demo/demoitems.h"
#include "demo/demotable.h"

namespace {

/// __NAMESPACE: the namespaces below one, exactly those that can be entered.
class NamespaceSource final : public InstanceSource
{
public:
    NamespaceSource(const DemoClass &cls, std::vector<std::string> names)
        : m_cls(cls)
        , m_names(std::move(names))
    { }
    const DemoClass &cls() const override { return m_cls; }
    std::int64_t count() const override { return std::int64_t(m_names.size()); }
    void read(std::int64_t index, DemoObject &out) const override
    {
        out.reset(m_cls);
        out.value("Name")->set(m_names[std::size_t(index)]);
    }

private:
    const DemoClass &m_cls;
    std::vector<std::string> m_names;
};

/// Win32_SystemServices: the computer and each of its services.
class SystemServices final : public InstanceSource
{
public:
    SystemServices(const DemoClass &cls, const InstanceSource &computers,
                   const InstanceSource &services)
        : m_cls(cls)
        , m_computers(computers)
        , m_services(services)
    { }
    const DemoClass &cls() const override { return m_cls; }
    std::int64_t count() const override { return m_services.count(); }
    void read(std::int64_t index, DemoObject &out) const override
    {
        const auto refer = [&out](const char *name, const InstanceSource &source,
                                  std::int64_t row) {
            auto target = std::make_shared<DemoObject>();
            source.read(row, *target);
            DemoValue &value = *out.value(name);
            value.kind = DemoValue::Kind::Reference;
            value.object = std::move(target);
        };
        out.reset(m_cls);
        refer("GroupComponent", m_computers, 0);
        refer("PartComponent", m_services, index);
    }

private:
    const DemoClass &m_cls;
    const InstanceSource &m_computers;
    const InstanceSource &m_services;
};

} // namespace

DemoData::DemoData(const DemoSchema &schema, const Personality &as, std::int64_t items,
                   std::uint32_t seed)
{
    if (const DemoClass *cls = schema.find("__NAMESPACE")) {
        for (const std::string &ns : schema.namespaces())
            m_entries.push_back(
                {ns, std::make_unique<NamespaceSource>(*cls, schema.childNamespaces(ns))});
    }
    if (const DemoClass *cls = schema.find("Demo_Item"))
        m_entries.push_back({{}, std::make_unique<DemoItems>(*cls, schema, items, seed)});
    for (auto &table : readTables(schema, as))
        m_entries.push_back({{}, std::move(table)});
    if (!schema.find("Win32_SystemServices"))
        return;
    const auto tableOf = [this, &schema](const char *name) {
        return own("root/cimv2", *schema.find(name));
    };
    m_entries.push_back({{},
                         std::make_unique<SystemServices>(*schema.find("Win32_SystemServices"),
                                                          *tableOf("Win32_ComputerSystem"),
                                                          *tableOf("Win32_Service"))});
}

DemoData::~DemoData() = default;

std::vector<const InstanceSource *> DemoData::sources(std::string_view ns,
                                                      const DemoClass &cls) const
{
    std::vector<const InstanceSource *> found;
    for (const Entry &entry : m_entries) {
        const bool here = entry.ns.empty() ? entry.source->cls().isIn(ns) : entry.ns == ns;
        if (here && entry.source->cls().isA(cls))
            found.push_back(entry.source.get());
    }
    return found;
}

std::vector<InstanceSource *> DemoData::writable(std::string_view ns, const DemoClass &cls) const
{
    std::vector<InstanceSource *> found;
    for (const InstanceSource *source : sources(ns, cls))
        found.push_back(const_cast<InstanceSource *>(source));
    return found;
}

InstanceSource *DemoData::own(std::string_view ns, const DemoClass &cls) const
{
    for (InstanceSource *source : writable(ns, cls)) {
        if (&source->cls() == &cls)
            return source;
    }
    return nullptr;
}
