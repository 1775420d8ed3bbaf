#pragma once

#include "common/error.h"
#include "connection/rules.h"

#include <QString>

#include <optional>
#include <vector>

/// What is said to the user about an error, in the user's language. Source of the English:
/// resources/errors. A fault's number is looked up from the innermost link outwards; the first code
/// that is described gives sentence and remedy, else the Cause does.
///
/// Where the arguments of a sentence come from: host and address: Error::host; file:
/// FileDetails::path; profile: KeychainDetails::entry, else RuleDetails::rule or message;
/// mechanism, offered: AuthDetails; status, type, location: HttpDetails; format: RuleDetails::rule
/// or message; seconds: a number in message; detail: message, else what the details say.
struct Explanation
{
    QString sentence; ///< what happened and why, one or two sentences, no codes
    QString remedy;   ///< what to do; may be empty. Begins with a warning for what may have been
                      ///< carried out (Error::maybeExecuted)
    QString code; ///< "0x80338000 ERROR_WSMAN_RESOURCE_NOT_FOUND", "HTTP 404", "krb.address": comes
                  ///< last, copyable
    QString hostWords; ///< what the host itself said, plain text as it came; may be empty
};
Explanation explain(const Error &error);

/// A code of WS-Man, WMI, Win32, SSPI or CIM: what `winrmctl explain` prints.
struct CodeFacts
{
    std::uint32_t code = 0; ///< as its group writes it: 5 for 0x80070005, 0x80338000 for 32768
    QString group;          ///< "wsman", "wmi", "win32", "sspi", "cim"
    QString symbol;
    QString cause, remedy; ///< translated; empty where nothing is described
    QString meaning; ///< translated: the symbol as a sentence, where there is no cause; else empty
};
/// All that is known of a number; several groups may know a small one. Empty when none does.
std::vector<CodeFacts> codeFacts(std::uint32_t code);
/// By symbol, with or without "ERROR_", ignoring case.
std::vector<CodeFacts> codeFactsNamed(QStringView symbol);
/// "0x80338000", "2150858752", "-2144108544", "80338000" -> the number.
std::optional<std::uint32_t> parseCode(QStringView text);

QString ruleSentence(const RuleFinding &finding); ///< translated
QString causeTitle(Cause cause);                  ///< two to five words for a heading
/// A text of a catalogue under resources/ (errors, titles and meanings of settings), translated.
QString catalogueText(const QString &english);
