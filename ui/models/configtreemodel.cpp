#include "models/configtreemodel.h"

#include "document/rowset.h"
#include "inventory/configcatalogue.h"
#include "inventory/configuration.h"
#include "look/icons.h"
#include "look/rowdelegate.h"
#include "models/celltext.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

/// Elements that ConfigurationOperation puts around what it listed, and the group they show.
QString listedGroup(std::string_view element)
{
    if (element == "Listeners")
        return u"Listener"_s;
    if (element == "Plugins")
        return u"PlugInConfiguration"_s;
    if (element == "CertMappings")
        return u"CertMapping"_s;
    return {};
}

QString childText(Node node, std::string_view child)
{
    return fromUtf8(node.child(child).trimmedText());
}

QString attributeText(Node node, std::string_view name)
{
    return fromUtf8(node.attribute(name).value_or(std::string_view()));
}

Node unavailablePart(Node node)
{
    return listedGroup(node.localName()).isEmpty() ? Node() : node.child("Unavailable");
}

} // namespace

QString settingText(const ConfigSetting &setting, const QString &value)
{
    if (value.isEmpty())
        return {};
    bool isNumber = false;
    const qulonglong number = value.toULongLong(&isNumber);
    if (!isNumber || setting.unit.isEmpty())
        return oneLine(value);
    return u"%1 %2"_s.arg(QLocale().toString(number), setting.unit);
}

bool ConfigTreeModel::isShown(Node node) const
{
    return node.localName() != "Unavailable";
}

bool ConfigTreeModel::showsAttribute(Node node, const AttributeView &attribute) const
{
    return DocumentTreeModel::showsAttribute(node, attribute) && attribute.name.local != "Source"
        && attribute.name.prefix != "xml";
}

QString ConfigTreeModel::configurationPath(const QModelIndex &index) const
{
    const QString path = configPath(node(index));
    return isAttribute(index) ? path + u'/' + name(index) : path;
}

const ConfigSetting *ConfigTreeModel::setting(const QModelIndex &index) const
{
    if (!index.isValid() || isBranch(index))
        return nullptr;
    return ConfigCatalogue::builtIn().setting(configurationPath(index));
}

bool ConfigTreeModel::isChanged(const QModelIndex &index) const
{
    return setting(index) && !node(index).isNil()
        && ConfigCatalogue::builtIn().isChanged(configurationPath(index), value(index).trimmed());
}

bool ConfigTreeModel::isPolicy(const QModelIndex &index) const
{
    return index.isValid() && !isAttribute(index) && isSetByPolicy(node(index));
}

QString ConfigTreeModel::unavailable(const QModelIndex &index) const
{
    const Node part = index.isValid() ? unavailablePart(node(index)) : Node();
    if (!part)
        return {};
    const QString words = fromUtf8(part.trimmedText());
    return words.isEmpty() ? attributeText(part, "Cause") : words;
}

QString ConfigTreeModel::groupTitle(const QModelIndex &index) const
{
    const Node element = node(index);
    const QString listed = listedGroup(element.localName());
    const QString path = listed.isEmpty() ? configPath(element) : listed;
    const ConfigGroup *group = ConfigCatalogue::builtIn().group(path);
    return group ? catalogueText(group->title) : QString();
}

QString ConfigTreeModel::label(const QModelIndex &index) const
{
    const Node element = node(index);
    if (isAttribute(index))
        return name(index).mid(1);
    const std::string_view local = element.localName();
    if (local == "Listener" && element.child("Transport"))
        return tr("%1 : %2, port %3")
            .arg(childText(element, "Address"), childText(element, "Transport"),
                 childText(element, "Port"));
    if (local == "PlugInConfiguration")
        return attributeText(element, "Name");
    if (local == "CertMapping" && element.child("Subject"))
        return u"%1, %2"_s.arg(childText(element, "Subject"), childText(element, "URI"));
    if (local == "Param")
        return attributeText(element, "Name");
    if (local == "Resource" && element.attribute("ResourceUri"))
        return attributeText(element, "ResourceUri");
    if (local == "Capability")
        return attributeText(element, "Type");
    if (isBranch(index) || hasChildren(index.siblingAtColumn(0)) || !listedGroup(local).isEmpty()) {
        if (const QString title = groupTitle(index); !title.isEmpty())
            return title;
    }
    return fromUtf8(local);
}

