#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

/// The recorded messages: name and bytes of each .xml file of the folder WSMAN_CORPUS, or of
/// ../shared/corpus beside the source folder; empty when there is neither.
inline std::vector<std::pair<QString, QByteArray>> corpusFiles()
{
    using namespace Qt::StringLiterals;
    QString folder = qEnvironmentVariable("WSMAN_CORPUS");
    if (folder.isEmpty())
        folder = QString::fromUtf8(WINRM_SOURCE_DIR) + u"/../shared/corpus"_s;
    std::vector<std::pair<QString, QByteArray>> result;
    QFile index(folder + u"/INDEX.tsv"_s);
    if (!index.open(QIODevice::ReadOnly))
        return result;
    while (!index.atEnd()) {
        const QString name = QString::fromUtf8(index.readLine()).section(u'\t', 0, 0);
        if (!name.endsWith(u".xml"))
            continue;
        QFile file(folder + u'/' + name);
        if (file.open(QIODevice::ReadOnly))
            result.emplace_back(name, file.readAll());
    }
    return result;
}
