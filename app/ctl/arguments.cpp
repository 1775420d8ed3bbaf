#include "ctl/arguments.h"

#include "demo/personality.h"
#include "protocol/namespaces.h"

#include <QHash>

#include <cmath>
#include <functional>

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message, const QString &word)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message, RuleDetails{.rule = word});
}

/// One option: its names, whether it takes a value, what it does with it, and the verbs it says
/// something to (none: all).
struct OptionRow
{
    QStringList names;
    bool takesValue;
    std::function<Done(Arguments &, const QString &)> apply;
    QStringList verbs = {};
};

auto text(QString Arguments::*member)
{
    return [member](Arguments &arguments, const QString &value) {
        arguments.*member = value;
        return Done();
    };
}

auto flag(bool Arguments::*member, bool to = true)
{
    return [member, to](Arguments &arguments, const QString &) {
        arguments.*member = to;
        return Done();
    };
}

/// Bounds are exact in a double; whole unless `least` is not.
Result<double> number(const QString &value, double least, double most, const QString &option)
{
    bool ok = false;
    const double result = value.toDouble(&ok);
    const bool whole = least == std::floor(least);
    if (!ok || !(result >= least && result <= most) || (whole && result != std::floor(result))) {
        return usage(u"%1 takes a %2number from %3 to %4"_s.arg(option, whole ? u"whole "_s : u""_s)
                         .arg(least)
                         .arg(most, 0, 'f', 0),
                     option);
    }
    return result;
}

/// Assigns a checked number, converted by `make`.
auto numeric(const QString &option, double least, double most, auto make)
{
    return [=](Arguments &arguments, const QString &value) -> Done {
        const auto result = number(value, least, most, option);
        if (!result)
            return result.error();
        make(arguments, *result);
        return {};
    };
}

Result<Selector> nameAndValue(const QString &word, const QString &option)
{
    const qsizetype equals = word.indexOf(u'=');
    if (equals < 1)
        return usage(u"%1 takes NAME=VALUE"_s.arg(option), option);
    return Selector{.name = word.left(equals), .value = word.mid(equals + 1)};
}

Done addSelector(Arguments &arguments, const QString &value)
{
    const auto selector = nameAndValue(value, u"--selector"_s);
    if (!selector)
        return selector.error();
    arguments.selectors.push_back(*selector);
    return {};
}

Done addOption(Arguments &arguments, const QString &value)
{
    const auto pair = nameAndValue(value, u"--option"_s);
    if (!pair)
        return pair.error();
    Option option{.name = pair->name, .value = pair->value};
    if (option.value.endsWith(u'!')) {
        option.value.chop(1);
        option.mustComply = true;
    }
    if (option.value == "$null"_L1)
        option.value = QString();
    arguments.options.push_back(option);
    return {};
}

Done setAuthentication(Arguments &arguments, const QString &value)
{
    arguments.authentication = authenticationNamed(value);
    if (!arguments.authentication)
        return usage(u"-a takes auto, none, basic, negotiate, ntlm or kerberos"_s, u"-a"_s);
    return {};
}

Done setPin(Arguments &arguments, const QString &value)
{
    const auto pin = parsePin(value);
    if (!pin)
        return pin.error();
    arguments.pin = *pin;
    return {};
}

Done setFormat(Arguments &arguments, const QString &value)
{
    if (value != "raw"_L1 && !exportFormatNamed(value))
        return usage(u"-f takes text, tree, xml, raw, json, jsonl, csv, html or md"_s, u"-f"_s);
    arguments.format = value;
    return {};
}

Done setDialect(Arguments &arguments, const QString &value)
{
    static const QHash<QString, std::string_view> dialects{
        {u"wql"_s, uri::wql},
        {u"cql"_s, uri::cql},
        {u"xpath"_s, uri::xpath},
        {u"selector"_s, uri::selectorFilter},
        {u"association"_s, uri::associationFilter},
    };
    const auto known = dialects.constFind(value.toLower());
    if (known != dialects.cend())
        arguments.filter.dialect = QString::fromLatin1(*known);
    else if (value.contains(u':'))
        arguments.filter.dialect = value;
    else
        return usage(u"--dialect takes wql, cql, selector, association, xpath or a URI"_s,
                     u"--dialect"_s);
    return {};
}

