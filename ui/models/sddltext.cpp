#include "models/sddltext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longest = 64 * 1024; ///< characters
constexpr std::size_t mostParts = 1000;

struct Word
{
    QStringView code;
    const char *word;
};

constexpr Word trustees[] = {
    {u"AN", QT_TRANSLATE_NOOP("Sddl", "Anonymous")},
    {u"AO", QT_TRANSLATE_NOOP("Sddl", "Account Operators")},
    {u"AU", QT_TRANSLATE_NOOP("Sddl", "Authenticated Users")},
    {u"BA", QT_TRANSLATE_NOOP("Sddl", "Administrators")},
    {u"BG", QT_TRANSLATE_NOOP("Sddl", "Guests")},
    {u"BO", QT_TRANSLATE_NOOP("Sddl", "Backup Operators")},
    {u"BU", QT_TRANSLATE_NOOP("Sddl", "Users")},
    {u"CG", QT_TRANSLATE_NOOP("Sddl", "Creator Group")},
    {u"CO", QT_TRANSLATE_NOOP("Sddl", "Creator Owner")},
    {u"DA", QT_TRANSLATE_NOOP("Sddl", "Domain Admins")},
    {u"DC", QT_TRANSLATE_NOOP("Sddl", "Domain Computers")},
    {u"DD", QT_TRANSLATE_NOOP("Sddl", "Domain Controllers")},
    {u"DU", QT_TRANSLATE_NOOP("Sddl", "Domain Users")},
    {u"EA", QT_TRANSLATE_NOOP("Sddl", "Enterprise Admins")},
    {u"ER", QT_TRANSLATE_NOOP("Sddl", "Event Log Readers")},
    {u"IU", QT_TRANSLATE_NOOP("Sddl", "Interactive")},
    {u"LA", QT_TRANSLATE_NOOP("Sddl", "Administrator (the account)")},
    {u"LG", QT_TRANSLATE_NOOP("Sddl", "Guest (the account)")},
    {u"LS", QT_TRANSLATE_NOOP("Sddl", "Local Service")},
    {u"LU", QT_TRANSLATE_NOOP("Sddl", "Performance Log Users")},
    {u"MU", QT_TRANSLATE_NOOP("Sddl", "Performance Monitor Users")},
    {u"NO", QT_TRANSLATE_NOOP("Sddl", "Network Configuration Operators")},
    {u"NS", QT_TRANSLATE_NOOP("Sddl", "Network Service")},
    {u"NU", QT_TRANSLATE_NOOP("Sddl", "Network")},
    {u"OW", QT_TRANSLATE_NOOP("Sddl", "Owner Rights")},
    {u"PO", QT_TRANSLATE_NOOP("Sddl", "Print Operators")},
    {u"PS", QT_TRANSLATE_NOOP("Sddl", "Self")},
    {u"PU", QT_TRANSLATE_NOOP("Sddl", "Power Users")},
    {u"RC", QT_TRANSLATE_NOOP("Sddl", "Restricted Code")},
    {u"RD", QT_TRANSLATE_NOOP("Sddl", "Remote Desktop Users")},
    {u"RM", QT_TRANSLATE_NOOP("Sddl", "Remote Management Users")},
    {u"SO", QT_TRANSLATE_NOOP("Sddl", "Server Operators")},
    {u"SU", QT_TRANSLATE_NOOP("Sddl", "Service")},
    {u"SY", QT_TRANSLATE_NOOP("Sddl", "Local System")},
    {u"WD", QT_TRANSLATE_NOOP("Sddl", "Everyone")},
};

