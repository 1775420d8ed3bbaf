#include "inventory/inventory.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxFiles = 64;

Error inFile(const QString &path, const QString &reason)
{
    return Error::of(Error::Kind::Local, Cause::LocalFile, reason, FileDetails{.path = path});
}

Result<HostCatalogue> readFile(const QString &path, const HostCatalogues &base)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return inFile(path, file.errorString());
    // One byte more than a catalogue may have tells that it is too long.
    auto catalogue = readCatalogue(file.read((1 << 20) + 1), base);
    return catalogue ? catalogue : inFile(path, catalogue.error().message);
}

} // namespace

const Inventory &Inventory::builtIn()
{
    static const Inventory inventory = [] {
        Inventory made;
        for (const HostKind kind : {HostKind::Windows, HostKind::Amt, HostKind::Idrac,
                                    HostKind::Omi, HostKind::Openwsman}) {
            const auto catalogue = readFile(u":/inventory/%1.json"_s.arg(hostKindName(kind)), {});
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
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + u"/winrm-console/inventory"_s;
}

Inventory Inventory::withFolder(const QString &folder)
{
    Inventory made = builtIn();
    const QDir dir(folder);
    QStringList names = dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    if (names.size() > maxFiles) {
        made.m_problems.push_back(
            inFile(folder, u"only the first %1 catalogues are read"_s.arg(maxFiles)));
        names = names.first(maxFiles);
    }
    for (const QString &name : names) {
        const auto catalogue = readFile(dir.filePath(name), made.m_catalogues);
        if (catalogue)
            made.m_catalogues[catalogue->kind].add(*catalogue);
        else
            made.m_problems.push_back(catalogue.error());
    }
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
