#include "demo/demomethods.h"

#include "demo/soapfault.h"
#include "demo/soaprequest.h"
#include "demo/stopping.h"

#include <QDateTime>
#include <QHostAddress>

#include <algorithm>
#include <array>

namespace {

std::string now()
{
    return QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString();
}

bool isAddress(const std::string &text)
{
    return !QHostAddress(QString::fromStdString(text)).isNull();
}

std::string programOf(const std::string &commandLine)
{
    const char stop = commandLine.front() == '"' ? '"' : ' ';
    const std::size_t from = stop == '"' ? 1 : 0;
    return commandLine.substr(from, commandLine.find(stop, from) - from);
}

std::string lastPart(const std::string &path)
{
    std::string name = path.substr(path.rfind('\\') + 1);
    if (name.find('.') == std::string::npos)
        name += ".exe";
    return name;
}

} // namespace

bool MethodCall::has(std::string_view parameter) const
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (method.parameters[i].name == parameter)
            return values[i].kind != DemoValue::Kind::Nil;
    }
    return false;
}

std::string MethodCall::in(std::string_view parameter) const
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (method.parameters[i].name == parameter)
            return values[i].text;
    }
    return {};
}

DemoValue &MethodCall::value(std::string_view parameter)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (method.parameters[i].name == parameter)
            return values[i];
    }
    Q_UNREACHABLE();
}

std::string MethodCall::property(std::string_view name) const
{
    const DemoValue *found = object.value(name);
    return found && found->kind == DemoValue::Kind::Text ? found->text : std::string();
}

void MethodCall::set(std::string_view name, std::string_view text)
{
    if (DemoValue *found = object.value(name))
        found->set(text);
}

DemoMethods::Handler DemoMethods::handlerOf(const MethodCall &call)
{
    struct Row
    {
        std::string_view cls;
        std::string_view method; ///< empty: all of the class
        Handler handler;
    };
    static constexpr std::array rows = {
        Row{"Win32_Service", "StartService", &DemoMethods::startService},
        Row{"Win32_Service", "StopService", &DemoMethods::stopService},
        Row{"Win32_Service", "PauseService", &DemoMethods::pauseService},
        Row{"Win32_Service", "ResumeService", &DemoMethods::resumeService},
        Row{"Win32_Service", "ChangeStartMode", &DemoMethods::changeStartMode},
        Row{"Win32_Service", "Change", &DemoMethods::changeService},
        Row{"Win32_Service", "Create", &DemoMethods::createService},
        Row{"Win32_Service", "Delete", &DemoMethods::deleteService},
        Row{"Win32_Process", "Create", &DemoMethods::createProcess},
        Row{"Win32_Process", "Terminate", &DemoMethods::terminate},
        Row{"Win32_Process", "GetOwner", &DemoMethods::getOwner},
        Row{"Win32_OperatingSystem", "", &DemoMethods::restart},
        Row{"Win32_ComputerSystem", "Rename", &DemoMethods::rename},
        Row{"Win32_Group", "Rename", &DemoMethods::rename},
        Row{"Win32_UserAccount", "Rename", &DemoMethods::rename},
        Row{"Win32_LogicalDisk", "Chkdsk", &DemoMethods::checkDisk},
        Row{"Win32_NetworkAdapterConfiguration", "EnableStatic", &DemoMethods::enableStatic},
        Row{"Win32_NetworkAdapterConfiguration", "EnableDHCP", &DemoMethods::enableDhcp},
        Row{"Win32_NetworkAdapterConfiguration", "SetDNSServerSearchOrder",
            &DemoMethods::setNameServers},
        Row{"Win32_Share", "Create", &DemoMethods::createShare},
        Row{"Win32_Share", "Delete", &DemoMethods::deleteInstance},
        Row{"MSFT_NetAdapter", "", &DemoMethods::switchAdapter},
        Row{"Demo_Item", "", &DemoMethods::itemMethod},
        Row{"StdRegProv", "", &DemoMethods::registry},
    };
    for (const Row &row : rows) {
        if (row.cls == call.cls.name && (row.method.empty() || row.method == call.method.name))
            return row.handler;
    }
    return nullptr;
}

void DemoMethods::run(MethodCall &call)
{
    if (!call.method.answers.empty()) {
        answer(call);
        return;
    }
    const Handler handler = handlerOf(call);
    if (!handler)
        throw SoapFault::fromWmi(code::providerNotCapable,
                                 "The provider of " + call.cls.name + " has no method "
                                     + call.method.name + ".",
                                 code::wmiMethodNotImplemented);
    (this->*handler)(call);
}

