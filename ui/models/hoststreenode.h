#pragma once

#include "inventory/readyviews.h"
#include "models/hoststreemodel.h"

#include <algorithm>

/// A node of the Hosts tree, and what the files of HostsTreeModel share.
struct HostsTreeModel::Node
{
    enum class Fetch { Done, Wanted, Running, Failed };
    Kind kind = Kind::Folder;
    Fetch fetch = Fetch::Done;
    bool connected = false; ///< of a host: its children stand
    Node *parent = nullptr;
    HostConnection *host = nullptr;
    QString name;
    QString cimNamespace;          ///< of a class that stands in a group
    QString title;                 ///< of a view
    QString icon;                  ///< the same
    std::optional<HostKind> views; ///< of a host: whose views stand below it
    QString note;                  ///< the tip: of a failed one why, of a group or class what it is
    std::vector<std::unique_ptr<Node>> children;

    int row() const
    {
        const auto it = std::ranges::find_if(
            parent->children, [this](const auto &child) { return child.get() == this; });
        return int(it - parent->children.begin());
    }
};

/// "web" of "prod/web".
inline QString lastPathPart(const QString &path)
{
    return path.section(u'/', -1);
}

/// A part of a host's configuration that has a node of its own.
struct HostConfigurationPart
{
    QStringView name;
    const char *title;
    QStringView icon;
};
inline constexpr HostConfigurationPart hostConfigurationParts[] = {
    {u"Client", QT_TRANSLATE_NOOP("HostsTreeModel", "Client"), u"settings"},
    {u"Service", QT_TRANSLATE_NOOP("HostsTreeModel", "Service"), u"settings"},
    {u"Winrs", QT_TRANSLATE_NOOP("HostsTreeModel", "Remote shells"), u"settings"},
    {u"Listeners", QT_TRANSLATE_NOOP("HostsTreeModel", "Listeners"), u"listener"},
    {u"Plugins", QT_TRANSLATE_NOOP("HostsTreeModel", "Plug-ins"), u"plugin"},
    {u"CertMappings", QT_TRANSLATE_NOOP("HostsTreeModel", "Certificate mappings"), u"certificate"},
};
