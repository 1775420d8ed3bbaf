#include "hosts/hostclasses.h"

#include "diagnose/background.h"
#include "hosts/hostconnection.h"
#include "inventory/classindexfile.h"
#include "inventory/classmetadataoperation.h"

#include <QTimer>

#include <algorithm>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

HostClasses::HostClasses(HostConnection *host, const QString &cacheFolder)
    : QObject(host)
    , m_host(host)
    , m_folder(cacheFolder)
    , m_save(new QTimer(this))
{
    m_save->setSingleShot(true);
    m_save->setInterval(3000);
    connect(m_save, &QTimer::timeout, this, &HostClasses::save);
    connect(host, &HostConnection::sessionChanged, this, &HostClasses::follow);
    connect(host, &HostConnection::profileChanged, this, &HostClasses::followProfile);
    followProfile();
    follow();
}

HostClasses::~HostClasses()
{
    if (m_save->isActive() && !keptAs().isEmpty())
        std::ignore = ClassIndexFile::save(m_folder, keptAs(), m_url, m_index);
}

QString HostClasses::keptAs() const
{
    return m_folder.isEmpty() ? QString() : m_id;
}

/// Known once the connection was opened: the list of saved ones holds only their names.
void HostClasses::noteUrl()
{
    const ConnectionOptions &options = m_host->profile().options;
    m_url = options.host.isEmpty() ? QString() : options.url().toString();
}

void HostClasses::load()
{
    const auto wanted = m_host->session() ? Loaded::OfThisUrl : Loaded::OfAny;
    if (m_loaded >= wanted || keptAs().isEmpty())
        return;
    if (m_loaded == Loaded::OfAny)
        m_index = {}; // it may have been about another host, which the connection meant before
    m_loaded = wanted;
    inBackground(
        this,
        [folder = m_folder, id = keptAs(), host = m_url] {
            return ClassIndexFile::load(folder, id, host);
        },
        [this, wanted](const Result<ClassIndex> &older) {
            if (!older || older->isEmpty() || wanted != m_loaded)
                return; // a cache that cannot be read is none
            m_index.addOlder(*older);
            m_namespacesKnown = true;
            Q_EMIT changed();
        });
}

/// A connection that is deleted while it is open goes on without being saved.
void HostClasses::followProfile()
{
    noteUrl();
    const QString before = std::exchange(m_id, m_host->profile().summary.id);
    if (before.isEmpty() || before == m_id)
        return;
    m_save->stop();
    if (!m_folder.isEmpty())
        std::ignore = ClassIndexFile::forget(m_folder, before);
    Q_EMIT forgotten(before);
}

void HostClasses::follow()
{
    Session *session = m_host->session();
    if (!session)
        return;
    noteUrl();
    load();
    connect(session, &Session::operationStarted, this, &HostClasses::started);
    connect(session, &Session::operationFinished, this, &HostClasses::finished);
    connect(session, &Session::identityChanged, this, &HostClasses::noteListed);
}

void HostClasses::started(Operation *operation)
{
    auto *reading = qobject_cast<ClassMetadataOperation *>(operation);
    if (!reading)
        return;
    connect(reading, &ClassMetadataOperation::classesReceived, this,
            [this](const QString &cimNamespace, const std::vector<KnownClass> &classes) {
                for (const KnownClass &known : classes)
                    m_index.note(cimNamespace, known);
                noteChange();
            });
    connect(
        reading, &ClassMetadataOperation::namespaceRead, this,
        [this](const QString &cimNamespace, const QStringList &names, ClassIndex::Extent extent) {
            m_index.noteRead(cimNamespace, names, extent, QDateTime::currentDateTimeUtc());
            noteChange();
        });
}

void HostClasses::finished(Operation *operation, const Outcome &outcome)
{
    if (outcome.error)
        return;
    if (const auto *names = qobject_cast<ClassNamesOperation *>(operation)) {
        if (outcome.partial || names->namedBy() == NamedBy::Catalogue)
            return;
        QStringList all;
        for (const ClassName &name : names->classes()) {
            all << name.name;
            m_index.note(names->cimNamespace(),
                         {.name = name.name,
                          .superClass = name.superClass,
                          .description = {},
                          .members = {}});
        }
        m_index.noteRead(names->cimNamespace(), all, ClassIndex::Extent::Names,
                         QDateTime::currentDateTimeUtc());
    } else if (const auto *spaces = qobject_cast<NamespacesOperation *>(operation)) {
        QStringList found = spaces->namespaces();
        found.removeIf([](const QString &name) {
            return name.section(u'/', -1).startsWith("ms_"_L1, Qt::CaseInsensitive);
        });
        m_index.noteNamespaces(found);
        m_namespacesKnown = true;
        noteListed();
    } else if (const auto *schema = qobject_cast<SchemaOperation *>(operation)) {
        if (schema->cimNamespace().isEmpty())
            return;
        m_index.note(schema->cimNamespace(), knownClass(schema->schema()));
    } else {
        return;
    }
    noteChange();
}

/// What such a host has is listed, and it cannot be asked for more.
void HostClasses::noteListed()
{
    const Session *const session = m_host->session();
    if (!session || hostIdentity(*session).certainty < HostIdentity::Certainty::Told)
        return; // a device may call itself by what it is built on
    const HostCatalogue &catalogue = catalogueOf(*session);
    if (catalogue.classList || catalogue.isEmpty())
        return;
    std::map<QString, QStringList> names;
    for (const CatalogueGroup &group : catalogue.groups) {
        for (const CatalogueClass &listed : group.classes) {
            m_index.note(listed.cimNamespace, knownClass(listed));
            names[listed.cimNamespace] << listed.name;
        }
    }
    for (const auto &[space, classes] : names)
        m_index.noteRead(space, classes, ClassIndex::Extent::Whole,
                         QDateTime::currentDateTimeUtc());
    m_namespacesKnown = true;
    noteChange();
}

QStringList HostClasses::unread() const
{
    QStringList names;
    for (const ClassIndex::Space &space : m_index.spaces()) {
        if (space.extent != ClassIndex::Extent::Whole)
            names << space.name;
    }
    std::ranges::stable_partition(names, [](const QString &name) {
        return name.compare("root/cimv2"_L1, Qt::CaseInsensitive) == 0;
    });
    return names;
}

QStringList HostClasses::read() const
{
    QStringList names;
    for (const ClassIndex::Space &space : m_index.spaces()) {
        if (space.extent == ClassIndex::Extent::Whole)
            names << space.name;
    }
    return names;
}

void HostClasses::noteUsualNamespace()
{
    m_index.noteNamespaces({u"root/cimv2"_s});
    m_namespacesKnown = true;
    noteChange();
}

void HostClasses::noteChange()
{
    if (!keptAs().isEmpty() && !m_save->isActive())
        m_save->start();
    Q_EMIT changed();
}

void HostClasses::save()
{
    inBackground(
        this,
        [folder = m_folder, id = keptAs(), host = m_url, index = m_index] {
            return ClassIndexFile::save(folder, id, host, index);
        },
        [](const Done &) {}); // a cache that cannot be written is read again in the next run
}

void HostClasses::forget()
{
    m_save->stop();
    m_index = {};
    if (!keptAs().isEmpty())
        std::ignore = ClassIndexFile::forget(m_folder, keptAs());
}
