#pragma once

#include "protocol/representation.h"

/// One wished change: what was read stays as it is, the change lies over it. Paths name elements by
/// local name (exact, else ignoring case where only one fits): `StartMode`, `Auth/Basic`, `Name[2]`
/// (the second of a repeated element, from 1; one past the last appends), `Param[1]/@Value` (an
/// attribute).
struct Patch
{
    enum class Change {
        Set,    ///< `shape` and `values` in place of what is there
        Absent, ///< not sent
    };
    QString path;
    Change change = Change::Set;
    Property::Shape shape = Property::Shape::Single;
    std::vector<Value> values; ///< for an attribute or one of several: exactly one

    bool operator==(const Patch &) const = default;

    static Patch absent(const QString &path);
    static Patch null(const QString &path);
    static Patch text(const QString &path, const QString &text);
    static Patch texts(const QString &path, const QStringList &texts); ///< an array, may be empty
    static Patch secret(const QString &path, const ::Secret &secret);
    static Patch of(const QString &path, const Value &value);
};

/// `base` with the patches laid over it, in order. An element that is not there is added behind the
/// others, in the namespace of its parent; text over a cim:Datetime or cim:Interval becomes one;
/// xsi:type stays unless the patch brings one. Cause::LocalUsage: an empty or malformed path, a
/// name that fits several elements, a path through a value that has no elements, an index outside.
Result<Representation> applyPatches(Representation base, const std::vector<Patch> &patches);

/// The top-level names that patches touch, each once, spelled as in `base` where it has them.
QStringList touchedProperties(const Representation &base, const std::vector<Patch> &patches);

/// Paths of the patches whose wish `after` does not show (booleans are compared ignoring case;
/// secrets and write-only elements cannot be compared and count as shown).
QStringList unappliedPatches(const Representation &after, const std::vector<Patch> &patches);
