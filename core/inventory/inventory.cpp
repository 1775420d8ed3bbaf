#include "inventory/inventory.h"

#include "inventory/userfiles.h"

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxBytes = 1 << 20;

} // namespace

const Inventory &Inventory::builtIn()
{
    static const Inventory inventory = [] {
        Inventory made;
        for (const HostKind kind : {HostKind::Windows, HostKind::Amt, HostKind::Idrac,
                                    HostKind::Omi, HostKind::Openwsman}) {
            const auto bytes = readBounded(u":/inventory/%1.json"_s.arg(hostKindName(kind)),
                                           maxBytes);
            const auto catalogue = readCatalogue(bytes ? *bytes : QByteArray());
            Q_ASSERT_X(catalogue, "Inventory", "a catalogue is not compiled in, or broken");
            made.m_catalogues[kind] = catalogue ? *catalogue : HostCatalogue{.kind = kind};
        }
        made.m_catalogues[HostKind::Other] = HostCatalogue();
        return made;
    }();
    return inventory;
}

const Inventory &Inventory::standard()
{
    static const Inventory inventory = withFolder(userFolder());
    return inventory;
}

QString Inventory::userFolder()
{
    return userDataFolder(u"inventory"_s);
}

Inventory Inventory::withFolder(const QString &folder)
{
    Inventory made = builtIn();
    made.m_problems = readUserFiles(folder, maxBytes, [&made](const QByteArray &json) -> Done {
        const auto catalogue = readCatalogue(json, made.m_catalogues);
        if (!catalogue)
            return catalogue.error();
        made.m_catalogues[catalogue->kind].add(*catalogue);
        return {};
    });
    return made;
}

const HostCatalogue &Inventory::of(HostKind kind) const
{
    return m_catalogues.at(kind);
}

std::vector<HostKind> Inventory::kindsWith(const QString &className) const
{
    std::vector<HostKind> kinds;
    for (const auto &[kind, catalogue] : m_catalogues) {
        if (catalogue.locate(className))
            kinds.push_back(kind);
    }
    return kinds;
}

std::optional<ResourceLocator> Inventory::locate(const QString &className,
                                                 const QString &cimNamespace) const
{
    std::optional<ResourceLocator> found;
    for (const auto &[kind, catalogue] : m_catalogues) {
        const auto resource = catalogue.locate(className, cimNamespace);
        if (resource && found && *resource != *found)
            return std::nullopt;
        if (resource)
            found = resource;
    }
    return found;
}
