#pragma once

#include "common/result.h"
#include "inventory/hostidentity.h"
#include "protocol/resourcelocator.h"

#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

/// One class of a catalogue. Texts are English; catalogueText (text/sentences.h) translates those
/// of the built-in catalogues where they are shown.
struct CatalogueClass
{
    QString name;
    QString meaning;        ///< one sentence
    QString group;          ///< title of the group it stands in
    QString cimNamespace;   ///< "root/dcim"; empty: the host is told none
    QStringList keys;       ///< for orientation: selectors come from endpoint references
    QStringList properties; ///< worth a look, in the order in which one looks; not all of them
    bool costly = false;    ///< an enumeration without a filter is slow, or very long
    ResourceLocator resource;
    bool operator==(const CatalogueClass &) const = default;
};

/// Classes that a person looks for together.
struct CatalogueGroup
{
    QString title, meaning;
    std::vector<CatalogueClass> classes;
    bool operator==(const CatalogueGroup &) const = default;
};

struct CatalogueNamespace
{
    QString name, meaning;
    bool operator==(const CatalogueNamespace &) const = default;
};

/// How classes are named whose name begins so. In `uri`, "{namespace}" stands for the namespace;
/// without it a namespace goes into the selector `__cimnamespace`.
struct CataloguePrefix
{
    QString prefix, uri;
    bool operator==(const CataloguePrefix &) const = default;
};

/// What is known of one kind of host without asking it: resources/inventory/*.json, and files of
/// that form which users keep. A value.
struct HostCatalogue
{
    /// `other` wins: its classes replace those of the same name, groups and namespaces of the same
    /// name become one, its prefixes are looked at first.
    void add(const HostCatalogue &other);

    /// Ignoring case; null for a class that nobody listed.
    const CatalogueClass *find(QStringView className) const;
    /// How this kind of host is asked for a class: as listed, else by its prefix. `inNamespace`,
    /// where given, replaces the namespace. Nothing when neither is known.
    std::optional<ResourceLocator> locate(const QString &className,
                                          const QString &inNamespace = {}) const;
    std::vector<CatalogueClass> classesOf(const QString &cimNamespace) const; ///< ignoring case
    bool isEmpty() const { return groups.empty() && prefixes.empty(); }

    HostKind kind = HostKind::Other;
    QString title;
    bool metadata = true;  ///< the host can be asked what a class is
    bool classList = true; ///< and which classes there are
    QString cimNamespace;  ///< of classes that name none; empty: none is sent
    std::vector<CatalogueNamespace> namespaces;
    std::vector<CataloguePrefix> prefixes;
    std::vector<CatalogueGroup> groups;
};

using HostCatalogues = std::map<HostKind, HostCatalogue>;

/// One file: at most 1 MiB, 200 groups, 5,000 classes. What it does not say (namespace, metadata,
/// further prefixes) is as in `base`. Kind::Local, Cause::LocalFile with the reason in `message`
/// (English, naming what is wrong) when it is not such a file.
Result<HostCatalogue> readCatalogue(const QByteArray &json, const HostCatalogues &base = {});
