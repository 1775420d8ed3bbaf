#include "demo/wql.h"

#include "demo/soaprequest.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>
#include <charconv>
#include <optional>

namespace {

constexpr int maxNesting = 64;
constexpr std::size_t maxQuery = 16 * 1024;

struct Token
{
    enum class Kind { Word, Text, Number, Sign, End };
    Kind kind = Kind::End;
    std::string text;
};

bool isWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
        advance();
    }
    const Token &token() const { return m_token; }
    bool isWord(std::string_view word) const
    {
        return m_token.kind == Token::Kind::Word && equalIgnoringCase(m_token.text, word);
    }
    bool isSign(std::string_view sign) const
    {
        return m_token.kind == Token::Kind::Sign && m_token.text == sign;
    }
    bool takeWord(std::string_view word)
    {
        if (!isWord(word))
            return false;
        advance();
        return true;
    }
    bool takeSign(std::string_view sign)
    {
        if (!isSign(sign))
            return false;
        advance();
        return true;
    }
    std::string word(const char *what)
    {
        if (m_token.kind != Token::Kind::Word)
            throw wqlFault(std::string("The query lacks ") + what + near());
        std::string text = m_token.text;
        advance();
        return text;
    }
    std::string near() const
    {
        if (m_token.kind == Token::Kind::End)
            return " at its end.";
        return " near \"" + m_token.text + "\".";
    }
    void advance();

private:
    void readText(char quote);

    std::string_view m_text;
    std::size_t m_at = 0;
    Token m_token;
};

void Scanner::readText(char quote)
{
    m_token.kind = Token::Kind::Text;
    while (m_at < m_text.size() && m_text[m_at] != quote) {
        if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
            ++m_at;
        m_token.text += m_text[m_at++];
    }
    if (m_at == m_text.size())
        throw wqlFault("A text in the query has no closing quote.");
    ++m_at;
}

void Scanner::advance()
{
    while (m_at < m_text.size()
           && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string::npos)
        ++m_at;
    m_token = {};
    if (m_at == m_text.size())
        return;
    const char c = m_text[m_at];
    const bool negative = c == '-' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]);
    const std::size_t start = m_at++;
    if (c == '\'' || c == '"') {
        readText(c);
        return;
    }
    if (isWordStart(c)) {
        m_token.kind = Token::Kind::Word;
        while (m_at < m_text.size() && (isWordStart(m_text[m_at]) || isDigit(m_text[m_at])))
            ++m_at;
    } else if (isDigit(c) || negative) {
        m_token.kind = Token::Kind::Number;
        while (m_at < m_text.size()
               && (isDigit(m_text[m_at]) || isWordStart(m_text[m_at]) || m_text[m_at] == '.'))
            ++m_at;
    } else {
        m_token.kind = Token::Kind::Sign;
        if (m_at < m_text.size()
            && ((c == '<' && (m_text[m_at] == '=' || m_text[m_at] == '>'))
                || ((c == '>' || c == '!') && m_text[m_at] == '=')))
            ++m_at;
    }
    m_token.text = m_text.substr(start, m_at - start);
}

std::string decimal(const std::string &number)
{
    if (!number.starts_with("0x") && !number.starts_with("0X"))
        return number;
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(number.data() + 2, number.data() + number.size(),
                                               value, 16);
    if (error != std::errc() || stop != number.data() + number.size())
        throw wqlFault("\"" + number + "\" is not a number.");
    return std::to_string(value);
}

std::optional<WqlLiteral> readLiteral(Scanner &scan)
{
    WqlLiteral literal;
    if (scan.token().kind == Token::Kind::Text) {
        literal = {WqlLiteral::Kind::Text, scan.token().text};
    } else if (scan.token().kind == Token::Kind::Number) {
        literal = {WqlLiteral::Kind::Number, decimal(scan.token().text)};
    } else if (scan.isWord("true") || scan.isWord("false")) {
        literal = {WqlLiteral::Kind::Boolean, scan.isWord("true") ? "true" : "false"};
    } else if (!scan.isWord("null")) {
        return std::nullopt;
    }
    scan.advance();
    return literal;
}

