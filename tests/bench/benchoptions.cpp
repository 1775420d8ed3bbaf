#include "bench/benchoptions.h"

#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

Result<BenchOptions> read(const QCommandLineParser &parser)
{
    BenchOptions options;
    if (parser.positionalArguments().size() != 1)
        return usage(u"one verb is needed"_s);
    options.verb = parser.positionalArguments().first();
    options.url = QUrl(parser.value(u"url"_s));
    options.userName = parser.value(u"user"_s);
    options.className = parser.value(u"class"_s);
    options.hostsFile = parser.value(u"hosts-file"_s);
    options.out = parser.value(u"out"_s);
    options.insecure = parser.isSet(u"insecure"_s);
    options.sortBy = parser.value(u"sort"_s);
    options.filter = parser.value(u"filter"_s);
    const auto format = exportFormatNamed(parser.value(u"format"_s));
    if (!format)
        return usage(parser.value(u"format"_s));
    options.format = *format;
    const auto number = [&parser](const QString &name, auto &value) {
        bool good = false;
        const uint read = parser.value(name).toUInt(&good);
        if (good)
            value = std::decay_t<decltype(value)>(read);
        return good;
    };
    if (!number(u"max-elements"_s, options.maxElements)
        || !number(u"max-envelope"_s, options.maxEnvelope) || !number(u"items"_s, options.items))
        return usage(u"--max-elements, --max-envelope and --items are numbers"_s);
    return options;
}

} // namespace

Result<BenchOptions> parseBenchOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.addOptions({
        {u"url"_s, u"The host's endpoint."_s, u"URL"_s},
        {u"user"_s, u"User name."_s, u"NAME"_s},
        {u"class"_s, u"Class to enumerate."_s, u"CLASS"_s},
        {u"max-elements"_s, u"Items of a page."_s, u"N"_s, u"32000"_s},
        {u"max-envelope"_s, u"Octets of a page."_s, u"N"_s, u"512000"_s},
        {u"hosts-file"_s, u"Endpoints, one a line."_s, u"FILE"_s},
        {u"format"_s, u"Of an export."_s, u"FORMAT"_s, u"csv"_s},
        {u"out"_s, u"File of an export."_s, u"FILE"_s},
        {u"insecure"_s, u"Accept any certificate."_s},
        {u"items"_s, u"Instances of the demo host."_s, u"N"_s, u"100000"_s},
        {u"sort"_s, u"Column that stall sorts by."_s, u"COLUMN"_s},
        {u"filter"_s, u"What stall filters by."_s, u"TEXT"_s},
    });
    if (!parser.parse(arguments))
        return usage(parser.errorText());
    return read(parser);
}

ConnectionOptions BenchOptions::connection(const QUrl &host) const
{
    ConnectionOptions options;
    options.host = host.host();
    options.tls = host.scheme() == u"https"_s;
    options.port = std::uint16_t(host.port(0));
    options.path = host.path();
    options.authentication = userName.isEmpty() ? Authentication::None : Authentication::Basic;
    options.userName = userName;
    options.skipCaCheck = options.skipCnCheck = insecure;
    options.allowClearText = !options.tls;
    options.maxEnvelopeKib = maxEnvelope / 1024;
    options.batchItems = maxElements;
    return options;
}

Credential BenchOptions::credential() const
{
    QByteArray password = qgetenv("WINRM_PASSWORD");
    return {.userName = userName, .password = Secret::take(password)};
}

EnumerateParameters BenchOptions::enumeration() const
{
    return {.resource = wmiClass(u"root/cimv2"_s, className), .maxElements = maxElements};
}
