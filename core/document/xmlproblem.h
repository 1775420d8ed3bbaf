#pragma once

#include <QString>

/// What libxml2 found wrong, in words of ours that do not change with its versions: "mismatched
/// tag", "undefined entity"; the plain "not well-formed" where the number (xmlParserErrors) says no
/// more. No brackets, no colon.
QString xmlProblem(int code);
