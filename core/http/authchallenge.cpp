#include "http/authchallenge.h"

#include <algorithm>

namespace {

bool isNameChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken68Char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || QByteArrayView("-._~+/=").contains(c);
}

/// One walk over one header value.
class ChallengeScanner
{
public:
    explicit ChallengeScanner(QByteArrayView text)
        : m_text(text)
    { }

    void read(std::vector<AuthChallenge> &out)
    {
        while (skip(" \t,"), m_at < m_text.size()) {
            const QByteArray word = take(isNameChar);
            if (word.isEmpty()) { // nothing that could be a name: on to the next comma
                skipItem();
                continue;
            }
            const qsizetype afterWord = m_at;
            skip(" \t");
            if (peek() == '=' && !out.empty() && m_inScheme) {
                ++m_at;
                skip(" \t");
                out.back().parameters.emplace_back(word, value());
            } else {
                startScheme(word, m_at > afterWord, out);
            }
        }
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skip(QByteArrayView chars)
    {
        while (m_at < m_text.size() && chars.contains(m_text[m_at]))
            ++m_at;
    }
    template<typename Test>
    QByteArray take(Test test)
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && test(m_text[m_at]))
            ++m_at;
        return m_text.sliced(start, m_at - start).toByteArray();
    }
    void skipItem()
    {
        while (m_at < m_text.size() && m_text[m_at] != ',') {
            if (m_text[m_at] == '"')
                quoted();
            else
                ++m_at;
        }
    }
    QByteArray quoted()
    {
        QByteArray text;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text.append(m_text[m_at]);
        }
        m_at = std::min(m_at + 1, m_text.size());
        return text;
    }
    QByteArray value()
    {
        const QByteArray text = peek() == '"' ? quoted() : take(isNameChar);
        skip(" \t");
        if (peek() != ',')
            skipItem();
        return text;
    }
    /// A word is a scheme unless it is a parameter: then '=' and a value follow, without padding.
    void startScheme(const QByteArray &word, bool blankFollows, std::vector<AuthChallenge> &out)
    {
        if (peek() == '=') { // a parameter that belongs to no scheme
            skipItem();
            return;
        }
        m_inScheme = true;
        out.push_back({.scheme = word});
        if (!blankFollows) {
            if (peek() != ',')
                skipItem();
            return;
        }
        const qsizetype start = m_at;
        const QByteArray token = take(isToken68Char);
        const bool padded = token.endsWith('=') && token.indexOf('=') >= 0;
        skip(" \t");
        const bool ends = m_at >= m_text.size() || peek() == ',';
        const bool parameter = token.contains('=') && !padded;
        if (!token.isEmpty() && ends && !parameter)
            out.back().token68 = token;
        else
            m_at = start;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    bool m_inScheme = false;
};

} // namespace

bool AuthChallenge::is(QByteArrayView name) const
{
    return scheme.size() == name.size()
        && QByteArrayView(scheme).compare(name, Qt::CaseInsensitive) == 0;
}

std::vector<AuthChallenge> readChallenges(const std::vector<QByteArray> &values)
{
    std::vector<AuthChallenge> challenges;
    for (const QByteArray &value : values)
        ChallengeScanner(value).read(challenges);
    return challenges;
}

bool offersScheme(const std::vector<AuthChallenge> &challenges, QByteArrayView name)
{
    return std::any_of(challenges.begin(), challenges.end(),
                       [name](const AuthChallenge &challenge) { return challenge.is(name); });
}

QStringList schemeNames(const std::vector<AuthChallenge> &challenges)
{
    QStringList names;
    for (const AuthChallenge &challenge : challenges) {
        const QString name = QString::fromLatin1(challenge.scheme);
        if (!names.contains(name, Qt::CaseInsensitive))
            names.append(name);
    }
    return names;
}
