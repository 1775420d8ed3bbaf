#include "text/securitytext.h"

#include <QCoreApplication>
#include <QLocale>

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Security)
};

bool isSignedIn(const SecurityState &state)
{
    return !state.identity.isEmpty();
}

QString signInSentence(const SecurityState &state)
{
    if (!isSignedIn(state))
        return Words::tr("No sign-in.");
    if (state.scheme.isEmpty() || state.scheme == state.mechanism)
        return Words::tr("Signed in as %1 by %2.").arg(state.identity, state.mechanism);
    return Words::tr("Signed in as %1 by %2 (%3).", "user, mechanism, scheme of HTTP")
        .arg(state.identity, state.mechanism, state.scheme);
}

QString protectionSentence(const SecurityState &state)
{
    if (state.tls)
        return Words::tr("%1 encrypts the connection (%2).", "TLS version, cipher")
            .arg(state.tlsVersion, state.cipher);
    if (!state.sealing.isEmpty())
        return Words::tr("Messages are sealed by %1.").arg(state.sealing);
    return Words::tr("Nothing is encrypted.");
}

/// Empty where there is nothing out of the ordinary.
QString certificateSentence(const SecurityState &state)
{
    if (state.pinned)
        return Words::tr("The certificate was accepted by its pin.");
    if (state.trustedOnce)
        return Words::tr("The certificate is trusted for this session.");
    if (state.checksSkipped)
        return Words::tr("Checks of the certificate were skipped.");
    return {};
}

} // namespace

QString signInText(const SecurityState &state)
{
    return isSignedIn(state) ? state.mechanism : Words::tr("No sign-in");
}

QString protectionText(const SecurityState &state)
{
    if (state.tls)
        return state.tlsVersion;
    return state.sealing.isEmpty() ? Words::tr("Clear text")
                                   : Words::tr("Sealed by %1").arg(state.sealing);
}

TicketState ticketState(const SecurityState &state, const QDateTime &now)
{
    if (!state.signInExpires.isValid())
        return TicketState::None;
    const qint64 left = now.secsTo(state.signInExpires);
    return left <= 0      ? TicketState::Ended
        : left <= 10 * 60 ? TicketState::Ending
                          : TicketState::Good;
}

QString ticketText(const SecurityState &state, const QDateTime &now)
{
    const TicketState ticket = ticketState(state, now);
    if (ticket == TicketState::None)
        return {};
    const QDateTime ends = state.signInExpires.toLocalTime();
    const bool today = ends.date() == now.toLocalTime().date();
    const QString at = today ? QLocale().toString(ends.time(), QLocale::ShortFormat)
                             : QLocale().toString(ends, QLocale::ShortFormat);
    if (ticket == TicketState::Ended)
        return Words::tr("ticket ended at %1", "time").arg(at);
    const int minutes = int(now.secsTo(state.signInExpires) / 60);
    const QString span = minutes < 1 ? Words::tr("in less than a minute")
        : minutes < 90               ? Words::tr("in %n minutes", nullptr, minutes)
                                     : Words::tr("in %n hours", nullptr, minutes / 60);
    return Words::tr("ticket ends at %1 (%2)", "time, how long from now").arg(at, span);
}

QString ticketRemedy(const SecurityState &state)
{
    return Words::tr("Renew it (kinit %1) and go on, or connect again to sign in with a password.",
                     "principal")
        .arg(state.identity);
}

QString noteText(SecurityNote note)
{
    switch (note) {
    case SecurityNote::BecameNtlm:
        return Words::tr("Kerberos was not possible, so NTLM was used.");
    case SecurityNote::OtherServiceName:
        return Words::tr("The usual service name is not known; another one was used.");
    case SecurityNote::HostUnverified:
        return Words::tr("The host has proved nothing about itself: NTLM over http.");
    case SecurityNote::NoHttps:
        return Words::tr("The host offers no HTTPS, so http is used.");
    case SecurityNote::NoChannelBinding:
        return Words::tr("The sign-in is not bound to the TLS connection: the certificate does not "
                         "allow it.");
    }
    return {};
}

QStringList securitySentences(const SecurityState &state)
{
    QStringList sentences{signInSentence(state)};
    if (!state.service.isEmpty())
        sentences.append(Words::tr("The ticket is for %1.", "service name").arg(state.service));
    sentences.append(protectionSentence(state));
    if (const QString certificate = certificateSentence(state); !certificate.isEmpty())
        sentences.append(certificate);
    for (const SecurityNote note : state.notes)
        sentences.append(noteText(note));
    if (state.signInExpires.isValid()) {
        sentences.append(
            Words::tr("The sign-in ends at %1.", "date and time")
                .arg(QLocale().toString(state.signInExpires.toLocalTime(), QLocale::ShortFormat)));
    }
    return sentences;
}
