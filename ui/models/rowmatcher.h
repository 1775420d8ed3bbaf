#pragma once

#include "document/rowset.h"
#include "models/rowfilter.h"
#include "models/valueorder.h"

#include <string>
#include <unordered_map>
#include <vector>

struct CimClass;
struct CimProperty;

/// Answers whether a row passes a filter. Where a number has a word (ValueMap) it remembers what it
/// found about each text, since those repeat; made for one RowSet and one thread.
class RowMatcher
{
public:
    RowMatcher(const RowSet &rows, const CimClass *schema, const RowFilter &filter);
    bool matches(std::uint32_t row);

private:
    struct Term
    {
        RowFilter::Operator op;
        std::string folded; ///< the value, folded
        QString text;       ///< the value as typed
        std::optional<NumberKey> number;
        std::optional<std::int64_t> time;
        std::vector<int> columns; ///< of the set; ArrangeRequest::classColumn too
        bool everywhere = false;
    };
    /// One answer a text, by the address of the interned text.
    class Memo
    {
    public:
        enum Answer : char { Unknown, No, Yes };
        Memo();
        Answer &at(std::string_view text);

    private:
        struct Slot
        {
            const char *data = nullptr;
            std::uint32_t size = 0;
            Answer answer = Unknown;
        };
        void grow();
        std::vector<Slot> m_slots;
        std::size_t m_used = 0;
    };

    bool matches(Term &term, std::uint32_t row);
    bool matchesCell(Term &term, const Cell &cell, int column, std::size_t index);
    bool matchesText(const Term &term, std::string_view text, int column) const;
    bool matchesPlain(const Term &term, std::string_view text) const;
    Memo &memoFor(std::size_t term, int column);

    const RowSet &m_rows;
    std::vector<Term> m_terms;
    std::vector<const CimProperty *> m_properties; ///< by column; null without value texts
    std::unordered_map<std::uint64_t, Memo> m_own; ///< by term and column
};
