#include "transport/trustkeeper.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxCaFile = 4 << 20;

/// What skipCaCheck tolerates: exactly the ways in which no trusted authority vouches.
bool isAuthorityError(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::InvalidCaCertificate:
        return true;
    default:
        return false;
    }
}

Cause causeOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
        return Cause::TlsSelfSigned;
    case QSslError::CertificateExpired:
        return Cause::TlsExpired;
    case QSslError::CertificateNotYetValid:
        return Cause::TlsNotYetValid;
    case QSslError::HostNameMismatch:
        return Cause::TlsNameMismatch;
    default:
        return Cause::TlsUntrusted;
    }
}

std::vector<Cause> reasonsOf(const QList<QSslError> &errors)
{
    std::vector<Cause> reasons;
    for (const QSslError &error : errors)
        if (const Cause cause = causeOf(error.error()); !std::ranges::count(reasons, cause))
            reasons.push_back(cause);
    // In the order of the enumeration: who vouches, then when, then for whom.
    std::ranges::sort(reasons);
    return reasons;
}

QStringList wordsOf(const QList<QSslError> &errors)
{
    QStringList words;
    for (const QSslError &error : errors)
        if (!words.contains(error.errorString()))
            words.append(error.errorString());
    return words;
}

QByteArray digestOf(const QSslCertificate &leaf)
{
    return leaf.digest(QCryptographicHash::Sha256);
}

Result<QList<QSslCertificate>> readAuthorities(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error::of(Error::Kind::Local, Cause::LocalFile, file.errorString(),
                         FileDetails{.path = path});
    const QByteArray pem = file.read(maxCaFile + 1);
    const auto certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    if (pem.size() > maxCaFile || certificates.isEmpty())
        return Error::of(Error::Kind::Local, Cause::LocalFile,
                         u"the file holds no certificates in PEM form"_s,
                         FileDetails{.path = path});
    return certificates;
}

} // namespace

TrustKeeper::TrustKeeper(const ConnectionOptions &options, TrustDecider decider)
    : m_options(options)
    , m_decider(std::move(decider))
{ }

Result<QSslConfiguration> TrustKeeper::configuration()
{
    if (m_configuration)
        return *m_configuration;
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::QueryPeer); // all errors collected, ours to judge
    configuration.setAllowedNextProtocols({"http/1.1"_ba});
    configuration.setSslOption(QSsl::SslOptionDisableSessionPersistence, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    configuration.setSslOption(QSsl::SslOptionDisableCompression, true);
    if (!m_options.caFile.isEmpty()) {
        const auto authorities = readAuthorities(m_options.caFile);
        if (!authorities)
            return authorities.error();
        configuration.setCaCertificates(*authorities);
    }
    m_configuration = configuration;
    return configuration;
}

QList<QSslError> TrustKeeper::intolerable(const QList<QSslError> &errors) const
{
    QList<QSslError> left = errors;
    left.removeIf([this](const QSslError &error) {
        return (m_options.skipCaCheck && isAuthorityError(error.error()))
            || (m_options.skipCnCheck && error.error() == QSslError::HostNameMismatch);
    });
    return left;
}

/// Nothing when somebody has to be asked.
std::optional<Result<TrustVerdict>> TrustKeeper::verdict(const QByteArray &sha256,
                                                         const QList<QSslError> &errors,
                                                         const QSslCertificate &leaf)
{
    if (!m_options.pinSha256.isEmpty() && m_options.pinSha256 != sha256)
        return refusal(Cause::TlsPinMismatch, leaf, errors);
    if (!m_accepted.isEmpty() && m_accepted != sha256)
        return refusal(Cause::TlsChangedDuringSession, leaf, errors);
    if (m_accepted == sha256)
        return m_verdict;
    if (!m_options.pinSha256.isEmpty())
        return accept(sha256, {.pinned = true});
    if (intolerable(errors).isEmpty())
        return accept(sha256, {.skipped = !errors.isEmpty()});
    if (m_refusedLeaf == sha256)
        return m_refusal;
    if (nobodyDecides(m_decider))
        return refusal(reasonsOf(intolerable(errors)).front(), leaf, intolerable(errors));
    return std::nullopt;
}

void TrustKeeper::judge(QObject *owner, const QSslCertificate &leaf, const QList<QSslError> &errors,
                        Judged judged)
{
    if (leaf.isNull()) {
        judged(Error::of(Error::Kind::Certificate, Cause::TlsUntrusted,
                         u"the host has sent no certificate"_s));
        return;
    }
    if (const auto known = verdict(digestOf(leaf), errors, leaf)) {
        judged(*known);
        return;
    }
    m_waiters.push_back({owner, leaf, errors, std::move(judged)});
    if (!m_asking)
        ask(leaf, intolerable(errors));
}

void TrustKeeper::forget(QObject *owner)
{
    std::erase_if(m_waiters, [owner](const Waiter &w) { return !w.owner || w.owner == owner; });
}

void TrustKeeper::ask(const QSslCertificate &leaf, const QList<QSslError> &errors)
{
    m_asking = true;
    const TrustQuestion question{.host = m_options.host,
                                 .certificate = certificateFacts(leaf.toDer()),
                                 .reasons = reasonsOf(errors),
                                 .problems = wordsOf(errors),
                                 .expectedSha256 = {}};
    // The answer may outlive the session, and may be given twice by mistake.
    auto once = std::make_shared<bool>(false);
    m_decider(question,
              [weak = weak_from_this(), once, sha256 = question.certificate.sha256,
               no = refusal(Cause::TlsTrustRefused, leaf, errors)](TrustAnswer answer) {
                  const auto self = weak.lock();
                  if (self && !std::exchange(*once, true))
                      self->answered(sha256, answer, no);
              });
}

void TrustKeeper::answered(const QByteArray &sha256, TrustAnswer answer, const Error &refusal)
{
    m_asking = false;
    if (answer == TrustAnswer::No) {
        m_refusedLeaf = sha256;
        m_refusal = refusal;
    } else {
        std::ignore = accept(
            sha256, {.pinned = answer == TrustAnswer::Pin, .once = answer == TrustAnswer::Once});
    }
    // Each on its own: another connection may have met another certificate.
    const auto keep = shared_from_this();
    for (const Waiter &waiter : std::exchange(m_waiters, {}))
        if (waiter.owner)
            judge(waiter.owner, waiter.leaf, waiter.errors, waiter.judged);
}

Result<TrustVerdict> TrustKeeper::accept(const QByteArray &sha256, const TrustVerdict &verdict)
{
    m_accepted = sha256;
    m_verdict = verdict;
    return verdict;
}

Error TrustKeeper::refusal(Cause cause, const QSslCertificate &leaf,
                           const QList<QSslError> &errors) const
{
    const QStringList words = wordsOf(errors);
    return Error::of(Error::Kind::Certificate, cause, words.join(u"; "_s),
                     TlsDetails{.leafDer = leaf.toDer(),
                                .leafSha256 = digestOf(leaf),
                                .expectedSha256 = m_options.pinSha256,
                                .problems = words});
}
