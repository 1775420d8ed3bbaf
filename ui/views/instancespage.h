#pragma once

#include "document/rowset.h"
#include "protocol/request.h"
#include "views/hostpage.h"

class QMenu;
class RowTableModel;
class RowTableView;
class RowTools;
class SchemaOperation;

/// Instances of a class, or what a query gives, as a table that fills while they arrive. The schema
/// is asked for at the same time and gives keys, types and the words for numbers.
class InstancesPage final : public HostPage
{
    Q_OBJECT
public:
    InstancesPage(HostConnection *host, const EnumerateParameters &parameters,
                  QWidget *parent = nullptr);
    ~InstancesPage() override;

    void showColumn(const QString &name); ///< in view, as soon as there is a row

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
    QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;
    QString layoutKey() const override;
    QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &layout) override;

    /// Reading ended with nothing to show: refused, or stopped before anything came.
    bool hasFailed() const { return m_failed && !hasContent(); }
    bool hasNoSchema() const { return m_schemaRefused; } ///< the host refused to give one
    void expectNoSchema() { m_schemaRefused = true; }    ///< it did so before: not asked again
    RowTableModel *model() const { return m_model; }

protected:
    void read() override;
    bool hasContent() const override;
    void stateActed() override;

private:
    void makeTools();
    void connectModel();
    void readSchema();
    void received(const RowBatchPtr &batch);
    void showReceived();
    void finishedReading(const Outcome &outcome);
    void noteOldRows(const Outcome &outcome);
    void noteNoRows();
    QStringList keyNames() const;
    void openCurrent();
    void showSchema();
    void showMenu(const QPoint &at);
    void fillRowMenu(QMenu *menu, const QModelIndex &current);
    struct ReadyView asView() const;
    std::optional<ResourceLocator> locatorOf(int row) const;

    EnumerateParameters m_parameters;
    RowTableModel *m_model;
    RowTableView *m_table;
    RowTools *m_tools;
    QPointer<SchemaOperation> m_schemaReading;
    bool m_schemaRefused = false;
    bool m_failed = false;
    bool m_asksCost = false;             ///< whether to read a class that is hard on the host
    bool m_costAccepted = false;         ///< the answer was yes
    std::vector<RowBatchPtr> m_received; ///< and not in the table yet
    class QTimer *m_show;
};
