#include "inventory/hostidentityoperation.h"

#include "inventory/inventory.h"
#include "inventory/knownidentity.h"
#include "protocol/xmltext.h"
#include "session/enumerateoperation.h"
#include "session/identifyoperation.h"
#include "session/session.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

using Certainty = HostIdentity::Certainty;

/// A class that answers on one kind of host alone, and is quickly answered for. The iDRAC stands
/// first: it is what calls itself openwsman.
struct Probe
{
    HostKind kind;
    QLatin1StringView className;
};

constexpr std::array probes{Probe{HostKind::Idrac, "DCIM_ComputerSystem"_L1},
                            Probe{HostKind::Amt, "AMT_GeneralSettings"_L1}};

bool isSettled(const HostIdentity &identity)
{
    return identity.certainty == Certainty::Told || identity.certainty == Certainty::Answered
        || (identity.kind != HostKind::Other && identity.kind != HostKind::Openwsman);
}

bool isAnAnswer(const Error &error)
{
    return error.kind == Error::Kind::Fault || error.kind == Error::Kind::Protocol;
}

} // namespace

HostIdentityOperation::HostIdentityOperation(Session *session)
    : CompositeOperation(session, u"Who is the host"_s)
{ }

HostIdentityOperation::~HostIdentityOperation() = default;

void HostIdentityOperation::run()
{
    if (session()->identity()) {
        judge();
        return;
    }
    auto *identify = new IdentifyOperation(session());
    connect(identify, &Operation::finished, this, [this](const Outcome &outcome) {
        if (outcome.error)
            finish(outcome);
        else
            judge();
    });
    startPart(identify);
}

void HostIdentityOperation::judge()
{
    m_identity = hostIdentity(*session());
    if (isSettled(m_identity) || session()->findChild<KnownIdentity *>())
        finish({});
    else
        ask(0);
}

void HostIdentityOperation::ask(std::size_t probe)
{
    if (probe == probes.size() || (probe > 0 && m_identity.kind == HostKind::Openwsman)) {
        remember();
        return;
    }
    const auto resource =
        Inventory::builtIn().of(probes[probe].kind).locate(probes[probe].className);
    auto *question = new EnumerateOperation(session(), {.resource = *resource}, {.maxRows = 1});
    m_answers = false;
    connect(question, &EnumerateOperation::rowsReceived, this,
            [this, probe](const RowBatchPtr &batch) {
                RowSet rows;
                rows.append(batch);
                // Of that very class: some hosts answer whatever they are asked.
                m_answers |= rows.rowCount() > 0
                    && toText(rows.className(0)) == probes[probe].className;
            });
    connect(question, &Operation::finished, this,
            [this, probe](const Outcome &outcome) { answered(probe, outcome); });
    startPart(question);
}

void HostIdentityOperation::answered(std::size_t probe, const Outcome &outcome)
{
    if (outcome.error && !isAnAnswer(outcome.error)) {
        finish({.error = outcome.error});
        return;
    }
    if (!m_answers) {
        ask(probe + 1);
        return;
    }
    m_identity.kind = probes[probe].kind;
    m_identity.certainty = Certainty::Answered;
    remember();
}

void HostIdentityOperation::remember()
{
    auto *known = new KnownIdentity(session());
    known->kind = m_identity.kind;
    known->certainty = m_identity.certainty;
    finish({});
}
