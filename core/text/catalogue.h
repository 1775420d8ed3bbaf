#pragma once

#include "common/cause.h"
#include "text/sentences.h"

#include <QString>
#include <QStringList>

#include <vector>

/// What resources/errors/causes.json says of one Cause, in English. `arguments` names what `%1`,
/// `%2` and `%3` of the sentence stand for (resources/errors/README.md).
struct CauseText
{
    QString sentence;
    QStringList arguments;
    QString remedy;
};

/// What resources/errors/codes.json says of one code, in English. Empty texts where nothing is
/// said.
struct CodeText
{
    QString group;
    std::uint32_t code = 0;
    QString symbol;
    QString meaning;
    QString cause;
    QString remedy;
};

/// Read on first use. Null for a cause without an entry (a fault of the catalogue, held by a test).
const CauseText *causeText(Cause cause);
/// Ids of all entries of causes.json, in its order.
QStringList causeTextIds();
/// All entries of codes.json in its order, read on first use.
const std::vector<CodeText> &codeTexts();
/// The entry of that group and number; null without one.
const CodeText *codeText(QStringView group, std::uint32_t code);
