#include "http/httprequest.h"

#include <algorithm>

namespace {

/// No control characters: nothing that could end a line.
bool isFieldText(QByteArrayView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

bool isTarget(QByteArrayView text)
{
    return text.startsWith('/')
        && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

QByteArray HttpRequest::bytes() const
{
    if (!isTarget(target) || host.isEmpty() || !isFieldText(host) || host.contains(' '))
        return {};
    QByteArray out;
    out.reserve(512 + body.size());
    out += "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\n";
    for (const auto &[name, value] : fields) {
        if (name.isEmpty() || !isFieldText(name) || name.contains(':') || !isFieldText(value))
            return {};
        out += name + ": " + value + "\r\n";
    }
    out += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    out += body;
    return out;
}
