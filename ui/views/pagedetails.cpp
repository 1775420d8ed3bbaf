#include "views/pagedetails.h"

#include "inventory/configcatalogue.h"
#include "look/icons.h"
#include "models/celltext.h"
#include "models/configtreemodel.h"
#include "models/rowtablemodel.h"
#include "protocol/endpointreference.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostRows = 400; ///< of one section

/// Text for these functions, in the context "Details".
QString tr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

QString joined(const QStringList &parts)
{
    QStringList present = parts;
    present.removeAll(QString());
    return present.join(u", "_s);
}

QStringView typeIcon(CimType type, bool array)
{
    if (array)
        return u"array";
    if (isNumeric(type))
        return u"number";
    switch (type) {
    case CimType::Boolean:
        return u"boolean";
    case CimType::DateTime:
        return u"date";
    case CimType::Reference:
        return u"reference";
    case CimType::Object:
        return u"instance";
    case CimType::String:
    case CimType::Char16:
        return u"text";
    default:
        return u"property";
    }
}

QString kindNote(const Cell &cell)
{
    switch (cell.kind()) {
    case CellKind::Absent:
        return tr("not sent");
    case CellKind::Nil:
        return tr("null");
    case CellKind::Scalar:
        return cell.text().empty() ? tr("empty text") : QString();
    default:
        return {};
    }
}

Details::Row cellRow(const QString &name, const Cell &cell, const CellContext &context)
{
    const bool hasText = !cell.isAbsent() && cell.kind() != CellKind::Nil;
    return {name, hasText ? shownText(cell, context) : QString(), kindNote(cell)};
}

Details::Section qualifierSection(const std::vector<CimQualifier> &qualifiers)
{
    Details::Section section{tr("Qualifiers"), {}, {}};
    for (const CimQualifier &qualifier : qualifiers) {
        if (qualifier.name.compare(u"Description", Qt::CaseInsensitive) != 0)
            section.rows.push_back({qualifier.name, qualifier.values.join(u", "_s), {}});
    }
    return section;
}

Details::Section valueSection(const CimProperty &property)
{
    Details::Section section{tr("Values"), {}, {}};
    const CimQualifier *texts = property.qualifier(u"Values");
    const CimQualifier *map = property.qualifier(u"ValueMap");
    const qsizetype count = map ? map->values.size() : texts ? texts->values.size() : 0;
    for (qsizetype i = 0; i < std::min<qsizetype>(count, mostRows); ++i) {
        const QString value = map ? map->values.at(i) : QString::number(i);
        section.rows.push_back({value, texts ? texts->values.value(i) : QString(), {}});
    }
    return section;
}

void addProperty(Details &details, const CimProperty &property)
{
    if (const QString text = property.description(); !text.isEmpty())
        details.sections.push_back({tr("What it is"), {}, text});
    Details::Section facts;
    if (!property.units().isEmpty())
        facts.rows.push_back({tr("Unit"), property.units(), {}});
    facts.rows.push_back({tr("Write"), property.isWritable() ? tr("yes") : tr("no"), {}});
    if (!property.classOrigin.isEmpty())
        facts.rows.push_back({tr("Defined in"), property.classOrigin, {}, true});
    if (!property.referenceClass.isEmpty())
        facts.rows.push_back({tr("Refers to"), property.referenceClass, {}, true});
    if (!property.embeddedClass().isEmpty() && property.embeddedClass() != u"*"_s)
        facts.rows.push_back({tr("Embedded class"), property.embeddedClass(), {}, true});
    if (property.defaultValue)
        facts.rows.push_back({tr("Default"), *property.defaultValue, {}});
    details.sections.push_back(std::move(facts));
    if (Details::Section values = valueSection(property); !values.rows.empty())
        details.sections.push_back(std::move(values));
}

QString propertySubtitle(const CimProperty &property)
{
    return joined({typeText(property.type, property.array),
                   property.isKey() ? tr("key") : QString(),
                   property.isWritable() ? tr("writable") : QString()});
}

/// What the value view makes more of than of a text.
void addContent(Details &details, const Cell &cell, const CellContext &context)
{
    details.valueNote = kindNote(cell);
    for (std::uint32_t i = 0; cell.kind() == CellKind::Array && i < cell.count(); ++i) {
        const QString note = kindNote(cell.at(i));
        details.items << (note.isEmpty() ? shownText(cell.at(i), context) : note);
    }
    // Of the row's own copy: that of the table goes with the table.
    if (cell.kind() == CellKind::Object || cell.kind() == CellKind::Reference)
        details.object = details.raw.child(details.title.toStdString());
}

} // namespace

