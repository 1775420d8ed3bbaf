// What reading the pages of an enumeration costs, beside libxml2 alone and libxml2 into flat rows.
//
//   parse_bench [rows] [pool] [what ...]     100000, 0; count flat rowset
//
// count: libxml2's SAX2 events, nothing stored; flat: each row as (column, length, bytes) in flat
// memory, the least that keeps everything; rowset: XmlReader and RowSetBuilder. `pool` as in
// instances.h. Ratios are to flat. Run it in a Release build.
#include "bench/instances.h"
#include "core/document/rowreading.h"

#include <libxml/parser.h>

#include <cstring>
#include <ctime>
#include <functional>

namespace {

constexpr std::size_t pageSize = 512'000;
constexpr std::size_t arrival = 65'536; ///< bytes that come at once

struct Pages
{
    std::vector<std::string> pages;
    std::size_t bytes = 0;
    std::uint32_t rows = 0;
};

Pages makePages(std::uint32_t rows, std::uint32_t pool)
{
    const std::string opening =
        "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\"><s:Header/><s:Body>"
        "<n:PullResponse><n:EnumerationContext>uuid:0</n:EnumerationContext><n:Items>";
    const std::string closing = "</n:Items></n:PullResponse></s:Body></s:Envelope>";
    InstanceMaker maker(7, pool);
    Pages result;
    result.rows = rows;
    std::string page = opening;
    std::string instance;
    for (std::uint32_t i = 0; i < rows; ++i) {
        instance.clear();
        maker.append(instance, i);
        if (page.size() + instance.size() + closing.size() > pageSize) {
            result.pages.push_back(page + closing);
            page = opening;
        }
        page += instance;
    }
    result.pages.push_back(page + closing);
    for (const std::string &p : result.pages)
        result.bytes += p.size();
    return result;
}

/// The bare parser: depth 5 are rows, 6 their properties.
class Bare
{
public:
    explicit Bare(bool store)
        : m_store(store)
    {
        xmlSAXHandler handler{};
        handler.initialized = XML_SAX2_MAGIC;
        handler.startElementNs = start;
        handler.endElementNs = end;
        handler.characters = handler.cdataBlock = text;
        m_parser = xmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr);
        xmlCtxtUseOptions(m_parser, XML_PARSE_NONET | XML_PARSE_COMPACT);
    }
    ~Bare()
    {
        xmlFreeParserCtxt(m_parser);
        for (char *block : m_blocks)
            delete[] block;
    }
    Bare(const Bare &) = delete;
    Bare &operator=(const Bare &) = delete;

    bool read(const std::string &page)
    {
        xmlCtxtResetPush(m_parser, nullptr, 0, nullptr, nullptr);
        m_depth = 0;
        for (std::size_t at = 0; at < page.size(); at += arrival)
            xmlParseChunk(m_parser, page.data() + at, int(std::min(arrival, page.size() - at)), 0);
        xmlParseChunk(m_parser, nullptr, 0, 1);
        return m_parser->wellFormed;
    }
    std::uint32_t rows = 0;
    std::size_t memory() const { return m_blocks.size() * blockSize + m_rows.capacity() * 8; }

private:
    static constexpr std::size_t blockSize = 1 << 20;
    static Bare &of(void *self) { return *static_cast<Bare *>(self); }
    static void start(void *self, const xmlChar *name, const xmlChar *, const xmlChar *, int,
                      const xmlChar **, int count, int, const xmlChar **attributes)
    {
        Bare &b = of(self);
        ++b.m_depth;
        if (b.m_depth == 5) {
            b.m_guess = 0;
            b.m_rows.push_back(b.m_at);
        } else if (b.m_depth == 6) {
            b.m_nil = false;
            b.m_value.clear();
            b.m_column = b.column(name);
            for (int i = 0; i < count; ++i) {
                const xmlChar **a = attributes + 5 * i;
                b.m_nil = b.m_nil
                    || (a[3][0] == 't'
                        && !std::strcmp(reinterpret_cast<const char *>(a[0]), "nil"));
            }
        }
    }
    static void end(void *self, const xmlChar *, const xmlChar *, const xmlChar *)
    {
        Bare &b = of(self);
        if (b.m_depth == 6 && b.m_store)
            b.put();
        else if (b.m_depth == 5)
            ++b.rows;
        --b.m_depth;
    }
    static void text(void *self, const xmlChar *text, int length)
    {
        Bare &b = of(self);
        if (b.m_store && b.m_depth >= 6)
            b.m_value.append(reinterpret_cast<const char *>(text), std::size_t(length));
    }
    std::uint16_t column(const xmlChar *name)
    {
        if (m_guess < m_known.size() && m_known[m_guess] == name)
            return std::uint16_t(m_guess++);
        const auto it = std::ranges::find(m_known, name);
        const auto found = std::size_t(it - m_known.begin());
        if (it == m_known.end())
            m_known.push_back(name);
        m_guess = found + 1;
        return std::uint16_t(found);
    }
    void put()
    {
        if (std::size_t(m_end - m_at) < m_value.size() + 8) {
            m_at = new char[blockSize];
            m_end = m_at + blockSize;
            m_blocks.push_back(m_at);
        }
        const auto length = std::uint16_t(m_nil ? 0xFFFF : m_value.size());
        std::memcpy(m_at, &m_column, 2);
        std::memcpy(m_at + 2, &length, 2);
        std::memcpy(m_at + 4, m_value.data(), m_value.size());
        m_at += 4 + m_value.size();
    }

