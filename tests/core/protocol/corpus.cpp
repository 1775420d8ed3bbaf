#include "corpus.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

QString unescaped(const QString &text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 == text.size()) {
            result += text[i];
            continue;
        }
        const QChar next = text[++i];
        result += next == u't' ? u'\t' : next == u'r' ? u'\r' : next == u'n' ? u'\n' : next;
    }
    return result;
}

} // namespace

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

CorpusTable readCorpusTable(const QString &path)
{
    CorpusTable table;
    const QStringList lines = QString::fromUtf8(readFile(path)).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QStringList cells = line.split(u'\t');
        if (table.columns.isEmpty()) {
            table.columns = cells;
            continue;
        }
        CorpusRow row;
        for (qsizetype i = 0; i < cells.size() && i < table.columns.size(); ++i)
            row.values.insert(table.columns[i], unescaped(cells[i]));
        table.rows.append(row);
    }
    return table;
}

QString corpusFolder()
{
    if (qEnvironmentVariableIsSet("WSMAN_CORPUS"))
        return qEnvironmentVariable("WSMAN_CORPUS");
    const QString beside = QStringLiteral(WINRM_SOURCE_DIR) + u"/../shared/corpus"_s;
    return QDir(beside).exists(u"EXPECT.tsv"_s) ? QDir::cleanPath(beside) : QString();
}