Details cellDetails(const RowTableModel &model, const QModelIndex &current)
{
    if (!current.isValid())
        return {};
    const int column = current.column();
    const CimProperty *property = model.property(column);
    const Cell cell = model.cell(current);
    Details details;
    details.title = model.columnName(column);
    details.subtitle = property ? propertySubtitle(*property) : QString();
    details.icon = Icons::get(property ? typeIcon(property->type, property->array) : u"property",
                              Meaning::Muted);
    details.value = model.isClassColumn(column) ? current.data().toString() : plainText(cell);
    Details::Section first;
    const auto type = CimType(current.data(CimTypeRole).toInt());
    const QString shown = shownText(cell, {type, property});
    if (const QString note = kindNote(cell); !note.isEmpty() && !model.isClassColumn(column))
        first.rows.push_back({tr("Value"), {}, note});
    else if (shown != details.value && !details.value.isEmpty())
        first.rows.push_back({tr("Meaning"), shown, {}});
    if (type == CimType::DateTime || cell.form() != ScalarForm::Plain) {
        if (const QDateTime time = parseCimDateTime(cell.text()); time.isValid())
            first.rows.push_back({tr("Host's own time"), hostDateText(time), {}});
    }
    details.sections.push_back(std::move(first));
    if (property)
        addProperty(details, *property);
    Details::Section row{tr("The whole row"), {}, {}};
    for (int i = 0; i < model.columnCount() && row.rows.size() < mostRows; ++i) {
        const QModelIndex at = current.siblingAtColumn(i);
        const auto itsType = CimType(at.data(CimTypeRole).toInt());
        if (!model.isClassColumn(i))
            row.rows.push_back(
                cellRow(model.columnName(i), model.cell(at), {itsType, model.property(i)}));
    }
    details.sections.push_back(std::move(row));
    details.document = model.rows().rowDocument(model.sourceRow(current.row()));
    if (details.document)
        details.raw = details.document->root();
    addContent(details, cell, {type, property});
    return details;
}

Details nodeDetails(const DocumentTreeModel &model, const QModelIndex &current,
                    const CimClass *schema)
{
    if (!current.isValid())
        return {};
    const Node node = model.node(current);
    const QString name = model.name(current);
    Details details;
    details.title = name;
    details.value = model.value(current);
    details.icon = Icons::get(model.isBranch(current) ? u"instance" : u"property", Meaning::Muted);
    Details::Section facts;
    facts.rows.push_back({tr("Path"), model.path(current), {}, true});
    if (!model.isAttribute(current)) {
        if (node.isNil())
            facts.rows.push_back({tr("Value"), {}, tr("null")});
        else if (isEndpointReference(node))
            details.value = referenceText(readEndpointReference(node));
        if (!node.namespaceUri().empty())
            facts.rows.push_back({tr("XML namespace"), fromUtf8(node.namespaceUri()), {}, true});
    }
    details.sections.push_back(std::move(facts));
    const CimProperty *property = schema ? schema->property(name) : nullptr;
    if (property) {
        details.subtitle = propertySubtitle(*property);
        if (const QString text = property->valueText(details.value); !text.isEmpty())
            details.sections.front().rows.push_back({tr("Meaning"), text, {}});
        addProperty(details, *property);
    }
    Details::Section children{tr("Parts"), {}, {}};
    for (int i = 0;
         i < model.rowCount(current.siblingAtColumn(0)) && children.rows.size() < mostRows; ++i) {
        const QModelIndex child = model.index(i, 0, current.siblingAtColumn(0));
        children.rows.push_back({model.name(child),
                                 model.index(i, 1, current.siblingAtColumn(0)).data().toString(),
                                 {}});
    }
    if (!children.rows.empty())
        details.sections.push_back(std::move(children));
    details.document = model.document();
    details.raw = node;
    if (model.isBranch(current) && !model.isAttribute(current))
        details.object = node;
    return details;
}

namespace {

Details::Section settingFacts(const ConfigTreeModel &model, const QModelIndex &current,
                              const ConfigSetting &known)
{
    Details::Section facts;
    const QString value = model.value(current).trimmed();
    if (const QString shown = settingText(known, value); shown != value)
        facts.rows.push_back({tr("Value"), shown, {}});
    facts.rows.push_back({tr("Documented default"),
                          known.defaultValue.isNull() ? tr("none")
                              : known.defaultValue.isEmpty()
                              ? tr("empty")
                              : settingText(known, known.defaultValue),
                          model.isChanged(current) ? tr("differs") : QString()});
    if (!known.defaultNote.isEmpty())
        facts.rows.push_back({tr("About the default"), catalogueText(known.defaultNote), {}});
    if (!known.range.isEmpty())
        facts.rows.push_back({tr("Documented range"), known.range, known.unit});
    if (!known.values.isEmpty())
        facts.rows.push_back({tr("Possible values"), known.values.join(u", "_s), {}});
    facts.rows.push_back({tr("Type"), known.type, {}});
    if (known.writable == u"policy"_s)
        facts.rows.push_back({tr("Write"), tr("only through Group Policy"), {}});
    else
        facts.rows.push_back({tr("Write"), known.writable == u"true"_s ? tr("yes") : tr("no"), {}});
    if (model.isPolicy(current))
        facts.rows.push_back({tr("Set by"), tr("Group Policy"), {}});
    if (!known.policy.isEmpty())
        facts.rows.push_back({tr("Group Policy"), known.policy, {}});
    return facts;
}

/// What names the listener, plug-in or mapping that `node` is in.
Details::Section selectorSection(Node node)
{
    Details::Section section{tr("Selectors"), {}, {}};
    for (; node; node = node.parent()) {
        if (node.localName() == "Listener") {
            for (const char *name : {"Address", "Transport"})
                section.rows.push_back({QString::fromLatin1(name),
                                        fromUtf8(node.child(name).trimmedText()),
                                        {},
                                        true});
            break;
        }
        if (node.localName() == "PlugInConfiguration" && node.attribute("Name")) {
            section.rows.push_back({u"Name"_s, fromUtf8(*node.attribute("Name")), {}, true});
            break;
        }
        if (node.localName() == "CertMapping") {
            for (const char *name : {"Issuer", "Subject", "URI"})
                section.rows.push_back({QString::fromLatin1(name),
                                        fromUtf8(node.child(name).trimmedText()),
                                        {},
                                        true});
            break;
        }
    }
    return section;
}

} // namespace

