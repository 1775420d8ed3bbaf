#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

struct MethodCall;

/// The registry that StdRegProv shows: a few keys from :/demo/registry/registry.json, writable, in
/// memory. Names ignore case and keep their spelling.
class DemoRegistry
{
public:
    DemoRegistry();
    /// Answers a method of StdRegProv. Return values are Win32 codes: 0, 2 nothing there, 5 denied,
    /// 87 bad parameter, and WMI's 0x80041005 for a value of another type.
    void run(MethodCall &call);

private:
    struct Less
    {
        bool operator()(const std::string &a, const std::string &b) const;
    };
    struct Value
    {
        int type = 1; ///< REG_SZ 1, EXPAND_SZ 2, BINARY 3, DWORD 4, MULTI_SZ 7, QWORD 11
        std::vector<std::string> items; ///< texts, numbers, or the bytes as numbers
    };
    struct Key
    {
        std::map<std::string, Value, Less> values;
    };
    using Keys = std::map<std::string, Key, Less>; ///< "HKLM\SOFTWARE\..." by full path

    static std::string pathOf(const MethodCall &call); ///< empty: no such hive
    std::vector<std::string> subkeys(const std::string &path) const;
    void enumerate(MethodCall &call, const std::string &path);
    void get(MethodCall &call, Key &key, int type);
    void set(MethodCall &call, Key &key, int type);
    std::string createKey(const std::string &path);
    std::string deleteKey(const std::string &path);

    Keys m_keys;
};
