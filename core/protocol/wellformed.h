#pragma once

#include "common/error.h"

#include <QByteArray>

/// Why `bytes` could not be read as XML, in a few words with the place: "mismatched tag: line 11,
/// column 50". The words are ours and stay (document/xmlproblem.h). Lines count from 1, columns
/// from 0 and point at the name or the value that is wrong, or just before what could not follow.
/// `error` is what XmlReader said.
QString malformedReason(const QByteArray &bytes, const Error &error);
