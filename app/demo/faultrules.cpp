#include "demo/faultrules.h"

#include "demo/soapfault.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

using Kind = FaultEffect::Kind;

constexpr std::array<std::string_view, 10> operations = {
    "any", "identify", "get", "put", "create", "delete", "invoke", "enumerate", "pull", "release"};
constexpr std::uint32_t longestDelay = 600'000;
constexpr qsizetype mostRules = 100;

struct Word
{
    std::string_view text;
    Kind kind;
};
constexpr std::array words = {Word{"html", Kind::Html}, Word{"close-before", Kind::CloseBefore},
                              Word{"close-after", Kind::CloseAfter}, Word{"cut", Kind::Cut},
                              Word{"malformed", Kind::Malformed}};

std::optional<std::uint32_t> number(std::string_view text)
{
    const bool hex = text.starts_with("0x");
    if (hex)
        text.remove_prefix(2);
    std::uint32_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value,
                                               hex ? 16 : 10);
    if (text.empty() || error != std::errc() || stop != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// The part after the word and a dash; nullopt when the text begins otherwise.
std::optional<std::string_view> after(std::string_view text, std::string_view word)
{
    if (!text.starts_with(word))
        return std::nullopt;
    return text.substr(word.size());
}

bool readEffect(std::string_view text, FaultEffect &effect)
{
    const auto word = std::find_if(words.begin(), words.end(),
                                   [text](const Word &known) { return known.text == text; });
    if (word != words.end()) {
        effect.kind = word->kind;
        return true;
    }
    if (const auto delay = after(text, "delay-")) {
        const auto ms = number(*delay);
        effect.delay = std::chrono::milliseconds(ms.value_or(0));
        return ms && *ms <= longestDelay;
    }
    if (const auto status = after(text, "http-")) {
        effect.kind = Kind::Http;
        effect.number = number(*status).value_or(0);
        return effect.number >= 200 && effect.number <= 599;
    }
    const auto fault = after(text, "fault-");
    if (!fault)
        return false;
    effect.kind = Kind::Fault;
    effect.number = number(*fault).value_or(codeOfSubcode(*fault));
    return effect.number != 0;
}

} // namespace

bool FaultRules::readWhere(std::string_view text, Rule &rule)
{
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        std::string_view count = text.substr(colon + 1);
        rule.once = !count.ends_with('+');
        if (!rule.once)
            count.remove_suffix(1);
        rule.from = number(count).value_or(0);
        text = text.substr(0, colon);
    }
    rule.where = text;
    const bool known = std::find(operations.begin(), operations.end(), text) != operations.end();
    const auto method = after(text, "invoke/");
    return rule.from > 0 && (known || (method && !method->empty()));
}

bool FaultRules::readRule(std::string_view text, Rule &rule)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos)
        return readEffect(text, rule.effect);
    return readWhere(text.substr(0, equals), rule)
        && readEffect(text.substr(equals + 1), rule.effect);
}

Result<FaultRules> FaultRules::parse(const QString &spec)
{
    FaultRules faults;
    const QStringList parts = spec.isEmpty() ? QStringList() : spec.split(u',');
    if (parts.size() > mostRules)
        return Error::of(Error::Kind::Local, Cause::LocalUsage,
                         u"--fault: more than %1 rules"_s.arg(mostRules));
    for (const QString &part : parts) {
        const std::string text = part.trimmed().toLower().toStdString();
        Rule rule;
        if (!readRule(text, rule))
            return Error::of(Error::Kind::Local, Cause::LocalUsage,
                             u"--fault: \"%1\" is no rule such as get:2=fault-AccessDenied"_s.arg(
                                 part.trimmed()));
        faults.m_rules.push_back(std::move(rule));
    }
    return faults;
}

FaultEffect FaultRules::next(std::string_view operation)
{
    const std::string_view group = operation.substr(0, operation.find('/'));
    FaultEffect effect;
    for (Rule &rule : m_rules) {
        if (rule.where != "any" && rule.where != group && rule.where != operation)
            continue;
        ++rule.seen;
        if (rule.once ? rule.seen != rule.from : rule.seen < rule.from)
            continue;
        effect.delay += rule.effect.delay;
        if (effect.kind == Kind::None) {
            effect.kind = rule.effect.kind;
            effect.number = rule.effect.number;
        }
    }
    return effect;
}
