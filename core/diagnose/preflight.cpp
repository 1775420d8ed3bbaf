#include "diagnose/preflight.h"

#include "diagnose/background.h"
#include "diagnose/kdcprobe.h"

using namespace Qt::StringLiterals;

namespace {

/// What krb5.conf has to say, read in one go.
struct Configuration
{
    RealmFacts realm;
    Result<QString> principal{QString()}; ///< of the user name, if there is one
    Result<QStringList> services{QStringList()};
};

Configuration readConfigurationFor(const ConnectionOptions &options)
{
    Configuration read;
    read.realm = {.ofHost = realmOfHost(options.host), .byDefault = defaultRealm()};
    if (!options.userName.isEmpty())
        read.principal = kerberosPrincipal(options.userName);
    read.services = serviceNames(options.host, options.effectivePort(), options.servicePrincipal,
                                 options.servicePort);
    return read;
}

QString realmOf(const QString &principal)
{
    return principal.mid(principal.lastIndexOf(u'@') + 1);
}

Error kerberosError(Cause cause, const QString &words, const QString &host)
{
    Error error = Error::of(Error::Kind::Authentication, cause, words,
                            AuthDetails{.mechanism = u"kerberos"_s});
    error.host = host;
    return error;
}

/// Words of the KDC about whoever signs in, not about itself.
bool concernsAccount(Cause cause)
{
    return cause == Cause::KrbUserUnknown || cause == Cause::KrbPasswordExpired
        || cause == Cause::KrbAccountLocked || cause == Cause::KrbEncryptionType;
}

} // namespace

