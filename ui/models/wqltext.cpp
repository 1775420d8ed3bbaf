#include "models/wqltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool isNameStart(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

/// Behind the closing quote, or the end. A backslash keeps the next character.
qsizetype stringEnd(QStringView text, qsizetype start)
{
    for (qsizetype at = start + 1; at < text.size(); ++at) {
        if (text[at] == u'\\')
            ++at;
        else if (text[at] == text[start])
            return at + 1;
    }
    return text.size();
}

qsizetype parameterEnd(QStringView text, qsizetype start)
{
    if (text.mid(start, 2) != u"${")
        return start;
    const qsizetype end = text.indexOf(u'}', start);
    return end < 0 ? start : end + 1;
}

bool isKeyword(QStringView word)
{
    return std::any_of(
        WqlText::keywords().begin(), WqlText::keywords().end(),
        [word](const QString &known) { return word.compare(known, Qt::CaseInsensitive) == 0; });
}

qsizetype tokenEnd(QStringView text, qsizetype at, WqlText::Token::Kind &kind)
{
    using Kind = WqlText::Token::Kind;
    const QChar c = text[at];
    const auto whileTrue = [&](auto &&holds) {
        qsizetype end = at + 1;
        while (end < text.size() && holds(text[end]))
            ++end;
        return end;
    };
    if (c == u'\'' || c == u'"') {
        kind = Kind::Text;
        return stringEnd(text, at);
    }
    if (const qsizetype end = parameterEnd(text, at); end > at) {
        kind = Kind::Parameter;
        return end;
    }
    if (isNameStart(c)) {
        const qsizetype end = whileTrue(isNamePart);
        kind = isKeyword(text.mid(at, end - at)) ? Kind::Keyword : Kind::Name;
        return end;
    }
    if (c.isDigit()) {
        kind = Kind::Number;
        return whileTrue([](QChar part) { return part.isLetterOrNumber() || part == u'.'; });
    }
    kind = Kind::Operator;
    return at + 1;
}

bool isBare(const QString &value)
{
    bool number = false;
    static_cast<void>(value.toDouble(&number));
    return number || value.compare(u"TRUE", Qt::CaseInsensitive) == 0
        || value.compare(u"FALSE", Qt::CaseInsensitive) == 0
        || value.compare(u"NULL", Qt::CaseInsensitive) == 0;
}

} // namespace

const QStringList &WqlText::keywords()
{
    static const QStringList words{
        u"SELECT"_s,      u"FROM"_s,       u"WHERE"_s,         u"AND"_s,
        u"OR"_s,          u"NOT"_s,        u"LIKE"_s,          u"IS"_s,
        u"NULL"_s,        u"TRUE"_s,       u"FALSE"_s,         u"ISA"_s,
        u"GROUP"_s,       u"BY"_s,         u"HAVING"_s,        u"WITHIN"_s,
        u"OF"_s,          u"IN"_s,         u"KEYSONLY"_s,      u"ASSOCIATORS"_s,
        u"REFERENCES"_s,  u"ASSOCCLASS"_s, u"CLASSDEFSONLY"_s, u"REQUIREDQUALIFIER"_s,
        u"RESULTCLASS"_s, u"RESULTROLE"_s, u"ROLE"_s};
    return words;
}

std::vector<WqlText::Token> WqlText::tokens(QStringView text)
{
    std::vector<Token> found;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        Token token{.start = at};
        const qsizetype end = tokenEnd(text, at, token.kind);
        token.length = end - at;
        found.push_back(token);
        at = end;
    }
    return found;
}

QString WqlText::className(QStringView text)
{
    const std::vector<Token> words = tokens(text);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const QStringView word = text.mid(words[i].start, words[i].length);
        if (words[i].kind == Token::Kind::Keyword && word.compare(u"FROM", Qt::CaseInsensitive) == 0
            && words[i + 1].kind == Token::Kind::Name)
            return text.mid(words[i + 1].start, words[i + 1].length).toString();
    }
    return {};
}

QStringList WqlText::parameters(QStringView text)
{
    QStringList names;
    for (qsizetype at = text.indexOf(u"${"_s); at >= 0; at = text.indexOf(u"${"_s, at + 2)) {
        const qsizetype end = parameterEnd(text, at);
        const QString name = text.mid(at + 2, end - at - 3).trimmed().toString();
        if (end > at && !name.isEmpty() && !names.contains(name))
            names.append(name);
    }
    return names;
}

QString WqlText::withParameters(const QString &text, const QStringList &names,
                                const QStringList &values)
{
    QString result;
    qsizetype copied = 0;
    QChar quote;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (!quote.isNull() && text[at] == u'\\') {
            ++at;
            continue;
        }
        if (text[at] == u'\'' || text[at] == u'"') {
            if (quote.isNull())
                quote = text[at];
            else if (quote == text[at])
                quote = QChar();
            continue;
        }
        const qsizetype end = parameterEnd(text, at);
        if (end == at)
            continue;
        const qsizetype which = names.indexOf(text.mid(at + 2, end - at - 3).trimmed());
        if (which < 0)
            continue;
        QString value = values.value(which);
        const bool bare = quote.isNull() && isBare(value);
        if (!bare)
            value.replace(u'\\', u"\\\\"_s)
                .replace(quote.isNull() ? QChar(u'\'') : quote,
                         quote.isNull() ? u"\\'"_s : QString(u'\\') + quote);
        result += text.mid(copied, at - copied)
            + (quote.isNull() && !bare ? u'\'' + value + u'\'' : value);
        copied = end;
        at = end - 1;
    }
    return result + text.mid(copied);
}
