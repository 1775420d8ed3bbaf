#pragma once

#include "models/columngroups.h"

#include <QDialog>

class FilterField;
class QTreeWidget;
class QTreeWidgetItem;

/// Which columns of a table are shown: by groups, each with a check box for all of it. What is
/// checked counts at once (`hiddenChanged`).
class ColumnsDialog final : public QDialog
{
    Q_OBJECT
public:
    ColumnsDialog(const std::vector<ColumnGroup> &groups, const QStringList &hidden,
                  QWidget *parent = nullptr);

Q_SIGNALS:
    void hiddenChanged(const QStringList &hidden);

private:
    void fill(const std::vector<ColumnGroup> &groups, const QStringList &hidden);
    void changed(QTreeWidgetItem *item);
    void narrow(const QString &text);
    QStringList hidden() const;
    QTreeWidget *m_tree;
    FilterField *m_filter;
    bool m_filling = false;
};
