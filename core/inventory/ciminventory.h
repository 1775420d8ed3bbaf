#pragma once

#include "inventory/hostcatalogue.h"
#include "protocol/cimclass.h"
#include "protocol/request.h"
#include "session/compositeoperation.h"

#include <QStringList>

#include <memory>

/// The catalogue of the kind of host that a session speaks with, as far as it knows that
/// (inventory/hostidentity.h); empty while it does not.
const HostCatalogue &catalogueOf(const Session &session);

/// How a class is named to this host: the WMI form on Windows and while nobody knows, elsewhere as
/// its catalogue says, else the DMTF form with `__cimnamespace`. On a host that cannot be asked for
/// its classes a listed one has the namespace it is listed with.
ResourceLocator classLocator(const Session &session, const QString &cimNamespace,
                             const QString &className);

/// Who named the namespaces or classes: the host, or the catalogue of its kind because the host
/// cannot be asked.
enum class NamedBy { Host, Catalogue };

/// Child namespaces of one namespace ("root" -> "root/cimv2", ...), sorted. Enumerates __NAMESPACE;
/// where a host that is not Windows does not know that class, its catalogue answers (with no name
/// at all where such hosts have no namespaces).
class NamespacesOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    NamespacesOperation(Session *session, const QString &parent);
    ~NamespacesOperation() override;
    const QString &parentNamespace() const; ///< with '/'
    const QStringList &namespaces() const;  ///< full names, valid when finished
    NamedBy namedBy() const;

Q_SIGNALS:
    void namespacesReceived(const QStringList &names);

protected:
    void run() override;

private:
    void asked(const Outcome &outcome);
    void identifyThenLookUp(const Error &error);
    void lookUp(const Error &error);
    struct Private;
    std::unique_ptr<Private> d;
};

struct ClassName
{
    QString name, superClass;
    QString meaning, group; ///< of the catalogue; empty when the host named the class
    bool operator==(const ClassName &) const = default;
};

/// Names of all classes of a namespace: by class metadata, on Windows hosts without it by `select *
/// from meta_class`, on others that have no list of them by their catalogue. Without a namespace it
/// is root/cimv2, or all that the catalogue lists.
class ClassNamesOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    ClassNamesOperation(Session *session, const QString &cimNamespace);
    ~ClassNamesOperation() override;
    const QString &cimNamespace() const; ///< that was asked for, with '/'
    /// Sorted by name, ignoring case; as the catalogue has them, group by group, if it named them.
    const std::vector<ClassName> &classes() const;
    NamedBy namedBy() const;

Q_SIGNALS:
    void classesReceived(const std::vector<ClassName> &classes); ///< a batch, unsorted

protected:
    void run() override;

private:
    void ask(const struct EnumerateParameters &question);
    void asked(const Outcome &outcome);
    void identifyThenLookUp(const Error &error);
    void lookUp(const Error &error);
    bool takeListed();
    struct Private;
    std::unique_ptr<Private> d;
};

/// One class with qualifiers, inherited elements and methods, by class metadata. Where a host has
/// none it ends with the host's fault or, with Fallback::Instances, with what can be learnt without
/// (protocol notes 8.5): names of the properties by `select * from meta_class` (Windows), arrays,
/// datetimes, references and keys from one instance and its endpoint reference; from the catalogue
/// where there is no instance, and the host cannot be asked for classes. Such a class has no
/// methods, and no types but those; its description is the catalogue's. The instance of a class
/// that is costly to enumerate (inventory/costly.h, or its catalogue says so) is not asked for.
class SchemaOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    enum class Fallback { None, Instances };
    enum class Source { Metadata, MetaClass, Instance, Catalogue };
    SchemaOperation(Session *session, const QString &cimNamespace, const QString &className,
                    Fallback fallback = Fallback::None);
    /// For a class that is not named by namespace and name alone (vendors' URIs).
    SchemaOperation(Session *session, const ResourceLocator &resource, Fallback fallback);
    ~SchemaOperation() override;
    const QString &cimNamespace() const; ///< empty where the resource says none
    const CimClass &schema() const;
    Source source() const; ///< the best that answered; MetaClass also when an instance added to it
    DocumentPtr document() const; ///< the CLASS element stands in it, of the reply or made here
    /// The reply that told most of the class, bytes as received: with the class metadata, else with
    /// the instance, else that of meta_class. Empty where the catalogue alone knows the class.
    const QByteArray &rawReply() const;

protected:
    void run() override;

private:
    void askMetadata();
    void describe(const Outcome &outcome, const class GetOperation &get);
    void identify();
    void learn();
    void askMetaClass();
    class EnumerateOperation *list(const struct EnumerateParameters &question);
    void askInstance(EnumerationMode mode);
    void instanceRead(EnumerationMode mode, const Outcome &outcome);
    void conclude();
    struct Private;
    std::unique_ptr<Private> d;
};
