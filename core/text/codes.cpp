#include "text/catalogue.h"
#include "text/sentences.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t wsmanBase = 0x80338000; ///< 0x80338000 to 0x803381FF
constexpr std::uint32_t win32Base = 0x80070000; ///< FACILITY_WIN32 as HRESULT

CodeFacts toFacts(const CodeText &text)
{
    return {text.code,
            text.group,
            text.symbol,
            catalogueText(text.cause),
            catalogueText(text.remedy),
            catalogueText(text.meaning)};
}

bool isHexDigits(QStringView text)
{
    for (const QChar c : text) {
        if (!(c >= u'0' && c <= u'9') && !(c.toLower() >= u'a' && c.toLower() <= u'f'))
            return false;
    }
    return !text.isEmpty();
}

/// Eight hexadecimal digits without 0x: only what can be a failure code, so that 10000000 stays
/// decimal.
bool isBareCode(QStringView text)
{
    if (text.size() != 8 || !isHexDigits(text))
        return false;
    const bool letters = std::any_of(text.begin(), text.end(), [](QChar c) { return c > u'9'; });
    return letters || text.startsWith(u'8');
}

} // namespace

std::vector<CodeFacts> codeFacts(std::uint32_t code)
{
    std::vector<CodeFacts> facts;
    const auto add = [&facts](QStringView group, std::uint32_t number) {
        if (const CodeText *text = codeText(group, number))
            facts.push_back(toFacts(*text));
    };
    const bool lowWordOfWsman = code >= (wsmanBase & 0xffff)
        && code <= (wsmanBase & 0xffff) + 0x1ff;
    add(u"wsman", lowWordOfWsman ? 0x80330000 | code : code);
    add(u"wmi", code);
    add(u"win32", (code & 0xffff0000) == win32Base ? code & 0xffff : code);
    add(u"sspi", code);
    add(u"cim", code);
    return facts;
}

std::vector<CodeFacts> codeFactsNamed(QStringView symbol)
{
    constexpr QLatin1StringView prefix("ERROR_");
    std::vector<CodeFacts> facts;
    const QStringView wanted = symbol.trimmed();
    if (wanted.isEmpty())
        return facts;
    for (const CodeText &text : codeTexts()) {
        const QStringView known(text.symbol);
        const bool same = known.compare(wanted, Qt::CaseInsensitive) == 0;
        const bool sameTail = known.startsWith(prefix)
            && known.sliced(prefix.size()).compare(wanted, Qt::CaseInsensitive) == 0;
        if (same || sameTail)
            facts.push_back(toFacts(text));
    }
    return facts;
}

std::optional<std::uint32_t> parseCode(QStringView text)
{
    const QStringView word = text.trimmed();
    bool ok = false;
    if (word.startsWith("0x"_L1, Qt::CaseInsensitive)) {
        const QStringView digits = word.sliced(2);
        const std::uint32_t code = isHexDigits(digits) ? digits.toUInt(&ok, 16) : 0;
        return ok ? std::optional(code) : std::nullopt;
    }
    if (isBareCode(word))
        return word.toUInt(nullptr, 16);
    for (const QChar c : word.startsWith(u'-') ? word.sliced(1) : word) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
    }
    const qint64 number = word.toLongLong(&ok, 10);
    if (!ok || number < std::numeric_limits<std::int32_t>::min()
        || number > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    return std::uint32_t(number);
}
