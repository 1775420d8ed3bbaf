#include "connection/jsonfields.h"

#include <QJsonArray>

#include <limits>

namespace {

bool isText(const QJsonValue &value, int max)
{
    return value.isString() && value.toString().size() <= max
        && !value.toString().contains(QChar(0));
}

} // namespace

QString JsonFields::text(QLatin1StringView name, int max)
{
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined())
        return {};
    m_ok = m_ok && isText(value, max);
    return isText(value, max) ? value.toString() : QString();
}

QStringList JsonFields::texts(QLatin1StringView name, int maxCount, int max)
{
    const QJsonValue value = m_object.value(name);
    const QJsonArray array = value.toArray();
    m_ok = m_ok && (value.isUndefined() || value.isArray()) && array.size() <= maxCount;
    QStringList list;
    for (qsizetype i = 0; i < array.size() && i < maxCount; ++i) {
        m_ok = m_ok && isText(array.at(i), max);
        list.append(array.at(i).toString());
    }
    return list;
}

bool JsonFields::flag(QLatin1StringView name, bool missing)
{
    const QJsonValue value = m_object.value(name);
    m_ok = m_ok && (value.isUndefined() || value.isBool());
    return value.toBool(missing);
}

int JsonFields::integer(QLatin1StringView name, int missing)
{
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined())
        return missing;
    const double number = value.toDouble();
    const bool fits = value.isDouble() && number >= std::numeric_limits<int>::min()
        && number <= std::numeric_limits<int>::max() && number == int(number);
    m_ok = m_ok && fits;
    return fits ? int(number) : missing;
}

QJsonObject JsonFields::object(QLatin1StringView name)
{
    const QJsonValue value = m_object.value(name);
    m_ok = m_ok && (value.isUndefined() || value.isObject());
    return value.toObject();
}
