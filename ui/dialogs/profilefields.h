#pragma once

#include "connection/profile.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;

/// Adds the colors that a connection can have, with a swatch each; their data is "#rrggbb", or
/// empty for none.
void addProfileColors(QComboBox *box);
/// The folders that the profiles stand in, in order.
QStringList foldersOf(const std::vector<ProfileSummary> &profiles);

/// "Save the connection": name, folder, tags, colour; folded away while the box is not ticked.
class ProfileFields final : public QWidget
{
    Q_OBJECT
public:
    explicit ProfileFields(QWidget *parent = nullptr);
    void setKnown(const std::vector<ProfileSummary> &profiles); ///< folders to choose from
    void setSummary(
        const ProfileSummary &summary); ///< with an id: it is being edited, and stays saved
    ProfileSummary summary() const;
    bool isToBeSaved() const;
    void setSuggestedName(const QString &name); ///< until the user has typed one

Q_SIGNALS:
    void changed();

private:
    void showFields();
    ProfileSummary m_summary;
    bool m_nameTyped = false;
    QCheckBox *m_save;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QComboBox *m_folder;
    QLineEdit *m_tags;
    QComboBox *m_color;
};
