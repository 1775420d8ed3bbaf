#include "auth/authqueue.h"
#include "connection/keychain.h"
#include "connection/profilestore.h"
#include "consoleoptions.h"
#include "demorunner.h"
#include "look/look.h"
#include "session/trace.h"
#include "views/mainwindow.h"

#include <QApplication>
#include <QLocale>
#include <QTimer>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

void setNames()
{
    QCoreApplication::setApplicationName(u"winrm-console"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(WINRM_VERSION));
}

/// English first, for its plural forms; then the user's language on top, where there is one.
void translate(QApplication &application)
{
    for (const QLocale &locale : {QLocale(QLocale::English), QLocale()}) {
        auto *translator = new QTranslator(&application);
        if (translator->load(locale, u"winrm-console"_s, u"_"_s, u":/translations"_s))
            QCoreApplication::installTranslator(translator);
    }
}

/// What the command line asks for, once the window is painted.
void begin(MainWindow &window, const ConsoleOptions &options)
{
    for (const QString &file : options.files)
        window.openFile(file);
    if (options.demo)
        window.startDemo();
    if (!options.profile.isEmpty() && !window.connectToProfile(options.profile))
        window.say(Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, options.profile));
}

int program(int argc, char **argv)
{
    setNames();
    if (asksForWords(argc, argv)) {
        const QCoreApplication application(argc, argv);
        parseConsoleOptions(application.arguments());
        return 0;
    }
    QApplication application(argc, argv);
    QGuiApplication::setApplicationDisplayName(u"WinRM Console"_s);
    QGuiApplication::setDesktopFileName(u"org.winrmconsole.WinRMConsole"_s);
    const ConsoleOptions options = parseConsoleOptions(application.arguments());
    translate(application);
    Look::apply(application, options.theme);

    ProfileStore store(systemKeychain(), options.profileFolder());
    const Done opened = store.open();
    Trace trace;
    DemoRunner demo;
    MainWindow window({.store = store,
                       .trace = trace,
                       .stateFile = options.stateFile(),
                       .demo = [&demo](auto answer) { demo.run(std::move(answer)); },
                       .cacheFolder = options.cacheFolder()});
    window.show();
    // Files, hosts and complaints wait until the window is on the screen.
    QTimer::singleShot(0, &window, [&] {
        if (!opened)
            window.say(opened.error());
        begin(window, options);
    });
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    AuthQueue::endProcess(program(argc, argv));
}
