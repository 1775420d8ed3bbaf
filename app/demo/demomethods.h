#pragma once

#include "demo/demodata.h"
#include "demo/demoregistry.h"

/// One call of a method: its parameters by name, the instance it is called on, what comes of it.
struct MethodCall
{
    const DemoClass &cls;
    const DemoMethod &method;
    std::string ns;
    InstanceSource *source = nullptr; ///< null for a static method
    std::int64_t index = -1;
    DemoObject object;             ///< the instance; save() puts it back
    std::vector<DemoValue> values; ///< of DemoMethod::parameters, in and out
    std::string result = "0";      ///< ReturnValue

    bool has(std::string_view parameter) const; ///< given and not nil
    std::string in(std::string_view parameter) const;
    DemoValue &value(std::string_view parameter);
    std::string property(std::string_view name) const; ///< of the instance; empty when nil
    void set(std::string_view name, std::string_view text);
    void save() { source->replace(index, object); }
};

/// What the methods of the demo host's classes do. They change its tables and nothing else: no
/// process is started, no service of this machine is touched. Return values: the classes'
/// documentation (Win32_Service, Win32_Process, StdRegProv ...).
class DemoMethods
{
public:
    DemoMethods(const DemoSchema &schema, DemoData &data)
        : m_schema(schema)
        , m_data(data)
    { }
    /// Throws SoapFault when the method is declared but not for this class.
    void run(MethodCall &call);

private:
    using Handler = void (DemoMethods::*)(MethodCall &);
    static Handler handlerOf(const MethodCall &call);

    void startService(MethodCall &call);
    void stopService(MethodCall &call);
    void pauseService(MethodCall &call);
    void resumeService(MethodCall &call);
    void changeStartMode(MethodCall &call);
    void changeService(MethodCall &call);
    void createService(MethodCall &call);
    void deleteService(MethodCall &call);
    bool start(const std::string &name, int depth);
    /// Names of the services on one side of Win32_DependentService, the other side being `name`.
    std::vector<std::string> services(std::string_view name, bool dependents) const;
    bool isRunning(const std::string &name) const;
    std::int64_t findService(std::string_view name, DemoObject &out) const;

    void createProcess(MethodCall &call);
    void terminate(MethodCall &call);
    void getOwner(MethodCall &call);
    void restart(MethodCall &call);
    void rename(MethodCall &call);
    void checkDisk(MethodCall &call);
    void enableStatic(MethodCall &call);
    void enableDhcp(MethodCall &call);
    void setNameServers(MethodCall &call);
    void createShare(MethodCall &call);
    void deleteInstance(MethodCall &call);
    void switchAdapter(MethodCall &call);
    void itemMethod(MethodCall &call);
    void registry(MethodCall &call);
    void answer(MethodCall &call) const; ///< what the method's answers say

    const DemoSchema &m_schema;
    DemoData &m_data;
    DemoRegistry m_registry;
    std::uint32_t m_nextProcess = 9000;
};
