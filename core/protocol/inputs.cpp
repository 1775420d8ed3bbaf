#include "protocol/inputs.h"

#include "document/xmlescape.h"
#include "protocol/writeonly.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

QString leafName(const QString &path)
{
    QString name = path.section(u'/', -1).section(u'[', 0, 0);
    return name.startsWith(u'@') ? name.mid(1) : name;
}

/// What is written must arrive as it is: no character is replaced in silence.
Result<Value> textValue(const QString &name, const QString &text)
{
    if (!fitsXml(text.toUtf8().toStdString()) || !text.isValidUtf16())
        return usage(u"the value of %1 has a character that XML cannot carry"_s.arg(name));
    return Value::ofText(text);
}

Result<Value> fileValue(const QString &name, const QString &path, const InputFiles &files)
{
    if (path.isEmpty())
        return usage(u"%1=@ names no file"_s.arg(name));
    if (isWriteOnlyName(leafName(name))) {
        Result<Secret> secret = files.secret(path);
        return secret ? Result<Value>(Value::ofSecret(std::move(secret.value()))) : secret.error();
    }
    const Result<QByteArray> bytes = files.text(path);
    if (!bytes)
        return bytes.error();
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes.value());
    if (decoder.hasError())
        return usage(u"the file for %1 is not UTF-8 text"_s.arg(name));
    return textValue(name, text);
}

Result<Value> inputValue(const QString &name, const QString &text, const InputFiles &files)
{
    if (text == u"$null")
        return Value::null();
    if (text.startsWith(u'@'))
        return fileValue(name, text.mid(1), files);
    if (isWriteOnlyName(leafName(name)) && !text.isEmpty())
        return usage(u"%1 is a secret and must come from a file: %1=@FILE"_s.arg(name));
    const bool escaped = text.startsWith(u"\\$"_s) || text.startsWith(u"\\@"_s);
    return textValue(name, escaped ? text.mid(1) : text);
}

QString isoOffset(const QString &sign, int minutes)
{
    return sign
        + u"%1:%2"_s.arg(minutes / 60, 2, 10, QLatin1Char('0'))
              .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

Value dateOf(Value::Kind kind, const QString &text)
{
    Value value;
    value.kind = kind;
    value.text = text;
    return value;
}

std::optional<Value> dmtfTime(const QString &text)
{
    static const QRegularExpression time(
        uR"(^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})([+-])(\d{3})$)"_s);
    const auto match = time.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto part = [&match](int i) { return match.captured(i); };
    return dateOf(Value::Kind::DateTime,
                  part(1) + u'-' + part(2) + u'-' + part(3) + u'T' + part(4) + u':' + part(5) + u':'
                      + part(6) + u'.' + part(7) + isoOffset(part(8), part(9).toInt()));
}

std::optional<Value> dmtfInterval(const QString &text)
{
    static const QRegularExpression interval(uR"(^(\d{8})(\d\d)(\d\d)(\d\d)\.(\d{6}):000$)"_s);
    const auto match = interval.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const int micro = match.captured(5).toInt();
    const QString fraction = micro > 0 ? u'.' + match.captured(5) : QString();
    return dateOf(Value::Kind::Interval,
                  u"P%1DT%2H%3M%4%5S"_s.arg(match.captured(1).toInt())
                      .arg(match.captured(2).toInt())
                      .arg(match.captured(3).toInt())
                      .arg(match.captured(4).toInt())
                      .arg(fraction));
}

const CimProperty *schemaOf(const std::vector<CimProperty> &schema, const QString &name)
{
    for (const CimProperty &property : schema) {
        if (property.name.compare(name, Qt::CaseInsensitive) == 0)
            return &property;
    }
    return nullptr;
}

Result<Value> typed(const Value &value, const CimProperty &schema)
{
    if (value.kind != Value::Kind::Text)
        return value;
    if (schema.type == CimType::Boolean)
        return Value::ofText(value.text.toLower());
    if (schema.type == CimType::DateTime) {
        if (const auto date = dateValue(value.text))
            return *date;
        return usage(u"\"%1\" is no date, time or interval"_s.arg(value.text));
    }
    if (schema.type == CimType::Reference) {
        const auto resource = parseResource(value.text);
        if (!resource)
            return resource.error();
        return Value::ofReference({.resource = resource.value()});
    }
    return value;
}

} // namespace

std::optional<Value> dateValue(const QString &text)
{
    static const QRegularExpression iso(
        uR"(^-?\d{4,}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$)"_s);
    static const QRegularExpression duration(
        uR"(^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$)"_s);
    static const QRegularExpression wildcards(uR"(^[\d*]{14}\.[\d*]{6}[+:-][\d*]{3}$)"_s);
    if (iso.match(text).hasMatch())
        return dateOf(Value::Kind::DateTime, text);
    if (duration.match(text).hasMatch())
        return dateOf(Value::Kind::Interval, text);
    if (const auto time = dmtfTime(text))
        return time;
    if (const auto interval = dmtfInterval(text))
        return interval;
    if (text.contains(u'*') && wildcards.match(text).hasMatch())
        return dateOf(Value::Kind::RawDateTime, text);
    return std::nullopt;
}

Result<std::vector<Patch>> parseInputs(const QStringList &words, const InputFiles &files)
{
    std::vector<Patch> patches;
    for (const QString &word : words) {
        const auto equals = word.indexOf(u'=');
        if (equals <= 0)
            return usage(u"input %1 is not of the form name=value"_s.arg(words.indexOf(word) + 1));
        const QString name = word.first(equals);
        const Result<Value> value = inputValue(name, word.mid(equals + 1), files);
        if (!value)
            return value.error();
        const auto known = std::ranges::find(patches, name, &Patch::path);
        if (known == patches.end()) {
            patches.push_back(Patch::of(name, value.value()));
        } else {
            known->shape = Property::Shape::Array;
            known->values.push_back(value.value());
        }
    }
    return patches;
}

Result<std::vector<Patch>> typedInputs(std::vector<Patch> patches,
                                       const std::vector<CimProperty> &schema)
{
    for (Patch &patch : patches) {
        const CimProperty *const known = schemaOf(schema, patch.path);
        if (!known)
            continue;
        for (Value &value : patch.values) {
            const Result<Value> better = typed(value, *known);
            if (!better)
                return better.error();
            value = better.value();
        }
        const bool null = patch.values.size() == 1
            && patch.values.front().kind == Value::Kind::Null;
        if (known->array && patch.shape == Property::Shape::Single) {
            patch.shape = null ? Property::Shape::NullArray : Property::Shape::Array;
            if (null)
                patch.values.clear();
        }
    }
    return patches;
}