std::optional<WqlCondition::Operator> readOperator(Scanner &scan)
{
    using Op = WqlCondition::Operator;
    struct Sign
    {
        std::string_view text;
        Op op;
    };
    static constexpr std::array signs = {
        Sign{"=", Op::Equal},         Sign{"<>", Op::NotEqual},  Sign{"!=", Op::NotEqual},
        Sign{"<", Op::Less},          Sign{"<=", Op::LessEqual}, Sign{">", Op::Greater},
        Sign{">=", Op::GreaterEqual},
    };
    for (const Sign &sign : signs) {
        if (scan.takeSign(sign.text))
            return sign.op;
    }
    return std::nullopt;
}

WqlCondition::Operator mirrored(WqlCondition::Operator op)
{
    using Op = WqlCondition::Operator;
    switch (op) {
    case Op::Less:
        return Op::Greater;
    case Op::LessEqual:
        return Op::GreaterEqual;
    case Op::Greater:
        return Op::Less;
    case Op::GreaterEqual:
        return Op::LessEqual;
    default:
        return op;
    }
}

WqlCondition readOr(Scanner &scan, int depth);

WqlCondition negation(WqlCondition of)
{
    WqlCondition made;
    made.kind = WqlCondition::Kind::Not;
    made.parts.push_back(std::move(of));
    return made;
}

WqlCondition readComparison(Scanner &scan)
{
    WqlCondition made;
    if (auto literal = readLiteral(scan)) {
        const auto op = readOperator(scan);
        if (!op)
            throw wqlFault("The query lacks an operator" + scan.near());
        made.op = mirrored(*op);
        made.literal = std::move(*literal);
        made.property = scan.word("a property");
        return made;
    }
    made.property = scan.word("a property");
    if (scan.takeWord("is")) {
        const bool negated = scan.takeWord("not");
        if (!scan.takeWord("null"))
            throw wqlFault("The query lacks NULL" + scan.near());
        made.kind = WqlCondition::Kind::IsNull;
        return negated ? negation(std::move(made)) : made;
    }
    const bool negated = scan.takeWord("not");
    if (scan.takeWord("like"))
        made.kind = WqlCondition::Kind::Like;
    else if (!negated && scan.takeWord("isa"))
        made.kind = WqlCondition::Kind::IsA;
    else if (const auto op = readOperator(scan); op && !negated)
        made.op = *op;
    else
        throw wqlFault("The query lacks an operator" + scan.near());
    auto literal = readLiteral(scan);
    if (!literal)
        throw wqlFault("The query lacks a value" + scan.near());
    made.literal = std::move(*literal);
    if (made.kind != WqlCondition::Kind::Compare && made.literal.kind != WqlLiteral::Kind::Text)
        throw wqlFault("LIKE and ISA need a text.");
    if (made.literal.kind == WqlLiteral::Kind::Null) { // "x = NULL" is "x is null" to WMI
        if (made.op != WqlCondition::Operator::Equal && made.op != WqlCondition::Operator::NotEqual)
            throw wqlFault("NULL cannot be ordered.");
        made.kind = WqlCondition::Kind::IsNull;
        if (made.op == WqlCondition::Operator::NotEqual)
            return negation(std::move(made));
    }
    return negated ? negation(std::move(made)) : made;
}

WqlCondition readUnary(Scanner &scan, int depth)
{
    if (depth > maxNesting)
        throw wqlFault("The condition is nested too deep.");
    if (scan.takeWord("not"))
        return negation(readUnary(scan, depth + 1));
    if (!scan.takeSign("("))
        return readComparison(scan);
    WqlCondition made = readOr(scan, depth + 1);
    if (!scan.takeSign(")"))
        throw wqlFault("The query lacks a closing bracket" + scan.near());
    return made;
}

WqlCondition readChain(Scanner &scan, int depth, bool any)
{
    WqlCondition made;
    made.kind = any ? WqlCondition::Kind::Or : WqlCondition::Kind::And;
    do {
        made.parts.push_back(any ? readChain(scan, depth, false) : readUnary(scan, depth));
    } while (scan.takeWord(any ? "or" : "and"));
    return made.parts.size() == 1 ? WqlCondition(std::move(made.parts.front())) : made;
}

WqlCondition readOr(Scanner &scan, int depth)
{
    return readChain(scan, depth, true);
}

