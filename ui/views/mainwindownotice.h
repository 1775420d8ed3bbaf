#pragma once

#include "common/error.h"

#include <QFrame>

class QLabel;

/// A strip above the tabs that says what went wrong with something the user asked of the window
/// itself, such as opening a file. Goes away when it is closed or something else is said.
class MainWindowNotice final : public QFrame
{
    Q_OBJECT
public:
    explicit MainWindowNotice(QWidget *parent = nullptr);
    void say(const Error &error);
    void say(const QString &sentence);
    QString text() const;

private:
    QLabel *m_sign;
    QLabel *m_text;
};
