#include "inventory/hostidentity.h"

#include "inventory/knownidentity.h"
#include "session/session.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace {

using Certainty = HostIdentity::Certainty;

constexpr std::array kinds{
    std::pair{HostKind::Other, "other"_L1}, std::pair{HostKind::Windows, "windows"_L1},
    std::pair{HostKind::Amt, "amt"_L1},     std::pair{HostKind::Idrac, "idrac"_L1},
    std::pair{HostKind::Omi, "omi"_L1},     std::pair{HostKind::Openwsman, "openwsman"_L1},
};

/// A word that gives a kind away, where it stands, and how far it can be trusted.
struct Sign
{
    QLatin1StringView word;
    HostKind kind;
    Certainty certainty;
};

constexpr std::array vendors{
    Sign{"Microsoft"_L1, HostKind::Windows, Certainty::Told},
    Sign{"Open Management Infrastructure"_L1, HostKind::Omi, Certainty::Told},
    Sign{"Intel"_L1, HostKind::Amt, Certainty::Told},
    Sign{"iDRAC"_L1, HostKind::Idrac, Certainty::Told},
    Sign{"Dell"_L1, HostKind::Idrac, Certainty::Told},
    Sign{"Openwsman"_L1, HostKind::Openwsman, Certainty::Guessed},
};

constexpr std::array servers{
    Sign{"Intel(R) Active Management Technology"_L1, HostKind::Amt, Certainty::Told},
    Sign{"iDRAC"_L1, HostKind::Idrac, Certainty::Guessed},
    Sign{"Microsoft-HTTPAPI"_L1, HostKind::Windows, Certainty::Guessed},
    Sign{"openwsman"_L1, HostKind::Openwsman, Certainty::Guessed},
};

template<std::size_t N>
const Sign *signIn(const QString &text, const std::array<Sign, N> &signs)
{
    for (const Sign &sign : signs) {
        if (text.startsWith(sign.word, Qt::CaseInsensitive))
            return &sign;
    }
    return nullptr;
}

QString bounded(const QString &text)
{
    return text.left(256);
}

/// "OS: 10.0.20348 SP: 0.0 Stack: 3.0"; zeros where the host hides it from those not signed in.
QString windowsSystem(const QString &version)
{
    static const QRegularExpression system(uR"(\bOS:\s*(\d+(?:\.\d+){1,3}))"_s);
    const QString found = system.match(version).captured(1);
    return found == "0.0.0"_L1 ? QString() : found;
}

} // namespace

QString hostKindName(HostKind kind)
{
    for (const auto &[known, name] : kinds) {
        if (known == kind)
            return name;
    }
    return {};
}

std::optional<HostKind> hostKindNamed(QStringView name)
{
    for (const auto &[kind, known] : kinds) {
        if (name == known)
            return kind;
    }
    return std::nullopt;
}

HostIdentity hostIdentity(const IdentifyReply &reply)
{
    HostIdentity identity{.vendor = bounded(reply.vendor),
                          .version = bounded(reply.version),
                          .protocol = bounded(reply.protocolVersion),
                          .server = bounded(reply.server)};
    const Sign *const vendor = signIn(identity.vendor, vendors);
    const Sign *const server = signIn(identity.server, servers);
    const Sign *const best = vendor && (!server || vendor->certainty >= server->certainty) ? vendor
                                                                                           : server;
    if (best) {
        identity.kind = best->kind;
        identity.certainty = best->certainty;
    }
    if (identity.kind == HostKind::Windows) {
        identity.system = windowsSystem(identity.version);
        identity.stack = reply.windowsStack();
    }
    return identity;
}

HostIdentity hostIdentity(const Session &session)
{
    HostIdentity identity = session.identity() ? hostIdentity(*session.identity()) : HostIdentity();
    const auto *const known = session.findChild<KnownIdentity *>({}, Qt::FindDirectChildrenOnly);
    if (known) {
        identity.kind = known->kind;
        identity.certainty = known->certainty;
    }
    return identity;
}
