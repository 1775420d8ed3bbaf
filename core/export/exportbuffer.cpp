#include "export/exportbuffer.h"

#include "text/valuetext.h"

ExportBuffer::ExportBuffer(ExportSink sink)
    : m_sink(std::move(sink))
{ }

void ExportBuffer::grow(std::size_t count)
{
    const std::size_t wanted = std::max(
        {m_size + count, m_capacity * 2, flushSize + flushSize / 4});
    auto larger = std::make_unique_for_overwrite<char[]>(wanted);
    if (m_size != 0)
        std::memcpy(larger.get(), m_data.get(), m_size);
    m_data = std::move(larger);
    m_capacity = wanted;
}

Done ExportBuffer::flush()
{
    if (m_size != 0 && !m_broken)
        m_broken = !m_sink(QByteArrayView(m_data.get(), qsizetype(m_size)));
    m_size = 0;
    if (m_broken)
        return Error::of(Error::Kind::Local, Cause::LocalFile);
    return {};
}

ExportSink terminalSink(ExportSink sink)
{
    return [sink = std::move(sink)](QByteArrayView bytes) {
        return sink(terminalText(QString::fromUtf8(bytes), true).toUtf8());
    };
}
