#pragma once

#include "protocol/cimclass.h"
#include "views/hostpage.h"

class DocumentTreeModel;
class FilterField;
class GetOperation;
class QTreeView;
class SchemaOperation;
class XmlView;

/// One resource as Get gives it: a tree of its parts, the XML beside it.
class ResourcePage final : public HostPage
{
    Q_OBJECT
public:
    ResourcePage(HostConnection *host, const ResourceLocator &resource, QWidget *parent = nullptr);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override;
    QString address() const override;
    QStringList breadcrumb() const override;
    bool canExport() const override { return hasContent(); }
    void exportContent() override;
    bool canFind() const override { return true; }
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;

protected:
    void read() override;
    bool hasContent() const override;

private:
    void showReply(const GetOperation &operation);
    bool hasAssociations() const;
    void readSchema();
    void selectionChanged();
    void followCurrent();
    void showMenu(const QPoint &at);
    ResourceLocator m_resource;
    DocumentTreeModel *m_model;
    QTreeView *m_tree;
    FilterField *m_filter;
    XmlView *m_xml;
    QPointer<SchemaOperation> m_schemaReading;
    std::optional<CimClass> m_schema;
};