Details settingDetails(const ConfigTreeModel &model, const QModelIndex &current)
{
    if (!current.isValid())
        return {};
    const QModelIndex first = current.siblingAtColumn(0);
    const QString path = model.configurationPath(first);
    const ConfigSetting *known = model.setting(first);
    Details details;
    details.icon = Icons::get(u"configuration", Meaning::Muted);
    details.title = model.label(first);
    details.value = model.value(first);
    details.document = model.document();
    details.raw = model.node(first);
    Details::Section place{known ? tr("Where it is") : QString(), {}, {}};
    if (known) {
        details.subtitle = catalogueText(known->title);
        details.sections.push_back(settingFacts(model, first, *known));
        details.sections.push_back({tr("What it is"), {}, catalogueText(known->meaning)});
        place.rows.push_back({tr("Resource URI"), u"winrm/"_s + known->uri, {}, true});
    } else if (const ConfigGroup *group = ConfigCatalogue::builtIn().group(path)) {
        details.subtitle = catalogueText(group->title);
        details.sections.push_back({{}, {}, catalogueText(group->meaning)});
    }
    if (const QString words = model.unavailable(first); !words.isEmpty())
        details.sections.push_back({tr("Could not be read"), {}, words});
    if (!path.isEmpty())
        place.rows.push_back({tr("Path"), path, {}, true});
    details.sections.push_back(std::move(place));
    if (Details::Section selectors = selectorSection(details.raw); !selectors.rows.empty())
        details.sections.push_back(std::move(selectors));
    return details;
}

Details propertyDetails(const CimProperty &property)
{
    Details details;
    details.icon = Icons::get(typeIcon(property.type, property.array), Meaning::Muted);
    details.title = property.name;
    details.subtitle = propertySubtitle(property);
    addProperty(details, property);
    details.sections.push_back(qualifierSection(property.qualifiers));
    return details;
}

Details methodDetails(const CimMethod &method)
{
    Details details;
    details.icon = Icons::get(u"method", Meaning::Muted);
    details.title = method.name;
    details.subtitle = joined({tr("method"), typeText(method.returnType, false),
                               method.isStatic() ? tr("static") : QString()});
    if (const QString text = method.description(); !text.isEmpty())
        details.sections.push_back({{}, {}, text});
    Details::Section parameters{tr("Parameters"), {}, {}};
    for (const CimProperty &parameter : method.parameters)
        parameters.rows.push_back({parameter.name, typeText(parameter.type, parameter.array), {}});
    if (!parameters.rows.empty())
        details.sections.push_back(std::move(parameters));
    details.sections.push_back(qualifierSection(method.qualifiers));
    return details;
}

Details classDetails(const CimClass &schema, const DocumentPtr &document)
{
    Details details;
    details.icon = Icons::get(u"class", Meaning::Muted);
    details.title = schema.name;
    details.subtitle = joined({schema.isAssociation() ? tr("association") : tr("class"),
                               schema.isAbstract() ? tr("abstract") : QString()});
    if (const QString text = schema.description(); !text.isEmpty())
        details.sections.push_back({{}, {}, text});
    Details::Section facts;
    if (!schema.derivation.isEmpty())
        facts.rows.push_back({tr("Derived from"), schema.derivation.join(u" \u2190 "_s), {}, true});
    facts.rows.push_back({tr("Keys"), schema.keys().join(u", "_s), {}, true});
    facts.rows.push_back({tr("Properties"), QString::number(schema.properties.size()), {}});
    facts.rows.push_back({tr("Methods"), QString::number(schema.methods.size()), {}});
    details.sections.push_back(std::move(facts));
    details.sections.push_back(qualifierSection(schema.qualifiers));
    details.document = document;
    if (document)
        details.raw = document->root();
    return details;
}