/// Sets `target` to what `value` names in `words`, ignoring case.
template<typename T>
Done setNamed(T &target, const QHash<QString, T> &words, const QString &value,
              const QString &option, const QString &possible)
{
    const auto found = words.constFind(value.toLower());
    if (found == words.cend())
        return usage(u"%1 takes %2"_s.arg(option, possible), option);
    target = *found;
    return {};
}

Done setReturn(Arguments &arguments, const QString &value)
{
    return setNamed(arguments.returnMode,
                    {{u"object"_s, EnumerationMode::Object},
                     {u"epr"_s, EnumerationMode::Reference},
                     {u"both"_s, EnumerationMode::ObjectAndReference}},
                    value, u"--return"_s, u"object, epr or both"_s);
}

Done setPolymorphism(Arguments &arguments, const QString &value)
{
    return setNamed(arguments.polymorphism,
                    {{u"deep"_s, PolymorphismMode::Deep},
                     {u"shallow"_s, PolymorphismMode::Shallow},
                     {u"base-only"_s, PolymorphismMode::BaseOnly}},
                    value, u"--polymorphism"_s, u"deep, shallow or base-only"_s);
}

Done setWord(bool &target, const QString &value, QLatin1StringView on, QLatin1StringView off,
             const QString &option)
{
    if (value != on && value != off)
        return usage(u"%1 takes %2 or %3"_s.arg(option, on, off), option);
    target = value == on;
    return {};
}

std::vector<OptionRow> connectionOptions()
{
    using ms = std::chrono::milliseconds;
    return {
        {{u"-r"_s, u"--remote"_s}, true, text(&Arguments::remote)},
        {{u"-p"_s, u"--profile"_s}, true, text(&Arguments::profile)},
        {{u"-u"_s, u"--user"_s},
         true,
         [](Arguments &arguments, const QString &value) {
             arguments.user = value;
             arguments.hasUser = true;
             return Done();
         }},
        {{u"--password-stdin"_s}, false, flag(&Arguments::passwordFromStdin)},
        {{u"--password-file"_s}, true, text(&Arguments::passwordFile)},
        {{u"-a"_s, u"--auth"_s}, true, setAuthentication},
        {{u"--ca"_s}, true, text(&Arguments::caFile)},
        {{u"--pin"_s}, true, setPin},
        {{u"--skip-ca-check"_s}, false, flag(&Arguments::skipCaCheck)},
        {{u"--skip-cn-check"_s}, false, flag(&Arguments::skipCnCheck)},
        {{u"--skip-revocation-check"_s}, false, flag(&Arguments::skipRevocationCheck)},
        {{u"--no-encryption"_s}, false, flag(&Arguments::noEncryption)},
        {{u"--unverified-host"_s}, false, flag(&Arguments::unverifiedHost)},
        {{u"--readonly"_s}, false, flag(&Arguments::readOnly)},
        {{u"--spn"_s}, true, text(&Arguments::servicePrincipal)},
        {{u"--spn-port"_s}, false, flag(&Arguments::servicePort)},
        {{u"--delegate"_s}, false, flag(&Arguments::delegate)},
        {{u"--timeout"_s},
         true,
         numeric(
             u"--timeout"_s, 0.5, 4294967,
             [](Arguments &a, double seconds) { a.timeout = ms(std::int64_t(seconds * 1000)); })},
        {{u"--max-envelope"_s},
         true,
         numeric(u"--max-envelope"_s, 8, 1039440,
                 [](Arguments &a, double kib) { a.maxEnvelopeKib = std::uint32_t(kib); })},
        {{u"--locale"_s}, true, text(&Arguments::locale)},
        {{u"--utf16"_s}, false, flag(&Arguments::utf16)},
    };
}

std::vector<OptionRow> onlyFor(const QStringList &verbs, std::vector<OptionRow> rows)
{
    for (OptionRow &row : rows)
        row.verbs = verbs;
    return rows;
}

std::vector<OptionRow> resourceOptions()
{
    return {
        {{u"--namespace"_s}, true, text(&Arguments::cimNamespace)},
        {{u"--selector"_s}, true, addSelector},
        {{u"--option"_s}, true, addOption},
        {{u"--fragment"_s}, true, text(&Arguments::fragment)},
        {{u"--input"_s}, true, text(&Arguments::input)},
        {{u"--allow-costly"_s}, false, flag(&Arguments::allowCostly)},
    };
}

