#pragma once

#include "ctl/arguments.h"
#include "export/exporter.h"
#include "export/exportfile.h"

/// Where the data of a verb goes: standard output, or the file of -o (written as NAME.partial,
/// renamed at the end).
class Output
{
public:
    explicit Output(const Arguments &arguments);
    Done open();
    bool write(QByteArrayView bytes);
    ExportSink sink();
    Done finish();                                 ///< all of it was written
    void discard();                                ///< leaves no NAME.partial behind
    bool toTerminal() const;                       ///< a person reads it
    bool readerGone() const;                       ///< a closed pipe: not an error
    const Error &error() const { return m_error; } ///< of the last write
    QString partialPath() const { return m_file.partialPath(); }
    /// How to write it: what the arguments say of columns and guard, and what a terminal needs.
    ExportOptions exportOptions(const QString &source = {}) const;
    bool isFile() const { return m_toFile; }
    bool hasWritten() const { return m_written; } ///< any byte

private:
    bool m_toFile;
    bool m_force;
    bool m_formulaGuard;
    bool m_written = false;
    QString m_path;
    QStringList m_columns;
    ExportFile m_file;
    Error m_error;
};

/// One of several replies as it was received: FOLDER/NNN.xml, counted from 0. The folder is made.
Done writeReplyFile(const QString &folder, int number, QByteArrayView bytes, bool force);
