#include "inventory/configcatalogue.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

QString writableText(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? u"true"_s : u"false"_s;
    return value.toString();
}

QString rangeText(const QJsonArray &range)
{
    if (range.size() != 2)
        return {};
    return QString::number(range[0].toInteger()) + " to "_L1
        + QString::number(range[1].toInteger());
}

QStringList textList(const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue &value : array)
        list.append(value.toString());
    return list;
}

ConfigSetting toSetting(const QJsonObject &entry)
{
    ConfigSetting setting;
    setting.path = entry["path"_L1].toString();
    setting.title = entry["title"_L1].toString();
    setting.meaning = entry["meaning"_L1].toString();
    setting.type = entry["type"_L1].toString();
    if (entry.contains("default"_L1))
        setting.defaultValue = u""_s + entry["default"_L1].toString();
    setting.defaultNote = entry["defaultNote"_L1].toString();
    setting.otherDefaults = textList(entry["otherDefaults"_L1].toArray());
    setting.range = rangeText(entry["range"_L1].toArray());
    setting.values = textList(entry["values"_L1].toArray());
    setting.unit = entry["unit"_L1].toString();
    setting.writable = writableText(entry["writable"_L1]);
    setting.policy = entry["policy"_L1].toString();
    setting.uri = entry["uri"_L1].toString();
    return setting;
}

/// A value in the one form that is compared.
QString comparable(const ConfigSetting &setting, QStringView value)
{
    const QString text = value.trimmed().toString();
    if (setting.type == "boolean"_L1) {
        const QString lower = text.toLower();
        return lower == u'1' ? u"true"_s : lower == u'0' ? u"false"_s : lower;
    }
    if (setting.type == "enum"_L1)
        return text.toLower();
    if (setting.type != "list"_L1)
        return text;
    QStringList items = text.split(u',');
    for (QString &item : items)
        item = item.trimmed().toLower();
    return items.join(u',');
}

} // namespace

CimType ConfigSetting::cimType() const
{
    if (type == "boolean"_L1)
        return CimType::Boolean;
    if (type == "uint32"_L1)
        return CimType::UInt32;
    return type == "uint64"_L1 ? CimType::UInt64 : CimType::String;
}

ConfigCatalogue::ConfigCatalogue()
{
    QFile source(u":/inventory/winrm-config.json"_s);
    const bool open = source.open(QIODevice::ReadOnly);
    Q_ASSERT_X(open, "ConfigCatalogue", "the catalogue is not compiled in");
    const QJsonObject catalogue = QJsonDocument::fromJson(open ? source.readAll() : QByteArray())
                                      .object();
    for (const QJsonValue &value : catalogue["settings"_L1].toArray()) {
        m_settings.push_back(toSetting(value.toObject()));
        m_settingByPath.insert(m_settings.back().path.toLower(), m_settings.size() - 1);
    }
    for (const QJsonValue &value : catalogue["groups"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        m_groups.push_back({entry["path"_L1].toString(), entry["title"_L1].toString(),
                            entry["meaning"_L1].toString()});
        m_groupByPath.insert(m_groups.back().path.toLower(), m_groups.size() - 1);
    }
}

const ConfigCatalogue &ConfigCatalogue::builtIn()
{
    static const ConfigCatalogue catalogue;
    return catalogue;
}

const ConfigSetting *ConfigCatalogue::setting(QStringView path) const
{
    const auto found = m_settingByPath.constFind(path.toString().toLower());
    return found == m_settingByPath.constEnd() ? nullptr : &m_settings[*found];
}

const ConfigGroup *ConfigCatalogue::group(QStringView path) const
{
    const auto found = m_groupByPath.constFind(path.toString().toLower());
    return found == m_groupByPath.constEnd() ? nullptr : &m_groups[*found];
}

bool ConfigCatalogue::isChanged(QStringView path, QStringView value) const
{
    const ConfigSetting *known = setting(path);
    if (!known || known->defaultValue.isNull())
        return false;
    const QString read = comparable(*known, value);
    if (read == comparable(*known, known->defaultValue))
        return false;
    for (const QString &other : known->otherDefaults) {
        if (read == comparable(*known, other))
            return false;
    }
    return true;
}
