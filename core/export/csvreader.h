#pragma once

#include "export/jsonreader.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reads the records of a CSV file one after the other (RFC 4180; LF alone ends a record too).
/// A cell gives the value it was written from, as far as CSV tells: nothing at all is Null, `""` an
/// empty String; true, false and numbers are what JSON makes of them, as are arrays and objects;
/// the apostrophe that keeps a spreadsheet from calculating is taken away.
class CsvReader
{
public:
    explicit CsvReader(std::string_view utf8)
        : m_text(utf8)
    { }
    /// The first record: names of columns, at most 4096. Nullopt where they are none.
    std::optional<std::vector<std::string>> header();
    /// The next record; nullopt at the end, and where a quote is not closed.
    std::optional<std::vector<JsonValue>> record();
    bool atEnd() const { return m_at == m_text.size(); }
    std::size_t position() const { return m_at; } ///< bytes read

private:
    struct Cell
    {
        std::string text;
        bool quoted = false;
    };
    std::optional<std::vector<Cell>> cells();
    std::optional<Cell> cell();
    bool lineEnds();
    static JsonValue value(Cell cell);

    std::string_view m_text;
    std::size_t m_at = 0;
};
