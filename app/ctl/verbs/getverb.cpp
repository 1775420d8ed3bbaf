#include "ctl/verbs/getverb.h"

#include "ctl/resourceargument.h"
#include "ctl/verbs/configtypes.h"
#include "ctl/verbs/schemalookup.h"
#include "protocol/writereplies.h"
#include "session/getoperation.h"

using namespace Qt::StringLiterals;

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
    if (isInterrupted()) {
        endWith(Error::cancelled());
        return;
    }
    auto *operation = new GetOperation(&session(), m_resource);
    connect(operation, &Operation::finished, this,
            [this, operation, schema](const Outcome &outcome) {
                if (outcome.error) {
                    endWith(outcome.error);
                    return;
                }
                if (!m_resource.fragmentPath.isEmpty()) {
                    writeFragment(operation->reply(), operation->rawReply(), schema);
                    return;
                }
                const Node content = operation->reply().content;
                const LeafTypes types = isConfiguration(m_resource)
                    ? configurationTypes(m_resource, content)
                    : schema ? schemaTypes(schema->properties)
                             : LeafTypes();
                writeDocument(content, operation->rawReply(), types);
            });
    operation->start();
}

void GetVerb::writeFragment(const Message &reply, const QByteArray &raw,
                            const std::optional<CimClass> &schema)
{
    const auto fragment = readFragmentReply(reply);
    if (fragment)
        writeDocument(fragment->node, raw, schema ? schemaTypes(schema->properties) : LeafTypes());
    else
        endWith(fragment.error());
}
