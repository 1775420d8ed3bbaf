#pragma once

#include <QByteArray>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

/// Made-up instances of a class like Win32_Process: 45 properties, about 2.6 KB each, with nils,
/// datetimes, entities and UTF-8; about half of the values repeat. The same for the same seed.
class InstanceMaker
{
public:
    /// `pool`: so many different sets of values are made and used again and again (what is unique
    /// to an instance stays so); 0: every instance has values of its own.
    InstanceMaker(std::uint64_t seed, std::uint32_t pool)
        : m_state(seed * 2 + 1)
        , m_pool(pool)
    { }

    void append(std::string &out, std::uint32_t number)
    {
        if (m_pool == 0)
            return make(out, number);
        const auto at = number % m_pool;
        while (m_ready.size() <= at) {
            std::string text;
            make(text, 0);
            m_ready.push_back(std::move(text));
        }
        // Seven zeros stand where the number belongs.
        std::string text = m_ready[at];
        char digits[8];
        std::snprintf(digits, sizeof digits, "%07u", number % 10'000'000);
        for (auto i = text.find("#0000000"); i != std::string::npos;
             i = text.find("#0000000", i + 1))
            text.replace(i + 1, 7, digits);
        out += text;
    }

private:
    std::uint64_t random(std::uint64_t low, std::uint64_t high)
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return low + m_state % (high - low + 1);
    }
    void text(std::string &out, const char *name, std::string_view value)
    {
        out.append("<p:").append(name) += '>';
        for (char c : value) {
            if (c == '<')
                out += "&lt;";
            else if (c == '>')
                out += "&gt;";
            else if (c == '&')
                out += "&amp;";
            else
                out += c;
        }
        out.append("</p:").append(name) += '>';
    }
    void number(std::string &out, const char *name, std::uint64_t low, std::uint64_t high)
    {
        text(out, name, std::to_string(random(low, high)));
    }
    void nil(std::string &out, const char *name)
    {
        out.append("<p:").append(name).append(" xsi:nil=\"true\"/>");
    }
    void date(std::string &out, const char *name)
    {
        char value[64];
        std::snprintf(value, sizeof value, "2026-%02d-%02dT%02d:%02d:%02d.%06d+02:00",
                      int(random(1, 12)), int(random(1, 28)), int(random(0, 23)),
                      int(random(0, 59)), int(random(0, 59)), int(random(0, 999'999)));
        out.append("<p:").append(name).append("><cim:Datetime>").append(value);
        out.append("</cim:Datetime></p:").append(name) += '>';
    }
    void make(std::string &out, std::uint32_t number);

    std::uint64_t m_state;
    std::uint32_t m_pool;
    std::vector<std::string> m_ready;
};

inline void InstanceMaker::make(std::string &out, std::uint32_t instance)
{
    static constexpr const char *programs[] = {
        "agent.exe",    "browser.exe",   "B\xC3\xBCrosoftware.exe",
        "database.exe", "scheduler.exe", "service host.exe",
        "shell.exe",    "updater.exe"};
    static constexpr const char *folders[] = {"C:\\Windows\\System32\\",
                                              "C:\\Program Files\\Example\\Application\\",
                                              "C:\\Program Files (x86)\\Gr\xC3\xB6\xC3\x9F"
                                              "e & Ma\xC3\x9F\\"};
    static constexpr const char *options[] = {
        "-k network -p -s Schedule", "--type=renderer --lang=en-US --scale-factor=1",
        "-NoProfile -Command \"Get-Item | ? { $_.Status -eq 'Running' } > C:\\Temp\\out.txt\"",
        "--features=<default> --no-sandbox", "/background /silent && exit"};
    char id[16];
    std::snprintf(id, sizeof id, "#%07u", instance % 10'000'000);
    const std::string program = programs[random(0, 7)];
    const std::string path = folders[random(0, 2)] + program;
    std::string command = '"' + path + '"';
    for (auto count = random(1, 3); count > 0; --count)
        command.append(" ").append(options[random(0, 4)]);
    out += "<p:Win32_Process xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
           "xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Win32_Process\" "
           "xmlns:cim=\"http://schemas.dmtf.org/wbem/wscim/1/common\" "
           "xsi:type=\"p:Win32_Process_Type\">";
    text(out, "CSCreationClassName", "Win32_ComputerSystem");
    text(out, "CSName", "SRV-EXAMPLE-0042");
    text(out, "Caption", program);
    text(out, "CommandLine", command + " /id:" + id);
    text(out, "CreationClassName", "Win32_Process");
    date(out, "CreationDate");
    text(out, "Description", program);
    random(0, 7) != 0 ? text(out, "ExecutablePath", path) : nil(out, "ExecutablePath");
    nil(out, "ExecutionState");
    text(out, "Handle", id);
    number(out, "HandleCount", 40, 90'000);
    nil(out, "InstallDate");
    number(out, "KernelModeTime", 156'250, 99'999'999'999);
    text(out, "MaximumWorkingSetSize", "1380");
    text(out, "MinimumWorkingSetSize", "200");
    text(out, "Name", program);
    text(out, "OSCreationClassName", "Win32_OperatingSystem");
    text(out, "OSName", "Example Server Datacenter|C:\\Windows|\\Device\\Harddisk0\\Partition4");
    number(out, "OtherOperationCount", 1, 9'999'999);
    number(out, "OtherTransferCount", 1, 999'999'999);
    number(out, "PageFaults", 1, 99'999'999);
    number(out, "PageFileUsage", 100, 9'999'999);
    number(out, "ParentProcessId", 4, 65'536);
    number(out, "PeakPageFileUsage", 100, 9'999'999);
    number(out, "PeakVirtualSize", 1'000'000, 2'203'800'000'000);
    number(out, "PeakWorkingSetSize", 1'000, 9'999'999);
    number(out, "Priority", 4, 13);
    number(out, "PrivatePageCount", 100'000, 9'999'999'999);
    text(out, "ProcessId", id);
    number(out, "QuotaNonPagedPoolUsage", 1, 999);
    number(out, "QuotaPagedPoolUsage", 1, 9'999);
    number(out, "QuotaPeakNonPagedPoolUsage", 1, 999);
    number(out, "QuotaPeakPagedPoolUsage", 1, 9'999);
    number(out, "ReadOperationCount", 0, 9'999'999);
    number(out, "ReadTransferCount", 0, 99'999'999'999);
    number(out, "SessionId", 0, 3);
    nil(out, "Status");
    nil(out, "TerminationDate");
    number(out, "ThreadCount", 1, 400);
    number(out, "UserModeTime", 156'250, 99'999'999'999);
    number(out, "VirtualSize", 1'000'000, 2'203'800'000'000);
    text(out, "WindowsVersion", "10.0.20348");
    number(out, "WorkingSetSize", 1'000'000, 9'999'999'999);
    number(out, "WriteOperationCount", 0, 9'999'999);
    number(out, "WriteTransferCount", 0, 99'999'999'999);
    out += "</p:Win32_Process>";
}
