#pragma once

#include "connection/profilebulkedit.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class TagCheckList;

/// Changes several saved connections at once. Only what is ticked changes; editing a field ticks
/// it. Says how many change, does it one after another, can be stopped, and then says what was
/// done.
class BulkEditDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `store` must outlive the dialog.
    BulkEditDialog(ProfileStore &store, const QStringList &ids, QWidget *parent = nullptr);

    void reject() override; ///< stops first, while it is at work

Q_SIGNALS:
    void changed(const QString &summary); ///< all was done; the dialog closes

private:
    struct Field
    {
        QCheckBox *box = nullptr;
        QComboBox *value = nullptr;
    };
    QWidget *makeFields();
    QLayout *makeEnd();
    Field addField(QFormLayout *form, const QString &name, const QString &title);
    void fillFields();
    void showCommon(const Field &field, const QString &value, bool same);
    ProfileChanges changes() const;
    void showCount();
    void change();
    void finished();
    QString reportText(const ProfileBulkEdit::Report &report) const;

    ProfileStore &m_store;
    const QStringList m_ids;
    std::vector<ProfileSummary> m_profiles;
    QWidget *m_fields = nullptr;
    Field m_folder, m_color, m_readOnly, m_mechanism, m_credential;
    TagCheckList *m_tags = nullptr;
    QLabel *m_message = nullptr;
    QProgressBar *m_bar = nullptr;
    QPushButton *m_change = nullptr;
    QPushButton *m_cancel = nullptr;
    ProfileBulkEdit *m_edit = nullptr; ///< while it is at work
};
