#pragma once

#include "demo/personality.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

/// What an enumeration runs over: one XML element at a time, made when it is asked for.
class ItemSource
{
public:
    virtual ~ItemSource() = default;
    /// Appends the next item; false when there is none left.
    virtual bool next(std::string &out) = 0;
};

/// One open enumeration: its items ahead of what was sent, and what its Pulls must repeat.
class Enumeration
{
public:
    struct Parameters
    {
        std::string resourceUri;
        std::uint32_t maxElements = 1; ///< as asked for
        std::uint32_t batch = 1;       ///< what a page may have, the host's own limit included
        std::uint32_t maxEnvelopeSize = 512000; ///< octets of a reply
        std::string blocked; ///< what others cannot ask for meanwhile; empty: nothing
    };
    Enumeration(std::unique_ptr<ItemSource> source, Parameters parameters);

    const Parameters &parameters() const { return m_parameters; }
    void setBatch(std::uint32_t batch) { m_parameters.batch = batch; } ///< of the next page
    /// Makes items until the next page is complete, and one more, which tells whether it is the
    /// last. Costs the time of a page; does nothing when there is one.
    void prepare();
    /// Moves the items of a page to `out`: at most `octets` bytes and the elements asked for. Zero
    /// when the next item alone is larger (then `isAtEnd` is false).
    std::uint32_t take(std::string &out, std::size_t octets);
    bool isAtEnd() const { return m_ended && m_ends.empty(); }

    std::string context; ///< "uuid:..."
    bool inFlight = false;
    std::chrono::steady_clock::time_point deadline;

private:
    std::unique_ptr<ItemSource> m_source;
    Parameters m_parameters;
    std::string m_ready;
    std::vector<std::size_t> m_ends; ///< where each item in m_ready ends
    bool m_ended = false;
};

/// The open enumerations of a host, by context. A context nobody pulled for the host's
/// EnumerationTimeoutms is gone.
class EnumerationTable
{
public:
    explicit EnumerationTable(Personality::ContextForm form = {})
        : m_form(form)
    { }
    /// Some open enumeration keeps others from this.
    bool isBlocked(std::string_view what);
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }
    std::shared_ptr<Enumeration> open(std::unique_ptr<ItemSource> source,
                                      Enumeration::Parameters parameters);
    std::shared_ptr<Enumeration> find(const std::string &context); ///< null when expired
    void close(const std::string &context);
    void touch(Enumeration &enumeration);
    std::size_t size() const { return m_open.size(); }

private:
    void expire();
    std::string newContext();
    Personality::ContextForm m_form;
    std::uint32_t m_count = 0;
    std::chrono::milliseconds m_timeout{240000};
    std::unordered_map<std::string, std::shared_ptr<Enumeration>> m_open;
};
