#pragma once

#include "connection/trust.h"

#include <QString>

/// How one authenticated connection is protected: what the status bar, `winrmctl -v` and the trace
/// say.
struct SecurityState
{
    bool tls = false;
    QString tlsVersion; ///< "TLS 1.3"
    QString cipher;
    CertificateFacts certificate; ///< the host's leaf; empty over http
    bool pinned = false;          ///< accepted by its pin
    bool trustedOnce = false;     ///< accepted by the user for this session
    bool checksSkipped = false;   ///< skipCaCheck or skipCnCheck let it pass
    QString mechanism;            ///< "Basic", "none"
    QString identity;             ///< as whom; empty for none
    bool clearText() const { return !tls; }
};
