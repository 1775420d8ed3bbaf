#pragma once

#include "session/enumerateoperation.h"
#include "session/pagepeek.h"
#include "session/sessionprivate.h"

/// The parser's side of an enumeration: used on the parse thread only. Pages of one context follow
/// each other; a new attempt (smaller pages) starts with a fresh one.
struct EnumerationParser
{
    RowSetBuilder builder;
    std::unique_ptr<EnumerationReader> reader;
    bool failed = false;

    void feed(const QByteArray &bytes, const QString &messageId);
    Result<EnumerationPage> finishPage(const QString &messageId);
};

/// The steps of one enumeration on the session's thread. Network: at most one exchange under way
/// (`exchange`). Parser: pages queue up on the session's parse thread; `unparsedPages` have arrived
/// whole and are not read yet.
struct EnumerateOperation::Private
{
    Private(EnumerateOperation *owner, const EnumerateParameters &asked,
            const EnumerateOptions &wished);

    void begin();
    void resume();
    void hold() { held = true; }
    void sendEnumerate();
    void sendPull(const QString &pullContext);
    void send(const Request &request, const QString &title);
    void received(const QByteArray &bytes);
    void replied(const Error &error);
    void pageParsed(const Result<EnumerationPage> &page, const Error &notSoap, const Error &place);
    void batchParsed(const RowBatchPtr &batch);
    void goOn();      ///< after a page was read
    void pullAhead(); ///< while the page that just arrived is being read
    bool startOverSmaller(const Error &error);
    void connectionFailed(const Error &error);
    void end(const Error &error);
    void dropExchange();
    void releaseContext();
    bool capReached() const { return options.maxRows && rows >= options.maxRows; }
    Session::Private &session() const { return *q->session()->d; }

    EnumerateOperation *q;
    EnumerateParameters parameters;
    EnumerateOptions options;
    RequestSettings settings; ///< fixed for the life of the context
    std::shared_ptr<EnumerationParser> parser;
    QPointer<Exchange> exchange;
    QString exchangeMessageId;
    QByteArray page;      ///< bytes of the page under way, for the peek and keepRawPages
    QString context;      ///< newest, as the parser read it
    QString aheadContext; ///< of the Pull that left before its page was read; empty: none did
    int connection = -1;  ///< the pool's connection that the context lives on
    int unparsedPages = 0;
    int emptyPages = 0; ///< in a row
    bool endSeen = false;
    bool paused = false;
    bool held = false;
    bool repeated = false;
    bool smaller = false;
    bool discardReply = false;         ///< of a Pull that was sent ahead on a wrong guess
    std::optional<Error> networkError; ///< waits until what arrived before it is read
    std::uint64_t rows = 0;
    std::uint64_t rowsAtPause = 0;
    qint64 bytes = 0;
    qint64 estimate = -1;
    int generation = 0; ///< answers of an earlier attempt are dropped
};
