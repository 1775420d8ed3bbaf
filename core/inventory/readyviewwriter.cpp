#include "inventory/readyviewwords.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace ReadyViewWords;

namespace {

void put(QJsonObject &object, const QString &name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(name, text);
}

void put(QJsonObject &object, const QString &name, const QJsonArray &list)
{
    if (!list.isEmpty())
        object.insert(name, list);
}

void put(QJsonObject &object, const QString &name, bool flag)
{
    if (flag)
        object.insert(name, true);
}

QJsonArray toJson(const std::vector<std::pair<QString, QString>> &pairs)
{
    QJsonArray made;
    for (const auto &[value, text] : pairs)
        made.append(QJsonArray{value, text});
    return made;
}

QJsonObject toJson(const ViewColumn &column)
{
    QJsonObject made{{u"property"_s, column.property}};
    put(made, u"title"_s, column.title);
    put(made, u"unit"_s, nameOf(units, column.unit));
    put(made, u"of"_s, column.of);
    put(made, u"words"_s, toJson(column.words));
    put(made, u"code"_s, column.code);
    return made;
}

QJsonObject toJson(const ViewMark &mark)
{
    QJsonObject when;
    for (const ViewTest &test : mark.when) {
        using Kind = ViewTest::Kind;
        const QString sign = test.kind == Kind::IsNot ? u"!"_s
            : test.kind == Kind::Contains             ? u"~"_s
            : test.kind == Kind::Below                ? u"<"_s
            : test.kind == Kind::Above                ? u">"_s
                                                      : QString();
        when.insert(test.of.isEmpty() ? test.property : test.property + u" / "_s + test.of,
                    sign + test.value);
    }
    QJsonObject made{
        {u"on"_s, mark.property}, {u"sign"_s, nameOf(signs, mark.sign)}, {u"when"_s, when}};
    put(made, u"word"_s, mark.word);
    return made;
}

QJsonObject toJson(const ViewLink &link)
{
    QJsonObject made{{u"title"_s, link.title}};
    put(made, u"view"_s, link.view);
    put(made, u"address"_s, link.address);
    QJsonObject set;
    for (const auto &[name, property] : link.parameters.asKeyValueRange())
        set.insert(name, property);
    if (!set.isEmpty())
        made.insert(u"set"_s, set);
    return made;
}

QJsonObject toJson(const ViewParameter &parameter)
{
    QJsonObject made{{u"name"_s, parameter.name},
                     {u"title"_s, parameter.title},
                     {u"type"_s, nameOf(types, parameter.type)}};
    put(made, u"default"_s, parameter.initial);
    put(made, u"choices"_s, toJson(parameter.choices));
    return made;
}

QJsonObject toJson(const ViewSection &section);

template<typename T>
QJsonArray listToJson(const std::vector<T> &list)
{
    QJsonArray made;
    for (const T &one : list)
        made.append(toJson(one));
    return made;
}

QJsonObject toJson(const ViewSection &section)
{
    QJsonObject made;
    put(made, u"title"_s, section.title);
    put(made, u"shape"_s, section.shape == ViewSection::Shape::Card ? u"card"_s : QString());
    put(made, u"class"_s, section.className);
    put(made, u"namespace"_s, section.cimNamespace);
    put(made, u"resource"_s, section.resource);
    put(made, u"query"_s, section.query);
    put(made, u"sort"_s,
        section.sort.isEmpty()   ? QString()
            : section.descending ? u'-' + section.sort
                                 : section.sort);
    put(made, u"where"_s, QJsonArray::fromStringList(section.where));
    QJsonObject selectors;
    for (const Selector &selector : section.selectors)
        selectors.insert(selector.name, selector.value);
    if (!selectors.isEmpty())
        made.insert(u"selectors"_s, selectors);
    made.insert(u"most"_s, section.most);
    put(made, u"empty"_s, section.empty);
    put(made, u"missing"_s, section.missing);
    put(made, u"columns"_s, listToJson(section.columns));
    put(made, u"marks"_s, listToJson(section.marks));
    put(made, u"links"_s, listToJson(section.links));
    return made;
}

} // namespace

QByteArray writeReadyView(const ReadyView &view)
{
    QStringList hosts;
    for (const HostKind kind : view.hosts)
        hosts << hostKindName(kind);
    QJsonObject object{{u"format"_s, u"winrm-console view"_s},
                       {u"version"_s, 1},
                       {u"id"_s, view.id},
                       {u"title"_s, view.title},
                       {u"group"_s, view.group},
                       {u"hosts"_s, QJsonArray::fromStringList(hosts)}};
    put(object, u"icon"_s, view.icon);
    put(object, u"description"_s, view.description);
    put(object, u"address"_s, view.address);
    put(object, u"asks"_s, view.asks);
    put(object, u"parameters"_s, listToJson(view.parameters));
    put(object, u"sections"_s, listToJson(view.sections));
    return QJsonDocument(object).toJson();
}
