#include "dialogs/preflighttext.h"

#include "diagnose/preflight.h"
#include "look/icons.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Preflight)
};

PreflightLine line(const QString &name, Meaning meaning, const QString &sentence)
{
    const QString sign = meaning == Meaning::Muted ? u"info"_s : Icons::signOf(meaning).toString();
    return {.name = name, .meaning = meaning, .sign = sign, .sentence = oneLine(sentence, 1000)};
}

PreflightLine looking(const QString &name, const QString &sentence)
{
    return {.name = name, .sentence = sentence};
}

PreflightLine failed(const QString &name, const Error &error, bool needed)
{
    const Explanation words = explain(error);
    PreflightLine made = line(name, needed ? Meaning::Error : Meaning::Warning, words.sentence);
    made.tip = words.remedy;
    return made;
}

/// The name of whoever runs the program, as a guess at a principal.
QString ownPrincipal(const QString &realm)
{
    const QString user = qEnvironmentVariable("USER", qEnvironmentVariable("LOGNAME"));
    return user.isEmpty() ? Words::tr("USER") + u'@' + realm : user + u'@' + realm;
}

QString kinit(const PreflightFacts &facts)
{
    if (!facts.principal.value.isEmpty())
        return u"kinit "_s + facts.principal.value;
    const QString realm = facts.realm.value.realm();
    return realm.isEmpty() ? u"kinit"_s : u"kinit "_s + ownPrincipal(realm);
}

PreflightLine realmLine(const PreflightFacts &facts, bool needed)
{
    const QString name = u"realm"_s;
    if (facts.realm.isLooking())
        return looking(name, Words::tr("Looking for the realm"));
    if (facts.realm.isFailed())
        return failed(name, facts.realm.error, needed);
    const RealmFacts &realm = facts.realm.value;
    return realm.ofHost.isEmpty()
        ? line(name, Meaning::Ok, Words::tr("Realm %1, by default").arg(realm.byDefault))
        : line(name, Meaning::Ok, Words::tr("Realm %1").arg(realm.ofHost));
}

PreflightLine ticketLine(const PreflightFacts &facts)
{
    const QString name = u"ticket"_s;
    if (facts.ticket.isLooking())
        return looking(name, Words::tr("Looking for a ticket"));
    const TicketFacts &ticket = facts.ticket.value;
    if (facts.ticket.isFailed()) {
        PreflightLine made = failed(name, facts.ticket.error, true);
        if (facts.ticket.error.cause != Cause::KrbConfiguration)
            made.command = kinit(facts);
        return made;
    }
    const auto left = std::chrono::seconds(QDateTime::currentDateTime().secsTo(ticket.expires));
    PreflightLine made = line(
        name, left < 10min ? Meaning::Warning : Meaning::Ok,
        Words::tr("Ticket of %1, %2 left").arg(ticket.principal, spanText(left)));
    made.tip = ticket.renewUntil.isValid() && ticket.renewUntil > ticket.expires
        ? Words::tr("Ends %1, can be renewed until %2")
              .arg(localDateText(ticket.expires), localDateText(ticket.renewUntil))
        : Words::tr("Ends %1").arg(localDateText(ticket.expires));
    if (left < 10min)
        made.command = kinit(facts);
    return made;
}

PreflightLine userLine(const PreflightFacts &facts, bool needed)
{
    const QString name = u"user"_s;
    if (facts.principal.isLooking())
        return looking(name, Words::tr("Looking for the user"));
    if (facts.principal.isFailed())
        return failed(name, facts.principal.error, needed);
    return line(name, Meaning::Ok, Words::tr("Signs in as %1").arg(facts.principal.value));
}

PreflightLine serviceLine(const PreflightFacts &facts, bool needed)
{
    const QString name = u"service"_s;
    if (facts.services.isLooking())
        return looking(name, Words::tr("Looking for the service name"));
    if (facts.services.isFailed())
        return failed(name, facts.services.error, needed);
    const QStringList &names = facts.services.value;
    PreflightLine made = line(name, Meaning::Ok, Words::tr("Service name %1").arg(names.value(0)));
    if (names.size() > 1)
        made.tip = Words::tr("If the domain does not know it: %1").arg(names.mid(1).join(u", "_s));
    return made;
}

QString clockText(std::chrono::seconds skew)
{
    if (std::chrono::abs(skew) < 2s)
        return Words::tr("clocks agree");
    return skew > 0s ? Words::tr("its clock is %1 ahead").arg(spanText(skew))
                     : Words::tr("its clock is %1 behind").arg(spanText(-skew));
}

