#pragma once

#include "export/exporter.h"
#include "protocol/cimclass.h"
#include "session/enumerateoperation.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QThread>

#include <atomic>
#include <memory>
#include <vector>

class ExportWriter;

struct ExportTarget
{
    QString file;
    ExportFormat format = ExportFormat::Csv;
    ExportOptions options;
    bool overwrite = false; ///< the user agreed to replace the file
};

struct ExportResult
{
    Error error; ///< Kind::Cancelled after cancel()
    bool partial =
        false; ///< what was written is in `partialFile`, well-formed; the target is as it was
    QString file, partialFile;
    std::uint64_t rows = 0; ///< 0 for a tree
    qint64 bytes = 0;
    qint64 milliseconds = 0;
};

/// Writes one export to a file, in a thread of its own. The target takes its name only when all of
/// it is written (`ExportFile`). Call one of the write functions, once. `finished` comes exactly
/// once; the job then deletes itself.
class ExportJob final : public QObject
{
    Q_OBJECT
public:
    explicit ExportJob(const ExportTarget &target, QObject *parent = nullptr);
    ~ExportJob() override; ///< stops the writing and waits for it

    void writeRows(const RowSet &rows, std::vector<std::uint32_t> order);
    /// Rows go from the enumeration to the file as they come; none is kept. Starts `operation`,
    /// which must not have been started.
    void writeEnumeration(EnumerateOperation *operation, std::shared_ptr<const CimClass> schema);
    /// Of an enumeration: with more rows than these waiting for a slow disk the host is not asked
    /// for more until half of them are written. 20,000 unless told.
    void setMostWaiting(quint64 rows) { m_mostWaiting = rows; }
    void writeTree(const DocumentPtr &document, Node root, const LeafTypes &types = {});
    void cancel();

Q_SIGNALS:
    void progress(quint64 rows, qint64 bytes);
    void held(); ///< the host is not asked for more for a while
    void finished(const ExportResult &result);

private:
    void begin();
    void rowsWaiting(quint64 rows);
    void rowsTaken(quint64 rows);
    void writerDone(const Error &error, quint64 rows, qint64 bytes, const QString &partialFile);
    ExportTarget m_target;
    QThread m_thread;
    ExportWriter *m_writer;
    QPointer<EnumerateOperation> m_operation;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    QElapsedTimer m_clock;
    quint64 m_mostWaiting = 20'000;
    quint64 m_waiting = 0;
    bool m_held = false;
    bool m_began = false;
    bool m_finished = false;
};

/// "10,000 rows, 3.1 MB, 0.8 s"
QString exportSummary(const ExportResult &result);
