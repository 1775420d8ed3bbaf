#include "ctl/verbs/createverb.h"

#include "ctl/verbs/configtypes.h"
#include "protocol/writerequests.h"
#include "session/createoperation.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Windows spells the roots of its configuration's items otherwise than their URIs (MS-WSMV
/// 2.2.4, Config types).
Representation emptyItem(const ResourceLocator &resource)
{
    Representation item = emptyRepresentation(resource);
    if (!isConfiguration(resource))
        return item;
    for (const QString &root : {u"Listener"_s, u"CertMapping"_s}) {
        if (item.name.compare(root, Qt::CaseInsensitive) == 0)
            item.name = root;
    }
    if (item.name.compare(u"plugin"_s, Qt::CaseInsensitive) == 0) {
        item.name = u"PlugInConfiguration"_s;
        item.ns = u"http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration"_s;
    }
    return item;
}

/// Whether a RESOURCE can say it; keys that are references have no such form.
bool canBeWritten(const ResourceLocator &resource)
{
    return !resource.uri.isEmpty() && std::ranges::none_of(resource.selectors, [](const auto &key) {
        return key.reference != nullptr;
    });
}

} // namespace

void CreateVerb::send()
{
    const auto representation = bodyOver(
        emptyItem(resource()), schema() ? schema()->properties : std::vector<CimProperty>());
    if (!representation) {
        endWith(representation.error());
        return;
    }
    auto *operation = new CreateOperation(&session(), resource(), *representation);
    connect(operation, &Operation::finished, this, [this, operation](const Outcome &outcome) {
        const ResourceLocator &made = operation->created().resource;
        if (outcome.error)
            endWith(outcome.error);
        else if (arguments().exportFormat() == ExportFormat::Text && !arguments().isRaw()
                 && canBeWritten(made))
            writeLine(shortResource(made));
        else
            answer(operation->reply().content, u"ResourceCreated"_s, operation->rawReply());
    });
    operation->start();
}
