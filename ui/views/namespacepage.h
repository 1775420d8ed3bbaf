#pragma once

#include "protocol/cimclass.h"
#include "views/hostpage.h"

class ClassNamesOperation;
class FilterField;
class QLabel;
class QPushButton;
class QTimer;
class QTreeView;
class SchemaOperation;
class TextTreeModel;

/// The classes of a namespace, filtered while one types; below them what the selected class is.
class NamespacePage final : public HostPage
{
    Q_OBJECT
public:
    NamespacePage(HostConnection *host, const QString &cimNamespace, QWidget *parent = nullptr);

    QString title() const override { return m_namespace; }
    QIcon icon() const override;
    QString key() const override;
    QString address() const override;
    QStringList breadcrumb() const override;
    bool canFind() const override { return true; }
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;
    QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

protected:
    void read() override;
    bool hasContent() const override;

private:
    QWidget *createTools();
    QWidget *createContent();
    QWidget *createSummary();
    void showClasses(const ClassNamesOperation &operation);
    void selectionChanged();
    void readSchema();
    void showSummary();
    void openInstances();
    void openSchema();
    void showMenu(const QPoint &at);
    void updateCount();
    QString currentClass() const;
    QString currentMeaning() const; ///< of the catalogue; empty where the host names its classes

    QString m_namespace;
    TextTreeModel *m_model;
    QTreeView *m_list;
    FilterField *m_filter;
    QLabel *m_count;
    QLabel *m_name, *m_facts, *m_description;
    QPushButton *m_openInstances, *m_openSchema;
    QTimer *m_wait;
    QPointer<SchemaOperation> m_reading;
    std::optional<CimClass> m_schema;
    DocumentPtr m_schemaDocument;
};
