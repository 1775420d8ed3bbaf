#pragma once

#include "common/error.h"
#include "document/document.h"
#include "document/rowset.h"
#include "session/trace.h"

#include <QDateTime>
#include <QString>

#include <optional>

/// What a file held: rows, or one document; with both for a saved message that carries rows.
struct FileContent
{
    enum class Kind { Message, Fault, Fragment, Export, Trace };
    Kind kind = Kind::Export;
    Error error; ///< nothing below is set then
    DocumentPtr document;
    Node root; ///< what is shown: the content of the body, or the whole document
    std::optional<RowSet> rows;
    std::vector<TraceEntry> exchanges; ///< of a Trace
    QString action;                    ///< of a message
    QStringList hosts;     ///< that a request was for or a trace is of; empty where nothing says so
    QDateTime from, until; ///< when a trace was recorded, local
    QDateTime modified;
    qint64 bytes = 0;
};

/// Reads a saved SOAP message (also as a raw HTTP reply), a body fragment, one of our xml, json,
/// jsonl or csv exports, or a trace. Any thread. LocalFile and LocalFilePermission when it cannot
/// be read, HttpTooLarge over 256 MiB, OpenUnknownFormat for anything else.
FileContent readFile(const QString &path);
