#pragma once

#include <QDialog>

class HostList;
class QCheckBox;
class QLabel;
class QPushButton;
struct Error;

/// Forgets the passwords that are kept until quit, and says what else can be locked and what that
/// means: the connected hosts, the desktop's keychain.
class LockDialog final : public QDialog
{
    Q_OBJECT
public:
    /// `hosts` must outlive the dialog.
    explicit LockDialog(HostList &hosts, QWidget *parent = nullptr);

Q_SIGNALS:
    void locked(const QString &summary); ///< what was done, for the window; the dialog closes

private:
    void lock();
    void finish(const QString &what);

    HostList &m_hosts;
    QCheckBox *m_disconnect;
    QCheckBox *m_keychain;
    QLabel *m_message;
    QPushButton *m_lock = nullptr;
};
