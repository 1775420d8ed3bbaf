#pragma once

#include "demo/demoinstance.h"
#include "demo/soapfault.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// A literal of a query.
struct WqlLiteral
{
    enum class Kind { Null, Text, Number, Boolean };
    Kind kind = Kind::Null;
    std::string text; ///< without quotes; "true" or "false" for a boolean
};

/// One node of a condition.
struct WqlCondition
{
    enum class Kind { And, Or, Not, Compare, Like, IsNull, IsA };
    enum class Operator { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };
    Kind kind = Kind::Compare;
    Operator op = Operator::Equal;
    std::string property;
    WqlLiteral literal;
    std::vector<WqlCondition> parts;
};

/// `select a,b from C where ...`, as WMI reads it (WQL data and schema queries).
struct WqlQuery
{
    std::vector<std::string> properties; ///< empty: *
    std::string className;
    std::shared_ptr<const WqlCondition> where; ///< null without one
};

/// Throws SoapFault (CannotProcessFilter, with WMI's code inside) when it is no query.
WqlQuery parseWql(std::string_view text);

/// Throws SoapFault when the condition names a property that the class does not have or compares
/// what cannot be compared. Source: WMI's rules for WQL (no arrays, no embedded objects, no
/// references but by equality).
void checkCondition(const WqlCondition &condition, const DemoClass &cls);
/// A nil value makes every comparison but IS NULL false.
bool holds(const WqlCondition &condition, const DemoObject &object);

/// `text` LIKE `pattern`: % _ [a-f] [^a-f], ignoring case.
bool wqlLike(std::string_view text, std::string_view pattern);
SoapFault wqlFault(std::string message);
