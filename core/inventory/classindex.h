#pragma once

#include "inventory/ciminventory.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <optional>
#include <vector>

/// What is known of one class without its instances: what people search for. A value.
struct KnownClass
{
    struct Member
    {
        enum class Kind { Property, Method };
        Kind kind = Kind::Property;
        QString name, description;
        bool inherited = false; ///< of a class above it, which says the same of it
        bool operator==(const Member &) const = default;
    };
    QString name, superClass, description;
    std::vector<Member> members;
    bool described = false;  ///< more than its name was read
    bool isAbstract = false; ///< its instances are those of the classes below
    bool operator==(const KnownClass &) const = default;
};

KnownClass knownClass(const CimClass &schema);
KnownClass knownClass(const CatalogueClass &listed);

/// One place where all words of a search were found.
struct ClassHit
{
    enum class Kind { Class, Property, Method };
    Kind kind = Kind::Class;
    QString cimNamespace, className;
    QString member;      ///< of a property or method
    QString description; ///< of the member, or of the class
    QString declaredIn;  ///< the class above that the member comes from; empty: `className` itself
    bool operator==(const ClassHit &) const = default;
};

struct ClassHits
{
    std::vector<ClassHit> hits; ///< the best first
    std::size_t total = 0;      ///< found, shown or not
};

/// The classes of a host as far as they were read: names, classes above, properties, methods and
/// the descriptions of all these, for each namespace. Never a value of an instance. What comes from
/// a host is cut to the limits here: control characters become spaces, a name that is none is left
/// out. A copy is cheap and shares what does not change.
class ClassIndex
{
public:
    enum class Extent {
        None,  ///< the namespace is known to be there; single classes may have been read
        Names, ///< all names of classes
        Whole  ///< all classes with their descriptions, or all that is known of such hosts
    };
    struct Space
    {
        QString name; ///< "root/cimv2"; empty on hosts without namespaces
        Extent extent = Extent::None;
        QDateTime readAt;        ///< UTC, of the extent; null for None
        std::size_t classes = 0; ///< known by now
    };
    static constexpr std::size_t MaxNamespaces = 500, MaxClasses = 20'000, MaxMembers = 2'000;
    static constexpr qsizetype MaxName = 256, MaxDescription = 2'000; ///< characters
    static constexpr std::size_t MaxBytes = 32u << 20; ///< of all texts; beyond it no descriptions

    void noteNamespaces(const QStringList &names);
    void note(const QString &cimNamespace, const KnownClass &known);
    /// The namespace has exactly these classes, as of `at`: others that were known are gone. An
    /// extent never becomes less.
    void noteRead(const QString &cimNamespace, const QStringList &classNames, Extent extent,
                  const QDateTime &at);
    /// What was known before and this one does not say.
    void addOlder(const ClassIndex &older);

    bool isEmpty() const;                                                 ///< no class at all
    std::vector<Space> spaces() const;                                    ///< sorted by name
    std::vector<KnownClass> classesOf(const QString &cimNamespace) const; ///< sorted by name
    std::optional<KnownClass> find(const QString &cimNamespace, const QString &className) const;

    /// Every word (case ignored, eight at most) stands in the name or description of a class or
    /// member, words for a member also in the name of its class. Best first: a whole name (of a
    /// class also without the "Win32_" before it), the beginning of a name, within a name, a
    /// description; abstract classes after others, what a class declares before what it inherits
    /// (found by name only). A single letter finds nothing.
    ClassHits search(const QString &words, std::size_t most = 500) const;

private:
    struct Entry;
    using Classes = std::map<QString, std::shared_ptr<const Entry>>; ///< by name in lower case
    struct Known
    {
        QString name;
        Extent extent = Extent::None;
        QDateTime readAt;
        Classes classes;
    };
    friend class ClassSearch;
    Known *space(const QString &name); ///< made when it is new; null: there are too many
    const Known *find(const QString &name) const;
    bool isDescribed(const Known &space, const QString &className) const;
    void put(Known &space, std::shared_ptr<const Entry> entry);
    static KnownClass valueOf(const Entry &entry);

    std::map<QString, Known> m_spaces; ///< by name in lower case
    std::size_t m_bytes = 0;
    std::size_t m_classes = 0;
};
