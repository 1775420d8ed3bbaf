#include "inventory/ciminventory.h"
#include "session/enumerateoperation.h"
#include "session/session.h"

using namespace Qt::StringLiterals;

ResourceLocator classLocator(const Session &session, const QString &cimNamespace,
                             const QString &className)
{
    return session.isWindows() ? wmiClass(cimNamespace, className)
                               : dmtfClass(cimNamespace, className);
}

struct NamespacesOperation::Private
{
    QString parent;
    QStringList namespaces;
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

const QStringList &NamespacesOperation::namespaces() const
{
    return d->namespaces;
}

void NamespacesOperation::run()
{
    auto *listing = new EnumerateOperation(
        session(), {.resource = classLocator(*session(), d->parent, u"__NAMESPACE"_s)});
    connect(listing, &EnumerateOperation::rowsReceived, this, [this](const RowBatchPtr &batch) {
        const QStringList names = d->take(batch);
        d->namespaces += names;
        if (!names.isEmpty())
            Q_EMIT namespacesReceived(names);
    });
    connect(listing, &Operation::finished, this, [this](const Outcome &outcome) {
        d->namespaces.sort(Qt::CaseInsensitive);
        finish(outcome);
    });
    startPart(listing);
}
