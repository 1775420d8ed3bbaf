#include "demo/enumerations.h"

#include "demo/soapwriter.h"

#include <algorithm>
#include <cstdio>

Enumeration::Enumeration(std::unique_ptr<ItemSource> source, Parameters parameters)
    : m_source(std::move(source))
    , m_parameters(std::move(parameters))
{ }

void Enumeration::prepare()
{
    while (!m_ended && m_ready.size() <= m_parameters.maxEnvelopeSize
           && m_ends.size() <= m_parameters.batch) {
        if (m_source->next(m_ready))
            m_ends.push_back(m_ready.size());
        else
            m_ended = true;
    }
}

std::uint32_t Enumeration::take(std::string &out, std::size_t octets)
{
    prepare();
    const auto fit = std::upper_bound(m_ends.begin(), m_ends.end(), octets);
    const std::size_t count = std::min<std::size_t>(std::size_t(fit - m_ends.begin()),
                                                    m_parameters.batch);
    if (count == 0)
        return 0;
    const std::size_t bytes = m_ends[count - 1];
    out.append(m_ready, 0, bytes);
    m_ready.erase(0, bytes);
    m_ends.erase(m_ends.begin(), m_ends.begin() + std::ptrdiff_t(count));
    for (std::size_t &end : m_ends)
        end -= bytes;
    return std::uint32_t(count);
}

std::shared_ptr<Enumeration> EnumerationTable::open(std::unique_ptr<ItemSource> source,
                                                    Enumeration::Parameters parameters)
{
    expire();
    auto made = std::make_shared<Enumeration>(std::move(source), std::move(parameters));
    made->context = newContext();
    touch(*made);
    m_open[made->context] = made;
    return made;
}

std::string EnumerationTable::newContext()
{
    using Form = Personality::ContextForm;
    char text[48];
    ++m_count;
    if (m_form == Form::Windows)
        return "uuid:" + newUuid();
    if (m_form == Form::Amt) {
        std::snprintf(text, sizeof text, "%04X0000-0000-0000-0000-000000000000",
                      (m_count * 0x100 + 0xB4) & 0xFFFF);
        return text;
    }
    std::string uuid = newUuid();
    if (m_form == Form::Number)
        return std::to_string(1 + std::stoul(uuid.substr(0, 7), nullptr, 16));
    std::transform(uuid.begin(), uuid.end(), uuid.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return uuid;
}

bool EnumerationTable::isBlocked(std::string_view what)
{
    expire();
    return std::any_of(m_open.begin(), m_open.end(), [what](const auto &entry) {
        const std::string &blocked = entry.second->parameters().blocked;
        return !blocked.empty() && blocked == what;
    });
}

std::shared_ptr<Enumeration> EnumerationTable::find(const std::string &context)
{
    expire();
    const auto found = m_open.find(context);
    return found == m_open.end() ? nullptr : found->second;
}

void EnumerationTable::close(const std::string &context)
{
    m_open.erase(context);
}

void EnumerationTable::touch(Enumeration &enumeration)
{
    enumeration.deadline = std::chrono::steady_clock::now() + m_timeout;
}

void EnumerationTable::expire()
{
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(m_open, [now](const auto &entry) {
        return !entry.second->inFlight && entry.second->deadline < now;
    });
}
