#pragma once

#include "common/result.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the demo host spoils on purpose, so that clients, scripts and their authors can be tried
/// against it.
///
///     SPEC  = RULE {"," RULE}
///     RULE  = [WHERE [":" COUNT] "="] WHAT
///     WHERE = any | identify | get | put | create | delete | invoke | invoke/METHOD
///           | enumerate | pull | release                   any, when it is left out
///     COUNT = N     the Nth of them alone, from 1
///           | N+    that one and all after it              each of them, when it is left out
///     WHAT  = delay-MS        the answer comes that much later
///           | fault-NAME      a SOAP fault: AccessDenied, QuotaLimit, TimedOut, InvalidSelectors
///                             and the other subcodes of WS-Management that the host knows
///           | fault-CODE      a SOAP fault of this code, 0x80338029 or decimal
///           | http-STATUS     that status and no message; http-401 asks to sign in again
///           | html            a web page, as from a proxy or another server
///           | close-before    the connection ends, nothing was done
///           | close-after     it was done, then the connection ends without an answer
///           | cut             it was done, then the connection ends within the answer
///           | malformed       it was done, the answer is no XML
///
/// Requests are counted that carry a sign-in. For each of them the first rule that fits decides;
/// the delays of all that fit are added. Words in any case.
struct FaultEffect
{
    enum class Kind { None, Fault, Http, Html, CloseBefore, CloseAfter, Cut, Malformed };
    Kind kind = Kind::None;
    std::uint32_t number = 0; ///< status or code
    std::chrono::milliseconds delay{0};
};

class FaultRules
{
public:
    /// Kind::Local with the rule that is not understood. An empty text is no rule at all.
    static Result<FaultRules> parse(const QString &spec);
    bool isEmpty() const { return m_rules.empty(); }
    /// What happens to this request; counts it. `operation` as in WHERE, in lower
    /// case, a method with its name.
    FaultEffect next(std::string_view operation);

private:
    struct Rule
    {
        std::string where = "any"; ///< lower case
        std::uint32_t from = 1;
        bool once = false;
        FaultEffect effect;
        std::uint32_t seen = 0;
    };
    static bool readWhere(std::string_view text, Rule &rule);
    static bool readRule(std::string_view text, Rule &rule);
    std::vector<Rule> m_rules;
};
