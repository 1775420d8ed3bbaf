#include "inventory/ciminventory.h"
#include "inventory/hostidentityoperation.h"
#include "inventory/knownotherwise.h"
#include "protocol/namespaces.h"
#include "session/enumerateoperation.h"
#include "session/session.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

Option flag(const QString &name, bool value)
{
    return {.name = name, .value = value ? u"true"_s : u"false"_s, .type = u"xs:boolean"_s};
}

/// Class metadata of a whole namespace, names only as far as the host can leave the rest out.
EnumerateParameters metadataQuestion(const QString &cimNamespace)
{
    EnumerateParameters parameters;
    parameters.resource.uri = QString::fromLatin1(uri::classMetadata);
    parameters.resource.setSelector(u"__cimnamespace"_s, cimNamespace);
    parameters.resource.options = {
        flag(u"IncludeInheritanceHierarchy"_s, false), flag(u"IncludeInheritedElements"_s, false),
        flag(u"IncludeQualifiers"_s, false), flag(u"IncludeClassOrigin"_s, false),
        flag(u"IncludeSubClasses"_s, true)};
    return parameters;
}

/// What hosts without class metadata answer (Windows before WinRM 3.0).
EnumerateParameters metaClassQuestion(const QString &cimNamespace)
{
    EnumerateParameters parameters;
    parameters.resource = wmiClass(cimNamespace, u"*"_s);
    parameters.filter = {.text = u"select * from meta_class"_s,
                         .dialect = QString::fromLatin1(uri::wql)};
    return parameters;
}

} // namespace

struct ClassNamesOperation::Private
{
    QString cimNamespace;
    QString given; ///< the namespace as asked for; empty: the usual one
    std::vector<ClassName> classes;
    NamedBy namedBy = NamedBy::Host;
    RowSet rows;
    bool byQuery = false;
    Error firstError; ///< of class metadata, when the query did not work either

    std::vector<ClassName> take(const RowBatchPtr &batch);
};

/// Of class metadata: the attributes of each CLASS. Of meta_class: the name of each item's element.
std::vector<ClassName> ClassNamesOperation::Private::take(const RowBatchPtr &batch)
{
    std::vector<ClassName> found;
    const auto from = rows.rowCount();
    rows.append(batch);
    const auto name = rows.columnNamed("@NAME");
    const auto super = rows.columnNamed("@SUPERCLASS");
    for (auto row = from; row < rows.rowCount(); ++row) {
        ClassName entry;
        if (byQuery)
            entry.name = fromUtf8(rows.className(row));
        else if (name)
            entry.name = fromUtf8(rows.cell(row, *name).text());
        if (!byQuery && super)
            entry.superClass = fromUtf8(rows.cell(row, *super).text());
        if (!entry.name.isEmpty())
            found.push_back(entry);
    }
    return found;
}

ClassNamesOperation::ClassNamesOperation(Session *session, const QString &cimNamespace)
    : CompositeOperation(session,
                         cimNamespace.isEmpty() ? u"Classes"_s : u"Classes of "_s + cimNamespace)
    , d(std::make_unique<Private>())
{
    d->given = QString(cimNamespace).replace(u'\\', u'/');
    d->cimNamespace = d->given.isEmpty() ? u"root/cimv2"_s : d->given;
}

ClassNamesOperation::~ClassNamesOperation() = default;

const QString &ClassNamesOperation::cimNamespace() const
{
    return d->cimNamespace;
}

const std::vector<ClassName> &ClassNamesOperation::classes() const
{
    return d->classes;
}

NamedBy ClassNamesOperation::namedBy() const
{
    return d->namedBy;
}

void ClassNamesOperation::run()
{
    if (!catalogueOf(*session()).classList)
        identifyThenLookUp({});
    else
        ask(metadataQuestion(d->cimNamespace));
}

void ClassNamesOperation::ask(const EnumerateParameters &question)
{
    auto *listing = new EnumerateOperation(session(), question);
    connect(listing, &EnumerateOperation::rowsReceived, this, [this](const RowBatchPtr &batch) {
        const auto found = d->take(batch);
        d->classes.insert(d->classes.end(), found.begin(), found.end());
        if (!found.empty())
            Q_EMIT classesReceived(found);
    });
    connect(listing, &Operation::finished, this, &ClassNamesOperation::asked);
    startPart(listing);
}

void ClassNamesOperation::asked(const Outcome &outcome)
{
    // A host may know no class metadata at all, while a namespace that does not exist faults both
    // ways.
    const bool unknown = d->classes.empty() && mayBeKnownOtherwise(outcome.error);
    if (unknown && !d->byQuery && session()->isWindows()) {
        d->byQuery = true;
        d->firstError = outcome.error;
        d->rows = RowSet();
        ask(metaClassQuestion(d->cimNamespace));
        return;
    }
    if (unknown) {
        identifyThenLookUp(d->byQuery ? d->firstError : outcome.error);
        return;
    }
    std::ranges::sort(d->classes, [](const ClassName &a, const ClassName &b) {
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    Outcome result = outcome;
    if (outcome.error && d->byQuery && d->classes.empty())
        result.error = d->firstError;
    finish(result);
}

void ClassNamesOperation::identifyThenLookUp(const Error &error)
{
    auto *who = new HostIdentityOperation(session());
    connect(who, &Operation::finished, this, [this, error] { lookUp(error); });
    startPart(who);
}

/// With an `error` the host was asked, and did not know: one that can be asked has said so by that.
void ClassNamesOperation::lookUp(const Error &error)
{
    const HostCatalogue &catalogue = catalogueOf(*session());
    const bool canBeAsked = catalogue.classList && catalogue.kind != HostKind::Other;
    if (!canBeAsked && takeListed())
        finish({});
    else if (error)
        finish({.error = error});
    else
        ask(metadataQuestion(d->cimNamespace));
}

/// Takes the classes of the catalogue; false when it lists none for the namespace.
bool ClassNamesOperation::takeListed()
{
    const QString &space = d->given;
    const bool all = space.isEmpty() || space.compare("root"_L1, Qt::CaseInsensitive) == 0;
    for (const CatalogueGroup &group : catalogueOf(*session()).groups) {
        for (const CatalogueClass &known : group.classes) {
            if (all || known.cimNamespace.compare(space, Qt::CaseInsensitive) == 0)
                d->classes.push_back(
                    {.name = known.name, .meaning = known.meaning, .group = known.group});
        }
    }
    if (d->classes.empty())
        return false;
    d->namedBy = NamedBy::Catalogue;
    Q_EMIT classesReceived(d->classes);
    return true;
}
