#include "models/columngroups.h"

#include "models/rowtablemodel.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ColumnGroups)
};

/// Where a group stands: keys, own, parents from the nearest on, system, unknown.
struct Place
{
    int order;
    QString title;
};

Place placeOf(const RowTableModel &model, int column)
{
    constexpr int own = 1, system = 1'000'000, unknown = 1'000'001;
    const QString name = model.columnName(column);
    if (model.isKeyColumn(column) || model.isClassColumn(column))
        return {0, Words::tr("Keys")};
    if (name.startsWith(u"__"_s))
        return {system, Words::tr("System properties")};
    const CimClass *schema = model.schema();
    if (!schema)
        return {own, Words::tr("Columns")};
    const CimProperty *property = model.property(column);
    if (!property)
        return {unknown, Words::tr("Not in the schema")};
    const QString &origin = property->classOrigin;
    const auto parent = schema->derivation.indexOf(origin, 0);
    if (origin.isEmpty() || origin.compare(schema->name, Qt::CaseInsensitive) == 0)
        return property->propagated
            ? Place{own + 1, Words::tr("Inherited")}
            : Place{own, Words::tr("%1 itself", "a class").arg(schema->name)};
    return {own + 2 + int(parent < 0 ? schema->derivation.size() : parent),
            Words::tr("Inherited from %1").arg(origin)};
}

} // namespace

std::vector<ColumnGroup> columnGroups(const RowTableModel &model)
{
    std::vector<std::pair<Place, ColumnGroup>> found;
    for (int column = 0; column < model.columnCount(); ++column) {
        const Place place = placeOf(model, column);
        auto group = std::ranges::find_if(found, [&place](const auto &known) {
            return known.first.order == place.order && known.first.title == place.title;
        });
        if (group == found.end())
            group = found.insert(found.end(), {place, {place.title, {}}});
        group->second.columns << model.columnName(column);
    }
    std::ranges::stable_sort(found, {}, [](const auto &one) { return one.first.order; });
    std::vector<ColumnGroup> groups;
    for (auto &[place, group] : found)
        groups.push_back(std::move(group));
    return groups;
}
