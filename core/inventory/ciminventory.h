#pragma once

#include "protocol/cimclass.h"
#include "protocol/request.h"
#include "session/compositeoperation.h"

#include <QStringList>

#include <memory>

/// How a class is named to this host: the WMI form on Windows, else the DMTF form with
/// `__cimnamespace`.
ResourceLocator classLocator(const Session &session, const QString &cimNamespace,
                             const QString &className);

/// Child namespaces of one namespace ("root" -> "root/cimv2", ...), sorted. Enumerates __NAMESPACE.
class NamespacesOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    NamespacesOperation(Session *session, const QString &parent);
    ~NamespacesOperation() override;
    const QStringList &namespaces() const; ///< full names, valid when finished

Q_SIGNALS:
    void namespacesReceived(const QStringList &names);

protected:
    void run() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

struct ClassName
{
    QString name, superClass;
    bool operator==(const ClassName &) const = default;
};

/// Names of all classes of a namespace: by class metadata, or on hosts without it by `select * from
/// meta_class`.
class ClassNamesOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    ClassNamesOperation(Session *session, const QString &cimNamespace);
    ~ClassNamesOperation() override;
    const std::vector<ClassName> &classes() const; ///< sorted by name, ignoring case

Q_SIGNALS:
    void classesReceived(const std::vector<ClassName> &classes); ///< a batch, unsorted

protected:
    void run() override;

private:
    void ask(const struct EnumerateParameters &question);
    void asked(const Outcome &outcome);
    struct Private;
    std::unique_ptr<Private> d;
};

/// One class with qualifiers, inherited elements and methods, by class metadata. Where a host has
/// none it ends with the host's fault or, with Fallback::Instances, with what can be learnt without
/// (protocol notes 8.5): names of the properties by `select * from meta_class` (Windows), arrays,
/// datetimes, references and keys from one instance and its endpoint reference. Such a class has no
/// methods, and no types but those. The instance of a class that is costly to enumerate
/// (inventory/costly.h) is not asked for.
class SchemaOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    enum class Fallback { None, Instances };
    enum class Source { Metadata, MetaClass, Instance };
    SchemaOperation(Session *session, const QString &cimNamespace, const QString &className,
                    Fallback fallback = Fallback::None);
    /// For a class that is not named by namespace and name alone (vendors' URIs).
    SchemaOperation(Session *session, const ResourceLocator &resource, Fallback fallback);
    ~SchemaOperation() override;
    const CimClass &schema() const;
    Source source() const; ///< the best that answered; MetaClass also when an instance added to it
    DocumentPtr document() const; ///< the CLASS element stands in it, of the reply or made here

protected:
    void run() override;

private:
    void describe(const Outcome &outcome, const class GetOperation &get);
    void askMetaClass();
    void askInstance(EnumerationMode mode);
    void instanceRead(EnumerationMode mode, const Outcome &outcome);
    void conclude();
    struct Private;
    std::unique_ptr<Private> d;
};
