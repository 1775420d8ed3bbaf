#include "profileimport/delimitedtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

std::optional<std::vector<QStringList>> readDelimited(const QString &text, QChar delimiter)
{
    std::vector<QStringList> records;
    QStringList record;
    QString field;
    bool quoted = false;
    const auto endRecord = [&] {
        record.append(field);
        field.clear();
        if (std::any_of(record.begin(), record.end(),
                        [](const QString &part) { return !part.trimmed().isEmpty(); }))
            records.push_back(record);
        record.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (quoted) {
            if (c != u'"')
                field += c;
            else if (i + 1 < text.size() && text[i + 1] == u'"')
                field += text[++i];
            else
                quoted = false;
        } else if (c == u'"' && field.isEmpty()) {
            quoted = true;
        } else if (c == delimiter) {
            record.append(field);
            field.clear();
        } else if (c == u'\n' || c == u'\r') {
            endRecord();
        } else {
            field += c;
        }
    }
    if (quoted)
        return std::nullopt;
    endRecord();
    return records;
}

QChar delimiterOf(const QString &text)
{
    const QString line = text.section(u'\n', 0, 0);
    QChar best = u',';
    for (const QChar candidate : {u',', u';', u'\t'}) {
        if (line.count(candidate) > line.count(best))
            best = candidate;
    }
    return best;
}
