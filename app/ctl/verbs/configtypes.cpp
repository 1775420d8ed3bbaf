#include "ctl/verbs/configtypes.h"

#include "inventory/configcatalogue.h"

using namespace Qt::StringLiterals;

namespace {

QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

CimType typeOf(const QString &path)
{
    const ConfigSetting *setting = ConfigCatalogue::builtIn().setting(path);
    return setting ? setting->cimType() : CimType::Unknown;
}

} // namespace

bool isConfiguration(const ResourceLocator &resource)
{
    return resource.uri.contains("/wbem/wsman/1/config"_L1);
}

LeafTypes configurationTypes(const ResourceLocator &resource, Node root)
{
    // "service/auth" of ".../config/service/auth"; a listener's settings begin with its own name.
    QStringList branch = resource.uri.section(u"/config"_s, 1).split(u'/', Qt::SkipEmptyParts);
    if (root.localName() == "Listener" || root.localName() == "CertMapping")
        branch = {toText(root.localName())};
    return [branch, root](Node node) {
        QStringList path;
        for (Node at = node; at && at != root; at = at.parent())
            path.prepend(toText(at.localName()));
        return typeOf((branch + path).join(u'/'));
    };
}

void applyConfiguration(RowSet &rows)
{
    if (rows.rowCount() == 0)
        return;
    const QString item = toText(rows.className(0));
    for (std::uint32_t i = 0; i < rows.columnCount(); ++i) {
        Column column = rows.column(i);
        column.type = typeOf(item + u'/' + toText(column.name));
        rows.setColumn(i, column);
    }
}
