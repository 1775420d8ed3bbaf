#pragma once

#include "common/result.h"

#include <QByteArray>

#include <optional>
#include <utility>
#include <vector>

/// Head of an HTTP/1.1 reply. Names are kept as sent and compared ignoring case.
struct HttpHead
{
    int status = 0;
    QByteArray reason;
    int minorVersion = 1;
    std::vector<std::pair<QByteArray, QByteArray>>
        headers; ///< in order, values trimmed, repeated ones apart

    QByteArray header(QByteArrayView name) const; ///< first of that name; empty when absent
    std::vector<QByteArray> all(QByteArrayView name) const;
    bool hasToken(QByteArrayView name,
                  QByteArrayView token) const; ///< in a comma-separated list, ignoring case
};

struct HttpLimits
{
    qsizetype maxHead = 64 << 10;
    qsizetype maxBody = 64 << 20;
};

/// Reads one HTTP/1.1 (or 1.0) reply from bytes as they come: strict, bounded, no more than an
/// exchange with a WS-Man server needs. Interim 1xx replies are skipped. Body by Content-Length,
/// chunked, or up to the close; both lengths at once, different Content-Lengths, a bad chunk or a
/// bare-LF head are refused (Cause::HttpMalformed). It knows exactly whether the reply is complete:
/// what is cut off is never taken for an answer. Source: RFC 9112.
class HttpReplyReader
{
public:
    explicit HttpReplyReader(const HttpLimits &limits = {});

    enum class State { Head, Body, Complete, Failed };
    /// Takes what arrived. New body bytes are appended to what takeBody() returns. Bytes after the
    /// reply stay in `excess()`.
    State feed(QByteArrayView bytes);
    /// The connection has ended. Complete for a body that runs to the close, otherwise Failed:
    /// HttpTruncated, or NetClosed when nothing at all had come.
    State close();

    State state() const { return m_state; }
    const HttpHead &head() const { return m_head; } ///< valid from State::Body on
    std::optional<qint64> contentLength() const { return m_contentLength; } ///< as the head says
    QByteArray takeBody(); ///< what came since the last call, chunk framing removed
    qint64 bodyReceived() const { return m_bodyReceived; }
    qsizetype excess() const
    {
        return m_excess;
    }                       ///< bytes that came after the reply: the connection is unusable
    bool keepAlive() const; ///< the connection can carry another exchange
    const Error &error() const { return m_error; }

private:
    enum class BodyKind { None, Length, Chunked, UntilClose };
    enum class Step { StatusLine, Fields, Data, ChunkSize, ChunkEnd, Trailers };
    State fail(Cause cause, const QString &message);
    void take(QByteArrayView &bytes);
    void takeData(QByteArrayView &bytes);
    bool takeLine(QByteArrayView &bytes);
    void readLine();
    void readStatusLine();
    void readField();
    void endHead();
    void readContentLength(const std::vector<QByteArray> &values);
    void beginBody(BodyKind kind);
    void readChunkSize();
    void complete();

    State m_state = State::Head;
    Step m_step = Step::StatusLine;
    HttpLimits m_limits;
    HttpHead m_head;
    BodyKind m_bodyKind = BodyKind::None;
    std::optional<qint64> m_contentLength;
    qint64 m_remaining = 0; ///< of the body or the chunk; unused up to the close
    qint64 m_bodyReceived = 0;
    qsizetype m_headBytes = 0;  ///< of all heads, interim ones included
    qsizetype m_extraBytes = 0; ///< chunk extensions and trailers: bounded as a head is
    qsizetype m_excess = 0;
    int m_interim = 0;
    QByteArray m_line; ///< the line being read
    QByteArray m_body;
    Error m_error;
};

/// A whole recorded reply (a file that begins with "HTTP/1."): head and body.
struct HttpReplyFile
{
    HttpHead head;
    QByteArray body;
};
Result<HttpReplyFile> readHttpReply(const QByteArray &bytes, const HttpLimits &limits = {});
