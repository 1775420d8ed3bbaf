#pragma once

#include "session/compositeoperation.h"
#include "protocol/cimclass.h"
#include "protocol/resourcelocator.h"

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

/// One class with qualifiers, inherited elements and methods, by class metadata. Ends with the
/// host's fault where it has none.
class SchemaOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    SchemaOperation(Session *session, const QString &cimNamespace, const QString &className);
    ~SchemaOperation() override;
    const CimClass &schema() const;
    DocumentPtr document() const; ///< the reply; the CLASS element stands in its Body

protected:
    void run() override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};
