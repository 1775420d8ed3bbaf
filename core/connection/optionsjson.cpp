#include "connection/optionsjson.h"

#include <QJsonValue>

#include <limits>

using namespace Qt::StringLiterals;

namespace {

/// The one list of members, for both directions.
template<typename Options, typename Visitor>
void visitMembers(Options &options, Visitor &&visit)
{
    visit("host"_L1, options.host);
    visit("tls"_L1, options.tls);
    visit("port"_L1, options.port);
    visit("path"_L1, options.path);
    visit("automaticScheme"_L1, options.automaticScheme);
    visit("authentication"_L1, options.authentication);
    visit("userName"_L1, options.userName);
    visit("servicePrincipal"_L1, options.servicePrincipal);
    visit("servicePort"_L1, options.servicePort);
    visit("delegate"_L1, options.delegate);
    visit("unverifiedHost"_L1, options.unverifiedHost);
    visit("skipCaCheck"_L1, options.skipCaCheck);
    visit("skipCnCheck"_L1, options.skipCnCheck);
    visit("skipRevocationCheck"_L1, options.skipRevocationCheck);
    visit("caFile"_L1, options.caFile);
    visit("pinSha256"_L1, options.pinSha256);
    visit("allowClearText"_L1, options.allowClearText);
    visit("operationTimeout"_L1, options.operationTimeout);
    visit("networkDelay"_L1, options.networkDelay);
    visit("connectTimeout"_L1, options.connectTimeout);
    visit("maxEnvelopeKib"_L1, options.maxEnvelopeKib);
    visit("batchItems"_L1, options.batchItems);
    visit("locale"_L1, options.locale);
    visit("utf16"_L1, options.utf16);
    visit("readOnly"_L1, options.readOnly);
}

QJsonValue jsonOf(const QString &text)
{
    return text;
}
QJsonValue jsonOf(bool value)
{
    return value;
}
QJsonValue jsonOf(std::uint16_t value)
{
    return int(value);
}
QJsonValue jsonOf(std::uint32_t value)
{
    return qint64(value);
}
QJsonValue jsonOf(std::chrono::milliseconds value)
{
    return qint64(value.count());
}
QJsonValue jsonOf(Authentication value)
{
    return authenticationName(value);
}
QJsonValue jsonOf(const QByteArray &pin)
{
    return pin.isEmpty() ? QString() : pinText(pin);
}

bool read(const QJsonValue &json, QString &text)
{
    text = json.toString();
    return json.isString() && text.size() <= 4096 && !text.contains(QChar(0));
}

bool read(const QJsonValue &json, bool &value)
{
    value = json.toBool();
    return json.isBool();
}

bool readInteger(const QJsonValue &json, qint64 max, qint64 &value)
{
    value = json.toInteger(-1);
    return json.isDouble() && value >= 0 && value <= max;
}

template<typename Integer>
requires std::unsigned_integral<Integer>
bool read(const QJsonValue &json, Integer &value)
{
    qint64 number = 0;
    const bool ok = readInteger(json, std::numeric_limits<Integer>::max(), number);
    value = ok ? Integer(number) : Integer();
    return ok;
}

bool read(const QJsonValue &json, std::chrono::milliseconds &value)
{
    qint64 number = 0;
    const bool ok = readInteger(json, std::numeric_limits<qint32>::max(), number);
    value = std::chrono::milliseconds(number);
    return ok;
}

bool read(const QJsonValue &json, Authentication &value)
{
    const auto known = authenticationNamed(json.toString());
    value = known.value_or(Authentication::Automatic);
    return known.has_value();
}

bool read(const QJsonValue &json, QByteArray &pin)
{
    pin.clear();
    if (json.isString() && json.toString().isEmpty())
        return true;
    const auto parsed = parsePin(json.toString());
    if (parsed)
        pin = *parsed;
    return parsed.ok();
}

} // namespace

QJsonObject toJson(const ConnectionOptions &options)
{
    QJsonObject standard, object;
    const ConnectionOptions defaults;
    visitMembers(defaults, [&](QLatin1StringView name, const auto &member) {
        standard.insert(name, jsonOf(member));
    });
    visitMembers(options, [&](QLatin1StringView name, const auto &member) {
        const QJsonValue value = jsonOf(member);
        if (value != standard.value(name))
            object.insert(name, value);
    });
    return object;
}

Result<ConnectionOptions> connectionOptionsFromJson(const QJsonObject &object)
{
    ConnectionOptions options;
    QString wrong;
    visitMembers(options, [&](QLatin1StringView name, auto &member) {
        const auto found = object.constFind(name);
        if (found != object.constEnd() && !read(*found, member))
            wrong = name;
    });
    if (!wrong.isEmpty())
        return Error::of(Error::Kind::Local, Cause::LocalProfileCorrupt,
                         u"the member \"%1\" of the connection options is not valid"_s.arg(wrong),
                         RuleDetails{wrong});
    return options;
}