constexpr Word rights[] = {
    {u"GA", QT_TRANSLATE_NOOP("Sddl", "full control")},
    {u"GR", QT_TRANSLATE_NOOP("Sddl", "read")},
    {u"GW", QT_TRANSLATE_NOOP("Sddl", "write")},
    {u"GX", QT_TRANSLATE_NOOP("Sddl", "execute")},
    {u"RC", QT_TRANSLATE_NOOP("Sddl", "read permissions")},
    {u"SD", QT_TRANSLATE_NOOP("Sddl", "delete")},
    {u"WD", QT_TRANSLATE_NOOP("Sddl", "change permissions")},
    {u"WO", QT_TRANSLATE_NOOP("Sddl", "take ownership")},
    {u"CC", QT_TRANSLATE_NOOP("Sddl", "create children")},
    {u"DC", QT_TRANSLATE_NOOP("Sddl", "delete children")},
    {u"LC", QT_TRANSLATE_NOOP("Sddl", "list children")},
    {u"SW", QT_TRANSLATE_NOOP("Sddl", "validated write")},
    {u"RP", QT_TRANSLATE_NOOP("Sddl", "read properties")},
    {u"WP", QT_TRANSLATE_NOOP("Sddl", "write properties")},
    {u"DT", QT_TRANSLATE_NOOP("Sddl", "delete tree")},
    {u"LO", QT_TRANSLATE_NOOP("Sddl", "list object")},
    {u"CR", QT_TRANSLATE_NOOP("Sddl", "extended rights")},
    {u"FA", QT_TRANSLATE_NOOP("Sddl", "file: full control")},
    {u"FR", QT_TRANSLATE_NOOP("Sddl", "file: read")},
    {u"FW", QT_TRANSLATE_NOOP("Sddl", "file: write")},
    {u"FX", QT_TRANSLATE_NOOP("Sddl", "file: execute")},
    {u"KA", QT_TRANSLATE_NOOP("Sddl", "key: full control")},
    {u"KR", QT_TRANSLATE_NOOP("Sddl", "key: read")},
    {u"KW", QT_TRANSLATE_NOOP("Sddl", "key: write")},
    {u"KX", QT_TRANSLATE_NOOP("Sddl", "key: execute")},
};

constexpr Word entries[] = {
    {u"A", QT_TRANSLATE_NOOP("Sddl", "Allowed")},
    {u"D", QT_TRANSLATE_NOOP("Sddl", "Denied")},
    {u"AU", QT_TRANSLATE_NOOP("Sddl", "Audited")},
    {u"OA", QT_TRANSLATE_NOOP("Sddl", "Allowed on an object")},
    {u"OD", QT_TRANSLATE_NOOP("Sddl", "Denied on an object")},
    {u"OU", QT_TRANSLATE_NOOP("Sddl", "Audited on an object")},
    {u"XA", QT_TRANSLATE_NOOP("Sddl", "Allowed on a condition")},
    {u"XD", QT_TRANSLATE_NOOP("Sddl", "Denied on a condition")},
    {u"ML", QT_TRANSLATE_NOOP("Sddl", "Integrity label")},
};

constexpr Word flags[] = {
    {u"CI", QT_TRANSLATE_NOOP("Sddl", "containers inherit it")},
    {u"OI", QT_TRANSLATE_NOOP("Sddl", "objects inherit it")},
    {u"NP", QT_TRANSLATE_NOOP("Sddl", "not passed on further")},
    {u"IO", QT_TRANSLATE_NOOP("Sddl", "only for those who inherit")},
    {u"ID", QT_TRANSLATE_NOOP("Sddl", "inherited")},
    {u"SA", QT_TRANSLATE_NOOP("Sddl", "when it succeeds")},
    {u"FA", QT_TRANSLATE_NOOP("Sddl", "when it fails")},
};

constexpr Word controls[] = {
    {u"P", QT_TRANSLATE_NOOP("Sddl", "protected: nothing is inherited from above")},
    {u"AR", QT_TRANSLATE_NOOP("Sddl", "inheritance asked for")},
    {u"AI", QT_TRANSLATE_NOOP("Sddl", "inherited automatically")},
};

QString said(const char *text)
{
    return QCoreApplication::translate("Sddl", text);
}

/// The word for a code; the code itself where there is none.
QString wordFor(std::span<const Word> words, QStringView code)
{
    for (const Word &word : words) {
        if (word.code == code)
            return said(word.word);
    }
    return code.toString();
}

/// Codes written without a space between: the longest one that is known, else two letters.
QStringList wordsFor(std::span<const Word> words, QStringView codes)
{
    QStringList found;
    if (codes.startsWith(u"0x"))
        return {codes.toString()};
    while (!codes.isEmpty()) {
        qsizetype size = 0;
        for (const Word &word : words) {
            if (codes.startsWith(word.code))
                size = std::max(size, word.code.size());
        }
        if (size == 0)
            size = std::min<qsizetype>(2, codes.size());
        found << wordFor(words, codes.left(size));
        codes = codes.mid(size);
    }
    return found;
}

