#include "http/httpreply.h"

namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

QByteArray HttpHead::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers)
        if (sameName(key, name))
            return value;
    return {};
}

std::vector<QByteArray> HttpHead::all(QByteArrayView name) const
{
    std::vector<QByteArray> values;
    for (const auto &[key, value] : headers)
        if (sameName(key, name))
            values.push_back(value);
    return values;
}

bool HttpHead::hasToken(QByteArrayView name, QByteArrayView token) const
{
    for (const QByteArray &value : all(name))
        for (const QByteArray &item : value.split(','))
            if (sameName(item.trimmed(), token))
                return true;
    return false;
}
