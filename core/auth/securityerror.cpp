#include "auth/securityerror.h"

namespace {

Cause causeOf(negotiate::Reason reason)
{
    using negotiate::Reason;
    switch (reason) {
    case Reason::NoTicket:
        return Cause::KrbNoTicket;
    case Reason::TicketExpired:
        return Cause::KrbTicketExpired;
    case Reason::ForeignTicket:
        return Cause::KrbForeignTicket;
    case Reason::Address:
        return Cause::KrbAddress;
    case Reason::RealmUnknown:
        return Cause::KrbRealmUnknown;
    case Reason::KdcUnreachable:
        return Cause::KrbKdcUnreachable;
    case Reason::UserUnknown:
        return Cause::KrbUserUnknown;
    case Reason::WrongPassword:
        return Cause::KrbWrongPassword;
    case Reason::PasswordExpired:
        return Cause::KrbPasswordExpired;
    case Reason::AccountLocked:
        return Cause::KrbAccountLocked;
    case Reason::ServiceUnknown:
        return Cause::KrbServiceUnknown;
    case Reason::ServiceKey:
        return Cause::KrbServiceKey;
    case Reason::ClockSkew:
        return Cause::KrbClockSkew;
    case Reason::EncryptionType:
        return Cause::KrbEncryptionType;
    case Reason::Configuration:
        return Cause::KrbConfiguration;
    case Reason::UserForm:
        return Cause::AuthUserForm;
    case Reason::Unavailable:
        return Cause::AuthUnavailable;
    case Reason::HostUnproven:
        return Cause::AuthHostUnproven;
    case Reason::Malformed:
        return Cause::AuthMalformed;
    case Reason::Rejected:
        return Cause::AuthRejected;
    case Reason::SealBroken:
        return Cause::SealBroken;
    case Reason::SealOrder:
        return Cause::SealOrder;
    case Reason::SealMalformed:
        return Cause::SealMalformed;
    case Reason::None:
    case Reason::Other:
        break;
    }
    return Cause::AuthFailed;
}

bool concernsSeal(Cause cause)
{
    return cause == Cause::SealBroken || cause == Cause::SealOrder || cause == Cause::SealMalformed;
}

} // namespace

Error securityError(const negotiate::Failure &failure, const QString &mechanism)
{
    const Cause cause = causeOf(failure.reason);
    AuthDetails details;
    details.mechanism = mechanism;
    details.major = failure.major;
    details.minor = failure.minor;
    return Error::of(concernsSeal(cause) ? Error::Kind::Protocol : Error::Kind::Authentication,
                     cause, QString::fromStdString(failure.text), details);
}
