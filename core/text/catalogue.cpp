#include "text/catalogue.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace {

QJsonArray readList(const QString &file, QLatin1StringView name)
{
    QFile source(file);
    const bool open = source.open(QIODevice::ReadOnly);
    Q_ASSERT_X(open, "catalogue", "a catalogue is not compiled in");
    return QJsonDocument::fromJson(open ? source.readAll() : QByteArray())
        .object()
        .value(name)
        .toArray();
}

struct Causes
{
    QStringList ids;
    QHash<QString, CauseText> texts;
};

Causes readCauses()
{
    Causes causes;
    for (const QJsonValue &value : readList(u":/errors/causes.json"_s, "causes"_L1)) {
        const QJsonObject entry = value.toObject();
        CauseText text{entry["sentence"_L1].toString(), {}, entry["remedy"_L1].toString()};
        for (const QJsonValue &argument : entry["arguments"_L1].toArray())
            text.arguments.append(argument.toString());
        causes.ids.append(entry["id"_L1].toString());
        causes.texts.insert(causes.ids.last(), text);
    }
    return causes;
}

const Causes &causes()
{
    static const Causes read = readCauses();
    return read;
}

using CodeKey = std::pair<QString, std::uint32_t>;

struct Codes
{
    std::vector<CodeText> texts;
    QHash<CodeKey, std::size_t> byCode;
};

Codes readCodes()
{
    Codes codes;
    const QJsonArray list = readList(u":/errors/codes.json"_s, "codes"_L1);
    codes.texts.reserve(std::size_t(list.size()));
    for (const QJsonValue &value : list) {
        const QJsonObject entry = value.toObject();
        CodeText text{entry["group"_L1].toString(),  entry["code"_L1].toString().toUInt(nullptr, 0),
                      entry["symbol"_L1].toString(), entry["meaning"_L1].toString(),
                      entry["cause"_L1].toString(),  entry["remedy"_L1].toString()};
        codes.byCode.insert({text.group, text.code}, codes.texts.size());
        codes.texts.push_back(std::move(text));
    }
    return codes;
}

const Codes &codes()
{
    static const Codes read = readCodes();
    return read;
}

} // namespace

const CauseText *causeText(Cause cause)
{
    const auto found = causes().texts.constFind(causeId(cause));
    return found == causes().texts.constEnd() ? nullptr : &*found;
}

QStringList causeTextIds()
{
    return causes().ids;
}

const std::vector<CodeText> &codeTexts()
{
    return codes().texts;
}

const CodeText *codeText(QStringView group, std::uint32_t code)
{
    const auto found = codes().byCode.constFind({group.toString(), code});
    return found == codes().byCode.constEnd() ? nullptr : &codes().texts[*found];
}