/// Microseconds since 1970 of an ISO or a DMTF text.
std::optional<std::int64_t> moment(const std::string &text)
{
    const QString string = QString::fromStdString(text);
    if (text.find('-') == 4) {
        const QDateTime time = QDateTime::fromString(string, Qt::ISODateWithMs);
        if (!time.isValid())
            return std::nullopt;
        std::int64_t micros = 0;
        if (const std::size_t point = text.find('.'); point != std::string::npos) {
            std::string digits = text.substr(point + 1, 6);
            digits = digits.substr(0, digits.find_first_not_of("0123456789"));
            digits.resize(6, '0');
            micros = std::stoll(digits);
        }
        return time.toSecsSinceEpoch() * 1'000'000 + micros;
    }
    if (text.size() != 25 || text[14] != '.')
        return std::nullopt;
    const QDateTime time = QDateTime(QDate::fromString(string.left(8), QStringLiteral("yyyyMMdd")),
                                     QTime::fromString(string.mid(8, 6), QStringLiteral("HHmmss")),
                                     Qt::UTC);
    bool read = false;
    const int micros = string.mid(15, 6).toInt(&read);
    const int offset = string.mid(21).toInt();
    if (!time.isValid() || !read)
        return std::nullopt;
    return (time.toSecsSinceEpoch() - offset * 60) * 1'000'000 + micros;
}

template<typename T>
std::optional<T> parsed(std::string_view text)
{
    T value{};
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || stop != text.data() + text.size())
        return std::nullopt;
    return value;
}

int sign(auto a, auto b)
{
    return a < b ? -1 : (b < a ? 1 : 0);
}

/// Below, equal, above 0; nullopt when they cannot be compared.
std::optional<int> compareNumbers(std::string_view a, std::string_view b)
{
    const auto smallA = parsed<std::int64_t>(a);
    const auto smallB = parsed<std::int64_t>(b);
    if (smallA && smallB)
        return sign(*smallA, *smallB);
    const auto largeA = parsed<std::uint64_t>(a);
    const auto largeB = parsed<std::uint64_t>(b);
    if ((smallA || largeA) && (smallB || largeB)) // at least one is above the range of int64
        return largeA && largeB ? sign(*largeA, *largeB) : (largeA ? 1 : -1);
    const auto realA = parsed<double>(a);
    const auto realB = parsed<double>(b);
    if (!realA || !realB)
        return std::nullopt;
    return sign(*realA, *realB);
}

int compareTexts(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) {
        return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    };
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
        if (lower(a[i]) != lower(b[i]))
            return sign(lower(a[i]), lower(b[i]));
    }
    return sign(a.size(), b.size());
}

std::string booleanText(const WqlLiteral &literal)
{
    if (equalIgnoringCase(literal.text, "true") || literal.text == "1" || literal.text == "-1")
        return "true";
    return equalIgnoringCase(literal.text, "false") || literal.text == "0" ? "false" : "";
}

std::optional<int> compare(const DemoProperty &property, const std::string &value,
                           const WqlLiteral &literal)
{
    if (property.isString() || !property.references.empty())
        return compareTexts(value, literal.text);
    if (property.type == "boolean") {
        const std::string wanted = booleanText(literal);
        return wanted.empty() ? std::nullopt : std::optional(sign(value, wanted));
    }
    if (property.isDateTime()) {
        const auto a = moment(value);
        const auto b = moment(literal.text);
        return a && b ? std::optional(sign(*a, *b)) : std::nullopt;
    }
    return compareNumbers(value, literal.text);
}

bool comparable(const DemoProperty &property, const WqlLiteral &literal)
{
    if (property.array || !property.embedded.empty())
        return false;
    if (property.isString() || !property.references.empty())
        return literal.kind == WqlLiteral::Kind::Text || property.isString();
    if (property.type == "boolean")
        return !booleanText(literal).empty();
    if (property.isDateTime())
        return moment(literal.text).has_value();
    return compareNumbers("0", literal.text).has_value();
}

bool ordered(WqlCondition::Operator op, int order)
{
    using Op = WqlCondition::Operator;
    switch (op) {
    case Op::Equal:
        return order == 0;
    case Op::NotEqual:
        return order != 0;
    case Op::Less:
        return order < 0;
    case Op::LessEqual:
        return order <= 0;
    case Op::Greater:
        return order > 0;
    case Op::GreaterEqual:
        return order >= 0;
    }
    return false;
}

