#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

/// A password or passphrase, held as UTF-8. It cannot be printed, streamed, compared or converted
/// by accident; the one way to the bytes is `reveal()`, for the code that sends or stores it. The
/// buffer is overwritten when the last copy goes. Copies share the buffer.
class Secret
{
public:
    Secret() = default;
    explicit Secret(const QString &text);
    /// Takes the bytes and overwrites the argument.
    static Secret take(QByteArray &bytes);

    bool isEmpty() const { return !m_buffer || m_buffer->bytes.isEmpty(); }
    /// For what sends or stores it. Do not keep, log or put it into an Error.
    QByteArray reveal() const { return m_buffer ? m_buffer->bytes : QByteArray(); }
    void clear() { m_buffer.reset(); }

    bool operator==(const Secret &) const = delete;

private:
    struct Buffer
    {
        QByteArray bytes;
        ~Buffer();
    };
    std::shared_ptr<const Buffer> m_buffer;
};

class QDebug;
QDebug operator<<(QDebug, const Secret &) = delete;