/// `@Class Key=value`: a reference to that instance.
static DemoValue referenceNamed(std::string_view text, const DemoSchema &schema)
{
    const std::size_t space = text.find(' ');
    const std::size_t equals = text.find('=', space);
    auto target = std::make_shared<DemoObject>();
    target->reset(*schema.find(text.substr(1, space - 1)));
    target->value(text.substr(space + 1, equals - space - 1))->set(text.substr(equals + 1));
    DemoValue value;
    value.kind = DemoValue::Kind::Reference;
    value.object = std::move(target);
    return value;
}

void DemoMethods::answer(MethodCall &call) const
{
    const auto filled = [&call](const std::string &text) {
        if (!text.starts_with('$'))
            return text;
        const std::string name = text.substr(1);
        return call.has(name) ? call.in(name) : call.property(name);
    };
    const auto fits = [&call](const DemoAnswer &answer) {
        return std::all_of(answer.when.begin(), answer.when.end(), [&call](const auto &row) {
            return std::find(row.second.begin(), row.second.end(), call.in(row.first))
                != row.second.end();
        });
    };
    const auto &answers = call.method.answers;
    const auto found = std::find_if(answers.begin(), answers.end(), fits);
    if (found == answers.end()) {
        call.result = "1"; // "Not supported", or a failure, in the classes of the DMTF
        return;
    }
    for (const auto &[name, text] : found->out) {
        if (text.starts_with('@'))
            call.value(name) = referenceNamed(text, m_schema);
        else
            call.value(name).set(filled(text));
    }
    for (const auto &[name, text] : found->set)
        call.set(name, filled(text));
    if (!found->set.empty() && call.source)
        call.save();
    call.result = found->result;
}

void DemoMethods::createProcess(MethodCall &call)
{
    const std::string command = call.in("CommandLine");
    if (command.find_first_not_of(' ') == std::string::npos) {
        call.result = "21";
        return;
    }
    const std::string program = programOf(command);
    const bool named = program.find('\\') != std::string::npos;
    const QString path = QString::fromStdString(program);
    if (named && !path.startsWith(QLatin1String("C:\\Windows\\"), Qt::CaseInsensitive)
        && !path.startsWith(QLatin1String("C:\\Program Files"), Qt::CaseInsensitive)) {
        call.result = "9";
        return;
    }
    InstanceSource *processes = m_data.own(call.ns, call.cls);
    DemoObject made;
    processes->read(processes->count() - 1, made);
    m_nextProcess += 4;
    const std::string name = lastPart(program);
    const std::string number = std::to_string(m_nextProcess);
    for (const char *property : {"Name", "Caption", "Description"})
        made.value(property)->set(name);
    made.value("Handle")->set(number);
    made.value("ProcessId")->set(number);
    made.value("ParentProcessId")->set("788");
    made.value("SessionId")->set("0");
    made.value("CommandLine")->set(command);
    made.value("ExecutablePath")->set(named ? program : "C:\\Windows\\System32\\" + name);
    if (DemoValue *created = made.value("CreationDate"))
        created->set(now());
    processes->add(made);
    call.value("ProcessId").set(number);
}

void DemoMethods::terminate(MethodCall &call)
{
    if (call.property("ProcessId").size() < 3) {
        call.result = "2"; // System and its like
        return;
    }
    call.source->remove(call.index);
}

void DemoMethods::getOwner(MethodCall &call)
{
    if (call.property("ProcessId") == "0") {
        call.result = "2";
        return;
    }
    const bool system = call.property("SessionId") == "0";
    call.value("Domain").set(system ? std::string_view("NT AUTHORITY") : "EXAMPLE");
    call.value("User").set(system ? std::string_view("SYSTEM") : "Administrator");
}

/// Reboot and its like: the host is back at once, with the services that start by themselves.
void DemoMethods::restart(MethodCall &call)
{
    if (call.method.name == "Win32Shutdown" && (call.in("Flags") == "0" || call.in("Flags") == "4"))
        return; // signing off: nobody is signed in at the console
    call.set("LastBootUpTime", now());
    call.save();
    const DemoClass *services = m_schema.find("Win32_Service");
    InstanceSource *source = m_data.own(call.ns, *services);
    DemoObject service;
    for (std::int64_t i = 0; i < source->count(); ++i) {
        source->read(i, service);
        if (service.value("StartMode")->text != "Manual"
            || service.value("State")->text == "Stopped"
            || service.value("AcceptStop")->text != "true")
            continue;
        service.value("State")->set("Stopped");
        service.value("Started")->set(false);
        service.value("ProcessId")->set("0");
        source->replace(i, service);
    }
}

