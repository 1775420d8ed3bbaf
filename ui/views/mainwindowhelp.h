#pragma once

#include <QCoreApplication>
#include <QString>

class QWidget;
struct MainWindowActions;

/// The window's own words about itself. Both dialogs delete themselves.
class MainWindowHelp
{
    Q_DECLARE_TR_FUNCTIONS(MainWindowHelp)
public:
    static void showShortcuts(QWidget *parent, const MainWindowActions &actions);
    static void showAbout(QWidget *parent);
    /// Versions and the desktop's kind, for a report: no host, user or file name.
    static QString diagnostics();
};
