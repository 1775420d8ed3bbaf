#pragma once

#include "models/copyrows.h"
#include "views/page.h"

#include <QDateTime>

class DocumentTreeModel;
class FilterField;
class NoteStrip;
class PageState;
class QLabel;
class QTabWidget;
class QTableView;
class QTreeView;
class RowTableModel;
class XmlView;

/// A saved message or export, read from a file: a table where it holds rows, else a tree, with the
/// XML. Works without any host.
class DocumentPage final : public Page
{
    Q_OBJECT
public:
    explicit DocumentPage(const QString &file, QWidget *parent = nullptr);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override;
    QString address() const override { return m_file; }
    QStringList breadcrumb() const override;
    bool canRefresh() const override { return true; }
    void refresh() override;
    bool canExport() const override;
    void exportContent() override;
    bool canFind() const override { return true; }
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;

private:
    struct Loaded;
    QWidget *createContent();
    void loaded(const Loaded &content);
    void applyFilter(const QString &text);
    QString m_file;
    QDateTime m_modified;
    DocumentPtr m_document;
    QString m_kind;
    DocumentTreeModel *m_tree;
    RowTableModel *m_rows;
    QTreeView *m_treeView;
    QTableView *m_table;
    QTabWidget *m_tabs;
    FilterField *m_filter;
    QLabel *m_source;
    XmlView *m_xml;
    PageState *m_state;
    quint64 m_generation = 0;
};
