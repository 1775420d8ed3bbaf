#include "ctl/verbs/schemalookup.h"

#include "inventory/ciminventory.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

/// The class that a WQL query reads from; empty when it is not of that form.
QString classOfQuery(const QString &query)
{
    static const QRegularExpression from(uR"(^\s*select\s.+?\sfrom\s+(\w+))"_s,
                                         QRegularExpression::CaseInsensitiveOption
                                             | QRegularExpression::DotMatchesEverythingOption);
    return from.match(query).captured(1);
}

} // namespace

QString classAsked(const ResourceLocator &resource, const QString &query)
{
    const QString queried = classOfQuery(query);
    if (!queried.isEmpty())
        return queried;
    return resource.className() == "*"_L1 ? QString() : resource.className();
}

void lookUpSchema(Session &session, const ResourceLocator &resource, const QString &query,
                  std::function<void(std::optional<CimClass>)> answer)
{
    const QString cimNamespace = resource.cimNamespace();
    const QString className = resource.className() == "*"_L1 ? classOfQuery(query)
                                                             : resource.className();
    if (cimNamespace.isEmpty() || className.isEmpty() || className.startsWith("__"_L1)
        || className.compare("meta_class"_L1, Qt::CaseInsensitive) == 0) {
        answer(std::nullopt);
        return;
    }
    auto *operation = new SchemaOperation(&session, cimNamespace, className);
    QObject::connect(operation, &Operation::finished, &session,
                     [operation, answer](const Outcome &outcome) {
                         answer(outcome.error ? std::nullopt : std::optional(operation->schema()));
                     });
    operation->start();
}

LeafTypes schemaTypes(const std::vector<CimProperty> &properties)
{
    return [properties](Node node) -> LeafType {
        const std::string_view bytes = node.localName();
        const QString name = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
        for (const CimProperty &property : properties) {
            if (property.name.compare(name, Qt::CaseInsensitive) == 0)
                return {property.type, property.array};
        }
        return CimType::Unknown;
    };
}
