#pragma once

#include "protocol/writereplies.h"
#include "protocol/writerequests.h"

/// What `winrm quickconfig` asks a host (winrm.vbs): first whether the service runs and starts by
/// itself (AnalyzeService), then whether a listener and the firewall let others in (Analyze). Both
/// change nothing; what they would change stands in the answer and is sent back to do it.
InvokeParameters analyzeService();
/// `force`: also what a person would be asked about.
InvokeParameters analyzeRemoting(bool https, bool force = false);

struct QuickConfigAnalysis
{
    bool enabled = false;  ///< RemotingEnabled: nothing is left to do
    bool byPolicy = false; ///< a group policy says so
    QString results;       ///< the host's words on what is to be done
    /// Does it: EnableService or EnableRemoting with what the host proposed; nothing where it
    /// proposed nothing.
    std::optional<InvokeParameters> remedy;
};
/// Cause::SoapUnexpected when RemotingEnabled is missing.
Result<QuickConfigAnalysis> readAnalysis(const InvokeReply &reply);

struct QuickConfigOutcome
{
    bool succeeded = false; ///< Status
    QString results;
};
QuickConfigOutcome readRemedy(const InvokeReply &reply);
