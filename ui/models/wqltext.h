#pragma once

#include <QString>
#include <QStringList>

#include <vector>

/// WQL as an editor sees it: words with places, not a judge of what the host accepts. Also good for
/// CQL, whose words are these and some more.
namespace WqlText {

struct Token
{
    enum class Kind { Keyword, Name, Text, Number, Operator, Parameter };
    Kind kind = Kind::Name;
    qsizetype start = 0;
    qsizetype length = 0;
};

/// In order; white space is none. A string that is not closed reaches to the end.
std::vector<Token> tokens(QStringView text);
const QStringList &keywords(); ///< in capitals

/// The class behind FROM; of ASSOCIATORS OF or REFERENCES OF nothing.
QString className(QStringView text);
/// Names written as ${name}, each once.
QStringList parameters(QStringView text);
/// The text with values in the parameters' places: within quotes escaped, elsewhere as a number or
/// a word of WQL (TRUE, FALSE, NULL), or else in quotes.
QString withParameters(const QString &text, const QStringList &names, const QStringList &values);

} // namespace WqlText
