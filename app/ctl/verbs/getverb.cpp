#include "ctl/verbs/getverb.h"

#include "ctl/resourceargument.h"
#include "ctl/verbs/schemalookup.h"
#include "inventory/configcatalogue.h"
#include "inventory/configuration.h"
#include "session/getoperation.h"

using namespace Qt::StringLiterals;

namespace {

/// Types of the WinRM configuration, by the path below the resource that was read.
LeafTypes configTypes(const ResourceLocator &resource)
{
    QString prefix = resource.uri.section(u"/config"_s, 1, -1, QString::SectionDefault);
    prefix = prefix.mid(1); // "service/auth" of ".../config/service/auth"
    return [prefix](Node node) {
        QString path = configPath(node);
        if (!prefix.isEmpty())
            path = prefix + u'/' + path;
        const ConfigSetting *setting = ConfigCatalogue::builtIn().setting(path);
        return setting ? setting->cimType() : CimType::Unknown;
    };
}

LeafTypes schemaTypes(const CimClass &schema)
{
    return [schema](Node node) {
        const std::string_view name = node.localName();
        const CimProperty *property = schema.property(
            QString::fromUtf8(name.data(), qsizetype(name.size())));
        return property ? property->type : CimType::Unknown;
    };
}

} // namespace

Done GetVerb::prepare()
{
    const auto resource = resourceArgument(arguments());
    if (!resource)
        return resource.error();
    m_resource = *resource;
    return {};
}

void GetVerb::ask()
{
    const bool typed = arguments().exportFormat() == ExportFormat::Json
        || arguments().exportFormat() == ExportFormat::JsonLines;
    if (!typed || arguments().isRaw()) {
        get({});
        return;
    }
    lookUpSchema(session(), m_resource, {},
                 [this](const std::optional<CimClass> &schema) { get(schema); });
}

void GetVerb::get(const std::optional<CimClass> &schema)
{
    auto *operation = new GetOperation(&session(), m_resource);
    connect(operation, &Operation::finished, this,
            [this, operation, schema](const Outcome &outcome) {
                if (outcome.error) {
                    endWith(outcome.error);
                    return;
                }
                const bool config = m_resource.uri.contains("/wbem/wsman/1/config"_L1);
                const LeafTypes types = config ? configTypes(m_resource)
                    : schema                   ? schemaTypes(*schema)
                                               : LeafTypes();
                writeDocument(operation->reply().content, operation->rawReply(), types);
            });
    operation->start();
}
