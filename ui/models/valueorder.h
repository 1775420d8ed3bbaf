#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Values compared without a locale and without QString, for sorting and filtering many rows.

/// A number as written: integers exact over the whole of int64 and uint64, else a double.
struct NumberKey
{
    bool integer = false;
    bool negative = false;
    std::uint64_t bits = 0; ///< of an integer: such that equal signs compare as unsigned
    double real = 0;
    bool operator<(const NumberKey &other) const;
    bool operator==(const NumberKey &other) const;
};
/// The whole text is one number (spaces around it allowed), decimal or with an exponent.
std::optional<NumberKey> numberKey(std::string_view text);

/// Microseconds since 1970 UTC of an xs:dateTime or a DMTF timestamp (a time without offset counts
/// as UTC); nullopt when it is neither.
std::optional<std::int64_t> timeKey(std::string_view text);

/// UTF-8 with case folded: ASCII here, the rest as Unicode says.
std::string foldedText(std::string_view text);
void appendFolded(std::string &out, std::string_view text);
bool isAscii(std::string_view text);
/// `needle` is folded; `text` is folded as it is read.
bool containsFolded(std::string_view text, std::string_view needle);
bool equalsFolded(std::string_view text, std::string_view folded);
