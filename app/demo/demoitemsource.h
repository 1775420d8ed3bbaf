#pragma once

#include "demo/demoinstance.h"
#include "demo/enumerations.h"

#include <functional>

/// Instances of a few sources, one after the other, as the items of an enumeration.
class DemoItemSource final : public ItemSource
{
public:
    enum class Mode { Object, Reference, ObjectAndReference };
    static Mode modeNamed(std::string_view enumerationMode); ///< of w:EnumerationMode

    DemoItemSource(std::vector<const InstanceSource *> sources, UriStyle style, Mode mode);
    using Test = std::function<bool(const DemoObject &)>;
    void setTest(Test test) { m_test = std::move(test); }
    /// Names of properties: items are w:XmlFragments of these.
    void setProjection(std::vector<std::string> names) { m_projection = std::move(names); }
    bool next(std::string &out) override;

private:
    bool readNext();
    void enter();
    void append(std::string &out);

    std::vector<const InstanceSource *> m_sources;
    UriStyle m_style;
    Mode m_mode;
    Test m_test;
    std::vector<std::string> m_projection;
    std::vector<int> m_slots; ///< of the projection, in the present source's class
    std::size_t m_source = 0;
    std::int64_t m_index = 0;
    DemoObject m_object;
};
