#include "connection/jsonfields.h"
#include "inventory/readyviewwords.h"
#include "inventory/userfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace ReadyViewWords;

namespace {

constexpr qsizetype maxBytes = 256 * 1024;
constexpr qsizetype maxSections = 40;
constexpr qsizetype maxList = 100;
constexpr int maxText = 500;
constexpr int maxQuery = 4000;

bool isPropertyName(const QString &text)
{
    return isClassName(text);
}

/// Lists of objects and of [value, text] pairs; anything else there makes `ok` false.
QJsonArray listOf(const QJsonObject &object, QLatin1StringView name, bool &ok)
{
    const QJsonValue value = object.value(name);
    ok = ok && (value.isUndefined() || value.isArray()) && value.toArray().size() <= maxList;
    return ok ? value.toArray() : QJsonArray();
}

std::vector<std::pair<QString, QString>> pairsOf(const QJsonObject &object, QLatin1StringView name,
                                                 bool &ok)
{
    std::vector<std::pair<QString, QString>> pairs;
    const QJsonArray list = listOf(object, name, ok);
    for (const QJsonValue &value : list) {
        const QJsonArray pair = value.toArray();
        ok = ok && pair.size() == 2 && pair[0].isString() && pair[1].isString()
            && pair[0].toString().size() <= maxText && pair[1].toString().size() <= maxText
            && isOneLine(pair[0].toString()) && isOneLine(pair[1].toString());
        pairs.emplace_back(pair[0].toString(), pair[1].toString());
    }
    return pairs;
}

/// The file from the outside in. The first thing that is wrong ends it.
class Reader
{
public:
    Result<ReadyView> read(const QByteArray &json);

private:
    Done head(const QJsonObject &object);
    Done parameter(const QJsonObject &object);
    Done section(const QJsonObject &object);
    Done source(const QJsonObject &object, ViewSection &made);
    Done clause(const QString &text) const;
    Done columns(const QJsonObject &object, ViewSection &made);
    Done marks(const QJsonObject &object, ViewSection &made);
    Done links(const QJsonObject &object, ViewSection &made);
    static std::optional<ViewTest> test(const QString &key, const QJsonValue &value);
    ReadyView m_view;
};

Result<ReadyView> Reader::read(const QByteArray &json)
{
    if (json.size() > maxBytes)
        return wrongFile(u"it is larger than 256 KiB"_s);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return wrongFile(problem.error == QJsonParseError::NoError ? u"it is no JSON object"_s
                                                                   : problem.errorString());
    const QJsonObject object = document.object();
    if (const Done read = head(object); !read)
        return read.error();
    bool ok = true;
    const QJsonArray parameters = listOf(object, "parameters"_L1, ok);
    const QJsonArray sections = listOf(object, "sections"_L1, ok);
    if (!ok || sections.size() > maxSections)
        return wrongFile(u"\"parameters\" or \"sections\" is no array, or too long"_s);
    for (const QJsonValue &value : parameters) {
        if (const Done read = parameter(value.toObject()); !read)
            return read.error();
    }
    for (const QJsonValue &value : sections) {
        if (const Done read = section(value.toObject()); !read)
            return read.error();
    }
    if (m_view.sections.empty() == m_view.address.isEmpty())
        return wrongFile(u"it needs either \"sections\" or an \"address\""_s);
    return m_view;
}

Done Reader::head(const QJsonObject &object)
{
    JsonFields fields(object);
    if (fields.text("format"_L1) != "winrm-console view"_L1)
        return wrongFile(u"\"format\" is not \"winrm-console view\""_s);
    if (fields.integer("version"_L1) != 1)
        return wrongFile(u"\"version\" is not 1"_s);
    static const QRegularExpression id(u"\\A[a-z0-9][a-z0-9.-]{0,99}\\z"_s);
    m_view.id = fields.text("id"_L1);
    if (!id.match(m_view.id).hasMatch())
        return wrongFile(u"\"id\" is not made of a to z, 0 to 9, dots and hyphens"_s);
    m_view.title = fields.text("title"_L1, maxText);
    m_view.icon = fields.text("icon"_L1, 40);
    m_view.group = fields.text("group"_L1, maxText);
    m_view.description = fields.text("description"_L1, maxText);
    m_view.address = fields.text("address"_L1, maxText);
    m_view.asks = fields.flag("asks"_L1);
    for (const QString &name : fields.texts("hosts"_L1)) {
        const auto kind = hostKindNamed(name);
        if (!kind)
            return wrongFile(u"\"hosts\" names what is none of windows, amt, idrac, omi, "
                             "openwsman and other"_s);
        m_view.hosts.push_back(*kind);
    }
    if (!fields.ok() || m_view.title.isEmpty() || m_view.group.isEmpty() || m_view.hosts.empty())
        return wrongFile(u"\"title\", \"group\" or \"hosts\" is missing, or a member is of the "
                         "wrong type"_s);
    static const QRegularExpression icon(u"\\A[a-z0-9-]*\\z"_s);
    if (!icon.match(m_view.icon).hasMatch())
        return wrongFile(u"\"icon\" is no name of an icon"_s);
    for (const QString &text : {m_view.title, m_view.group, m_view.description, m_view.address}) {
        if (!isOneLine(text))
            return wrongFile(u"a text has a line break, or a character that is not printable"_s);
    }
    if (!m_view.address.isEmpty() && !m_view.address.startsWith("registry:"_L1))
        return wrongFile(u"\"address\" does not begin with registry:"_s);
    return {};
}

Done Reader::parameter(const QJsonObject &object)
{
    JsonFields fields(object);
    ViewParameter made{.name = fields.text("name"_L1, 40),
                       .title = fields.text("title"_L1, maxText),
                       .initial = fields.text("default"_L1, maxText)};
    const auto type = named(types, fields.text("type"_L1));
    bool ok = true;
    made.choices = pairsOf(object, "choices"_L1, ok);
    static const QRegularExpression name(u"\\A[a-z][a-z0-9]*\\z"_s);
    if (!fields.ok() || !ok || !type || !name.match(made.name).hasMatch() || made.title.isEmpty()
        || !isOneLine(made.title) || !isOneLine(made.initial))
        return wrongFile(u"a parameter has no proper \"name\", \"title\", \"type\", \"default\" "
                         "or \"choices\""_s);
    made.type = *type;
    if ((made.type == Type::Choice) == made.choices.empty())
        return wrongFile(
            u"the parameter %1 needs \"choices\" if it is a choice, and only then"_s.arg(
                made.name));
    const auto same = [&made](const ViewParameter &known) { return known.name == made.name; };
    if (std::ranges::any_of(m_view.parameters, same))
        return wrongFile(u"the parameter %1 stands in it twice"_s.arg(made.name));
    m_view.parameters.push_back(made);
    return {};
}

Done Reader::section(const QJsonObject &object)
{
    JsonFields fields(object);
    ViewSection made{.title = fields.text("title"_L1, maxText),
                     .empty = fields.text("empty"_L1, maxText),
                     .missing = fields.text("missing"_L1, maxText)};
    const QString shape = fields.text("shape"_L1);
    if (shape != "card"_L1 && shape != "table"_L1 && !shape.isEmpty())
        return wrongFile(u"a \"shape\" is neither table nor card"_s);
    made.shape = shape == "card"_L1 ? ViewSection::Shape::Card : ViewSection::Shape::Table;
    made.sort = fields.text("sort"_L1, 300);
    made.descending = made.sort.startsWith(u'-');
    if (made.descending)
        made.sort.remove(0, 1);
    made.most = fields.integer("most"_L1, made.most);
    if (!fields.ok() || (!made.sort.isEmpty() && !isPropertyName(made.sort)) || made.most < 1
        || made.most > 100000)
        return wrongFile(u"a section's \"sort\" or \"most\" is wrong"_s);
    if (!isOneLine(made.title) || !isOneLine(made.empty) || !isOneLine(made.missing))
        return wrongFile(u"a text of a section is not one line"_s);
    for (const auto &part : {&Reader::source, &Reader::columns, &Reader::marks, &Reader::links}) {
        if (const Done read = (this->*part)(object, made); !read)
            return read;
    }
    m_view.sections.push_back(std::move(made));
    return {};
}

Done Reader::source(const QJsonObject &object, ViewSection &made)
{
    JsonFields fields(object);
    made.className = fields.text("class"_L1, 256);
    made.cimNamespace = fields.text("namespace"_L1, 256);
    made.resource = fields.text("resource"_L1, 1000);
    made.query = fields.text("query"_L1, maxQuery);
    made.where = fields.texts("where"_L1, 20, maxQuery);
    const QJsonObject selectors = fields.object("selectors"_L1);
    for (auto it = selectors.begin(); it != selectors.end() && made.selectors.size() < 20; ++it)
        made.selectors.push_back({.name = it.key(), .value = it->toString()});
    if (!fields.ok())
        return wrongFile(u"a member of a section is of the wrong type"_s);
    const int named = !made.className.isEmpty() + !made.resource.isEmpty();
    if (named != 1)
        return wrongFile(u"a section needs either a \"class\" or a \"resource\""_s);
    if (!made.className.isEmpty() && !isClassName(made.className))
        return wrongFile(u"\"%1\" is no name of a class"_s.arg(made.className));
    if (!made.cimNamespace.isEmpty() && !isCimNamespace(made.cimNamespace))
        return wrongFile(u"a \"namespace\" is none such as root/cimv2"_s);
    if (!made.resource.isEmpty() && !parseResource(made.resource))
        return wrongFile(u"a \"resource\" is neither a URI nor an alias"_s);
    if (!made.query.isEmpty() + !made.where.isEmpty() + !made.selectors.empty() > 1)
        return wrongFile(u"a section has more than one of \"where\", \"query\", \"selectors\""_s);
    if (made.className.isEmpty() && (!made.where.isEmpty() || !made.query.isEmpty()))
        return wrongFile(u"\"where\" and \"query\" need a \"class\""_s);
    for (const QString &text : made.where + QStringList{made.query}) {
        if (const Done read = clause(text); !read)
            return read;
    }
    return {};
}

/// Texts stand between quotes, where what is typed cannot end them; numbers do not. Choices of
/// numbers alone may do either.
Done Reader::clause(const QString &text) const
{
    static const QRegularExpression mark(u"\\{([^}]*)\\}"_s);
    for (auto it = mark.globalMatch(text); it.hasNext();) {
        const auto found = it.next();
        const auto known = std::ranges::find(m_view.parameters, found.captured(1),
                                             &ViewParameter::name);
        if (known == m_view.parameters.end())
            return wrongFile(u"{%1} is no parameter of the view"_s.arg(found.captured(1)));
        const bool quoted = QStringView(text).first(found.capturedStart()).count(u'\'') % 2 == 1;
        const bool digits = known->type == Type::Number
            || (known->type == Type::Choice
                && std::ranges::all_of(known->choices, [](const auto &choice) {
                       return std::ranges::all_of(choice.first,
                                                  [](QChar c) { return c.isDigit(); });
                   }));
        const bool words = known->type != Type::Number;
        if (quoted ? !words : !digits)
            return wrongFile(u"{%1} has to stand %2 single quotes"_s.arg(
                known->name, quoted ? u"without"_s : u"between"_s));
    }
    return {};
}

Done Reader::columns(const QJsonObject &object, ViewSection &made)
{
    bool ok = true;
    const QJsonArray list = listOf(object, "columns"_L1, ok);
    QSet<QString> names;
    for (const QJsonValue &value : list) {
        JsonFields fields(value.toObject());
        ViewColumn column{.property = fields.text("property"_L1, 256),
                          .title = fields.text("title"_L1, maxText),
                          .of = fields.text("of"_L1, 256),
                          .code = fields.flag("code"_L1)};
        const auto unit = named(units, fields.text("unit"_L1));
        column.words = pairsOf(value.toObject(), "words"_L1, ok);
        if (!ok || !fields.ok() || !unit || !isPropertyName(column.property)
            || (!column.of.isEmpty() && !isPropertyName(column.of)) || !isOneLine(column.title))
            return wrongFile(u"a column (%1) has no proper \"property\", \"title\", \"unit\", "
                             "\"of\" or \"words\""_s.arg(column.property));
        column.unit = *unit;
        if (made.shape == ViewSection::Shape::Table && names.contains(column.property))
            return wrongFile(u"the column %1 stands in a table twice"_s.arg(column.property));
        names.insert(column.property);
        made.columns.push_back(std::move(column));
    }
    return ok ? Done() : wrongFile(u"\"columns\" is no array, or too long"_s);
}

/// "State": "Stopped", "!Auto", "~fail", "<10", ">5"; "FreeSpace / Size": "<0.1".
std::optional<ViewTest> Reader::test(const QString &key, const QJsonValue &value)
{
    if (!value.isString() || value.toString().size() > maxText)
        return std::nullopt;
    const QStringList parts = key.split(u" / "_s);
    ViewTest made{.property = parts.value(0), .of = parts.value(1), .value = value.toString()};
    if (parts.size() > 2 || !isPropertyName(made.property)
        || (parts.size() == 2 && !isPropertyName(made.of)))
        return std::nullopt;
    using Kind = ViewTest::Kind;
    constexpr std::array<std::pair<char16_t, Kind>, 4> kinds{
        {{u'!', Kind::IsNot}, {u'~', Kind::Contains}, {u'<', Kind::Below}, {u'>', Kind::Above}}};
    for (const auto &[sign, kind] : kinds) {
        if (made.value.startsWith(sign)) {
            made.kind = kind;
            made.value.remove(0, 1);
            break;
        }
    }
    bool isNumber = true;
    if (made.kind == Kind::Below || made.kind == Kind::Above)
        made.value.toDouble(&isNumber);
    else if (!made.of.isEmpty())
        isNumber = false;
    return isNumber ? std::optional(made) : std::nullopt;
}

Done Reader::marks(const QJsonObject &object, ViewSection &made)
{
    bool ok = true;
    const QJsonArray list = listOf(object, "marks"_L1, ok);
    for (const QJsonValue &value : list) {
        JsonFields fields(value.toObject());
        ViewMark mark{.property = fields.text("on"_L1, 256),
                      .word = fields.text("word"_L1, maxText)};
        const auto sign = named(signs, fields.text("sign"_L1));
        const QJsonObject when = fields.object("when"_L1);
        for (auto it = when.begin(); it != when.end() && mark.when.size() < 20; ++it) {
            const auto one = test(it.key(), *it);
            if (!one)
                return wrongFile(u"the test of %1 in a mark is none"_s.arg(it.key()));
            mark.when.push_back(*one);
        }
        const bool listed = std::ranges::any_of(made.columns, [&mark](const ViewColumn &column) {
            return column.property == mark.property;
        });
        if (!fields.ok() || !sign || mark.when.empty() || !listed || !isOneLine(mark.word))
            return wrongFile(u"a mark has no proper \"when\", \"sign\", \"on\" (a column) or "
                             "\"word\""_s);
        mark.sign = *sign;
        made.marks.push_back(std::move(mark));
    }
    return ok ? Done() : wrongFile(u"\"marks\" is no array, or too long"_s);
}

Done Reader::links(const QJsonObject &object, ViewSection &made)
{
    bool ok = true;
    const QJsonArray list = listOf(object, "links"_L1, ok);
    for (const QJsonValue &value : list) {
        JsonFields fields(value.toObject());
        ViewLink link{.title = fields.text("title"_L1, maxText),
                      .view = fields.text("view"_L1, 100),
                      .address = fields.text("address"_L1, maxText)};
        const QJsonObject set = fields.object("set"_L1);
        for (auto it = set.begin(); it != set.end() && link.parameters.size() < 20; ++it) {
            ok = ok && it->isString() && isPropertyName(it->toString());
            link.parameters.insert(it.key(), it->toString());
        }
        if (!ok || !fields.ok() || link.title.isEmpty() || !isOneLine(link.title)
            || link.view.isEmpty() == link.address.isEmpty())
            return wrongFile(u"a link has no proper \"title\", \"view\" with \"set\", or "
                             "\"address\""_s);
        if (!link.address.isEmpty() && !link.address.startsWith("registry:"_L1))
            return wrongFile(u"the address of a link does not begin with registry:"_s);
        made.links.push_back(std::move(link));
    }
    return ok ? Done() : wrongFile(u"\"links\" is no array, or too long"_s);
}

} // namespace

Result<ReadyView> readReadyView(const QByteArray &json)
{
    return Reader().read(json);
}
