#include "demo/demoitemsource.h"

#include "demo/stopping.h"

#include <algorithm>

DemoItemSource::Mode DemoItemSource::modeNamed(std::string_view enumerationMode)
{
    if (enumerationMode == "EnumerateEPR")
        return Mode::Reference;
    return enumerationMode.empty() ? Mode::Object : Mode::ObjectAndReference;
}

DemoItemSource::DemoItemSource(std::vector<const InstanceSource *> sources, UriStyle style,
                               Mode mode)
    : m_sources(std::move(sources))
    , m_style(std::move(style))
    , m_mode(mode)
{ }

bool DemoItemSource::next(std::string &out)
{
    while (readNext()) {
        if (m_test && !m_test(m_object))
            continue;
        append(out);
        return true;
    }
    return false;
}

bool DemoItemSource::readNext()
{
    while (m_source < m_sources.size()) {
        const InstanceSource &source = *m_sources[m_source];
        if (m_index < source.count()) {
            if (m_index == 0)
                enter();
            throwIfStopping(m_index);
            source.read(m_index++, m_object);
            return true;
        }
        ++m_source;
        m_index = 0;
    }
    return false;
}

void DemoItemSource::enter()
{
    m_slots.clear();
    for (const std::string &name : m_projection)
        m_slots.push_back(m_sources[m_source]->cls().indexOf(name));
    std::sort(m_slots.begin(), m_slots.end());
    m_slots.erase(std::unique(m_slots.begin(), m_slots.end()), m_slots.end());
}

void DemoItemSource::append(std::string &out)
{
    if (!m_projection.empty()) {
        appendFragment(out, m_object, m_slots, m_style);
        return;
    }
    if (m_mode == Mode::ObjectAndReference)
        out += "<w:Item>";
    if (m_mode != Mode::Reference)
        appendInstance(out, m_object, m_style);
    if (m_mode != Mode::Object)
        appendEndpoint(out, m_object, m_style);
    if (m_mode == Mode::ObjectAndReference)
        out += "</w:Item>";
}
