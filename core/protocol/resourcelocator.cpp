#include "protocol/resourcelocator.h"

#include "protocol/endpointreference.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <QStringDecoder>

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct Alias
{
    QStringView name;
    QStringView uri;
};

/// The aliases of winrm.vbs; for writing the first that fits is taken, so longer URIs stand first.
constexpr std::array aliases{
    Alias{u"wmicimv2", u"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2"},
    Alias{u"wmi", u"http://schemas.microsoft.com/wbem/wsman/1/wmi"},
    Alias{u"cimv2", u"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2"},
    Alias{u"shell", u"http://schemas.microsoft.com/wbem/wsman/1/windows/shell"},
    Alias{u"winrm", u"http://schemas.microsoft.com/wbem/wsman/1"},
    Alias{u"wsman", u"http://schemas.microsoft.com/wbem/wsman/1"},
};

constexpr qsizetype maxResourceLength = 64 * 1024;

Error usage(const QString &message, const QString &word)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message, RuleDetails{.rule = word});
}

bool hasForbiddenCharacter(QStringView text)
{
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            return true;
    }
    return false;
}

/// "scheme:something" as RFC 3986 writes a scheme.
bool hasScheme(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon < 1 || colon + 1 == text.size())
        return false;
    for (qsizetype i = 0; i < colon; ++i) {
        const char16_t c = text[i].unicode();
        const bool letter = (c | 0x20) >= u'a' && (c | 0x20) <= u'z';
        const bool later = (c >= u'0' && c <= u'9') || c == u'+' || c == u'-' || c == u'.';
        if (!letter && (i == 0 || !later))
            return false;
    }
    return true;
}

Result<QString> expandAlias(QStringView text)
{
    if (text.startsWith(u"https://schemas", Qt::CaseInsensitive))
        return usage(u"resource URIs of this kind begin with http://schemas"_s, text.toString());
    if (hasScheme(text))
        return text.toString();
    const qsizetype slash = text.indexOf(u'/');
    const QStringView word = slash < 0 ? text : text.first(slash);
    for (const Alias &alias : aliases) {
        if (alias.name.compare(word, Qt::CaseInsensitive) == 0)
            return alias.uri.toString() + (slash < 0 ? QString() : text.sliced(slash).toString());
    }
    return usage(u"neither a URI nor one of the aliases"_s, text.toString());
}

