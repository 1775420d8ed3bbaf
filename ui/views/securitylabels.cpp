#include "views/securitylabels.h"

#include "dialogs/preflighttext.h"
#include "text/securitytext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(StatusLine)
};

QString paragraphs(const QStringList &sentences)
{
    QString text;
    for (const QString &sentence : sentences)
        text += u"<p>%1</p>"_s.arg(sentence.toHtmlEscaped());
    return text;
}

SecurityLabel tlsLabel(const SecurityState &state)
{
    SecurityLabel label{.text = protectionText(state), .meaning = Meaning::Sealed};
    if (state.pinned)
        label.text = Words::tr("%1, pinned", "TLS version").arg(label.text);
    else if (state.trustedOnce)
        label.text = Words::tr("%1, trusted once", "TLS version").arg(label.text);
    else if (state.checksSkipped) {
        label.text = Words::tr("%1, not checked", "TLS version").arg(label.text);
        label.meaning = Meaning::Warning;
    }
    label.icon = state.pinned               ? u"pin"_s
        : label.meaning == Meaning::Warning ? u"warning"_s
                                            : u"lock-closed"_s;
    const CertificateFacts &facts = state.certificate;
    label.tip = Words::tr("<p>%1<br>%2<br>issued by %3<br>valid until %4<br>SHA-256 %5</p>")
                    .arg(state.cipher.toHtmlEscaped(), facts.subject.toHtmlEscaped(),
                         facts.issuer.toHtmlEscaped(),
                         QLocale().toString(facts.notAfter.toLocalTime(), QLocale::ShortFormat),
                         colonHex(facts.sha256));
    return label;
}

} // namespace

SecurityLabel signInLabel(const SecurityState &state, const QDateTime &now)
{
    SecurityLabel label{.text = signInText(state), .tip = paragraphs(securitySentences(state))};
    for (const SecurityNote note : state.notes) {
        if (note != SecurityNote::HostUnverified)
            continue;
        label.text = Words::tr("%1, host not verified", "way of sign-in").arg(label.text);
        label.icon = u"warning"_s;
        label.meaning = Meaning::Warning;
    }
    const TicketState ticket = ticketState(state, now);
    if (ticket != TicketState::Ending && ticket != TicketState::Ended)
        return label;
    label.text = Words::tr("%1, %2", "way of sign-in, ticket")
                     .arg(label.text, ticketText(state, now));
    label.tip += paragraphs({ticketRemedy(state)});
    label.icon = u"warning"_s;
    label.meaning = Meaning::Warning;
    return label;
}

SecurityLabel protectionLabel(const SecurityState &state)
{
    if (state.tls)
        return tlsLabel(state);
    if (!state.sealing.isEmpty())
        return {.text = protectionText(state),
                .icon = u"lock-closed"_s,
                .meaning = Meaning::Sealed,
                .tip = Words::tr("What is sent and received is encrypted by the sign-in itself.")};
    return {.text = protectionText(state),
            .icon = u"lock-open"_s,
            .meaning = Meaning::ClearText,
            .tip = Words::tr("What is sent and received can be read on the way.")};
}