void DemoMethods::rename(MethodCall &call)
{
    const std::string name = call.in("Name");
    const bool computer = call.cls.name == "Win32_ComputerSystem";
    if (name.empty() || name.find_first_of("\\/:*?\"<>|@[];=,+ ") != std::string::npos
        || (computer && name.size() > 15)) {
        call.result = computer ? "87" : "3";
        return;
    }
    if (computer)
        return; // the name changes with the next start, as on Windows; here the name stays
    call.set("Caption", call.property("Domain") + "\\" + name);
    call.set("Name", name);
    call.save();
}

void DemoMethods::checkDisk(MethodCall &call)
{
    if (call.property("FileSystem").empty()) {
        call.result = "2";
        return;
    }
    if (call.property("DeviceID") == "C:" && call.in("FixErrors") == "true") {
        call.result = "1";
        return;
    }
    call.set("VolumeDirty", "false");
    call.save();
}

void DemoMethods::enableStatic(MethodCall &call)
{
    const DemoValue addresses = call.value("IPAddress");
    const DemoValue masks = call.value("SubnetMask");
    if (call.property("IPEnabled") != "true") {
        call.result = "84";
        return;
    }
    const bool good = std::all_of(addresses.items.begin(), addresses.items.end(),
                                  [](const DemoValue &item) { return isAddress(item.text); });
    if (!good || addresses.items.empty() || addresses.items.size() != masks.items.size()) {
        call.result = good ? "68" : "70";
        return;
    }
    *call.object.value("IPAddress") = addresses;
    *call.object.value("IPSubnet") = masks;
    call.set("DHCPEnabled", "false");
    call.save();
}

void DemoMethods::enableDhcp(MethodCall &call)
{
    if (call.property("IPEnabled") != "true") {
        call.result = "84";
        return;
    }
    call.set("DHCPEnabled", "true");
    call.save();
}

void DemoMethods::setNameServers(MethodCall &call)
{
    const DemoValue servers = call.value("DNSServerSearchOrder");
    const bool good = std::all_of(servers.items.begin(), servers.items.end(),
                                  [](const DemoValue &item) { return isAddress(item.text); });
    if (call.property("IPEnabled") != "true" || !good) {
        call.result = good ? "84" : "70";
        return;
    }
    *call.object.value("DNSServerSearchOrder") = servers;
    call.save();
}

void DemoMethods::createShare(MethodCall &call)
{
    const std::string name = call.in("Name");
    if (name.empty() || name.find_first_of("\\/[]:|<>+=;,?*\"") != std::string::npos) {
        call.result = "9";
        return;
    }
    InstanceSource *shares = m_data.own(call.ns, call.cls);
    DemoObject other;
    for (std::int64_t i = 0; i < shares->count(); ++i) {
        shares->read(i, other);
        if (equalIgnoringCase(other.value("Name")->text, name)) {
            call.result = "22";
            return;
        }
    }
    if (call.in("Path").find(":\\") != 1) {
        call.result = "24";
        return;
    }
    DemoObject made;
    made.reset(call.cls);
    for (const char *property : {"Name", "Caption"})
        made.value(property)->set(name);
    made.value("Path")->set(call.in("Path"));
    made.value("Description")->set(call.in("Description"));
    made.value("Type")->set(call.has("Type") ? call.in("Type") : std::string("0"));
    made.value("Status")->set("OK");
    made.value("AllowMaximum")->set(!call.has("MaximumAllowed"));
    if (call.has("MaximumAllowed"))
        made.value("MaximumAllowed")->set(call.in("MaximumAllowed"));
    shares->add(made);
}

void DemoMethods::deleteInstance(MethodCall &call)
{
    call.source->remove(call.index);
}

void DemoMethods::switchAdapter(MethodCall &call)
{
    const bool on = call.method.name != "Disable";
    call.set("State", on ? "2" : "3");
    call.set("InterfaceAdminStatus", on ? "1" : "2");
    call.set("InterfaceOperationalStatus", on ? "1" : "2");
    call.save();
}

void DemoMethods::itemMethod(MethodCall &call)
{
    if (call.method.name == "SetOwner") {
        call.value("FormerOwner").set(call.property("Owner"));
        call.set("Owner", call.in("Owner"));
        call.save();
    } else if (call.method.name == "Reset") {
        if (call.property("Locked") == "true" && call.in("Force") != "true") {
            call.result = "5";
            return;
        }
        call.set("ErrorCount", "0");
        call.save();
    } else {
        const InstanceSource *items = m_data.own(call.ns, call.cls);
        std::uint64_t count = 0;
        DemoObject item;
        for (std::int64_t i = 0; i < items->count(); ++i) {
            throwIfStopping(i);
            items->read(i, item);
            if (!call.has("Category")
                || equalIgnoringCase(item.value("Category")->text, call.in("Category")))
                ++count;
        }
        call.value("Items").set(count);
    }
}

void DemoMethods::registry(MethodCall &call)
{
    m_registry.run(call);
}
