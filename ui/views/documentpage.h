#pragma once

#include "models/filecontent.h"
#include "views/page.h"

class DocumentTreeModel;
class FilterField;
class PageState;
class QLabel;
class QTabWidget;
class QTreeView;
class RowTableModel;
class RowTableView;
class RowTools;
class XmlView;

/// A saved message, export or trace, read from a file: a table where it holds rows, a tree, the
/// XML, the exchanges. Says what it is a copy of, as of when and from where; without a host nothing
/// can be changed or asked again, and it says that too. The file is read on another thread.
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
    bool isBusy() const override { return m_busy; }
    bool canExport() const override { return m_content.document || m_content.rows; }
    void exportContent() override;
    bool canFind() const override { return true; }
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;

private:
    QWidget *createTools();
    QWidget *createContent();
    QWidget *createTable();
    void showRowMenu(const QPoint &at);
    void createExchanges();
    void showExchanges();
    void loaded(FileContent content);
    void showContent();
    void showOrigin();
    void applyFilter(const QString &text);
    bool showsTable() const;
    QString m_file;
    FileContent m_content;
    DocumentTreeModel *m_tree;
    RowTableModel *m_rows;
    QTreeView *m_treeView;
    RowTableView *m_table;
    RowTools *m_rowTools;
    QTabWidget *m_tabs;
    FilterField *m_filter; ///< of the tree; the rows have their own
    QLabel *m_source;
    QLabel *m_readOnly;
    XmlView *m_xml;
    Trace m_trace;                  ///< the exchanges of a saved one
    QWidget *m_exchanges = nullptr; ///< made for a saved trace only
    PageState *m_state;
    quint64 m_generation = 0;
    bool m_busy = false;
};
