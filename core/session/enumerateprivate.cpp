#include "session/enumerateprivate.h"

using namespace Qt::StringLiterals;

namespace {

/// A host may answer a Pull with nothing and mean "not yet"; one that does so for ever is broken.
constexpr int maxEmptyPages = 1000;
constexpr std::uint32_t smallerBy = 10;
constexpr int maxUnparsedPages = 3;

} // namespace

void EnumerationParser::feed(const QByteArray &bytes, const QString &messageId)
{
    if (!reader)
        reader = std::make_unique<EnumerationReader>(builder, messageId);
    if (!failed)
        failed = !reader->feed(bytes);
}

Result<EnumerationPage> EnumerationParser::finishPage(const QString &messageId)
{
    if (!reader)
        reader = std::make_unique<EnumerationReader>(builder, messageId);
    auto page = reader->finish();
    reader.reset();
    failed = false;
    return page;
}

EnumerateOperation::Private::Private(EnumerateOperation *owner, const EnumerateParameters &asked,
                                     const EnumerateOptions &wished)
    : q(owner)
    , parameters(asked)
    , options(wished)
{
    if (options.maxRows && options.maxRows < parameters.maxElements)
        parameters.maxElements = std::uint32_t(options.maxRows);
}

void EnumerateOperation::Private::begin()
{
    settings = q->session()->requestSettings();
    if (parameters.maxElements > q->session()->options().batchItems)
        parameters.maxElements = q->session()->options().batchItems;
    sendEnumerate();
}

void EnumerateOperation::Private::sendEnumerate()
{
    ++generation;
    parser = std::make_shared<EnumerationParser>();
    unparsedPages = 0;
    context.clear();
    aheadContext.clear();
    connection = -1;
    send(writeEnumerate(settings, parameters), q->title());
}

void EnumerateOperation::Private::sendPull(const QString &pullContext)
{
    send(writePull(settings, parameters, pullContext),
         u"Pull "_s + shortResource(parameters.resource));
}

void EnumerateOperation::Private::send(const Request &request, const QString &title)
{
    auto exchangeSettings = session().settingsFor(*q, title);
    exchangeSettings.priority = options.priority;
    exchangeSettings.connection = connection;
    exchangeSettings.keepBody = false;
    exchangeMessageId = request.messageId;
    page.clear();
    exchange = session().pool.send(request, exchangeSettings);
    QObject::connect(exchange, &Exchange::dataReceived, q,
                     [this](const QByteArray &data) { received(data); });
    QObject::connect(exchange, &Exchange::finished, q,
                     [this](const Error &error) { replied(error); });
}

void EnumerateOperation::Private::received(const QByteArray &data)
{
    connection = exchange->connection();
    bytes += data.size();
    page += data;
    auto &thread = session().parser;
    thread.run([parser = parser, data, id = exchangeMessageId, &thread, self = QPointer(q),
                attempt = generation] {
        parser->feed(data, id);
        if (const RowBatchPtr batch = parser->builder.takeBatch()) {
            thread.answer([self, batch, attempt] {
                if (self && self->d->generation == attempt)
                    self->d->batchParsed(batch);
            });
        }
    });
}

void EnumerateOperation::Private::replied(const Error &error)
{
    const Error notSoap = exchange->bodyError();
    const Error place = exchange->placed({});
    const bool sent = exchange->requestSent();
    const bool anything = exchange->received() > 0;
    exchange = nullptr;
    if (error) {
        const bool lost = error.cause == Cause::NetClosed || error.cause == Cause::NetReset;
        if (lost && sent && !anything && context.isEmpty() && unparsedPages == 0 && !repeated) {
            repeated = true;
            sendEnumerate();
            return;
        }
        connectionFailed(error);
        return;
    }
    if (options.keepRawPages)
        Q_EMIT q->pageReceived(page);
    ++unparsedPages;
    auto &thread = session().parser;
    thread.run([parser = parser, id = exchangeMessageId, notSoap, place, &thread,
                self = QPointer(q), attempt = generation, streaming = options.streaming] {
        auto result = std::make_shared<Result<EnumerationPage>>(parser->finishPage(id));
        const RowBatchPtr batch = *result ? parser->builder.takeBatch() : nullptr;
        if (streaming)
            parser->builder.startNewStore();
        thread.answer([self, result, batch, notSoap, place, attempt] {
            if (!self || self->d->generation != attempt)
                return;
            if (batch)
                self->d->batchParsed(batch);
            if (self->d->generation == attempt)
                self->d->pageParsed(*result, notSoap, place);
        });
    });
    pullAhead();
}

