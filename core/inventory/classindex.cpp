#include "inventory/classindex.h"

#include "inventory/classindexentry.h"

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace {

QString folded(const QString &name)
{
    return name.toCaseFolded();
}

QString spaceName(const QString &name)
{
    return QString(name).replace(u'\\', u'/').left(ClassIndex::MaxName);
}

bool isName(const QString &name)
{
    return !name.isEmpty() && name.size() <= ClassIndex::MaxName
        && std::ranges::all_of(name, [](QChar c) { return c.isPrint() && !c.isSpace(); });
}

/// One line, without control characters, not longer than is kept.
QString cleaned(const QString &text)
{
    QString line = text.left(2 * ClassIndex::MaxDescription);
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control || c.isNull())
            c = u' ';
    }
    return line.simplified().left(ClassIndex::MaxDescription);
}

template<typename Element>
KnownClass::Member member(KnownClass::Member::Kind kind, const Element &element)
{
    return {.kind = kind,
            .name = element.name,
            .description = element.description(),
            .inherited = element.propagated};
}

} // namespace

KnownClass knownClass(const CimClass &schema)
{
    using Kind = KnownClass::Member::Kind;
    KnownClass known{.name = schema.name,
                     .superClass = schema.superClass,
                     .description = schema.description(),
                     .members = {},
                     .described = true,
                     .isAbstract = schema.isAbstract()};
    for (const CimProperty &property : schema.properties)
        known.members.push_back(member(Kind::Property, property));
    for (const CimMethod &method : schema.methods)
        known.members.push_back(member(Kind::Method, method));
    return known;
}

KnownClass knownClass(const CatalogueClass &listed)
{
    KnownClass known{.name = listed.name,
                     .superClass = {},
                     .description = listed.meaning,
                     .members = {},
                     .described = true};
    for (const QString &name : listed.keys + listed.properties) {
        const auto same = [&name](const KnownClass::Member &m) { return m.name == name; };
        if (std::ranges::none_of(known.members, same))
            known.members.push_back({.name = name, .description = {}});
    }
    return known;
}

ClassIndex::Entry::Entry(const KnownClass &known, bool withDescriptions)
    : superClass(isName(known.superClass) ? known.superClass : QString())
    , foldedSuper(::folded(superClass))
    , described(known.described)
    , isAbstract(known.isAbstract)
{
    const auto describe = [&](const QString &text) {
        add(withDescriptions ? cleaned(text) : QString());
    };
    add(known.name);
    describe(known.description);
    for (const KnownClass::Member &member : known.members) {
        if (!isName(member.name) || members.size() >= MaxMembers)
            continue;
        members.push_back({member.kind, member.inherited});
        add(member.name);
        describe(member.description);
    }
    shownAt.push_back(std::uint32_t(shown.size()));
    foldedAt.push_back(std::uint32_t(folded.size()));
    for (QByteArray *text : {&shown, &folded})
        text->squeeze();
}

void ClassIndex::Entry::add(const QString &text)
{
    shownAt.push_back(std::uint32_t(shown.size()));
    foldedAt.push_back(std::uint32_t(folded.size()));
    shown.append(text.toUtf8()).append('\0');
    folded.append(::folded(text).toUtf8()).append('\0');
}

QString ClassIndex::Entry::text(std::size_t number) const
{
    return QString::fromUtf8(shown.constData() + shownAt[number],
                             qsizetype(shownAt[number + 1] - shownAt[number] - 1));
}

QByteArrayView ClassIndex::Entry::foldedText(std::size_t number) const
{
    return {folded.constData() + foldedAt[number],
            qsizetype(foldedAt[number + 1] - foldedAt[number] - 1)};
}

ClassIndex::Known *ClassIndex::space(const QString &name)
{
    const QString key = folded(spaceName(name));
    const auto known = m_spaces.find(key);
    if (known != m_spaces.end())
        return &known->second;
    if (m_spaces.size() >= MaxNamespaces || (!key.isEmpty() && !isName(key)))
        return nullptr;
    return &m_spaces.emplace(key, Known{.name = spaceName(name), .readAt = {}, .classes = {}})
                .first->second;
}

const ClassIndex::Known *ClassIndex::find(const QString &name) const
{
    const auto known = m_spaces.find(folded(spaceName(name)));
    return known == m_spaces.end() ? nullptr : &known->second;
}

