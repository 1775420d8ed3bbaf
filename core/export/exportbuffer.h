#pragma once

#include "export/exporter.h"

#include <cstring>
#include <memory>
#include <string_view>

/// Bytes on their way to the sink. It grows as far as one row needs and is emptied between rows, so
/// that every call of the sink gets whole characters.
class ExportBuffer
{
public:
    explicit ExportBuffer(ExportSink sink);

    /// Room for `count` more bytes; `advance` says how many were written there.
    char *room(std::size_t count)
    {
        if (m_capacity - m_size < count)
            grow(count);
        return m_data.get() + m_size;
    }
    void advance(std::size_t count) { m_size += count; }
    void append(std::string_view text)
    {
        if (text.empty())
            return; // memcpy wants pointers even for nothing
        std::memcpy(room(text.size()), text.data(), text.size());
        m_size += text.size();
    }
    void append(char c)
    {
        *room(1) = c;
        ++m_size;
    }
    void append(const QByteArray &bytes)
    {
        append(std::string_view(bytes.constData(), std::size_t(bytes.size())));
    }
    void append(const QString &text) { append(text.toUtf8()); }

    /// To be called between rows: hands the bytes on once there are enough of them.
    Done flushIfFull() { return m_size >= flushSize ? flush() : Done(); }
    /// Kind::Local when the sink takes no more; then nothing is handed on any more.
    Done flush();

private:
    static constexpr std::size_t flushSize = 256 * 1024;
    void grow(std::size_t count);

    ExportSink m_sink;
    std::unique_ptr<char[]> m_data;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
    bool m_broken = false;
};

/// The sink of a terminal: control characters of a finished text are escaped, line ends stay.
ExportSink terminalSink(ExportSink sink);