    const bool m_store;
    xmlParserCtxtPtr m_parser = nullptr;
    int m_depth = 0;
    bool m_nil = false;
    std::uint16_t m_column = 0;
    std::size_t m_guess = 0;
    std::string m_value;
    std::vector<const xmlChar *> m_known;
    std::vector<char *> m_blocks;
    std::vector<char *> m_rows;
    char *m_at = nullptr;
    char *m_end = nullptr;
};

struct Outcome
{
    std::uint32_t rows = 0;
    std::size_t memory = 0;
};

Outcome readBare(const Pages &pages, bool store)
{
    Bare bare(store);
    for (const std::string &page : pages.pages) {
        if (!bare.read(page))
            return {};
    }
    return {bare.rows, store ? bare.memory() : 0};
}

Outcome readRowSet(const Pages &pages)
{
    RowSetBuilder builder;
    RowSet set;
    for (const std::string &page : pages.pages) {
        ItemsSink sink(builder);
        XmlReader reader(sink);
        for (std::size_t at = 0; at < page.size(); at += arrival)
            reader.feed(std::span(page).subspan(at, std::min(arrival, page.size() - at)));
        if (!reader.finish())
            return {};
        set.append(builder.takeBatch());
    }
    return {set.rowCount(), set.memoryUsed()};
}

/// Processor time: what else the machine does should not count.
double secondsOf(const std::function<Outcome()> &run, Outcome &outcome)
{
    const auto began = std::clock();
    outcome = run();
    return double(std::clock() - began) / CLOCKS_PER_SEC;
}

} // namespace

int main(int argc, char **argv)
{
    const auto rows = argc > 1 ? std::uint32_t(std::strtoul(argv[1], nullptr, 10)) : 100'000;
    const auto pool = argc > 2 ? std::uint32_t(std::strtoul(argv[2], nullptr, 10)) : 0;
    struct Way
    {
        const char *name;
        std::function<Outcome()> run;
        Outcome outcome{};
        double best = 1e9;
    };
    const Pages pages = makePages(rows, pool);
    std::vector<Way> ways{{"count", [&] { return readBare(pages, false); }},
                          {"flat", [&] { return readBare(pages, true); }},
                          {"rowset", [&] { return readRowSet(pages); }}};
    if (argc > 3) {
        std::erase_if(ways, [&](const Way &way) {
            return std::none_of(argv + 3, argv + argc,
                                [&](const char *name) { return !std::strcmp(name, way.name); });
        });
    }
    std::printf("%u rows, %zu pages, %.1f MB, %.0f bytes a row\n", rows, pages.pages.size(),
                double(pages.bytes) / 1e6, double(pages.bytes) / rows);
    for (int round = 0; round < (argc > 3 ? 1 : 5); ++round) {
        for (Way &way : ways)
            way.best = std::min(way.best, secondsOf(way.run, way.outcome));
    }
    double flat = 0;
    for (const Way &way : ways)
        flat = !std::strcmp(way.name, "flat") ? way.best : flat;
    for (const Way &way : ways) {
        if (way.outcome.rows != rows) {
            std::printf("%-8s read %u rows\n", way.name, way.outcome.rows);
            return 1;
        }
        std::printf("%-8s %8.1f ms  %9.0f rows/s  %6.1f MB/s  %6.1f bytes a row", way.name,
                    way.best * 1e3, rows / way.best, double(pages.bytes) / 1e6 / way.best,
                    double(way.outcome.memory) / rows);
        if (flat > 0)
            std::printf("  %5.2f", way.best / flat);
        std::printf("\n");
    }
    return 0;
}