void EnumerateOperation::Private::pullAhead()
{
    // One page ahead of the parser at most: memory stays bounded and a cap or pause is noticed in
    // time.
    if (unparsedPages > 1 || options.maxRows || options.pauseEvery || held)
        return;
    const auto peek = peekPage(page);
    if (!peek || peek->endOfSequence)
        return;
    aheadContext = peek->context;
    sendPull(aheadContext);
}

void EnumerateOperation::Private::batchParsed(const RowBatchPtr &batch)
{
    if (q->isFinished())
        return;
    rows += rowCount(batch);
    Q_EMIT q->rowsReceived(batch);
    if (!q->isFinished())
        Q_EMIT q->progress(bytes, qint64(rows), estimate);
}

void EnumerateOperation::Private::pageParsed(const Result<EnumerationPage> &result,
                                             const Error &notSoap, const Error &place)
{
    if (q->isFinished())
        return;
    --unparsedPages;
    if (!result) {
        Error error = result.error().kind == Error::Kind::Protocol && notSoap ? notSoap
                                                                              : result.error();
        error.exchange = place.exchange;
        error.host = place.host;
        if (!startOverSmaller(error))
            end(error);
        return;
    }
    context = result->context.isEmpty() && !result->endOfSequence ? context : result->context;
    endSeen = result->endOfSequence;
    if (result->totalEstimate && estimate != qint64(*result->totalEstimate)) {
        // Known with the end of the page, which may be the last: its rows were told before.
        estimate = qint64(*result->totalEstimate);
        Q_EMIT q->progress(bytes, qint64(rows), estimate);
        if (q->isFinished())
            return;
    }
    emptyPages = result->items == 0 ? emptyPages + 1 : 0;
    if (unparsedPages == 0)
        goOn();
    else
        pullAhead();
}

void EnumerateOperation::Private::goOn()
{
    if (endSeen) {
        context.clear();
        end({});
        return;
    }
    if (exchange && aheadContext != context) {
        end(Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                      u"the reply names more than one enumeration context"_s));
        return;
    }
    if (networkError) {
        end(*networkError);
        return;
    }
    if (exchange)
        return;
    if (capReached()) {
        end({});
        return;
    }
    if (context.isEmpty() || emptyPages > maxEmptyPages) {
        end(Error::of(
            Error::Kind::Protocol, Cause::SoapUnexpected,
            u"the host neither ended the enumeration nor gave a context to go on with"_s));
        return;
    }
    if (options.pauseEvery && rows - rowsAtPause >= options.pauseEvery) {
        paused = true;
        rowsAtPause = rows;
        Q_EMIT q->paused(u"rows"_s);
        return;
    }
    if (held) {
        paused = true;
        return;
    }
    sendPull(context);
}

void EnumerateOperation::Private::resume()
{
    held = false;
    if (!paused)
        return;
    paused = false;
    goOn();
}

bool EnumerateOperation::Private::startOverSmaller(const Error &error)
{
    if (error.cause != Cause::FaultEncodingLimit || rows > 0 || smaller
        || parameters.maxElements <= 1)
        return false;
    smaller = true;
    dropExchange();
    parameters.maxElements = std::max<std::uint32_t>(1, parameters.maxElements / smallerBy);
    sendEnumerate();
    return true;
}

void EnumerateOperation::Private::connectionFailed(const Error &error)
{
    // What arrived before it is read first; then this is the end.
    networkError = error;
    const bool pulling = !context.isEmpty() || unparsedPages > 0 || rows > 0;
    if (pulling && error.kind == Error::Kind::Connection)
        networkError->cause = Cause::EnumerationConnectionLost;

    if (unparsedPages == 0)
        end(*networkError);
}

void EnumerateOperation::Private::end(const Error &error)
{
    dropExchange();
    Outcome outcome{.error = error,
                    .rows = options.maxRows ? std::min(rows, options.maxRows) : rows};
    outcome.partial = rows > 0
        && (error || !endSeen || (options.maxRows && rows > options.maxRows));
    if (!endSeen)
        releaseContext();
    q->finish(outcome);
}

void EnumerateOperation::Private::dropExchange()
{
    if (exchange) {
        QObject::disconnect(exchange, nullptr, q, nullptr);
        exchange->cancel();
    }
    exchange = nullptr;
    ++generation;
}

void EnumerateOperation::Private::releaseContext()
{
    const QString left = aheadContext.isEmpty() ? context : aheadContext;
    context.clear();
    aheadContext.clear();
    if (!left.isEmpty() && !endSeen)
        session().janitor.release(settings, parameters, left);
}
