#pragma once

#include "inventory/registry.h"
#include "views/hostpage.h"

#include <QPersistentModelIndex>

class InvokeOperation;
class QLabel;
class QTreeView;
class RegistryTreeModel;
class RegistryValueModel;

/// The registry of a Windows host: keys as a tree that is read as it is opened, the values of the
/// present key beside it. Over the methods of StdRegProv, which only read here.
class RegistryPage final : public HostPage
{
    Q_OBJECT
public:
    /// `path`: "HKLM\SOFTWARE\...", opened once its keys are read; empty: HKLM.
    RegistryPage(HostConnection *host, const QString &path, QWidget *parent = nullptr);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override { return m_key; }
    QString address() const override; ///< "registry:HKLM\SOFTWARE"
    QStringList breadcrumb() const override;
    void copy() override;
    void stop() override;
    bool isBusy() const override { return m_running > 0; }
    Details details() const override;
    QString statusText() const override;
    void showPath(const QString &path); ///< opens the branches to it, as far as they are there
    QString presentPath() const;

    static QString pathOf(const QString &address); ///< null where it is no address of the registry

protected:
    void read() override;
    bool hasContent() const override { return m_wasRead; }

private:
    void call(const InvokeParameters &question,
              const std::function<void(const Outcome &, const InvokeReply &)> &answer);
    void readKeys(const QPersistentModelIndex &index);
    void goOn();
    void readValues();
    void readNext();
    void showMenu(const QPoint &at);
    RegistryTreeModel *m_keys;
    RegistryValueModel *m_values;
    QTreeView *m_tree;
    QTreeView *m_table;
    QLabel *m_path;
    PageState *m_valueState;
    QString m_key;        ///< by the path it was opened with
    QStringList m_target; ///< names yet to be opened
    std::vector<RegistryValueName> m_unread;
    quint64 m_generation = 0; ///< of the present key's values
    int m_running = 0;
    bool m_wasRead = false;
    std::vector<QPointer<InvokeOperation>> m_calls;
};
