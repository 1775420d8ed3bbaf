#include "consoleoptions.h"

#include "connection/profilestore.h"
#include "inventory/classindexfile.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConsoleOptions)
};

[[noreturn]] void refuse(const QString &sentence)
{
    std::fprintf(stderr, "winrm-console: %s\n", qUtf8Printable(sentence));
    std::exit(1);
}

Theme themeNamed(const QString &name)
{
    if (name == u"light"_s)
        return Theme::Light;
    if (name == u"dark"_s)
        return Theme::Dark;
    if (name != u"system"_s)
        refuse(Words::tr("--theme takes light, dark or system."));
    return Theme::System;
}

} // namespace

ConsoleOptions parseConsoleOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        Words::tr("Browses the configuration and the CIM data of WinRM and WS-Management hosts."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(u"profile"_s, Words::tr("Connect to a saved connection."),
                                     Words::tr("name"));
    const QCommandLineOption demo(
        u"demo"_s, Words::tr("Start the demo host on this computer and connect to it."));
    const QCommandLineOption open(
        u"open"_s, Words::tr("Open a saved message, export or trace; may be repeated."),
        Words::tr("file"));
    const QCommandLineOption folder(u"config-dir"_s,
                                    Words::tr("Keep all files of the program in this folder."),
                                    Words::tr("folder"));
    const QCommandLineOption theme(u"theme"_s, Words::tr("light, dark or system."),
                                   Words::tr("theme"), u"system"_s);
    parser.addOptions({profile, demo, open, folder, theme});
    parser.addPositionalArgument(u"file"_s, Words::tr("As --open."), u"[file...]"_s);
    if (!parser.parse(arguments))
        refuse(parser.errorText());
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    if (parser.isSet(u"help"_s))
        parser.showHelp(0);

    ConsoleOptions options;
    options.profile = parser.value(profile);
    options.files = parser.values(open) + parser.positionalArguments();
    options.demo = parser.isSet(demo);
    options.theme = themeNamed(parser.value(theme));
    if (parser.isSet(folder))
        options.configFolder = QDir(parser.value(folder)).absolutePath();
    return options;
}

bool asksForWords(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        const QByteArrayView word(argv[i]);
        if (word == "--")
            return false;
        if (word == "-h" || word == "--help" || word == "-v" || word == "--version"
            || word == "--help-all")
            return true;
    }
    return false;
}

QString ConsoleOptions::profileFolder() const
{
    return configFolder.isEmpty() ? ProfileStore::defaultDirectory() : configFolder;
}

QString ConsoleOptions::stateFile() const
{
    if (!configFolder.isEmpty())
        return configFolder + u"/window.ini"_s;
    QString state = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(state))
        state = QDir::homePath() + u"/.local/state"_s;
    return state + u"/winrm-console/window.ini"_s;
}

QString ConsoleOptions::cacheFolder() const
{
    return configFolder.isEmpty() ? ClassIndexFile::standardFolder() : configFolder + u"/classes"_s;
}
