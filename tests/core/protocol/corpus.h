#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

/// A folder of recorded messages: EXPECT.tsv says what each file is, INDEX.tsv where it is from. In
/// both, \\, \t, \r and \n stand for backslash, tab, carriage return and line feed; `-` for
/// nothing.
struct CorpusRow
{
    QHash<QString, QString> values; ///< column to value as it stands, `-` included
    QString operator[](const QString &column) const { return values.value(column); }
};

struct CorpusTable
{
    QStringList columns;
    QList<CorpusRow> rows;
};

/// Empty when the file cannot be read.
CorpusTable readCorpusTable(const QString &path);

/// $WSMAN_CORPUS, else shared/corpus beside the source tree; empty when neither is there.
QString corpusFolder();

QByteArray readFile(const QString &path);