std::vector<OptionRow> enumerationOptions()
{
    return onlyFor(
        {u"enumerate"_s, u"associators"_s, u"references"_s},
        {
            {{u"--filter"_s},
             true,
             [](Arguments &arguments, const QString &value) {
                 arguments.filter.text = value;
                 return Done();
             }},
            {{u"--dialect"_s}, true, setDialect},
            {{u"--return"_s}, true, setReturn},
            {{u"--polymorphism"_s}, true, setPolymorphism},
            {{u"--associations"_s}, false, flag(&Arguments::associations)},
            {{u"--max"_s},
             true,
             numeric(u"--max"_s, 1, 4294967295.0,
                     [](Arguments &a, double rows) { a.maxRows = std::uint64_t(rows); })},
        });
}

std::vector<OptionRow> outputOptions()
{
    return {
        {{u"-f"_s, u"--format"_s}, true, setFormat},
        {{u"-o"_s, u"--output"_s}, true, text(&Arguments::output)},
        {{u"--force"_s}, false, flag(&Arguments::force)},
        {{u"--columns"_s},
         true,
         [](Arguments &arguments, const QString &value) {
             arguments.columns = value.split(u',', Qt::SkipEmptyParts);
             QStringList folded = value.toLower().split(u',', Qt::SkipEmptyParts);
             if (folded.isEmpty())
                 return Done(usage(u"--columns takes A,B"_s, u"--columns"_s));
             return folded.removeDuplicates() == 0
                 ? Done()
                 : Done(usage(u"--columns names a column twice"_s, u"--columns"_s));
         }},
        {{u"--no-formula-guard"_s}, false, flag(&Arguments::formulaGuard, false)},
        {{u"--trace"_s}, true, text(&Arguments::traceFile)},
        {{u"--progress"_s},
         true,
         [](Arguments &arguments, const QString &value) {
             return setWord(arguments.progress, value, "auto"_L1, "never"_L1, u"--progress"_s);
         }},
        {{u"-v"_s, u"--verbose"_s}, false, flag(&Arguments::verbose)},
        {{u"-q"_s, u"--quiet"_s}, false, flag(&Arguments::quiet)},
        {{u"--error-format"_s},
         true,
         [](Arguments &arguments, const QString &value) {
             return setWord(arguments.jsonErrors, value, "json"_L1, "text"_L1, u"--error-format"_s);
         }},
        {{u"--summary"_s}, false, flag(&Arguments::summary), {u"open"_s}},
        {{u"-h"_s, u"--help"_s}, false, flag(&Arguments::help)},
        {{u"--version"_s}, false, flag(&Arguments::version)},
    };
}

std::vector<OptionRow> demoOptions()
{
    using ms = std::chrono::milliseconds;
    return onlyFor({u"demo"_s},
                   {
                       {{u"--port"_s},
                        true,
                        numeric(u"--port"_s, 0, 65535,
                                [](Arguments &a, double port) { a.port = quint16(port); })},
                       {{u"--tls"_s}, false, flag(&Arguments::tls)},
                       {{u"--items"_s},
                        true,
                        numeric(u"--items"_s, 0, 10'000'000,
                                [](Arguments &a, double n) { a.items = int(n); })},
                       {{u"--latency"_s},
                        true,
                        numeric(u"--latency"_s, 0, 600'000,
                                [](Arguments &a, double n) { a.latency = ms(int(n)); })},
                       {{u"--fault"_s}, true, text(&Arguments::fault)},
                       {{u"--as"_s},
                        true,
                        [](Arguments &arguments, const QString &value) {
                            arguments.demoAs = value;
                            return Personality::named(value)
                                ? Done()
                                : Done(usage(u"--as takes "_s + Personality::names().join(u", "_s),
                                             u"--as"_s));
                        }},
                   });
}