bool inSet(std::string_view pattern, std::size_t &at, char c)
{
    // at stands behind the bracket
    const bool negated = at < pattern.size() && pattern[at] == '^';
    if (negated)
        ++at;
    bool found = false;
    while (at < pattern.size() && pattern[at] != ']') {
        const char low = pattern[at++];
        char high = low;
        if (at + 1 < pattern.size() && (pattern[at] == '-' || pattern[at] == '=')
            && pattern[at + 1] != ']') {
            high = pattern[at + 1];
            at += 2;
        }
        found = found || (c >= low && c <= high);
    }
    if (at < pattern.size())
        ++at;
    return found != negated;
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = char(c + 32);
    }
    return result;
}

bool likeLower(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (t < text.size()) {
        std::size_t after = p + 1;
        bool fits = false;
        if (p < pattern.size() && pattern[p] == '%') {
            star = p++;
            mark = t;
            continue;
        }
        if (p < pattern.size())
            fits = pattern[p] == '_' || pattern[p] == text[t];
        if (p < pattern.size() && pattern[p] == '[')
            fits = inSet(pattern, after, text[t]);
        if (fits) {
            p = after;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '%')
        ++p;
    return p == pattern.size();
}

} // namespace

SoapFault wqlFault(std::string message)
{
    return SoapFault::fromWmi(code::cannotProcessFilter, std::move(message));
}

bool wqlLike(std::string_view text, std::string_view pattern)
{
    return likeLower(lowered(text), lowered(pattern));
}

WqlQuery parseWql(std::string_view text)
{
    if (text.size() > maxQuery)
        throw wqlFault("The query is longer than 16 KB.");
    Scanner scan(text);
    WqlQuery query;
    if (!scan.takeWord("select"))
        throw wqlFault("Only SELECT queries are answered here; the query begins differently.");
    if (!scan.takeSign("*")) {
        do {
            query.properties.push_back(scan.word("a property"));
        } while (scan.takeSign(","));
    }
    if (!scan.takeWord("from"))
        throw wqlFault("The query lacks FROM" + scan.near());
    query.className = scan.word("a class");
    if (scan.takeWord("where"))
        query.where = std::make_shared<const WqlCondition>(readOr(scan, 0));
    if (scan.token().kind != Token::Kind::End)
        throw wqlFault("The query goes on where it should end," + scan.near());
    return query;
}

void checkCondition(const WqlCondition &condition, const DemoClass &cls)
{
    for (const WqlCondition &part : condition.parts)
        checkCondition(part, cls);
    if (!condition.parts.empty())
        return;
    if (equalIgnoringCase(condition.property, "__CLASS")
        || condition.kind == WqlCondition::Kind::IsA)
        return;
    const int index = cls.indexOf(condition.property);
    if (index < 0)
        throw wqlFault("The class " + cls.name + " has no property " + condition.property + ".");
    const DemoProperty &property = *cls.all[std::size_t(index)];
    if (condition.kind == WqlCondition::Kind::IsNull)
        return;
    if (!comparable(property, condition.literal))
        throw wqlFault("The property " + property.name + " cannot be compared with \""
                       + condition.literal.text + "\".");
}

bool holds(const WqlCondition &condition, const DemoObject &object)
{
    using Kind = WqlCondition::Kind;
    const auto part = [&object](const WqlCondition &inner) { return holds(inner, object); };
    switch (condition.kind) {
    case Kind::And:
        return std::all_of(condition.parts.begin(), condition.parts.end(), part);
    case Kind::Or:
        return std::any_of(condition.parts.begin(), condition.parts.end(), part);
    case Kind::Not:
        return !holds(condition.parts.front(), object);
    default:
        break;
    }
    if (equalIgnoringCase(condition.property, "__CLASS"))
        return ordered(condition.op, compareTexts(object.cls->name, condition.literal.text));
    const int index = object.cls->indexOf(condition.property);
    if (index < 0)
        return false;
    const DemoValue &value = object.values[std::size_t(index)];
    if (condition.kind == Kind::IsNull)
        return value.kind == DemoValue::Kind::Nil;
    if (value.kind != DemoValue::Kind::Text)
        return false;
    if (condition.kind == Kind::Like)
        return wqlLike(value.text, condition.literal.text);
    const auto order = compare(*object.cls->all[std::size_t(index)], value.text, condition.literal);
    return order && ordered(condition.op, *order);
}
