#pragma once

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

class QWidget;

/// Every question and every file name the window asks for goes through here, so that a test can
/// answer. All are window-modal and asynchronous; the answer comes once.
class Prompts
{
public:
    virtual ~Prompts() = default;
    /// `file` is empty when the user gave up. `filters` as QFileDialog has them.
    virtual void saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                          const QStringList &filters, std::function<void(QString file)> answer) = 0;
    virtual void openFile(QWidget *parent, const QString &title, const QStringList &filters,
                          std::function<void(QString file)> answer) = 0;
    /// True when the user pressed the button named `action`; the default is Cancel.
    virtual void confirm(QWidget *parent, const QString &title, const QString &text,
                         const QString &action, std::function<void(bool)> answer) = 0;
    virtual void askText(QWidget *parent, const QString &title, const QString &label,
                         const QString &value,
                         std::function<void(std::optional<QString>)> answer) = 0;

    static Prompts &current(); ///< the desktop's dialogs, unless a test has set others
    static void setCurrent(Prompts *prompts); ///< null: the desktop's again
};