QString ConfigTreeModel::countText(const QModelIndex &index) const
{
    if (listedGroup(node(index).localName()).isEmpty())
        return {};
    if (unavailablePart(node(index)))
        return tr("Could not be read: %1").arg(oneLine(unavailable(index), 120));
    const int count = rowCount(index.siblingAtColumn(0));
    return count == 0 ? tr("none") : QLocale().toString(count);
}

QString ConfigTreeModel::defaultText(const QModelIndex &index) const
{
    const ConfigSetting *known = setting(index);
    return known ? settingText(*known, known->defaultValue) : QString();
}

int ConfigTreeModel::columnCount(const QModelIndex &) const
{
    return 4;
}

QStringView ConfigTreeModel::iconName(const QModelIndex &index) const
{
    const Node element = node(index);
    if (isPolicy(index))
        return u"policy";
    if (isChanged(index))
        return u"changed";
    const std::string_view local = element.localName();
    if (local == "Listener" || local == "Listeners")
        return u"listener";
    if (!isAttribute(index) && (local == "PlugInConfiguration" || local == "Plugins"))
        return u"plugin";
    if (local == "CertMapping" || local == "CertMappings")
        return u"certificate";
    return isBranch(index) || hasChildren(index.siblingAtColumn(0)) ? u"configuration"
                                                                    : u"property";
}

QVariant ConfigTreeModel::nameData(const QModelIndex &index, int role) const
{
    const ConfigSetting *known = setting(index);
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(label(index));
    case Qt::DecorationRole: {
        const QStringView icon = iconName(index);
        const bool marked = icon == u"changed" || icon == u"policy";
        return Icons::get(icon, marked ? Meaning::Accent : Meaning::Muted);
    }
    case Qt::ToolTipRole: {
        QStringList lines{configurationPath(index)};
        if (known)
            lines << catalogueText(known->meaning);
        if (isPolicy(index))
            lines << tr("Set by Group Policy");
        if (isChanged(index))
            lines << tr("Differs from the documented default");
        return plainTip(lines.join(u'\n'));
    }
    case MutedRole:
    case Qt::AccessibleDescriptionRole:
        return !isPolicy(index) ? (isChanged(index) ? tr("changed") : QString())
            : isChanged(index)  ? tr("Group Policy, changed")
                                : tr("Group Policy");
    default:
        return {};
    }
}

QVariant ConfigTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case ChangedRole:
        return isChanged(index);
    case PolicyRole:
        return isPolicy(index);
    case PathRole:
        return configurationPath(index);
    case UnavailableRole:
        return !unavailable(index).isEmpty();
    case RawTextRole:
    case CellKindRole:
    case EmptyRole:
        return DocumentTreeModel::data(index, role);
    default:
        break;
    }
    const ConfigSetting *known = setting(index);
    if (index.column() == SettingColumn)
        return nameData(index, role);
    if (index.column() == SettingValueColumn) {
        const bool group = hasChildren(index.siblingAtColumn(0))
            || !listedGroup(node(index).localName()).isEmpty();
        if (role == Qt::DisplayRole && group)
            return countText(index);
        if (role == Qt::DisplayRole && known && !node(index).isNil())
            return settingText(*known, value(index).trimmed());
        return DocumentTreeModel::data(index, role);
    }
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == DefaultColumn ? defaultText(index)
        : known                            ? catalogueText(known->title)
                                           : QString();
}

QVariant ConfigTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == DefaultColumn)
        return tr("What Microsoft's documents give as the default; hosts may differ");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SettingColumn:
        return tr("Setting");
    case SettingValueColumn:
        return tr("Value");
    case DefaultColumn:
        return tr("Documented default");
    case TitleColumn:
        return tr("What it is");
    default:
        return {};
    }
}
