#include "inventory/classmetadataoperation.h"

#include "inventory/knownotherwise.h"
#include "protocol/namespaces.h"
#include "session/enumerateoperation.h"
#include "session/session.h"

using namespace Qt::StringLiterals;

namespace {

/// What a class adds to the one above it, with its qualifiers: descriptions are among them.
EnumerateParameters metadataQuestion(const QString &cimNamespace)
{
    EnumerateParameters question;
    question.resource.uri = QString::fromLatin1(uri::classMetadata);
    question.resource.setSelector(u"__cimnamespace"_s, cimNamespace);
    const auto add = [&question](const QString &name, bool value) {
        question.resource.options.push_back(
            {.name = name, .value = value ? u"true"_s : u"false"_s, .type = u"xs:boolean"_s});
    };
    add(u"IncludeInheritanceHierarchy"_s, false);
    add(u"IncludeInheritedElements"_s, false);
    add(u"IncludeQualifiers"_s, true);
    add(u"IncludeClassOrigin"_s, false);
    add(u"IncludeSubClasses"_s, true);
    return question;
}

bool isConnectionLost(const Error &error)
{
    return error && error.kind != Error::Kind::Fault && error.kind != Error::Kind::Protocol;
}

} // namespace

struct ClassMetadataOperation::Private
{
    QStringList waiting;
    QString present; ///< the namespace that is being read
    QStringList names;
    RowSet rows; ///< columns only: its rows are dropped as soon as they were looked at
    qint64 bytesBefore = 0, rowsBefore = 0, bytes = 0, rowsNow = 0;
    bool any = false;
    Error firstError;
};

ClassMetadataOperation::ClassMetadataOperation(Session *session, const QStringList &namespaces)
    : CompositeOperation(session,
                         namespaces.size() == 1
                             ? u"Class descriptions of "_s + namespaces.first()
                             : u"Class descriptions of %1 namespaces"_s.arg(namespaces.size()))
    , d(std::make_unique<Private>())
{
    for (QString name : namespaces)
        d->waiting << name.replace(u'\\', u'/');
}

ClassMetadataOperation::~ClassMetadataOperation() = default;

void ClassMetadataOperation::run()
{
    readNext();
}

void ClassMetadataOperation::readNext()
{
    if (d->waiting.isEmpty()) {
        finish({.error = d->firstError,
                .partial = d->firstError && d->any,
                .rows = std::uint64_t(d->rowsBefore)});
        return;
    }
    d->present = d->waiting.takeFirst();
    d->names.clear();
    d->rows = RowSet();
    if (!catalogueOf(*session()).classList) {
        askNames();
        return;
    }
    auto *listing = new EnumerateOperation(session(), metadataQuestion(d->present),
                                           {.streaming = true, .priority = Priority::Background});
    connect(listing, &EnumerateOperation::rowsReceived, this, &ClassMetadataOperation::received);
    connect(listing, &Operation::progress, this,
            [this](qint64 bytes, qint64 rows) { noteProgress(bytes, rows); });
    connect(listing, &Operation::finished, this, &ClassMetadataOperation::enumerated);
    startPart(listing);
}

void ClassMetadataOperation::noteProgress(qint64 bytes, qint64 rows)
{
    d->bytes = bytes;
    d->rowsNow = rows;
    Q_EMIT progress(d->bytesBefore + bytes, d->rowsBefore + rows, -1);
}

void ClassMetadataOperation::received(const RowBatchPtr &batch)
{
    d->rows.append(batch);
    std::vector<KnownClass> classes;
    for (std::uint32_t row = 0; row < d->rows.rowCount(); ++row) {
        const DocumentPtr document = d->rows.rowDocument(row);
        const auto schema = readCimClass(document->root());
        if (!schema || std::size_t(d->names.size()) >= ClassIndex::MaxClasses)
            continue;
        KnownClass known = knownClass(schema.value());
        if (!known.superClass.isEmpty()) // hosts that send them all the same
            std::erase_if(known.members, [](const KnownClass::Member &m) { return m.inherited; });
        d->names << known.name;
        classes.push_back(std::move(known));
    }
    d->rows.dropRows();
    if (!classes.empty())
        Q_EMIT classesReceived(d->present, classes);
}

