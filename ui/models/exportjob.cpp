#include "models/exportjob.h"

#include "models/exportwriter.h"
#include "session/enumerateoperation.h"
#include "text/valuetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPointer>

ExportJob::ExportJob(const ExportTarget &target, QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_cancelled(std::make_shared<std::atomic<bool>>(false))
{
    m_writer = new ExportWriter(target, m_cancelled);
    m_writer->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    connect(m_writer, &ExportWriter::progress, this, &ExportJob::progress);
    connect(m_writer, &ExportWriter::done, this, &ExportJob::writerDone);
}

ExportJob::~ExportJob()
{
    *m_cancelled = true;
    if (m_operation)
        m_operation->cancel();
    if (m_thread.isRunning() && !m_finished)
        QMetaObject::invokeMethod(m_writer, [writer = m_writer] { writer->close({}); });
    m_thread.quit();
    m_thread.wait();
    if (!m_began)
        delete m_writer;
}

void ExportJob::begin()
{
    m_began = true;
    m_clock.start();
    m_thread.setObjectName(QStringLiteral("export"));
    m_thread.start();
    QMetaObject::invokeMethod(m_writer, [writer = m_writer] { writer->open(); });
}

void ExportJob::writeRows(const RowSet &rows, std::vector<std::uint32_t> order)
{
    begin();
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, rows, order = std::move(order)] {
        writer->writeRows(rows, order);
        writer->close({});
    });
}

void ExportJob::writeEnumeration(EnumerateOperation *operation,
                                 std::shared_ptr<const CimClass> schema)
{
    begin();
    m_operation = operation;
    connect(m_writer, &ExportWriter::taken, this, &ExportJob::rowsTaken);
    connect(operation, &EnumerateOperation::rowsReceived, this,
            [this, schema](const RowBatchPtr &batch) {
                rowsWaiting(rowCount(batch));
                QMetaObject::invokeMethod(m_writer, [writer = m_writer, batch, schema] {
                    writer->writeBatch(batch, schema.get());
                });
            });
    connect(operation, &Operation::finished, this, [this](const Outcome &outcome) {
        Error error = outcome.error;
        if (!error && outcome.partial)
            error = Error::of(Error::Kind::Protocol, Cause::EnumerationPartial);
        QMetaObject::invokeMethod(m_writer, [writer = m_writer, error] { writer->close(error); });
    });
    operation->start();
}

void ExportJob::rowsWaiting(quint64 rows)
{
    m_waiting += rows;
    if (m_waiting <= m_mostWaiting || m_held || !m_operation)
        return;
    m_held = true;
    m_operation->hold();
    Q_EMIT held();
}

void ExportJob::rowsTaken(quint64 rows)
{
    m_waiting -= std::min(rows, m_waiting);
    if (!m_held || m_waiting > m_mostWaiting / 2)
        return;
    m_held = false;
    if (m_operation)
        m_operation->resume();
}

void ExportJob::writeTree(const DocumentPtr &document, Node root, const LeafTypes &types)
{
    begin();
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, document, root, types] {
        writer->writeTree(root, types);
        writer->close({});
    });
}

void ExportJob::cancel()
{
    *m_cancelled = true;
    if (m_operation)
        m_operation->cancel(); // its `finished` closes the file
}

void ExportJob::writerDone(const Error &error, quint64 rows, qint64 bytes,
                           const QString &partialFile)
{
    if (m_finished)
        return;
    m_finished = true;
    if (error && m_operation && m_operation->isRunning())
        m_operation->cancel(); // the file failed: the rest is of no use
    Q_EMIT finished({error, !partialFile.isEmpty(), m_target.file, partialFile, rows, bytes,
                     m_clock.elapsed()});
    deleteLater();
}

QString exportSummary(const ExportResult &result)
{
    const auto translate = [](const char *text, int n) {
        return QCoreApplication::translate("ExportJob", text, nullptr, n);
    };
    const QString seconds = QCoreApplication::translate("ExportJob", "%1 s")
                                .arg(
                                    QLocale().toString(double(result.milliseconds) / 1000, 'f', 1));
    const QString size = bytesText(result.bytes);
    if (result.rows == 0)
        return QCoreApplication::translate("ExportJob", "%1, %2").arg(size, seconds);
    return translate("%L1 rows, %2, %3", int(result.rows)).arg(result.rows).arg(size, seconds);
}
