#include "auth/securitycontext.h"

#include "auth/authqueue.h"
#include "auth/securityerror.h"
#include "auth/signinplan.h"

#include <deque>
#include <mutex>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestToken = 64 * 1024; ///< Windows' own limit for a Kerberos token

/// What the worker works on. It is shared with the job that runs, so that a job that hangs has all
/// it needs when the context itself is gone.
class Engine
{
public:
    explicit Engine(const SignIn &signIn)
        : m_signIn(signIn)
    { }

    Result<AuthLeg> step(const QByteArray &token);
    Result<SealedParts> seal(const QByteArray &plain);
    Result<QByteArray> unseal(const SealedParts &sealed);
    ContextFacts facts() const;

private:
    Error end(const negotiate::Failure &failure);
    Error end(const Error &error);
    bool canSeal();
    QString mechanism() const;

    SignIn m_signIn;
    std::unique_ptr<negotiate::Context> m_context;
    std::optional<Error> m_over; ///< what ended the context
};

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

std::span<char> spanOf(QByteArray &bytes)
{
    return {bytes.data(), size_t(bytes.size())};
}

QString mechanismId(bool ntlm)
{
    return ntlm ? u"ntlm"_s : u"kerberos"_s;
}

QString Engine::mechanism() const
{
    return mechanismId(m_context && m_context->facts().ntlm);
}

Error Engine::end(const Error &error)
{
    m_over = error;
    return error;
}

Error Engine::end(const negotiate::Failure &failure)
{
    Error error = securityError(failure, mechanism());
    error.host = m_signIn.host;
    return end(error);
}

Result<AuthLeg> Engine::step(const QByteArray &token)
{
    if (m_over)
        return *m_over;
    if (!m_context) {
        auto wishes = planSignIn(m_signIn);
        m_signIn.password.clear();
        if (!wishes) {
            Error error = wishes.error();
            error.host = m_signIn.host;
            return end(error);
        }
        m_context = negotiate::makeContext(std::move(*wishes));
    }
    if (token.size() > longestToken)
        return end({negotiate::Reason::Malformed, 0, 0, "The host's token is too long"});
    std::string out;
    if (const auto failure = m_context->step(viewOf(token), out))
        return end(failure);
    return AuthLeg{QByteArray(out.data(), qsizetype(out.size())), m_context->isComplete()};
}

bool Engine::canSeal()
{
    if (!m_over && !(m_context && m_context->isComplete()))
        end({negotiate::Reason::HostUnproven, 0, 0, "The sign-in is not complete"});
    return !m_over;
}

Result<SealedParts> Engine::seal(const QByteArray &plain)
{
    if (!canSeal())
        return *m_over;
    SealedParts parts;
    parts.data = plain;
    std::string header, padding;
    if (const auto failure = m_context->seal(spanOf(parts.data), header, padding))
        return end(failure);
    parts.header = QByteArray(header.data(), qsizetype(header.size()));
    parts.data.append(padding.data(), qsizetype(padding.size()));
    parts.plainLength = parts.data.size();
    return parts;
}

Result<QByteArray> Engine::unseal(const SealedParts &sealed)
{
    if (!canSeal())
        return *m_over;
    QByteArray header = sealed.header, data = sealed.data;
    std::size_t size = 0;
    if (const auto failure = m_context->unseal(spanOf(header), spanOf(data), size))
        return end(failure);
    // RC4 pads with one byte, and "Length" may count it.
    const auto plain = qint64(size);
    if (sealed.plainLength != plain && sealed.plainLength != data.size())
        return end({negotiate::Reason::SealMalformed, 0, 0, "Length is not that of the message"});
    data.truncate(qsizetype(size));
    return data;
}

