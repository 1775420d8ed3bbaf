#include "inventory/classindexentry.h"

#include <QByteArrayMatcher>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace {

using Words = std::uint8_t; ///< one bit for each word
constexpr int MostWords = 8;
constexpr int MostAncestors = 64;

/// How well a word fits, the lower the better. Steps of it add up, so that of two hits of the same
/// worst step the one that fits better elsewhere comes first.
enum Fit : int { Same = 0, Begins = 1, Within = 2, OfClass = 3, Described = 4 };

Fit fitOf(QByteArrayView name, QByteArrayView word)
{
    if (name == word)
        return Same;
    return name.startsWith(word) ? Begins : Within;
}

/// "service" is as good as "win32_service".
QByteArrayView withoutSchema(QByteArrayView className)
{
    const qsizetype line = className.indexOf('_');
    return line < 0 ? className : className.sliced(line + 1);
}

} // namespace

/// One search through all namespaces. First each text is marked with the words that stand in it,
/// then each class is looked at with its members and those of the classes above.
class ClassSearch
{
public:
    ClassSearch(const ClassIndex &index, const QString &words)
        : m_index(index)
    {
        for (const QString &word : words.toCaseFolded().simplified().split(u' ')) {
            if (!word.isEmpty() && m_words.size() < MostWords)
                m_words.push_back(word.toUtf8());
        }
        m_all = Words((1u << m_words.size()) - 1);
    }

    bool isWorthwhile() const
    {
        return std::ranges::any_of(m_words, [](const QByteArray &w) { return w.size() > 1; });
    }

    ClassHits run(std::size_t most)
    {
        for (const auto &[key, space] : m_index.m_spaces)
            searchSpace(space);
        ClassHits result{.hits = {}, .total = m_found.size()};
        const auto end = m_found.begin() + std::ptrdiff_t(std::min(most, m_found.size()));
        std::partial_sort(m_found.begin(), end, m_found.end());
        for (auto found = m_found.begin(); found != end; ++found)
            result.hits.push_back(hitOf(*found));
        return result;
    }

private:
    using Entry = ClassIndex::Entry;
    using Known = ClassIndex::Known;

    struct Marked ///< a class of the namespace that is searched
    {
        const Entry *entry;
        std::size_t at;          ///< of its first text in m_marks
        std::ptrdiff_t super;    ///< place of the class above; -1: none that is known
        Words name, description; ///< words in them
    };
    struct Found
    {
        const Known *space;
        const Entry *entry; ///< the class
        const Entry *from;  ///< that has the member
        int member;         ///< -1: the class itself
        int worst, inherited, sum;

        bool operator<(const Found &other) const
        {
            const auto rank = [](const Found &f) {
                return std::tuple(f.worst, f.entry->isAbstract, f.inherited, f.sum, f.member >= 0,
                                  f.space->name.compare(u"root/cimv2", Qt::CaseInsensitive) != 0);
            };
            if (const auto a = rank(*this), b = rank(other); a != b)
                return a < b;
            if (entry != other.entry)
                return entry->foldedText(0) < other.entry->foldedText(0);
            return member < other.member;
        }
    };

    void searchSpace(const Known &space)
    {
        m_space = &space;
        mark();
        for (const Marked &one : m_classes) {
            if (Words(one.name | one.description) == m_all)
                found(one, one, -1);
            searchMembers(one);
        }
    }

    void mark()
    {
        m_classes.clear();
        m_marks.clear();
        std::map<QStringView, std::ptrdiff_t> places;
        for (const auto &[name, entry] : m_space->classes) {
            places.emplace(name, std::ptrdiff_t(m_classes.size()));
            m_classes.push_back({entry.get(), m_marks.size(), -1, 0, 0});
            m_marks.resize(m_marks.size() + entry->textCount());
        }
        for (std::size_t word = 0; word < m_words.size(); ++word) {
            const QByteArrayMatcher matcher(m_words[word]);
            for (const Marked &one : m_classes)
                markWord(one, matcher, Words(1u << word));
        }
        for (Marked &one : m_classes) {
            one.name = m_marks[one.at];
            one.description = m_marks[one.at + 1];
            const auto super = places.find(one.entry->foldedSuper);
            one.super = super == places.end() ? -1 : super->second;
        }
    }

