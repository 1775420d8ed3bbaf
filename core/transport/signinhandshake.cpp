#include "transport/signinhandshake.h"

#include "http/authchallenge.h"
#include "http/httpbody.h"

#include <QAbstractSocket>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxLegs = 8;
constexpr qsizetype maxToken = 64 << 10; ///< in base64
constexpr HttpLimits limits{.maxHead = 192 << 10, .maxBody = 1 << 20};
constexpr qsizetype maxBodyKept = 64 << 10;

/// A first leg of NTLM proves nothing yet: whoever says no to it has judged nobody.
bool isNtlmGreeting(const QByteArray &token)
{
    return token.contains(QByteArrayView("NTLMSSP\0\1\0\0\0", 12));
}

bool isRedirect(int status)
{
    return status >= 300 && status < 400;
}

} // namespace

SignInHandshake::SignInHandshake(QAbstractSocket &socket, HttpRequest request, const SignIn &signIn,
                                 std::chrono::milliseconds span, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_request(std::move(request))
    , m_signIn(signIn)
    , m_span(span)
    , m_context(std::make_unique<SecurityContext>(signIn))
{
    m_request.body.clear();
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &SignInHandshake::timedOut);
}

SignInHandshake::~SignInHandshake()
{
    if (m_exchange)
        m_exchange->stop();
}

void SignInHandshake::start()
{
    m_deadline.start(m_span);
    m_context->step({}, [this](const Result<AuthLeg> &leg) { stepped(leg); });
}

std::unique_ptr<SecurityContext> SignInHandshake::takeContext()
{
    return std::move(m_context);
}

void SignInHandshake::timedOut()
{
    end(SignInEnd::Kind::Failed,
        Error::of(Error::Kind::Timeout, Cause::TimeoutDeadline,
                  QString::number(double(m_span.count()) / 1000)));
}

void SignInHandshake::stepped(const Result<AuthLeg> &leg)
{
    if (m_ended)
        return;
    if (!leg) {
        end(SignInEnd::Kind::Failed, leg.error());
        return;
    }
    m_complete = leg->complete;
    if (m_accepted && m_complete)
        end(SignInEnd::Kind::Complete, {});
    else if (m_accepted)
        end(SignInEnd::Kind::Failed,
            error(Cause::AuthMalformed, u"the host ended the sign-in before it was complete"_s));
    else if (leg->token.isEmpty())
        end(SignInEnd::Kind::Failed,
            error(Cause::AuthMalformed, u"the host wants more than there is to say"_s));
    else
        sendLeg(leg->token);
}

void SignInHandshake::sendLeg(const QByteArray &token)
{
    ++m_legs;
    m_lastToken = token;
    if (m_socket.state() != QAbstractSocket::ConnectedState) {
        end(SignInEnd::Kind::Closed, error(Cause::AuthClosed));
        return;
    }
    HttpRequest request = m_request;
    request.fields.emplace_back("Authorization",
                                schemeName(m_signIn.scheme) + ' ' + token.toBase64());
    m_exchange = new HttpExchange(m_socket, limits, {.deadline = m_span, .silence = m_span}, this);
    connect(m_exchange, &HttpExchange::finished, this, &SignInHandshake::answered);
    m_exchange->start(request.bytes());
}

void SignInHandshake::answered()
{
    HttpExchange *exchange = m_exchange;
    m_exchange = nullptr;
    exchange->deleteLater();
    const Error lost = exchange->error();
    m_end.head = exchange->head();
    m_end.body = exchange->takeBody().left(maxBodyKept);
    m_end.keepAlive = exchange->keepAlive();
    if (lost.kind == Error::Kind::Connection || lost.cause == Cause::HttpTruncated) {
        // A password that may have been judged is not offered again.
        end(wasJudged() ? SignInEnd::Kind::Failed : SignInEnd::Kind::Closed,
            error(Cause::AuthClosed));
        return;
    }
    if (lost) {
        end(SignInEnd::Kind::Failed, lost);
        return;
    }
    const int status = m_end.head.status;
    const auto token = tokenOf(m_end.head);
    if (isRedirect(status))
        end(SignInEnd::Kind::Failed,
            Error::of(Error::Kind::Protocol, Cause::HttpRedirect, {}, httpDetails(m_end.head)));
    else if (!token)
        end(SignInEnd::Kind::Failed, token.error());
    else if (status == 401 || status == 407)
        challenged(token);
    else
        accepted(token);
}

