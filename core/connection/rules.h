#pragma once

#include "connection/connectionoptions.h"

#include <vector>

/// What a rule says about a set of options.
enum class Verdict {
    Refused,       ///< contradictory: cannot be used
    Warned,        ///< usable, but Windows' own policy or good sense is against it
    NotApplicable, ///< has no effect here; said, never refused
};

struct RuleFinding
{
    QString rule; ///< stable id, e.g. "basic.needs_user"
    Verdict verdict = Verdict::Warned;
    QString field;          ///< name of the ConnectionOptions member it concerns, or "password"
    QString sentence;       ///< one plain sentence (English; text/sentences.h translates by id)
    std::uint32_t code = 0; ///< what Windows' client answers, 0 without
};

/// Facts about the secret that belongs to the options, without the secret.
struct CredentialFacts
{
    bool hasPassword = false;
    bool willAsk = true; ///< a missing password can be asked for
};

/// What the connection is wanted for: only Identify without signing in may go over plain http
/// without consent (it carries nothing of ours).
enum class Use { Everything, IdentifyOnly };

/// Holds the options against the rule table (scripting API, "Combination rules"). No network, no
/// files. Order: refused first, then warned, then not applicable.
std::vector<RuleFinding> checkRules(const ConnectionOptions &options,
                                    const CredentialFacts &credential, Use use = Use::Everything);

/// The first refusal as an Error (Kind::Local; Cause::OptionsRefused, OptionsClearText or
/// AuthUnverifiedHost; for Kerberos to an address Kind::Authentication, Cause::KrbAddress; with
/// RuleDetails; `message` is the sentence without its full stop), or success.
Done requireRules(const ConnectionOptions &options, const CredentialFacts &credential,
                  Use use = Use::Everything);

/// Every rule there is, in the table's order: for translations and documentation.
std::vector<RuleFinding> allRules();
