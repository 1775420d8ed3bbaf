#pragma once

#include "protocol/message.h"

#include <optional>

class Session;

/// What answers on a host, as far as what can be asked of it depends on that.
enum class HostKind { Other, Windows, Amt, Idrac, Omi, Openwsman };
QString hostKindName(HostKind kind); ///< as catalogues write it: "windows", "amt", ... "other"
std::optional<HostKind> hostKindNamed(QStringView name);

/// Who a host is. A value; what it told is kept as it came (plain text, at most 256 characters
/// each).
struct HostIdentity
{
    enum class Certainty {
        Unknown, ///< nothing that was told is known here
        Guessed, ///< by the Server header, or by a vendor whose stack others build into devices
        Told,    ///< the host names itself
        Answered ///< it answered for a class that only this kind has
    };
    HostKind kind = HostKind::Other;
    Certainty certainty = Certainty::Unknown;
    QString vendor;   ///< ProductVendor
    QString version;  ///< ProductVersion
    QString protocol; ///< ProtocolVersion
    QString server;   ///< Server header of the reply; empty when there was none
    QString system;   ///< version of Windows, "10.0.20348"; empty elsewhere, and where it is hidden
    double stack = 0; ///< WinRM's stack number on Windows, else 0

    bool operator==(const HostIdentity &) const = default;
};

/// By one Identify reply alone. Sources: replies of Windows, iDRAC, OMI and openwsman as recorded
/// (an iDRAC calls itself "Openwsman Project 2.0.0"), the Server header of Intel AMT.
HostIdentity hostIdentity(const IdentifyReply &reply);

/// What a session knows by now: of the last Identify with its sign-in, and of HostIdentityOperation
/// if one has run. Unknown before.
HostIdentity hostIdentity(const Session &session);
