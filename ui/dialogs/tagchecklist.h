#pragma once

#include "connection/profile.h"

#include <QMap>
#include <QWidget>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

/// The tags of several profiles at once: ticked are those that all of them have, half ticked those
/// of some, which stay as they are unless somebody clicks. A new tag can be typed.
class TagCheckList final : public QWidget
{
    Q_OBJECT
public:
    /// `known`: all profiles, whose tags are offered; `edited`: those that are about to change.
    TagCheckList(const std::vector<ProfileSummary> &known,
                 const std::vector<ProfileSummary> &edited, QWidget *parent = nullptr);

    QMap<QString, bool> changes() const; ///< only of tags that were touched; true: for all

Q_SIGNALS:
    void changed();

private:
    QTreeWidgetItem *addRow(const QString &tag, int on);
    void showNote(QTreeWidgetItem *item);
    void addTyped();

    const int m_count;
    QTreeWidget *m_list;
    QLineEdit *m_new;
    QPushButton *m_add;
};