PreflightLine kdcLine(const PreflightFacts &facts, bool needed)
{
    const QString name = u"kdc"_s;
    const KdcFacts &kdc = facts.kdc.value;
    if (facts.kdc.isLooking())
        return looking(name,
                       kdc.kdcs.servers.isEmpty()
                           ? Words::tr("Looking for the domain controller")
                           : Words::tr("Asking %1").arg(kdc.kdcs.servers.join(u", "_s)));
    if (facts.kdc.isFailed()) {
        PreflightLine made = failed(name, facts.kdc.error, needed);
        if (kdc.answer && kdc.answer->skew)
            made.sentence = Words::tr("%1 %2: %3.", "sentence, server: clock")
                                .arg(made.sentence, kdc.answer->server,
                                     clockText(*kdc.answer->skew));
        return made;
    }
    const QString server = kdc.answer->server;
    PreflightLine made = line(name, Meaning::Ok,
                              kdc.answer->skew
                                  ? Words::tr("Domain controller %1 answers, %2", "server, clock")
                                        .arg(server, clockText(*kdc.answer->skew))
                                  : Words::tr("Domain controller %1 answers").arg(server));
    made.tip = Words::tr("%1, %2 ms", "protocol, time")
                   .arg(kdc.answer->tcp ? u"TCP"_s : u"UDP"_s)
                   .arg(kdc.answer->roundTrip.count());
    return made;
}

PreflightLine namesLine(const PreflightFacts &facts)
{
    const QString name = u"names"_s;
    if (facts.names.isLooking())
        return looking(name, Words::tr("Looking for the address"));
    if (facts.names.isFailed())
        return failed(name, facts.names.error, true);
    const NameFacts &names = facts.names.value;
    QStringList addresses;
    for (const QHostAddress &address : names.addresses)
        addresses.append(address.toString());
    const QString reverse = names.reverseNames.join(u", "_s);
    const QString more = addresses.size() > 1
        ? Words::tr("%1 and %n more", "address", int(addresses.size()) - 1).arg(addresses.value(0))
        : addresses.value(0);
    PreflightLine made = line(
        name, names.agree ? Meaning::Ok : Meaning::Muted,
        reverse.isEmpty() ? Words::tr("Address %1, which has no name").arg(more)
            : names.agree ? Words::tr("Address %1, name %2").arg(more, reverse)
                          : Words::tr("Address %1, whose name is %2").arg(more, reverse));
    made.tip = addresses.join(u'\n');
    return made;
}

/// One line where Kerberos is out of the question and need not be had; empty where it is not.
QString otherWay(const PreflightFacts &facts)
{
    if (facts.realm.isFailed() && facts.realm.error.cause == Cause::KrbRealmUnknown)
        return Words::tr("No Kerberos realm is known here, so another way will be used");
    if (facts.services.isFailed() && facts.services.error.cause == Cause::KrbAddress)
        return Words::tr("Kerberos needs the name of the host, so another way will be used");
    return {};
}

} // namespace

QString spanText(std::chrono::seconds span)
{
    span = std::max(span, 0s);
    const auto count = [](auto time) { return QLocale().toString(qlonglong(time.count())); };
    const auto days = std::chrono::floor<std::chrono::days>(span);
    const auto hours = std::chrono::floor<std::chrono::hours>(span - days);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(span - days - hours);
    if (days.count() > 0)
        return Words::tr("%1 d %2 h", "days, hours").arg(count(days), count(hours));
    if (hours.count() > 0)
        return Words::tr("%1 h %2 min").arg(count(hours), count(minutes));
    if (minutes.count() > 0)
        return Words::tr("%1 min").arg(count(minutes));
    return Words::tr("%1 s", "seconds").arg(count(span));
}

std::vector<PreflightLine> preflightLines(const PreflightFacts &facts,
                                          const ConnectionOptions &options, bool usesTicket)
{
    const bool needed = usesTicket || options.authentication == Authentication::Kerberos;
    const QString other = needed ? QString() : otherWay(facts);
    std::vector<PreflightLine> lines;
    if (!other.isEmpty()) {
        lines.push_back(line(u"realm"_s, Meaning::Muted, other));
    } else if (Preflight::concernsKerberos(options)) {
        using State = Finding<QString>::State;
        lines.push_back(realmLine(facts, needed));
        if (usesTicket)
            lines.push_back(ticketLine(facts));
        else if (facts.principal.state != State::Unknown)
            lines.push_back(userLine(facts, needed));
        lines.push_back(serviceLine(facts, needed));
        if (facts.kdc.state != Finding<KdcFacts>::State::Unknown)
            lines.push_back(kdcLine(facts, needed));
    }
    lines.push_back(namesLine(facts));
    return lines;
}
