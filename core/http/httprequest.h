#pragma once

#include <QByteArray>

#include <utility>
#include <vector>

/// One HTTP/1.1 POST as it leaves.
struct HttpRequest
{
    QByteArray target = "/"; ///< path and query, encoded
    QByteArray host;         ///< with the port; an IPv6 address in brackets
    std::vector<std::pair<QByteArray, QByteArray>> fields; ///< all but Host and Content-Length
    QByteArray body;

    /// Head and body in one piece. Empty when a part of the head has a character that has no place
    /// there: such a request is never sent.
    QByteArray bytes() const;
};