ContextFacts Engine::facts() const
{
    const negotiate::Facts &known = m_context->facts();
    ContextFacts facts;
    facts.mechanism = known.ntlm ? Mechanism::Ntlm : Mechanism::Kerberos;
    facts.identity = known.ntlm ? ntlmIdentity(m_signIn.userName)
                                : QString::fromStdString(known.principal);
    facts.service = QString::fromStdString(known.service);
    if (facts.service.endsWith(u'@'))
        facts.service.chop(1);
    facts.encryption = QString::fromStdString(known.encryption);
    if (known.expires != 0)
        facts.expires = QDateTime::fromSecsSinceEpoch(known.expires, Qt::UTC);
    facts.otherService = known.otherService;
    facts.becameNtlm = known.becameNtlm;
    facts.delegated = known.delegated;
    return facts;
}

/// Where the worker leaves word that a job is done; closed when the context goes.
struct Mailbox
{
    std::mutex mutex;
    SecurityContext *owner = nullptr;
};

} // namespace

struct SecurityContext::Private
{
    explicit Private(SecurityContext *owner, const SignIn &signIn)
        : engine(std::make_shared<Engine>(signIn))
        , mailbox(std::make_shared<Mailbox>())
    {
        mailbox->owner = owner;
    }

    /// Runs `work` on the worker; `answer` with its result in the owner's thread. Only what `work`
    /// holds goes over to the worker: the caller's callback stays, and dies, where it was made.
    template<typename T>
    void run(std::function<T(Engine &)> work, std::function<void(const T &)> answer)
    {
        auto box = std::make_shared<std::optional<T>>();
        waiting.push_back([box, answer = std::move(answer)] { answer(**box); });
        queue.post([engine = engine, mailbox = mailbox, box, work = std::move(work)] {
            *box = work(*engine);
            const std::lock_guard lock(mailbox->mutex);
            if (mailbox->owner != nullptr)
                QMetaObject::invokeMethod(
                    mailbox->owner, [d = mailbox->owner->d.get()] { d->deliver(); },
                    Qt::QueuedConnection);
        });
    }

    void deliver()
    {
        const auto answer = std::move(waiting.front());
        waiting.pop_front();
        answer(); // may delete the owner, and this with it
    }

    std::shared_ptr<Engine> engine;
    std::shared_ptr<Mailbox> mailbox;
    AuthQueue queue;
    std::deque<std::function<void()>> waiting; ///< answers that are due, in order
    ContextFacts facts;
    bool complete = false;
};

SecurityContext::SecurityContext(const SignIn &signIn, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, signIn))
{ }

SecurityContext::~SecurityContext()
{
    const std::lock_guard lock(d->mailbox->mutex);
    d->mailbox->owner = nullptr;
}

void SecurityContext::step(const QByteArray &token,
                           std::function<void(const Result<AuthLeg> &)> done)
{
    struct Stepped
    {
        Result<AuthLeg> leg;
        ContextFacts facts;
    };
    d->run<Stepped>(
        [token](Engine &engine) {
            Stepped stepped{engine.step(token), {}};
            if (stepped.leg && stepped.leg->complete)
                stepped.facts = engine.facts();
            return stepped;
        },
        [this, done = std::move(done)](const Stepped &stepped) {
            d->complete = stepped.leg && stepped.leg->complete;
            if (d->complete)
                d->facts = stepped.facts;
            done(stepped.leg);
        });
}

void SecurityContext::seal(const QByteArray &plain,
                           std::function<void(const Result<SealedParts> &)> done)
{
    d->run<Result<SealedParts>>([plain](Engine &engine) { return engine.seal(plain); },
                                std::move(done));
}

void SecurityContext::unseal(const SealedParts &sealed,
                             std::function<void(const Result<QByteArray> &)> done)
{
    d->run<Result<QByteArray>>([sealed](Engine &engine) { return engine.unseal(sealed); },
                               std::move(done));
}

bool SecurityContext::isComplete() const
{
    return d->complete;
}

const ContextFacts &SecurityContext::facts() const
{
    return d->facts;
}

QString mechanismName(Mechanism mechanism)
{
    return mechanism == Mechanism::Ntlm ? u"NTLM"_s : u"Kerberos"_s;
}

QByteArray schemeName(HttpScheme scheme)
{
    return scheme == HttpScheme::Kerberos ? "Kerberos" : "Negotiate";
}
