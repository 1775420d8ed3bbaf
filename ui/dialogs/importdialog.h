#pragma once

#include "connection/profilestore.h"
#include "profileimport/profilefile.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

/// What a file of connections holds, before anything is saved: each connection with a check box and
/// what is to be known of it, those of a name that is there already unchecked, and what is left out
/// with the reason.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    ImportDialog(const ProfileFile &file, const ProfileStore &store, QWidget *parent = nullptr);

Q_SIGNALS:
    void importRequested(const std::vector<Profile> &profiles); ///< the checked ones

private:
    QTreeWidget *makeList();
    void addProfiles(const ProfileStore &store);
    void addLeft();
    void checkAll(bool checked);
    std::vector<Profile> checked() const;
    void showCount();

    ProfileFile m_file;
    QTreeWidget *m_list;
    QLabel *m_count;
    QPushButton *m_import;
};
