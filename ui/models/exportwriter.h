#pragma once

#include "export/exporter.h"
#include "export/exportfile.h"
#include "models/exportjob.h"

#include <QObject>

/// The side of an ExportJob that stands in its thread: file and exporter. `done` comes once.
class ExportWriter final : public QObject
{
    Q_OBJECT
public:
    ExportWriter(const ExportTarget &target, std::shared_ptr<std::atomic<bool>> cancelled);

    void open();
    void writeRows(const RowSet &rows, const std::vector<std::uint32_t> &order);
    void writeBatch(const RowBatchPtr &batch, const CimClass *schema);
    void writeTree(Node root, const LeafTypes &types);
    void close(const Error &error); ///< of the source; None: all arrived

Q_SIGNALS:
    void taken(quint64 rows); ///< of a batch: written, or not wanted any more
    void progress(quint64 rows, qint64 bytes);
    void done(const Error &error, quint64 rows, qint64 bytes, const QString &partialFile);

private:
    bool note(const Done &result);
    bool startRows();
    ExportTarget m_target;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    ExportFile m_file;
    std::unique_ptr<RowExporter> m_exporter;
    RowSet m_batch; ///< the rows of an enumeration that came last
    Error m_error;
    Error m_fileError;
    quint64 m_rows = 0;
    QElapsedTimer m_told;
    bool m_opened = false;
    bool m_tree = false;
    bool m_done = false;
};
