#pragma once

#include "look/look.h"

#include <QString>
#include <QStringList>

/// What the command line of winrm-console says.
struct ConsoleOptions
{
    QString profile;      ///< name or id of a saved connection to connect to
    QStringList files;    ///< to open
    QString configFolder; ///< for all files of the program; empty: the XDG folders
    bool demo = false;
    Theme theme = Theme::System;

    QString profileFolder() const; ///< of the profile store
    QString stateFile() const;     ///< of the window, in XDG_STATE_HOME
    QString cacheFolder() const;   ///< of what is known of the hosts' classes, in XDG_CACHE_HOME
};

/// Reads the arguments. Prints and ends the program for --help, --version and mistakes (exit 1).
/// Needs a QCoreApplication.
ConsoleOptions parseConsoleOptions(const QStringList &arguments);
/// True when the arguments only ask for words: no display is needed then.
bool asksForWords(int argc, char **argv);
