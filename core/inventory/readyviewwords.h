#pragma once

#include "inventory/readyview.h"

#include <array>
#include <optional>
#include <utility>

/// The words that a file of a ready view has for what there is a choice of, for its reader and its
/// writer.
namespace ReadyViewWords {

template<typename T, std::size_t N>
std::optional<T> named(const std::array<std::pair<QLatin1StringView, T>, N> &list,
                       const QString &name)
{
    for (const auto &[word, value] : list) {
        if (name == word)
            return value;
    }
    return std::nullopt;
}

template<typename T, std::size_t N>
QString nameOf(const std::array<std::pair<QLatin1StringView, T>, N> &list, T value)
{
    for (const auto &[word, known] : list) {
        if (known == value)
            return word;
    }
    return {};
}

using Unit = ViewUnit;
inline constexpr std::array<std::pair<QLatin1StringView, Unit>, 17> units{
    {{QLatin1StringView(""), Unit::None},
     {QLatin1StringView("number"), Unit::Number},
     {QLatin1StringView("id"), Unit::Id},
     {QLatin1StringView("bytes"), Unit::Bytes},
     {QLatin1StringView("KiB"), Unit::KiB},
     {QLatin1StringView("MiB"), Unit::MiB},
     {QLatin1StringView("100 ns"), Unit::Ticks},
     {QLatin1StringView("ms"), Unit::Milliseconds},
     {QLatin1StringView("s"), Unit::Seconds},
     {QLatin1StringView("since"), Unit::Since},
     {QLatin1StringView("date"), Unit::Date},
     {QLatin1StringView("MHz"), Unit::MHz},
     {QLatin1StringView("bit/s"), Unit::BitsPerSecond},
     {QLatin1StringView("percent"), Unit::Percent},
     {QLatin1StringView("W"), Unit::Watt},
     {QLatin1StringView("V"), Unit::Volt},
     {QLatin1StringView("rpm"), Unit::Rpm}}};
using Sign = ViewMark::Sign;
inline constexpr std::array<std::pair<QLatin1StringView, Sign>, 5> signs{
    {{QLatin1StringView("ok"), Sign::Ok},
     {QLatin1StringView("running"), Sign::Running},
     {QLatin1StringView("warning"), Sign::Warning},
     {QLatin1StringView("error"), Sign::Error},
     {QLatin1StringView("muted"), Sign::Muted}}};
using Type = ViewParameter::Type;
inline constexpr std::array<std::pair<QLatin1StringView, Type>, 4> types{
    {{QLatin1StringView("text"), Type::Text},
     {QLatin1StringView("number"), Type::Number},
     {QLatin1StringView("choice"), Type::Choice},
     {QLatin1StringView("span"), Type::Span}}};

} // namespace ReadyViewWords