bool isTrustee(QStringView text)
{
    if (text.size() == 2)
        return text.at(0).isUpper() && text.at(1).isUpper();
    return text.startsWith(u"S-1-") && text.size() < 200;
}

/// Reads the parts one after the other; `failed` when the text is no descriptor.
class Reader
{
public:
    explicit Reader(QStringView text)
        : m_rest(text)
    { }

    std::optional<std::vector<SddlPart>> read()
    {
        if (m_rest.size() > longest)
            return {};
        while (!m_rest.isEmpty()) {
            if (m_rest.size() < 2 || m_rest.at(1) != u':' || m_parts.size() > mostParts)
                return {};
            const QChar part = m_rest.at(0);
            m_rest = m_rest.mid(2);
            const bool read = part == u'O' ? readTrustee(said(QT_TRANSLATE_NOOP("Sddl", "Owner")))
                : part == u'G'             ? readTrustee(said(QT_TRANSLATE_NOOP("Sddl", "Group")))
                : part == u'D' ? readList(said(QT_TRANSLATE_NOOP("Sddl", "Permissions")))
                : part == u'S' ? readList(said(QT_TRANSLATE_NOOP("Sddl", "Auditing")))
                               : false;
            if (!read)
                return {};
        }
        return m_parts.empty() ? std::nullopt : std::optional(std::move(m_parts));
    }

private:
    bool readTrustee(const QString &name)
    {
        const qsizetype size = m_rest.startsWith(u"S-1-") ? sidSize() : 2;
        const QStringView trustee = m_rest.left(size);
        if (!isTrustee(trustee))
            return false;
        m_parts.push_back({name, wordFor(trustees, trustee)});
        m_rest = m_rest.mid(size);
        return true;
    }

    qsizetype sidSize() const
    {
        qsizetype size = 1;
        while (size < m_rest.size()
               && (m_rest.at(size).isDigit() || m_rest.at(size) == u'-' || m_rest.at(size) == u'x'))
            ++size;
        return size;
    }

    bool readList(const QString &name)
    {
        qsizetype size = 0;
        while (size < m_rest.size() && m_rest.at(size) != u'('
               && !(size + 1 < m_rest.size() && m_rest.at(size + 1) == u':'))
            ++size;
        if (!areControls(m_rest.left(size)))
            return false;
        if (size > 0)
            m_parts.push_back({name, wordsFor(controls, m_rest.left(size)).join(u", "_s)});
        m_rest = m_rest.mid(size);
        while (m_rest.startsWith(u'(')) {
            if (m_parts.size() > mostParts || !readEntry())
                return false;
        }
        return true;
    }

    static bool areControls(QStringView codes)
    {
        while (!codes.isEmpty()) {
            const auto known = std::find_if(
                std::begin(controls), std::end(controls),
                [codes](const Word &word) { return codes.startsWith(word.code); });
            if (known == std::end(controls))
                return false;
            codes = codes.mid(known->code.size());
        }
        return true;
    }

    bool readEntry()
    {
        qsizetype end = 0;
        int depth = 0;
        do {
            if (end >= m_rest.size())
                return false;
            depth += m_rest.at(end) == u'(' ? 1 : m_rest.at(end) == u')' ? -1 : 0;
            ++end;
        } while (depth > 0);
        const auto fields = m_rest.mid(1, end - 2).split(u';');
        m_rest = m_rest.mid(end);
        if (fields.size() < 6 || !isTrustee(fields.at(5)))
            return false;
        QString text = QCoreApplication::translate("Sddl", "%1: %2")
                           .arg(wordFor(trustees, fields.at(5)),
                                wordsFor(rights, fields.at(2)).join(u", "_s));
        if (!fields.at(1).isEmpty())
            text += u" ("_s + wordsFor(flags, fields.at(1)).join(u", "_s) + u')';
        m_parts.push_back({wordFor(entries, fields.at(0)), text});
        return true;
    }

    QStringView m_rest;
    std::vector<SddlPart> m_parts;
};

} // namespace

std::optional<std::vector<SddlPart>> sddlParts(QStringView text)
{
    return Reader(text.trimmed()).read();
}
