#include "ctl/connection.h"

#include "connection/rules.h"
#include "ctl/password.h"
#include "ctl/terminal.h"
#include "text/sentences.h"
#include "transport/signinway.h"

using namespace Qt::StringLiterals;

namespace {

/// Who writes http:// and names NTLM, or Negotiate which may become it, has said that the host need
/// not prove itself.
bool consentsToNtlm(const ConnectionOptions &options, const Arguments &arguments)
{
    return !arguments.remote.isEmpty() && !options.tls && !options.automaticScheme
        && (arguments.authentication == Authentication::Ntlm
            || arguments.authentication == Authentication::Negotiate);
}

/// Whether a password has a part in signing in, whatever the host offers.
bool usesPassword(const ConnectionOptions &options)
{
    return options.authentication != Authentication::None && !options.userName.isEmpty();
}

} // namespace

void applyTo(ConnectionOptions &options, const Arguments &arguments)
{
    if (arguments.hasUser)
        options.userName = arguments.user;
    if (arguments.authentication)
        options.authentication = *arguments.authentication;
    if (!arguments.caFile.isEmpty())
        options.caFile = arguments.caFile;
    if (!arguments.pin.isEmpty())
        options.pinSha256 = arguments.pin;
    options.skipCaCheck |= arguments.skipCaCheck;
    options.skipCnCheck |= arguments.skipCnCheck;
    options.skipRevocationCheck |= arguments.skipRevocationCheck;
    options.allowClearText |= arguments.noEncryption;
    options.unverifiedHost |= arguments.unverifiedHost || consentsToNtlm(options, arguments);
    if (!arguments.servicePrincipal.isEmpty())
        options.servicePrincipal = arguments.servicePrincipal;
    options.servicePort |= arguments.servicePort;
    options.delegate |= arguments.delegate;
    if (arguments.timeout)
        options.operationTimeout = *arguments.timeout;
    if (arguments.maxEnvelopeKib)
        options.maxEnvelopeKib = *arguments.maxEnvelopeKib;
    if (!arguments.locale.isEmpty())
        options.locale = arguments.locale;
    options.utf16 |= arguments.utf16;
    options.readOnly |= arguments.readOnly;
}

ConnectionFinder::ConnectionFinder(const Arguments &arguments, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{ }

void ConnectionFinder::start()
{
    if (m_arguments.remote.isEmpty() == m_arguments.profile.isEmpty()) {
        Q_EMIT failed(Error::of(Error::Kind::Local, Cause::LocalUsage,
                                m_arguments.remote.isEmpty()
                                    ? u"name a host with -r or a profile with -p"_s
                                    : u"-r and -p exclude each other"_s));
        return;
    }
    if (m_arguments.profile.isEmpty()) {
        applyArguments();
        return;
    }
    m_store = new ProfileStore(systemKeychain(), ProfileStore::defaultDirectory(), this);
    const Done opened = m_store->open();
    if (!opened) {
        Q_EMIT failed(opened.error());
        return;
    }
    const auto summary = m_store->find(m_arguments.profile);
    if (!summary) {
        Q_EMIT failed(
            Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, m_arguments.profile));
        return;
    }
    m_store->load(summary->id,
                  [this](const Result<ProfileStore::Loaded> &profile) { loaded(profile); });
}

void ConnectionFinder::loaded(const Result<ProfileStore::Loaded> &profile)
{
    if (!profile) {
        Q_EMIT failed(profile.error());
        return;
    }
    m_options = profile->profile.options;
    m_credential = profile->credential;
    // A saved password belongs to the saved user.
    if (m_arguments.hasUser && m_arguments.user != m_options.userName)
        m_credential = {};
    applyArguments();
}

void ConnectionFinder::applyArguments()
{
    if (!m_arguments.remote.isEmpty()) {
        const auto parsed = parseConnection(m_arguments.remote);
        if (!parsed) {
            Q_EMIT failed(parsed.error());
            return;
        }
        m_options = *parsed;
    }
    applyTo(m_options, m_arguments);
    check();
}

void ConnectionFinder::check()
{
    const CredentialFacts facts{.hasPassword = !m_credential.isEmpty(), .willAsk = true};
    const Use use = m_identifyOnly ? Use::IdentifyOnly : Use::Everything;
    const Done allowed = requireRules(m_options, facts, use);
    if (!allowed) {
        Q_EMIT failed(allowed.error());
        return;
    }
    for (const RuleFinding &finding : checkRules(m_options, facts, use))
        m_notes.append(ruleSentence(finding));
    const Done password = findPassword();
    if (!password) {
        Q_EMIT failed(password.error());
        return;
    }
    Q_EMIT found();
}

Done ConnectionFinder::findPassword()
{
    if (!usesPassword(m_options))
        return {};
    const auto given = givenPassword(m_arguments);
    if (!given)
        return given.error();
    m_credential.userName = m_options.userName;
    if (!given->isEmpty() || m_arguments.passwordFromStdin || !m_arguments.passwordFile.isEmpty()) {
        m_credential.password = *given;
        return {};
    }
    if (!m_credential.isEmpty() || ticketServes(m_options))
        return {};
    auto typed = terminal::askPassword(
        u"Password of %1 on %2: "_s.arg(m_options.userName, m_options.displayHost()));
    // Whose ticket there is, if any, then says the sign-in.
    if (!typed && typed.error().cause == Cause::LocalNoPassword
        && m_options.authentication == Authentication::Kerberos)
        return {};
    if (!typed)
        return typed.error();
    m_credential.password = Secret::take(*typed);
    return {};
}
