#pragma once

#include <QByteArray>
#include <QString>

#include <string_view>

/// Between the UTF-8 of documents and URIs and Qt's strings.
inline QString toText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

inline QByteArray toBytes(std::string_view utf8)
{
    return QByteArray(utf8.data(), qsizetype(utf8.size()));
}

inline std::string_view viewOf(const QByteArray &utf8)
{
    return {utf8.constData(), std::size_t(utf8.size())};
}

inline bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}
