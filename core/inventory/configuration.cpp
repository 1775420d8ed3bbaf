#include "inventory/configuration.h"

#include "document/documentbuilder.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "session/enumerateoperation.h"
#include "session/getoperation.h"
#include "session/session.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view ours = "urn:winrmconsole:configuration:1";

/// What is listed beside the Config document itself.
struct PartKind
{
    std::string_view element;
    QLatin1StringView resource;
};
constexpr std::array partKinds{
    PartKind{"Listeners", "config/listener"_L1},
    PartKind{"Plugins", "config/plugin"_L1},
    PartKind{"CertMappings", "config/service/certmapping"_L1},
};

ResourceLocator configResource(QLatin1StringView path)
{
    ResourceLocator locator;
    locator.uri = QString::fromLatin1(uri::wsman1) + u'/' + path;
    return locator;
}

void copyOpen(DocumentBuilder &builder, Node node)
{
    const NameView name = node.name();
    builder.startElement(name.namespaceUri, name.local, name.prefix);
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        builder.attribute(attribute.name.namespaceUri, attribute.name.local, attribute.value,
                          attribute.name.prefix);
    }
    for (const Node child : node.children())
        builder.copy(child);
}

} // namespace

struct ConfigurationOperation::Private
{
    struct Part
    {
        std::vector<DocumentPtr> items;
        bool listed = false;
        Error error;
    };
    Message config;
    std::array<Part, partKinds.size()> parts;
    int waiting = 0;
    DocumentPtr document;

    void assemble();
};

void ConfigurationOperation::Private::assemble()
{
    DocumentBuilder builder;
    copyOpen(builder, config.content);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Part &part = parts[i];
        if (!part.listed && !part.error)
            continue;
        builder.startElement(ours, partKinds[i].element);
        for (const DocumentPtr &item : part.items)
            builder.copy(item->root());
        if (part.error) {
            builder.startElement(ours, "Unavailable");
            builder.attribute({}, "Cause", QString(causeId(part.error.cause)).toStdString());
            builder.text(part.error.message.toStdString());
            builder.endElement();
        }
        builder.endElement();
    }
    builder.endElement();
    document = builder.finish();
}

ConfigurationOperation::ConfigurationOperation(Session *session)
    : CompositeOperation(session, u"Read the WinRM configuration"_s)
    , d(std::make_unique<Private>())
{ }

ConfigurationOperation::~ConfigurationOperation() = default;

DocumentPtr ConfigurationOperation::configuration() const
{
    return d->document;
}

void ConfigurationOperation::run()
{
    auto *get = new GetOperation(session(), configResource("config"_L1));
    connect(get, &Operation::finished, this, [this, get](const Outcome &outcome) {
        if (outcome.error) {
            finish(outcome);
            return;
        }
        d->config = get->reply();
        if (!d->config.content) {
            finish({.error = Error::of(Error::Kind::Protocol, Cause::SoapUnexpected)});
            return;
        }
        d->assemble();
        Q_EMIT partReceived();
        listParts();
    });
    startPart(get);
}

void ConfigurationOperation::listParts()
{
    d->waiting = int(partKinds.size());
    for (std::size_t i = 0; i < partKinds.size(); ++i) {
        auto *listing = new EnumerateOperation(session(),
                                               {.resource = configResource(partKinds[i].resource)});
        auto rows = std::make_shared<RowSet>();
        connect(listing, &EnumerateOperation::rowsReceived, this,
                [rows](const RowBatchPtr &batch) { rows->append(batch); });
        connect(listing, &Operation::finished, this, [this, i, rows](const Outcome &outcome) {
            auto &part = d->parts[i];
            for (std::uint32_t row = 0; row < rows->rowCount(); ++row)
                part.items.push_back(rows->rowDocument(row));
            part.error = outcome.error;
            part.listed = true;
            partListed();
        });
        startPart(listing);
    }
}

void ConfigurationOperation::partListed()
{
    d->assemble();
    Q_EMIT partReceived();
    if (--d->waiting > 0)
        return;
    Outcome outcome;
    for (const auto &part : d->parts)
        outcome.partial = outcome.partial || part.error;
    finish(outcome);
}

QString configPath(Node node)
{
    QStringList steps;
    for (Node at = node; at && at.parent(); at = at.parent()) {
        if (at.namespaceUri() == ours)
            break; // Listeners and its kin: paths of their items begin with the item
        const std::string_view local = at.localName();
        steps.prepend(QString::fromUtf8(local.data(), qsizetype(local.size())));
    }
    return steps.join(u'/');
}

bool isSetByPolicy(Node node)
{
    if (node.attribute("Source") == "GPO")
        return true;
    // A listener made by policy carries the mark on its root, for all its settings.
    const Node parent = node.parent();
    return parent.localName() == "Listener" && parent.attribute("Source") == "GPO";
}
