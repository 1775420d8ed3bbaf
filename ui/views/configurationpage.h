#pragma once

#include "views/hostpage.h"

class ConfigTreeModel;
class FilterField;
class QLabel;
class QTreeView;
class XmlView;

/// The whole WinRM configuration of a host: settings with values, defaults and marks as a tree, the
/// XML of the selected branch beside it. Details tell what the selected setting means.
class ConfigurationPage final : public HostPage
{
    Q_OBJECT
public:
    explicit ConfigurationPage(HostConnection *host, QWidget *parent = nullptr);

    /// Selects and opens a part, now or once it has been read: "Client", "Listeners" ...
    void showPart(const QString &part);

    QString title() const override { return tr("Configuration"); }
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
    QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;

protected:
    void read() override;
    bool hasContent() const override;

private:
    QWidget *createTools();
    QWidget *createContent();
    void showDocument(const DocumentPtr &document);
    void finishedReading(const Outcome &outcome);
    void applyFilter(const QString &words);
    void selectionChanged();
    void showMenu(const QPoint &at);
    QString m_part; ///< still to be shown
    ConfigTreeModel *m_model;
    QTreeView *m_tree;
    FilterField *m_filter;
    QLabel *m_count;
    XmlView *m_xml;
};
