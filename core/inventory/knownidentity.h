#pragma once

#include "inventory/hostidentity.h"

#include <QObject>

/// What HostIdentityOperation found out about the host of a session: a child of the session.
class KnownIdentity final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    HostKind kind = HostKind::Other;
    HostIdentity::Certainty certainty = HostIdentity::Certainty::Unknown;
};
