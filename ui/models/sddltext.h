#pragma once

#include <QStringView>

#include <optional>
#include <vector>

/// One part of a security descriptor in words: "Owner", "Allowed" and the like, and what it says.
struct SddlPart
{
    QString name;
    QString text;
    bool operator==(const SddlPart &) const = default;
};

/// A security descriptor in the definition language (`O:NSG:BAD:P(A;;GA;;;BA)`) as words, part by
/// part; nothing when the text is none. What has no word stays as written: SIDs, hexadecimal
/// rights, conditions. At most 64 KiB and 1,000 entries. Source: [MS-DTYP] 2.5.1.
std::optional<std::vector<SddlPart>> sddlParts(QStringView text);
