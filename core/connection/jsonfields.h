#pragma once

#include <QJsonObject>
#include <QStringList>

/// Reads members of a JSON object somebody else may have written: a missing member is the given
/// value, one of the wrong type or beyond its bound makes ok() false (and is the given value too).
class JsonFields
{
public:
    explicit JsonFields(const QJsonObject &object)
        : m_object(object)
    { }

    bool ok() const { return m_ok; }
    bool has(QLatin1StringView name) const { return m_object.contains(name); }
    /// No zero bytes, at most `max` characters.
    QString text(QLatin1StringView name, int max = 1024);
    QStringList texts(QLatin1StringView name, int maxCount = 64, int max = 1024);
    bool flag(QLatin1StringView name, bool missing = false);
    int integer(QLatin1StringView name, int missing = 0); ///< any 32-bit number
    QJsonObject object(QLatin1StringView name);

private:
    const QJsonObject m_object;
    bool m_ok = true;
};
