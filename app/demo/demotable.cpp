#include "demo/demotable.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

/// Rows that were made when the program started.
class TableSource final : public InstanceSource
{
public:
    TableSource(const DemoClass &cls, std::vector<DemoObject> rows)
        : m_cls(cls)
        , m_rows(std::move(rows))
    { }
    const DemoClass &cls() const override { return m_cls; }
    std::int64_t count() const override { return std::int64_t(m_rows.size()); }
    void read(std::int64_t index, DemoObject &out) const override
    {
        out = m_rows[std::size_t(index)];
    }
    bool isWritable() const override { return true; }
    void replace(std::int64_t index, const DemoObject &object) override
    {
        m_rows[std::size_t(index)] = object;
    }
    void add(const DemoObject &object) override { m_rows.push_back(object); }
    void remove(std::int64_t index) override { m_rows.erase(m_rows.begin() + index); }

private:
    const DemoClass &m_cls;
    std::vector<DemoObject> m_rows;
};

/// Logs are of the last days, whenever the host is started.
QString momentsAgo(const QString &text)
{
    static const QDateTime start = QDateTime::currentDateTimeUtc();
    const int minutes = text.mid(5).chopped(1).toInt();
    return start.addSecs(-60 * qint64(minutes)).toString(Qt::ISODateWithMs);
}

QString filled(QString text, const QJsonObject &row, int number)
{
    if (text.startsWith("{now-"_L1))
        return momentsAgo(text);
    text.replace("{#}"_L1, QString::number(number));
    if (text.startsWith(u'$'))
        return row.value(QStringView(text).mid(1))
            .toString()
            .replace("{#}"_L1, QString::number(number));
    return text;
}

DemoValue readValue(const QJsonValue &json, const DemoSchema &schema, const QJsonObject &row,
                    int number);

std::shared_ptr<const DemoObject> readObject(const QJsonObject &json, QLatin1StringView classKey,
                                             const DemoSchema &schema, const QJsonObject &row,
                                             int number)
{
    const DemoClass *cls = schema.find(json.value(classKey).toString().toStdString());
    Q_ASSERT(cls);
    auto object = std::make_shared<DemoObject>();
    object->reset(*cls);
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (DemoValue *value = object->value(it.key().toStdString()))
            *value = readValue(it.value(), schema, row, number);
    }
    return object;
}

DemoValue readValue(const QJsonValue &json, const DemoSchema &schema, const QJsonObject &row,
                    int number)
{
    DemoValue value;
    if (json.isString()) {
        value.set(filled(json.toString(), row, number).toStdString());
    } else if (json.isDouble()) {
        value.set(json.toVariant().toString().toStdString());
    } else if (json.isBool()) {
        value.set(json.toBool());
    } else if (json.isArray()) {
        value.kind = DemoValue::Kind::Array;
        const QJsonArray items = json.toArray();
        for (const QJsonValue &item : items)
            value.items.push_back(readValue(item, schema, row, number));
    } else if (json.isObject()) {
        const QJsonObject object = json.toObject();
        const bool reference = object.contains("ref"_L1);
        value.kind = reference ? DemoValue::Kind::Reference : DemoValue::Kind::Object;
        value.object = readObject(object, reference ? "ref"_L1 : "class"_L1, schema, row, number);
    }
    return value;
}

void readRow(const QJsonObject &row, const QJsonObject &defaults, const DemoClass &cls,
             const DemoSchema &schema, std::vector<DemoObject> &rows)
{
    const int repeat = row.value("repeat"_L1).toInt(1);
    for (int number = 1; number <= repeat; ++number) {
        DemoObject &object = rows.emplace_back();
        object.reset(cls);
        for (std::size_t i = 0; i < cls.all.size(); ++i) {
            const QString name = QString::fromStdString(cls.all[i]->name);
            const QJsonValue json = row.contains(name) ? row.value(name) : defaults.value(name);
            object.values[i] = readValue(json, schema, row, number);
        }
    }
}

} // namespace

QJsonObject readDevice(const Personality &as)
{
    QFile file(u":/demo/devices/"_s + QLatin1StringView(as.name.data(), qsizetype(as.name.size()))
               + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    Q_ASSERT(document.isObject()); // compiled in
    return document.object();
}

std::vector<std::unique_ptr<InstanceSource>> readTables(const DemoSchema &schema,
                                                        const Personality &as)
{
    std::vector<std::unique_ptr<InstanceSource>> sources;
    const auto add = [&sources, &schema](const DemoClass &cls, const QJsonObject &table) {
        std::vector<DemoObject> rows;
        const QJsonObject defaults = table.value("defaults"_L1).toObject();
        const QJsonArray list = table.value("rows"_L1).toArray();
        for (const QJsonValue &row : list)
            readRow(row.toObject(), defaults, cls, schema, rows);
        sources.push_back(std::make_unique<TableSource>(cls, std::move(rows)));
    };
    if (!as.isWindows()) {
        const QJsonArray classes = readDevice(as).value("classes"_L1).toArray();
        for (const QJsonValue &value : classes) {
            const QJsonObject table = value.toObject();
            const DemoClass *cls = schema.find(table.value("name"_L1).toString().toStdString());
            if (table.contains("rows"_L1))
                add(*cls, table);
        }
        return sources;
    }
    const QDir folder(u":/demo/data"_s);
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        const DemoClass *cls = schema.find(QStringView(name).chopped(5).toUtf8().toStdString());
        if (cls && file.open(QIODevice::ReadOnly))
            add(*cls, QJsonDocument::fromJson(file.readAll()).object());
    }
    return sources;
}