bool ClassIndex::isDescribed(const Known &space, const QString &className) const
{
    const auto found = space.classes.find(folded(className));
    return found != space.classes.end() && found->second->described;
}

void ClassIndex::put(Known &space, std::shared_ptr<const Entry> entry)
{
    std::shared_ptr<const Entry> &place = space.classes[folded(entry->text(0))];
    if (place)
        m_bytes -= place->size();
    else
        ++m_classes;
    m_bytes += entry->size();
    place = std::move(entry);
}

void ClassIndex::noteNamespaces(const QStringList &names)
{
    for (const QString &name : names)
        space(name);
}

void ClassIndex::note(const QString &cimNamespace, const KnownClass &known)
{
    Known *const to = isName(known.name) ? space(cimNamespace) : nullptr;
    if (!to)
        return;
    const auto old = to->classes.find(folded(known.name));
    if (old == to->classes.end() ? m_classes >= MaxClasses
                                 : !known.described && old->second->described)
        return;
    KnownClass kept = known;
    if (isDescribed(*to, known.superClass))
        std::erase_if(kept.members, [](const KnownClass::Member &m) { return m.inherited; });
    put(*to, std::make_shared<Entry>(kept, m_bytes < MaxBytes));
}

void ClassIndex::noteRead(const QString &cimNamespace, const QStringList &classNames, Extent extent,
                          const QDateTime &at)
{
    Known *const to = space(cimNamespace);
    if (!to)
        return;
    std::set<QString> there;
    for (const QString &name : classNames) {
        there.insert(folded(name));
        if (!to->classes.contains(folded(name)))
            note(cimNamespace, {.name = name, .superClass = {}, .description = {}, .members = {}});
    }
    for (auto it = to->classes.begin(); it != to->classes.end();) {
        if (there.contains(it->first)) {
            ++it;
            continue;
        }
        m_bytes -= it->second->size();
        --m_classes;
        it = to->classes.erase(it);
    }
    if (extent < to->extent)
        return;
    to->extent = extent;
    to->readAt = at.toUTC();
}

void ClassIndex::addOlder(const ClassIndex &older)
{
    for (const auto &[key, from] : older.m_spaces) {
        Known *const to = space(from.name);
        if (!to)
            continue;
        const bool listed = to->extent != Extent::None; // and so what is not there is gone
        for (const auto &[name, entry] : from.classes) {
            const auto own = to->classes.find(name);
            const bool wanted = own == to->classes.end() ? !listed && m_classes < MaxClasses
                                                         : !own->second->described;
            if (wanted)
                put(*to, entry);
        }
        if (from.extent > to->extent) {
            to->extent = from.extent;
            to->readAt = from.readAt;
        }
    }
}

bool ClassIndex::isEmpty() const
{
    return m_classes == 0;
}

std::vector<ClassIndex::Space> ClassIndex::spaces() const
{
    std::vector<Space> all;
    for (const auto &[key, known] : m_spaces)
        all.push_back({.name = known.name,
                       .extent = known.extent,
                       .readAt = known.readAt,
                       .classes = known.classes.size()});
    return all;
}

KnownClass ClassIndex::valueOf(const Entry &entry)
{
    KnownClass value{.name = entry.text(0),
                     .superClass = entry.superClass,
                     .description = entry.text(1),
                     .members = {},
                     .described = entry.described,
                     .isAbstract = entry.isAbstract};
    for (std::size_t i = 0; i < entry.members.size(); ++i)
        value.members.push_back({.kind = entry.members[i].kind,
                                 .name = entry.text(2 + 2 * i),
                                 .description = entry.text(3 + 2 * i),
                                 .inherited = entry.members[i].inherited});
    return value;
}

std::vector<KnownClass> ClassIndex::classesOf(const QString &cimNamespace) const
{
    std::vector<KnownClass> all;
    if (const Known *const known = find(cimNamespace)) {
        for (const auto &[name, entry] : known->classes)
            all.push_back(valueOf(*entry));
    }
    return all;
}

std::optional<KnownClass> ClassIndex::find(const QString &cimNamespace,
                                           const QString &className) const
{
    const Known *const known = find(cimNamespace);
    if (!known)
        return std::nullopt;
    const auto found = known->classes.find(folded(className));
    return found == known->classes.end() ? std::nullopt : std::optional(valueOf(*found->second));
}
