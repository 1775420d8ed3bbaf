#pragma once

#include "document/rowset.h"
#include "document/valuescan.h"
#include "models/rowfilter.h"
#include "models/valueorder.h"

#include <map>
#include <string>
#include <vector>

struct CimClass;
struct CimProperty;
class RowDress;

/// Answers which rows pass a filter, the same text asked about once; made for one RowSet and one
/// thread.
class RowMatcher
{
public:
    /// `schema` and `dress` give values their words; either may be null. All live longer.
    RowMatcher(const RowSet &rows, const CimClass *schema, const RowDress *dress,
               const RowFilter &filter);
    RowMatcher(const RowMatcher &) = delete;
    RowMatcher &operator=(const RowMatcher &) = delete;

    /// Appends those of [from, to) that pass. Best called for some hundred rows at once.
    void collect(std::uint32_t from, std::uint32_t to, std::vector<std::uint32_t> &found);

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
        /// By column; `plain` for all whose texts mean what they say.
        std::map<int, ValueScan> scans;
    };
    /// What tells the words of a column's values.
    struct Words
    {
        const CimProperty *property = nullptr;
        QString dressed; ///< name of a column that the dress has words for
        explicit operator bool() const { return property || !dressed.isEmpty(); }
    };
    static constexpr int plain = -1;

    void mark(Term &term, std::uint32_t from);
    void markClass(const Term &term, std::uint32_t from);
    ValueScan &scanFor(Term &term, int column);
    QString meaningOf(const Words &words, std::string_view text) const;
    bool matchesCell(const Term &term, const Cell &cell, int column) const;
    bool matchesText(const Term &term, std::string_view text, int column) const;
    bool matchesPlain(const Term &term, std::string_view text) const;

    const RowSet &m_rows;
    std::vector<Term> m_terms;
    const RowDress *m_dress;
    std::vector<Words> m_words;        ///< by column
    std::vector<std::uint8_t> m_marks; ///< of the rows being looked at
};
