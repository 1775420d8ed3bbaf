#include "inventory/ciminventory.h"
#include "inventory/hostidentityoperation.h"
#include "inventory/inventory.h"
#include "inventory/knownotherwise.h"
#include "session/enumerateoperation.h"
#include "session/session.h"

using namespace Qt::StringLiterals;

ResourceLocator classLocator(const Session &session, const QString &cimNamespace,
                             const QString &className)
{
    if (session.isWindows())
        return wmiClass(cimNamespace, className);
    const HostCatalogue &catalogue = catalogueOf(session);
    const CatalogueClass *const listed = catalogue.find(className);
    if (listed && !catalogue.metadata)
        return listed->resource;
    return catalogue.locate(className, cimNamespace).value_or(dmtfClass(cimNamespace, className));
}

const HostCatalogue &catalogueOf(const Session &session)
{
    return Inventory::standard().of(hostIdentity(session).kind);
}

bool mayBeKnownOtherwise(const Error &error)
{
    return (error.kind == Error::Kind::Fault && error.cause != Cause::FaultAccessDenied)
        || error.cause == Cause::SoapUnexpected;
}

struct NamespacesOperation::Private
{
    QString parent;
    QStringList namespaces;
    NamedBy namedBy = NamedBy::Host;
    RowSet rows;

    QStringList take(const RowBatchPtr &batch)
    {
        QStringList names;
        const auto from = rows.rowCount();
        rows.append(batch);
        const auto column = rows.columnNamed("Name");
        for (auto row = from; column && row < rows.rowCount(); ++row) {
            const auto name = rows.cell(row, *column).text();
            if (!name.empty())
                names.append(parent + u'/'
                             + QString::fromUtf8(name.data(), qsizetype(name.size())));
        }
        return names;
    }
};

NamespacesOperation::NamespacesOperation(Session *session, const QString &parent)
    : CompositeOperation(session, u"Namespaces of "_s + parent)
    , d(std::make_unique<Private>())
{
    d->parent = QString(parent).replace(u'\\', u'/');
}

NamespacesOperation::~NamespacesOperation() = default;

const QString &NamespacesOperation::parentNamespace() const
{
    return d->parent;
}

const QStringList &NamespacesOperation::namespaces() const
{
    return d->namespaces;
}

NamedBy NamespacesOperation::namedBy() const
{
    return d->namedBy;
}

void NamespacesOperation::run()
{
    if (!catalogueOf(*session()).metadata) {
        identifyThenLookUp({});
        return;
    }
    auto *listing = new EnumerateOperation(
        session(), {.resource = classLocator(*session(), d->parent, u"__NAMESPACE"_s)});
    connect(listing, &EnumerateOperation::rowsReceived, this, [this](const RowBatchPtr &batch) {
        const QStringList names = d->take(batch);
        d->namespaces += names;
        if (!names.isEmpty())
            Q_EMIT namespacesReceived(names);
    });
    connect(listing, &Operation::finished, this, &NamespacesOperation::asked);
    startPart(listing);
}

void NamespacesOperation::asked(const Outcome &outcome)
{
    if (outcome.error && d->namespaces.isEmpty() && mayBeKnownOtherwise(outcome.error)) {
        identifyThenLookUp(outcome.error);
        return;
    }
    d->namespaces.sort(Qt::CaseInsensitive);
    finish(outcome);
}

void NamespacesOperation::identifyThenLookUp(const Error &error)
{
    auto *who = new HostIdentityOperation(session());
    connect(who, &Operation::finished, this, [this, error] { lookUp(error); });
    startPart(who);
}

/// What the catalogue knows below the namespace. On Windows, and where nobody knows the host, the
/// `error` stays.
void NamespacesOperation::lookUp(const Error &error)
{
    const HostCatalogue &catalogue = catalogueOf(*session());
    if (error && (catalogue.kind == HostKind::Windows || catalogue.isEmpty())) {
        finish({.error = error});
        return;
    }
    d->namedBy = NamedBy::Catalogue;
    for (const CatalogueNamespace &known : catalogue.namespaces) {
        if (known.name.startsWith(d->parent + u'/', Qt::CaseInsensitive))
            d->namespaces.append(known.name);
    }
    d->namespaces.sort(Qt::CaseInsensitive);
    if (!d->namespaces.isEmpty())
        Q_EMIT namespacesReceived(d->namespaces);
    finish({});
}
