#pragma once

#include "common/error.h"
#include "http/httpreply.h"

#include <optional>

/// Says what is wrong with a reply whose body is not a SOAP envelope; nullopt when it looks like
/// one, whatever the status (the body decides). `start` is the body or its first bytes; 1 KiB is
/// enough. Kind::Protocol with HttpDetails. The causes: HttpNotFound, HttpServiceUnavailable,
/// HttpRequestTooLarge and HttpStatus by the status of a refusal; HttpHtml, HttpEmpty, HttpNotSoap
/// by the body.
std::optional<Error> httpBodyError(const HttpHead &head, const QByteArray &start);

/// The reply's facts for an Error, `start` cut to 1 KiB.
HttpDetails httpDetails(const HttpHead &head, const QByteArray &start = {});
