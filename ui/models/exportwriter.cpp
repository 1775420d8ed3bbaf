#include "models/exportwriter.h"

namespace {

constexpr int tellEvery = 100;          ///< ms
constexpr std::size_t mostAtOnce = 256; ///< rows between two looks at cancel

} // namespace

ExportWriter::ExportWriter(const ExportTarget &target, std::shared_ptr<std::atomic<bool>> cancelled)
    : m_target(target)
    , m_cancelled(std::move(cancelled))
{
    m_told.start();
}

bool ExportWriter::note(const Done &result)
{
    if (!result && !m_error)
        m_error = m_fileError ? m_fileError : result.error();
    return !m_error;
}

void ExportWriter::open()
{
    m_opened = note(m_file.open(m_target.file, m_target.overwrite));
}

bool ExportWriter::startRows()
{
    if (m_exporter)
        return true;
    m_exporter = RowExporter::create(m_target.format, m_target.options,
                                     [this](QByteArrayView bytes) {
                                         const Done written = m_file.write(bytes);
                                         if (!written)
                                             m_fileError = written.error();
                                         return bool(written);
                                     });
    return note(m_exporter->begin());
}

void ExportWriter::writeRows(const RowSet &rows, const std::vector<std::uint32_t> &order)
{
    if (m_error || !startRows())
        return;
    for (std::size_t i = 0; i < order.size() && !*m_cancelled;) {
        // Neighbours go together: most exports are in the host's order.
        std::size_t next = i + 1;
        while (next < order.size() && next - i < mostAtOnce && order[next] == order[next - 1] + 1)
            ++next;
        if (!note(m_exporter->append(rows, order[i], order[next - 1] + 1)))
            return;
        m_rows += next - i;
        i = next;
        if (m_told.elapsed() > tellEvery) {
            Q_EMIT progress(m_rows, m_file.bytesWritten());
            m_told.start();
        }
    }
}

void ExportWriter::writeBatch(const RowBatchPtr &batch, const CimClass *schema)
{
    if (m_error || *m_cancelled) {
        Q_EMIT taken(rowCount(batch));
        return;
    }
    m_batch.dropRows();
    const std::uint32_t columns = m_batch.columnCount();
    m_batch.append(batch);
    if (schema && m_batch.columnCount() > columns)
        applySchema(m_batch, *schema);
    std::vector<std::uint32_t> order(m_batch.rowCount());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    writeRows(m_batch, order);
    Q_EMIT taken(order.size());
}

void ExportWriter::writeTree(Node root, const LeafTypes &types)
{
    m_tree = true;
    if (m_error || *m_cancelled)
        return;
    note(m_file.write(exportTree(root, m_target.format, m_target.options, types)));
}

void ExportWriter::close(const Error &error)
{
    if (m_done)
        return;
    m_done = true;
    if (*m_cancelled && !m_error)
        m_error = Error::cancelled();
    if (error && !m_error)
        m_error = error;
    if (m_opened && !m_tree && !m_fileError && (m_exporter || !m_error) && startRows())
        note(m_exporter->end()); // also after a failure: what is there is well-formed
    if (m_opened && !m_error)
        note(m_file.finish());
    Q_EMIT done(m_error, m_rows, m_file.bytesWritten(),
                m_opened && m_error ? m_file.partialPath() : QString());
}
