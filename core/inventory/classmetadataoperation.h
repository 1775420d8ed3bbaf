#pragma once

#include "inventory/classindex.h"

/// All that is to be known of the classes of some namespaces, for searching: class metadata with
/// qualifiers (each class what it adds to the one above), in batches as they arrive. A host without
/// class metadata gives names only (Windows), or what its catalogue lists. A namespace that the
/// host refuses is left out, the others are read; the first refusal is the outcome's error.
class ClassMetadataOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    ClassMetadataOperation(Session *session, const QStringList &namespaces);
    ~ClassMetadataOperation() override;

Q_SIGNALS:
    void classesReceived(const QString &cimNamespace, const std::vector<KnownClass> &classes);
    /// All classes of the namespace have been received.
    void namespaceRead(const QString &cimNamespace, const QStringList &classNames,
                       ClassIndex::Extent extent);

protected:
    void run() override;

private:
    void readNext();
    void received(const RowBatchPtr &batch);
    void enumerated(const Outcome &outcome);
    void askNames();
    void named(const Outcome &outcome, const ClassNamesOperation &names);
    void refused(const Outcome &outcome);
    void noteProgress(qint64 bytes, qint64 rows);
    struct Private;
    std::unique_ptr<Private> d;
};

/// Every namespace of a host, from root downwards; those for languages ("ms_409") are left out. One
/// that cannot be looked into counts as one without others below. On hosts whose namespaces are
/// listed by a catalogue these.
class NamespaceTreeOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    static constexpr qsizetype MostNamespaces = 500, MostLevels = 8;
    explicit NamespaceTreeOperation(Session *session);
    const QStringList &namespaces() const { return m_namespaces; } ///< sorted, when finished

protected:
    void run() override;

private:
    void askNext();
    void answered(const Outcome &outcome, const NamespacesOperation &children);
    QStringList m_waiting{QStringLiteral("root")};
    QStringList m_namespaces;
};
