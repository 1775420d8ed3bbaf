#include "demo/demomethods.h"
#include "demo/soaprequest.h"

#include <algorithm>
#include <array>

/// Win32_Service: what may follow upon what. Source: documentation of Win32_Service's methods.

namespace {

constexpr int deepest = 16; ///< chain of services that need each other

const char *startModeNamed(const std::string &mode)
{
    struct Mode
    {
        const char *said;
        const char *stored;
    };
    static constexpr std::array modes = {Mode{"Automatic", "Auto"}, Mode{"Manual", "Manual"},
                                         Mode{"Disabled", "Disabled"}, Mode{"Boot", "Boot"},
                                         Mode{"System", "System"}};
    for (const Mode &known : modes) {
        if (equalIgnoringCase(known.said, mode))
            return known.stored;
    }
    return nullptr;
}

bool isDriverMode(const char *mode)
{
    return std::string_view(mode) == "Boot" || std::string_view(mode) == "System";
}

} // namespace

std::vector<std::string> DemoMethods::services(std::string_view name, bool dependents) const
{
    const DemoClass *cls = m_schema.find("Win32_DependentService");
    const InstanceSource *pairs = m_data.own("root/cimv2", *cls);
    std::vector<std::string> names;
    DemoObject pair;
    for (std::int64_t i = 0; i < pairs->count(); ++i) {
        pairs->read(i, pair);
        const std::string &before = pair.value("Antecedent")->object->value("Name")->text;
        const std::string &after = pair.value("Dependent")->object->value("Name")->text;
        if (equalIgnoringCase(dependents ? before : after, name))
            names.push_back(dependents ? after : before);
    }
    return names;
}

std::int64_t DemoMethods::findService(std::string_view name, DemoObject &out) const
{
    const InstanceSource *all = m_data.own("root/cimv2", *m_schema.find("Win32_Service"));
    for (std::int64_t i = 0; i < all->count(); ++i) {
        all->read(i, out);
        if (equalIgnoringCase(out.value("Name")->text, name))
            return i;
    }
    return -1;
}

bool DemoMethods::isRunning(const std::string &name) const
{
    DemoObject service;
    return findService(name, service) >= 0 && service.value("State")->text != "Stopped";
}

/// Starts the service and before it those it needs. False when one of them cannot be.
bool DemoMethods::start(const std::string &name, int depth)
{
    DemoObject service;
    const std::int64_t index = findService(name, service);
    if (index < 0 || depth > deepest)
        return false;
    if (service.value("State")->text == "Running")
        return true;
    if (service.value("StartMode")->text == "Disabled")
        return false;
    for (const std::string &needed : services(name, false)) {
        if (!start(needed, depth + 1))
            return false;
    }
    m_nextProcess += 4;
    service.value("State")->set("Running");
    service.value("Started")->set(true);
    service.value("AcceptStop")->set(true);
    service.value("ExitCode")->set("0");
    service.value("ProcessId")->set(std::uint64_t(m_nextProcess));
    m_data.own("root/cimv2", *service.cls)->replace(index, service);
    return true;
}

void DemoMethods::startService(MethodCall &call)
{
    if (call.property("State") != "Stopped") {
        call.result = "10";
    } else if (call.property("StartMode") == "Disabled") {
        call.result = "14";
    } else if (!start(call.property("Name"), 0)) {
        call.result = "13";
    }
}

void DemoMethods::stopService(MethodCall &call)
{
    if (call.property("State") == "Stopped") {
        call.result = "6";
        return;
    }
    if (call.property("AcceptStop") != "true") {
        call.result = "5";
        return;
    }
    const std::vector<std::string> above = services(call.property("Name"), true);
    if (std::any_of(above.begin(), above.end(), [this](const auto &n) { return isRunning(n); })) {
        call.result = "3";
        return;
    }
    call.set("State", "Stopped");
    call.set("Started", "false");
    call.set("AcceptStop", "false");
    call.set("ProcessId", "0");
    call.set("ExitCode", "0");
    call.save();
}

void DemoMethods::pauseService(MethodCall &call)
{
    if (call.property("State") == "Stopped") {
        call.result = "6";
    } else if (call.property("State") == "Paused") {
        call.result = "24";
    } else if (call.property("AcceptPause") != "true") {
        call.result = "5";
    } else {
        call.set("State", "Paused");
        call.save();
    }
}

void DemoMethods::resumeService(MethodCall &call)
{
    if (call.property("State") == "Stopped") {
        call.result = "6";
    } else if (call.property("State") == "Running") {
        call.result = "10";
    } else {
        call.set("State", "Running");
        call.save();
    }
}

void DemoMethods::changeStartMode(MethodCall &call)
{
    const char *mode = startModeNamed(call.in("StartMode"));
    if (!mode || isDriverMode(mode)) {
        call.result = "21";
        return;
    }
    call.set("StartMode", mode);
    call.set("DelayedAutoStart", "false");
    call.save();
}

void DemoMethods::changeService(MethodCall &call)
{
    if (call.has("StartMode")) {
        const char *mode = startModeNamed(call.in("StartMode"));
        if (!mode || isDriverMode(mode)) {
            call.result = "21";
            return;
        }
        call.set("StartMode", mode);
    }
    if (call.has("StartName") && call.in("StartName").find('\\') == std::string::npos
        && call.in("StartName") != "LocalSystem") {
        call.result = "22";
        return;
    }
    for (const char *name : {"DisplayName", "PathName", "StartName", "DesktopInteract"}) {
        if (call.has(name))
            call.set(name, call.in(name));
    }
    if (call.has("DisplayName"))
        call.set("Caption", call.in("DisplayName"));
    call.save();
}

void DemoMethods::createService(MethodCall &call)
{
    const std::string name = call.in("Name");
    DemoObject made;
    if (name.empty() || name.size() > 256 || name.find_first_of("/\\") != std::string::npos) {
        call.result = "20";
        return;
    }
    if (findService(name, made) >= 0) {
        call.result = "23";
        return;
    }
    const char *mode = startModeNamed(call.has("StartMode") ? call.in("StartMode") : "Manual");
    if (call.in("PathName").empty() || !mode) {
        call.result = "21";
        return;
    }
    InstanceSource *all = m_data.own(call.ns, call.cls);
    all->read(0, made);
    const std::string shown = call.has("DisplayName") ? call.in("DisplayName") : name;
    made.value("Name")->set(name);
    for (const char *property : {"DisplayName", "Caption"})
        made.value(property)->set(shown);
    made.value("Description")->setNil();
    made.value("PathName")->set(call.in("PathName"));
    made.value("StartMode")->set(mode);
    made.value("StartName")->set("LocalSystem");
    made.value("State")->set("Stopped");
    made.value("Started")->set(false);
    made.value("AcceptStop")->set(false);
    made.value("ProcessId")->set("0");
    made.value("ExitCode")->set("1077");
    all->add(made);
}

void DemoMethods::deleteService(MethodCall &call)
{
    // A running service is only marked: it goes when it stops, which nobody here waits for.
    if (call.property("State") != "Stopped")
        call.result = "16";
    else
        call.source->remove(call.index);
}