Preflight::Preflight(const ConnectionOptions &options, bool hasPassword, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_hasPassword(hasPassword)
{
    m_facts.names.look();
    if (!concernsKerberos(options))
        return;
    m_facts.realm.look();
    m_facts.principal.look();
    m_facts.services.look();
    m_facts.kdc.look();
    if (!hasPassword)
        m_facts.ticket.look();
}

Preflight::~Preflight() = default;

bool Preflight::concernsKerberos(const ConnectionOptions &options)
{
    return options.authentication == Authentication::Automatic
        || options.authentication == Authentication::Negotiate
        || options.authentication == Authentication::Kerberos;
}

void Preflight::start()
{
    lookUpNames();
    if (!concernsKerberos(m_options))
        return;
    readConfiguration();
    if (!m_hasPassword)
        readTicket();
}

void Preflight::lookUpNames()
{
    ++m_open;
    auto *lookup = new NameLookup(m_options.host, this);
    connect(lookup, &NameLookup::finished, this, [this](const Result<NameFacts> &facts) {
        if (facts)
            m_facts.names.found(*facts);
        else
            m_facts.names.fail(facts.error());
        done();
    });
    lookup->start();
}

void Preflight::readConfiguration()
{
    ++m_open;
    ++m_forPrincipal;
    inBackground(
        this, [options = m_options] { return readConfigurationFor(options); },
        [this](const Configuration &read) {
            m_facts.realm.value = read.realm;
            if (read.realm.realm().isEmpty())
                m_facts.realm.fail(
                    kerberosError(Cause::KrbRealmUnknown, m_options.host, m_options.host));
            else
                m_facts.realm.found(read.realm);
            if (read.services)
                m_facts.services.found(*read.services);
            else
                failServices(read.services.error());
            m_namedPrincipal = read.principal;
            --m_forPrincipal;
            choosePrincipal();
            done();
        });
}

void Preflight::failServices(Error error)
{
    error.host = m_options.host;
    m_facts.services.fail(std::move(error));
}

void Preflight::readTicket()
{
    ++m_open;
    ++m_forPrincipal;
    inBackground(
        this, [] { return currentTicket(); },
        [this](const Result<TicketFacts> &ticket) {
            takeTicket(ticket);
            --m_forPrincipal;
            choosePrincipal();
            done();
        });
}

void Preflight::takeTicket(const Result<TicketFacts> &ticket)
{
    if (!ticket) {
        m_facts.ticket.fail(ticket.error());
        return;
    }
    m_facts.ticket.found(*ticket);
    if (!ticket->expires.isValid())
        m_facts.ticket.fail(kerberosError(Cause::KrbNoTicket, {}, m_options.host));
    else if (ticket->isExpired())
        m_facts.ticket.fail(kerberosError(Cause::KrbTicketExpired, {}, m_options.host));
}

void Preflight::choosePrincipal()
{
    if (m_forPrincipal > 0)
        return;
    ++m_open; // until the KDCs have been asked
    const QString owner = m_facts.ticket.value.principal;
    if (!m_namedPrincipal)
        m_facts.principal.fail(m_namedPrincipal.error());
    else if (!m_namedPrincipal->isEmpty())
        m_facts.principal.found(*m_namedPrincipal);
    else if (!owner.isEmpty())
        m_facts.principal.found(owner);
    else
        m_facts.principal = {};
    // With a name and no password it is that user's ticket which is wanted.
    if (m_facts.ticket.isFound() && m_facts.principal.isFound() && owner != m_facts.principal.value)
        m_facts.ticket.fail(kerberosError(Cause::KrbForeignTicket, owner, m_options.host));
    findKdcs();
}

void Preflight::findKdcs()
{
    KdcFacts &facts = m_facts.kdc.value;
    facts.realm = m_facts.principal.isFound() ? realmOf(m_facts.principal.value)
                                              : m_facts.realm.value.realm();
    if (facts.realm.isEmpty() || m_facts.principal.isFailed()) {
        m_facts.kdc = {};
        done();
        return;
    }
    auto *finder = new KdcFinder(facts.realm, this);
    connect(finder, &KdcFinder::finished, this, [this](const Result<KdcList> &kdcs) {
        if (!kdcs) {
            failKdc(kdcs.error());
            return;
        }
        m_facts.kdc.value.kdcs = *kdcs;
        const QString who = m_facts.principal.isFound() ? m_facts.principal.value
                                                        : nobodyOf(m_facts.kdc.value.realm);
        inBackground(
            this, [who] { return kdcRequest(who); },
            [this, list = *kdcs](const Result<QByteArray> &request) { askKdcs(list, request); });
    });
    finder->start();
}

void Preflight::askKdcs(const KdcList &kdcs, const Result<QByteArray> &request)
{
    if (!request) {
        failKdc(request.error());
        return;
    }
    auto *probe = new KdcProbe(kdcs.servers, *request, this);
    connect(probe, &KdcProbe::finished, this, &Preflight::takeAnswer);
    probe->start();
}

void Preflight::takeAnswer(const Result<KdcAnswer> &answer)
{
    if (!answer) {
        failKdc(answer.error());
        return;
    }
    m_facts.kdc.value.answer = *answer;
    const KdcFacts facts = m_facts.kdc.value;
    const Cause cause = answer->reply.cause;
    if (cause == Cause::KrbRealmUnknown) {
        failKdc(kerberosError(cause, facts.realm, m_options.host));
        return;
    }
    if (cause == Cause::KrbClockSkew
        || (answer->skew && std::chrono::abs(*answer->skew) > MostSkew)) {
        failKdc(kerberosError(Cause::KrbClockSkew, {}, m_options.host));
        return;
    }
    m_facts.kdc.found(facts);
    // What the KDC thinks of nobody, or of the owner of a ticket that it has given, is no news.
    if (!m_options.userName.isEmpty() && concernsAccount(cause))
        m_facts.principal.fail(kerberosError(cause, m_facts.principal.value, m_options.host));
    done();
}

void Preflight::failKdc(const Error &error)
{
    m_facts.kdc.fail(error);
    done();
}

void Preflight::done()
{
    --m_open;
    Q_EMIT changed();
    if (m_open == 0)
        Q_EMIT finished();
}
