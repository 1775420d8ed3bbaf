#pragma once

#include <QChar>
#include <QString>
#include <QStringList>

#include <vector>

/// Records of a text with fields between delimiters, quoted where they hold one (RFC 4180). Records
/// without any field text are left out. Nothing for a quotation mark that is never closed.
std::optional<std::vector<QStringList>> readDelimited(const QString &text, QChar delimiter);

/// Of `,`, `;` and tab the one that the first line has most of.
QChar delimiterOf(const QString &text);
