#pragma once

#include "connection/profilestore.h"

#include <QDialog>

struct ProfileFile;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

/// All saved connections, by folder: make, edit, rename, duplicate, remove, export them and import
/// those of other programs. Everything works by keyboard: Enter connects, F2 renames, Delete
/// removes.
class ProfilesDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `store` must outlive the dialog.
    explicit ProfilesDialog(ProfileStore &store, QWidget *parent = nullptr);
    ~ProfilesDialog() override;

Q_SIGNALS:
    void connectRequested(const QString &profileId);
    void editRequested(const QString &profileId);
    void newRequested();
    void credentialsRequested();

private:
    QWidget *makeList();
    QLayout *makeButtons();
    void fill();
    void filter(const QString &text);
    QTreeWidgetItem *folderItem(const QString &folder);
    QStringList selectedIds() const;
    QString currentId() const;
    void showSelection();
    void edit();
    void rename();
    void renamed(QTreeWidgetItem *item);
    void duplicate();
    void remove();
    void exportSelected();
    void importFile();
    void preview(const ProfileFile &file);
    void import(const std::vector<Profile> &profiles);
    void say(const QString &text);
    void sayError(const Error &error);

    ProfileStore &m_store;
    QLineEdit *m_filter = nullptr;
    QTreeWidget *m_tree = nullptr;
    QLabel *m_message = nullptr;
    QPushButton *m_connect = nullptr;
    QList<QPushButton *> m_forOne;  ///< need exactly one profile
    QList<QPushButton *> m_forSome; ///< need at least one
    bool m_filling = false;
};
