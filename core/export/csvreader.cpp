#include "export/csvreader.h"

#include "export/csvtext.h"

#include <algorithm>

namespace {

constexpr std::size_t mostColumns = 4096;

} // namespace

bool CsvReader::lineEnds()
{
    if (m_text.substr(m_at, 2) == "\r\n")
        m_at += 2;
    else if (m_text.substr(m_at, 1) == "\n")
        m_at += 1;
    else
        return atEnd();
    return true;
}

std::optional<CsvReader::Cell> CsvReader::cell()
{
    Cell read;
    if (m_text.substr(m_at, 1) != "\"") {
        const std::size_t end = std::min(m_text.find_first_of(",\r\n", m_at), m_text.size());
        read.text = m_text.substr(m_at, end - m_at);
        m_at = end;
        return read;
    }
    read.quoted = true;
    while (true) {
        const std::size_t end = m_text.find('"', m_at + 1);
        if (end == std::string_view::npos)
            return {};
        read.text += m_text.substr(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        if (m_text.substr(m_at, 1) != "\"")
            return read;
        read.text += '"'; // a doubled one is a quote of the text
    }
}

std::optional<std::vector<CsvReader::Cell>> CsvReader::cells()
{
    if (atEnd())
        return {};
    std::vector<Cell> read;
    while (read.size() < mostColumns) {
        std::optional<Cell> next = cell();
        if (!next)
            return {};
        read.push_back(std::move(*next));
        if (lineEnds())
            return read;
        if (m_text[m_at] != ',')
            return {};
        ++m_at;
    }
    return {};
}

std::optional<std::vector<std::string>> CsvReader::header()
{
    const auto names = cells();
    if (!names)
        return {};
    // A line alone is a note, one word a line any list; what we write ends its lines with CRLF.
    const std::string_view line = m_text.substr(0, m_at);
    if (!line.ends_with('\n') || (names->size() == 1 && !line.ends_with("\r\n")))
        return {};
    std::vector<std::string> read;
    for (const Cell &name : *names) {
        if (name.text.empty())
            return {};
        read.push_back(name.text);
    }
    return read;
}

std::optional<std::vector<JsonValue>> CsvReader::record()
{
    auto read = cells();
    if (!read)
        return {};
    std::vector<JsonValue> values;
    for (Cell &each : *read)
        values.push_back(value(std::move(each)));
    return values;
}

JsonValue CsvReader::value(Cell cell)
{
    if (cell.text.empty() && !cell.quoted)
        return {.kind = JsonValue::Kind::Null};
    JsonReader reader(cell.text);
    std::optional<JsonValue> known = reader.value();
    if (known && reader.position() == cell.text.size() && known->kind != JsonValue::Kind::String
        && known->kind != JsonValue::Kind::Null)
        return std::move(*known);
    return {.kind = JsonValue::Kind::String, .text = std::string(withoutGuard(cell.text))};
}
