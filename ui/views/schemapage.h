#pragma once

#include "inventory/ciminventory.h"
#include "views/hostpage.h"

class FilterField;
class QLabel;
class QTabWidget;
class QTreeView;
class TextTreeModel;
class XmlView;

/// What a class is: properties, methods with their parameters, qualifiers, the CIM-XML.
class SchemaPage final : public HostPage
{
    Q_OBJECT
public:
    SchemaPage(HostConnection *host, const QString &cimNamespace, const QString &className,
               QWidget *parent = nullptr);

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
    bool hasContent() const override { return m_schema.has_value(); }

private:
    QWidget *createTools();
    QWidget *createContent();
    QTreeView *createTree(TextTreeModel *model, const QString &objectName);
    void showSchema();
    QString sourceText(SchemaOperation::Source source) const;
    QTreeView *currentTree() const;

    QString m_namespace, m_class;
    std::optional<CimClass> m_schema;
    DocumentPtr m_document;
    TextTreeModel *m_properties, *m_methods, *m_qualifiers;
    FilterField *m_filter;
    QLabel *m_head;
    QTabWidget *m_tabs;
    XmlView *m_xml;
};