void ClassMetadataOperation::enumerated(const Outcome &outcome)
{
    d->bytesBefore += d->bytes;
    d->rowsBefore += d->rowsNow;
    d->bytes = d->rowsNow = 0;
    if (outcome.error && d->names.isEmpty() && mayBeKnownOtherwise(outcome.error)) {
        askNames();
        return;
    }
    if (outcome.error || outcome.partial) {
        refused(outcome);
        return;
    }
    d->any = true;
    Q_EMIT namespaceRead(d->present, d->names, ClassIndex::Extent::Whole);
    readNext();
}

void ClassMetadataOperation::askNames()
{
    auto *names = new ClassNamesOperation(session(), d->present);
    connect(names, &Operation::finished, this,
            [this, names](const Outcome &outcome) { named(outcome, *names); });
    startPart(names);
}

void ClassMetadataOperation::named(const Outcome &outcome, const ClassNamesOperation &names)
{
    if (outcome.error || outcome.partial) {
        refused(outcome);
        return;
    }
    const bool listed = names.namedBy() == NamedBy::Catalogue;
    const HostCatalogue &catalogue = catalogueOf(*session());
    std::vector<KnownClass> classes;
    for (const ClassName &name : names.classes()) {
        const CatalogueClass *const known = listed ? catalogue.find(name.name) : nullptr;
        classes.push_back(known ? knownClass(*known)
                                : KnownClass{.name = name.name,
                                             .superClass = name.superClass,
                                             .description = {},
                                             .members = {}});
        d->names << name.name;
    }
    d->any = true;
    d->rowsBefore += qint64(classes.size());
    if (!classes.empty())
        Q_EMIT classesReceived(d->present, classes);
    Q_EMIT namespaceRead(d->present, d->names,
                         listed ? ClassIndex::Extent::Whole : ClassIndex::Extent::Names);
    readNext();
}

void ClassMetadataOperation::refused(const Outcome &outcome)
{
    if (!d->firstError)
        d->firstError = outcome.error;
    d->any = d->any || !d->names.isEmpty();
    if (isConnectionLost(outcome.error))
        d->waiting.clear();
    readNext();
}

NamespaceTreeOperation::NamespaceTreeOperation(Session *session)
    : CompositeOperation(session, u"Namespaces"_s)
{ }

void NamespaceTreeOperation::run()
{
    askNext();
}

void NamespaceTreeOperation::askNext()
{
    if (m_waiting.isEmpty()) {
        m_namespaces.sort(Qt::CaseInsensitive);
        finish({.rows = std::uint64_t(m_namespaces.size())});
        return;
    }
    auto *children = new NamespacesOperation(session(), m_waiting.takeFirst());
    connect(children, &Operation::finished, this,
            [this, children](const Outcome &outcome) { answered(outcome, *children); });
    startPart(children);
}

void NamespaceTreeOperation::answered(const Outcome &outcome, const NamespacesOperation &children)
{
    const bool first = m_namespaces.isEmpty();
    if (outcome.error && (first || isConnectionLost(outcome.error))) {
        finish({.error = outcome.error, .partial = !first});
        return;
    }
    const bool listed = children.namedBy() == NamedBy::Catalogue;
    for (const QString &name : children.namespaces()) {
        const QString last = name.section(u'/', -1);
        if (last.startsWith("ms_"_L1, Qt::CaseInsensitive) || m_namespaces.size() >= MostNamespaces
            || m_namespaces.contains(name, Qt::CaseInsensitive))
            continue;
        m_namespaces << name;
        if (!listed && name.count(u'/') < MostLevels)
            m_waiting << name;
    }
    askNext();
}