    void markWord(const Marked &one, const QByteArrayMatcher &matcher, Words bit)
    {
        const Entry &entry = *one.entry;
        std::size_t text = 0;
        qsizetype at = matcher.indexIn(entry.folded);
        while (at >= 0) {
            while (entry.foldedAt[text + 1] <= std::uint32_t(at))
                ++text;
            m_marks[one.at + text] |= bit;
            at = matcher.indexIn(entry.folded, qsizetype(entry.foldedAt[text + 1]));
        }
    }

    void searchMembers(const Marked &one)
    {
        m_seen.clear();
        for (std::size_t member = 0; member < one.entry->members.size(); ++member) {
            const Words name = m_marks[one.at + 2 + 2 * member];
            const Words described = m_marks[one.at + 3 + 2 * member];
            if (name != 0)
                m_seen.push_back(one.entry->foldedText(2 + 2 * member));
            if ((name | described) != 0 && Words(name | described | one.name) == m_all)
                found(one, one, int(member));
        }
        int depth = 0;
        for (auto above = one.super; above >= 0 && depth < MostAncestors; ++depth) {
            const Marked &from = m_classes[std::size_t(above)];
            searchInherited(one, from);
            above = from.super;
        }
    }

    void searchInherited(const Marked &one, const Marked &from)
    {
        for (std::size_t member = 0; member < from.entry->members.size(); ++member) {
            const Words name = m_marks[from.at + 2 + 2 * member];
            const Words described = m_marks[from.at + 3 + 2 * member];
            const QByteArrayView text = from.entry->foldedText(2 + 2 * member);
            if (name == 0 || std::ranges::find(m_seen, text) != m_seen.end())
                continue; // the class itself, or one between, says more of it
            m_seen.push_back(text);
            if (Words(name | described | one.name) == m_all)
                found(one, from, int(member));
        }
    }

    void found(const Marked &one, const Marked &from, int member)
    {
        Found hit{m_space, one.entry, from.entry, member, 0, from.entry != one.entry, 0};
        const Words own = member < 0 ? one.name : m_marks[from.at + 2 + 2 * std::size_t(member)];
        const QByteArrayView name = from.entry->foldedText(
            member < 0 ? 0 : 2 + 2 * std::size_t(member));
        for (std::size_t i = 0; i < m_words.size(); ++i) {
            const Words bit = Words(1u << i);
            Fit fit = Described;
            if ((own & bit) != 0)
                fit = member < 0
                    ? std::min(fitOf(name, m_words[i]), fitOf(withoutSchema(name), m_words[i]))
                    : fitOf(name, m_words[i]);
            else if (member >= 0 && own != 0 && (one.name & bit) != 0)
                fit = OfClass;
            hit.worst = std::max(hit.worst, int(fit));
            hit.sum += fit;
        }
        m_found.push_back(hit);
    }

    static ClassHit hitOf(const Found &found)
    {
        ClassHit hit{.cimNamespace = found.space->name,
                     .className = found.entry->text(0),
                     .member = {},
                     .description = found.entry->text(1),
                     .declaredIn = {}};
        if (found.member < 0)
            return hit;
        const std::size_t member = std::size_t(found.member);
        const bool method = found.from->members[member].kind == KnownClass::Member::Kind::Method;
        hit.kind = method ? ClassHit::Kind::Method : ClassHit::Kind::Property;
        hit.member = found.from->text(2 + 2 * member);
        hit.description = found.from->text(3 + 2 * member);
        if (found.from != found.entry)
            hit.declaredIn = found.from->text(0);
        return hit;
    }

    const ClassIndex &m_index;
    std::vector<QByteArray> m_words;
    Words m_all = 0;
    const Known *m_space = nullptr;
    std::vector<Marked> m_classes;
    std::vector<Words> m_marks;         ///< of each text of each class
    std::vector<QByteArrayView> m_seen; ///< names of members that were looked at for a class
    std::vector<Found> m_found;
};

ClassHits ClassIndex::search(const QString &words, std::size_t most) const
{
    ClassSearch search(*this, words);
    return search.isWorthwhile() ? search.run(most) : ClassHits();
}
