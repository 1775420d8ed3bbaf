#pragma once

#include "common/result.h"
#include "connection/connectionoptions.h"
#include "connection/trust.h"

#include <QObject>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// How a certificate came to be accepted.
struct TrustVerdict
{
    bool pinned = false;  ///< by its pin
    bool once = false;    ///< by the user, for this session
    bool skipped = false; ///< because a check was switched off
};

/// Judges the certificates of one session: the pin, the authorities, what may be skipped, and last
/// the TrustDecider, which is asked once for one certificate. The first leaf that is accepted is
/// the only one for the whole session.
class TrustKeeper final : public std::enable_shared_from_this<TrustKeeper>
{
public:
    TrustKeeper(const ConnectionOptions &options, TrustDecider decider);

    /// For a socket whose certificate we judge ourselves: TLS 1.2 or newer, HTTP/1.1, nothing
    /// resumed, authorities of `caFile` or the system's. Kind::Local when that file is of no use.
    Result<QSslConfiguration> configuration();

    using Judged = std::function<void(const Result<TrustVerdict> &)>;
    /// Calls `judged` at once, or later when somebody has to be asked; never after forget(owner) or
    /// the owner's end. `errors` are the TLS library's, for the leaf and its chain.
    /// Kind::Certificate: TlsPinMismatch, TlsChangedDuringSession, TlsTrustRefused, or the first
    /// reason where there is nobody to ask.
    void judge(QObject *owner, const QSslCertificate &leaf, const QList<QSslError> &errors,
               Judged judged);
    void forget(QObject *owner);

private:
    struct Waiter
    {
        QPointer<QObject> owner;
        QSslCertificate leaf;
        QList<QSslError> errors;
        Judged judged;
    };
    std::optional<Result<TrustVerdict>> verdict(const QByteArray &sha256,
                                                const QList<QSslError> &errors,
                                                const QSslCertificate &leaf);
    QList<QSslError> intolerable(const QList<QSslError> &errors) const;
    void ask(const QSslCertificate &leaf, const QList<QSslError> &errors);
    void answered(const QByteArray &sha256, TrustAnswer answer, const Error &refusal);
    Result<TrustVerdict> accept(const QByteArray &sha256, const TrustVerdict &verdict);
    Error refusal(Cause cause, const QSslCertificate &leaf, const QList<QSslError> &errors) const;

    const ConnectionOptions m_options;
    TrustDecider m_decider;
    std::optional<QSslConfiguration> m_configuration;
    QByteArray m_accepted; ///< digest of the session's leaf; empty before the first
    TrustVerdict m_verdict;
    QByteArray m_refusedLeaf;
    Error m_refusal; ///< why m_refusedLeaf was refused
    bool m_asking = false;
    std::vector<Waiter> m_waiters;
};
