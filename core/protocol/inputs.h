#pragma once

#include "protocol/cimclass.h"
#include "protocol/patch.h"

#include <functional>

/// Reads files that inputs name; "-" is the standard input.
struct InputFiles
{
    std::function<Result<QByteArray>(const QString &path)> text;
    std::function<Result<Secret>(const QString &path)> secret; ///< for write-only names
};

/// Reads `name=value` words as winrmctl takes them: `n=v`; `n=` is empty; `n=$null` is nil; a name
/// that comes again makes an array; `n=@FILE` and `n=@-` are the file's text (UTF-8); `n=\$...` and
/// `n=\@...` are meant as they stand. `n` is the path of a Patch. What stands under a write-only
/// name becomes a secret, and must come from a file, be empty or be $null.
/// Cause::LocalUsage for a word without '=' or name, for a secret among the words, for what is no
/// UTF-8, and for a character that XML cannot carry; else the error of `files`.
Result<std::vector<Patch>> parseInputs(const QStringList &words, const InputFiles &files);

/// Gives the values of patches at the top level the form that a schema asks for (properties of a
/// class, or parameters of a method): datetimes (ISO and DMTF text, "P..." durations), arrays of
/// one, references (`URI?Name=value`), booleans in small letters. Names the schema does not know
/// stay as they are. Cause::LocalUsage for text that is no datetime or reference.
Result<std::vector<Patch>> typedInputs(std::vector<Patch> patches,
                                       const std::vector<CimProperty> &schema);

/// A datetime as people and hosts write it: ISO 8601, xs:duration, DMTF
/// ("20240131120000.000000+060", "00000003000000.000000:000", with asterisks). Nothing for other
/// text. Source: DSP0004 5.2.4, DSP0230 9.3.
std::optional<Value> dateValue(const QString &text);