std::vector<OptionRow> profileOptions()
{
    return onlyFor({u"profiles"_s},
                   {
                       {{u"--name"_s}, true, text(&Arguments::name)},
                       {{u"--folder"_s}, true, text(&Arguments::folder)},
                       {{u"--color"_s}, true, text(&Arguments::color)},
                       {{u"--tags"_s},
                        true,
                        [](Arguments &arguments, const QString &value) {
                            arguments.tags = value.split(u',', Qt::SkipEmptyParts);
                            return Done();
                        }},
                       {{u"--save-password"_s},
                        true,
                        [](Arguments &arguments, const QString &value) {
                            arguments.storage = value;
                            bool keychain = false;
                            return setWord(keychain, value, "keychain"_L1, "ask"_L1,
                                           u"--save-password"_s);
                        }},
                   });
}

const std::vector<OptionRow> &allOptions()
{
    static const std::vector<OptionRow> rows = [] {
        std::vector<OptionRow> all;
        for (const auto &group : {connectionOptions(), resourceOptions(), enumerationOptions(),
                                  outputOptions(), demoOptions(), profileOptions()})
            all.insert(all.end(), group.begin(), group.end());
        return all;
    }();
    return rows;
}

const OptionRow *optionNamed(const QString &name)
{
    for (const OptionRow &row : allOptions()) {
        if (row.names.contains(name))
            return &row;
    }
    return nullptr;
}

void place(Arguments &arguments, const QString &word)
{
    if (arguments.verb.isEmpty())
        arguments.verb = word;
    else
        arguments.words.append(word);
}

bool isOption(const QString &word)
{
    return word.size() > 1 && word.startsWith(u'-') && !word.at(1).isDigit();
}

/// An option that says nothing to the verb is a mistake: left out in silence, it would promise what
/// is not done.
Done checkFits(const QString &verb, const std::vector<std::pair<QString, QStringList>> &limited)
{
    for (const auto &[name, verbs] : limited) {
        if (!verb.isEmpty() && !verbs.contains(verb))
            return usage(u"%1 is for %2, not for %3"_s.arg(name, verbs.join(u", "_s), verb), name);
    }
    return {};
}

/// Reads the option at `index` and moves past what it took; notes it where it is for some verbs
/// only.
Done readOption(Arguments &arguments, const QStringList &words, qsizetype &index,
                std::vector<std::pair<QString, QStringList>> &limited)
{
    const QString word = words.at(index++);
    const qsizetype equals = word.startsWith("--"_L1) ? word.indexOf(u'=') : -1;
    const QString name = equals < 0 ? word : word.left(equals);
    const OptionRow *option = optionNamed(name);
    if (!option)
        return usage(u"there is no option %1"_s.arg(name), name);
    if (!option->verbs.isEmpty())
        limited.emplace_back(name, option->verbs);
    if (!option->takesValue) {
        if (equals >= 0)
            return usage(u"%1 takes no value"_s.arg(name), name);
        return option->apply(arguments, {});
    }
    if (equals >= 0)
        return option->apply(arguments, word.mid(equals + 1));
    if (index >= words.size())
        return usage(u"%1 needs a value"_s.arg(name), name);
    return option->apply(arguments, words.at(index++));
}

} // namespace

bool Arguments::isRaw() const
{
    return format == "raw"_L1;
}

ExportFormat Arguments::exportFormat() const
{
    return exportFormatNamed(format).value_or(ExportFormat::Text);
}

Result<Arguments> parseArguments(const QStringList &words)
{
    Arguments arguments;
    std::vector<std::pair<QString, QStringList>> limited;
    for (qsizetype index = 0; index < words.size();) {
        const QString &word = words.at(index);
        if (word == "--"_L1) {
            for (++index; index < words.size(); ++index)
                place(arguments, words.at(index));
        } else if (isOption(word)) {
            const Done applied = readOption(arguments, words, index, limited);
            if (!applied)
                return applied.error();
        } else {
            place(arguments, word);
            ++index;
        }
    }
    // Help is given whatever else stands there.
    if (const Done fits = checkFits(arguments.verb, limited); !fits && !arguments.help)
        return fits.error();
    return arguments;
}

bool wantsJsonErrors(const QStringList &words)
{
    return words.contains("--error-format=json"_L1)
        || words.value(words.indexOf(u"--error-format"_s) + 1) == "json"_L1;
}

QStringList optionNames()
{
    QStringList names;
    for (const OptionRow &row : allOptions())
        names += row.names;
    return names;
}