/// The token of our scheme; empty where there is none.
Result<QByteArray> SignInHandshake::tokenOf(const HttpHead &head) const
{
    for (const AuthChallenge &challenge : readChallenges(head.all("WWW-Authenticate"))) {
        if (!challenge.is(schemeName(m_signIn.scheme)) || challenge.token68.isEmpty())
            continue;
        if (challenge.token68.size() > maxToken)
            return error(Cause::AuthMalformed, u"its token is too large"_s);
        const auto token = QByteArray::fromBase64Encoding(challenge.token68,
                                                          QByteArray::AbortOnBase64DecodingErrors);
        if (!token || token.decoded.isEmpty())
            return error(Cause::AuthMalformed, u"its token is no base64"_s);
        return token.decoded;
    }
    return QByteArray();
}

bool SignInHandshake::isOffered() const
{
    return offersScheme(readChallenges(m_end.head.all("WWW-Authenticate")),
                        schemeName(m_signIn.scheme));
}

void SignInHandshake::challenged(const Result<QByteArray> &token)
{
    if (token->isEmpty())
        refusedWithoutToken();
    else if (m_complete || (!m_end.keepAlive && wasJudged()))
        askWhyNot(*token);
    else if (!m_end.keepAlive)
        end(SignInEnd::Kind::Closed, error(Cause::AuthClosed));
    else
        stepAgain(*token);
}

/// A token in a 401 asks for the next leg, or is a refusal in the mechanism's own words.
void SignInHandshake::stepAgain(const QByteArray &token)
{
    m_context->step(token, [this](const Result<AuthLeg> &leg) {
        if (!leg && leg.error().cause == Cause::AuthFailed)
            end(SignInEnd::Kind::Refused, error(Cause::AuthRejected));
        else if (leg && m_legs >= maxLegs)
            end(SignInEnd::Kind::Failed,
                error(Cause::AuthMalformed, u"the host does not come to an end"_s));
        else
            stepped(leg);
    });
}

void SignInHandshake::refusedWithoutToken()
{
    const bool greeting = m_legs == 1 && isNtlmGreeting(m_lastToken);
    if (m_legs == 1 && !isOffered())
        end(SignInEnd::Kind::NotOffered, error(Cause::AuthNotOffered));
    else if (greeting) // it may want to be asked on a new connection
        end(SignInEnd::Kind::Closed, error(Cause::AuthNotOffered));
    else
        end(SignInEnd::Kind::Refused, error(Cause::AuthRejected));
}

void SignInHandshake::askWhyNot(const QByteArray &token)
{
    m_context->step(token, [this](const Result<AuthLeg> &leg) {
        const bool told = !leg && leg.error().cause != Cause::AuthFailed
            && leg.error().cause != Cause::AuthMalformed;
        end(SignInEnd::Kind::Refused, told ? leg.error() : error(Cause::AuthRejected));
    });
}

void SignInHandshake::accepted(const Result<QByteArray> &token)
{
    const bool success = m_end.head.status >= 200 && m_end.head.status < 300;
    m_accepted = true;
    if (!m_complete && !token->isEmpty()) {
        m_context->step(*token, [this](const Result<AuthLeg> &leg) { stepped(leg); });
    } else if (m_complete && (success || !token->isEmpty())) {
        end(SignInEnd::Kind::Complete, {});
    } else if (success) {
        end(SignInEnd::Kind::Failed, error(Cause::AuthHostUnproven));
    } else {
        const auto told = httpBodyError(m_end.head, m_end.body.left(1024));
        end(SignInEnd::Kind::Failed,
            told.value_or(
                Error::of(Error::Kind::Protocol, Cause::HttpStatus, {}, httpDetails(m_end.head))));
    }
}

Error SignInHandshake::error(Cause cause, const QString &message) const
{
    const auto challenges = readChallenges(m_end.head.all("WWW-Authenticate"));
    const bool onlyNtlm = m_signIn.allowNtlm && !m_signIn.allowKerberos;
    return Error::of(Error::Kind::Authentication, cause, message,
                     AuthDetails{.mechanism = onlyNtlm
                                     ? u"ntlm"_s
                                     : QString::fromLatin1(schemeName(m_signIn.scheme)).toLower(),
                                 .offered = schemeNames(challenges)});
}

void SignInHandshake::end(SignInEnd::Kind kind, const Error &error)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    if (m_exchange)
        m_exchange->stop();
    m_end.kind = kind;
    m_end.error = error;
    m_end.judged = wasJudged();
    if (kind == SignInEnd::Kind::Complete && !m_end.keepAlive) {
        // What is signed in is gone; another connection is accepted as well.
        m_end.kind = SignInEnd::Kind::Closed;
        m_end.error = this->error(Cause::AuthClosed);
    }
    Q_EMIT finished(m_end);
}