int hexDigit(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9')
        return u - u'0';
    const char16_t lower = u | 0x20;
    return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

/// `%XX` as UTF-8 bytes; a percent sign without two hex digits stays. Null when the bytes are no
/// UTF-8.
std::optional<QString> decodePercent(QStringView text)
{
    if (!text.contains(u'%'))
        return text.toString();
    QByteArray bytes;
    const QByteArray utf8 = text.toUtf8();
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const int high = i + 2 < utf8.size() ? hexDigit(QLatin1Char(utf8[i + 1])) : -1;
        const int low = i + 2 < utf8.size() ? hexDigit(QLatin1Char(utf8[i + 2])) : -1;
        if (utf8[i] != '%' || high < 0 || low < 0) {
            bytes += utf8[i];
            continue;
        }
        bytes += char(high * 16 + low);
        i += 2;
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder.decode(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return decoded;
}

/// Cuts one `Name=Value` or `Name="Value"` off `query`, the `+` behind it included.
Result<Selector> takeSelector(QStringView &query)
{
    const QStringView whole = query;
    const qsizetype equals = query.indexOf(u'=');
    const qsizetype plus = query.indexOf(u'+');
    if (equals < 1 || (plus >= 0 && plus < equals))
        return usage(u"a selector is Name=Value"_s, whole.toString());
    const QStringView name = query.first(equals);
    query = query.sliced(equals + 1);
    QStringView value;
    if (query.startsWith(u'"')) {
        const qsizetype end = query.indexOf(u'"', 1);
        if (end < 0 || (end + 1 < query.size() && query[end + 1] != u'+'))
            return usage(u"a quoted value ends with a quotation mark"_s, whole.toString());
        value = query.sliced(1, end - 1);
        query = query.sliced(end + 1);
    } else {
        const qsizetype end = query.indexOf(u'+');
        value = end < 0 ? query : query.first(end);
        query = query.sliced(value.size());
    }
    if (query.startsWith(u'+')) {
        query = query.sliced(1);
        if (query.isEmpty())
            return usage(u"nothing after the last +"_s, whole.toString());
    }
    const std::optional<QString> decodedName = decodePercent(name);
    const std::optional<QString> decodedValue = decodePercent(value);
    if (!decodedName || !decodedValue)
        return usage(u"a %XX sequence that is not UTF-8"_s, whole.toString());
    return Selector{.name = *decodedName, .value = *decodedValue};
}

/// What would be read differently, as %XX.
QString encodePercent(QStringView text, QStringView special)
{
    QString encoded;
    for (const QChar c : text) {
        if (c == u'%' || c.unicode() < 0x20 || c.unicode() == 0x7f || special.contains(c))
            encoded += u"%%1"_s.arg(int(c.unicode()), 2, 16, QLatin1Char('0')).toUpper();
        else
            encoded += c;
    }
    return encoded;
}

QString shortUri(const QString &uri)
{
    for (const Alias &alias : aliases) {
        if (!uri.startsWith(alias.uri))
            continue;
        const QStringView rest = QStringView(uri).sliced(alias.uri.size());
        if (rest.isEmpty() || rest.startsWith(u'/'))
            return alias.name.toString() + rest.toString();
    }
    return uri;
}

QString withSlashes(QString text)
{
    return text.replace(u'\\', u'/');
}

} // namespace

bool Selector::operator==(const Selector &other) const
{
    if (name != other.name || value != other.value || !reference != !other.reference)
        return false;
    return !reference || *reference == *other.reference;
}

const Selector *ResourceLocator::selector(QStringView name) const
{
    for (const Selector &selector : selectors) {
        if (name.compare(selector.name, Qt::CaseInsensitive) == 0)
            return &selector;
    }
    return nullptr;
}

void ResourceLocator::setSelector(const QString &name, const QString &value)
{
    for (Selector &selector : selectors) {
        if (selector.name.compare(name, Qt::CaseInsensitive) == 0) {
            selector = {.name = name, .value = value};
            return;
        }
    }
    selectors.push_back({.name = name, .value = value});
}

QString ResourceLocator::className() const
{
    return uri.sliced(uri.lastIndexOf(u'/') + 1);
}

QString ResourceLocator::cimNamespace() const
{
    constexpr QStringView family = u"http://schemas.microsoft.com/wbem/wsman/";
    if (uri.startsWith(family, Qt::CaseInsensitive)) {
        const qsizetype begin = uri.indexOf(u"/wmi/"_s, 0, Qt::CaseInsensitive) + 5;
        const qsizetype end = uri.lastIndexOf(u'/');
        if (begin >= 5 && end > begin)
            return withSlashes(uri.sliced(begin, end - begin));
    }
    const Selector *const given = selector(u"__cimnamespace");
    return given ? withSlashes(given->value) : QString();
}

Result<ResourceLocator> parseResource(const QString &text)
{
    if (text.size() > maxResourceLength)
        return usage(u"too long for a resource"_s, text.first(80));
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return usage(u"empty"_s, {});
    if (hasForbiddenCharacter(trimmed))
        return usage(u"control characters in a resource"_s, {});
    const qsizetype question = trimmed.indexOf(u'?');
    const QStringView path = QStringView(trimmed).first(question < 0 ? trimmed.size() : question);
    const Result<QString> uri = expandAlias(path);
    if (!uri)
        return uri.error();
    if (uri.value().contains(u' ') || uri.value().contains(u'"'))
        return usage(u"a URI has neither spaces nor quotation marks"_s, path.toString());
    ResourceLocator locator{.uri = uri.value()};
    if (question < 0)
        return locator;
    QStringView query = QStringView(trimmed).sliced(question + 1);
    do {
        const Result<Selector> selector = takeSelector(query);
        if (!selector)
            return selector.error();
        if (locator.selector(selector.value().name))
            return usage(u"the same selector twice"_s, selector.value().name);
        locator.selectors.push_back(selector.value());
    } while (!query.isEmpty());
    return locator;
}

QString shortResource(const ResourceLocator &locator)
{
    QString text = shortUri(locator.uri);
    QChar separator = u'?';
    for (const Selector &selector : locator.selectors) {
        const QString value = selector.reference ? referenceText(*selector.reference)
                                                 : selector.value;
        const bool quoted = value.contains(u'+') || value.contains(u'"') || value != value.trimmed()
            || value.contains(u' ');
        text += separator + encodePercent(selector.name, u"=+?\"") + u'=';
        text += quoted ? u'"' + encodePercent(value, u"\"") + u'"' : encodePercent(value, {});
        separator = u'+';
    }
    return text;
}

ResourceLocator wmiClass(const QString &cimNamespace, const QString &className)
{
    return {.uri = toText(uri::wmi) + u'/' + withSlashes(cimNamespace) + u'/' + className};
}

ResourceLocator dmtfClass(const QString &cimNamespace, const QString &className)
{
    ResourceLocator locator{.uri = toText(uri::cimSchema) + u'/' + className};
    if (!cimNamespace.isEmpty())
        locator.setSelector(u"__cimnamespace"_s, withSlashes(cimNamespace));
    return locator;
}
