#pragma once

#include "http/httpreply.h"

#include <QString>

#include <functional>

/// How many bytes the reader is given next, of those that are left.
using PieceSize = std::function<qsizetype(qsizetype left)>;

/// Everything one can learn from a reader, as text, so that two runs can be compared.
inline QString replySummary(QByteArrayView bytes, const PieceSize &size, bool close,
                            const HttpLimits &limits)
{
    HttpReplyReader reader(limits);
    QByteArray body;
    while (!bytes.isEmpty()) {
        const auto piece = bytes.first(qBound<qsizetype>(1, size(bytes.size()), bytes.size()));
        bytes = bytes.sliced(piece.size());
        reader.feed(piece);
        body += reader.takeBody();
    }
    if (close)
        reader.close();
    body += reader.takeBody();
    QString text = QStringLiteral("state %1, status %2, 1.%3, reason '%4'\n")
                       .arg(int(reader.state()))
                       .arg(reader.head().status)
                       .arg(reader.head().minorVersion)
                       .arg(QString::fromLatin1(reader.head().reason));
    for (const auto &[name, value] : reader.head().headers)
        text += QString::fromLatin1(name + ": " + value + '\n');
    text += QStringLiteral("body %1 of %2 '%3'\nexcess %4, keep-alive %5, error %6 %7")
                .arg(reader.bodyReceived())
                .arg(reader.contentLength().value_or(-1))
                .arg(QString::fromLatin1(body.toPercentEncoding("<>/ =:?\"")))
                .arg(reader.excess())
                .arg(reader.keepAlive())
                .arg(causeId(reader.error().cause), reader.error().message);
    return text;
}
