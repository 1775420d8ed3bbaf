// Prints the WinRM configuration of a host. With the scripting API of WinRM it reads
//
//     Set wsman = CreateObject("WSMan.Automation")
//     Set options = wsman.CreateConnectionOptions
//     options.UserName = "admin"
//     options.Password = "..."
//     flags = wsman.SessionFlagCredUsernamePassword Or wsman.SessionFlagUseBasic
//     Set session = wsman.CreateSession("https://web01.example.com", flags, options)
//     WScript.Echo session.Get("winrm/config")
//
// Usage: getconfig URL USER [sha256:PIN], the password on the first line of standard input.

#include "connection/rules.h"
#include "export/exporter.h"
#include "session/getoperation.h"
#include "session/session.h"
#include "text/sentences.h"

#include <QCoreApplication>

#include <iostream>
#include <string>

using namespace Qt::StringLiterals;

namespace {

/// What happened, in words for people; a program decides on Error::kind and Error::cause.
int fail(const Error &error)
{
    const Explanation why = explain(error);
    std::cerr << why.sentence.toStdString() << '\n' << why.remedy.toStdString() << '\n';
    return 1;
}

/// The password is on nobody's command line, and in no QString.
Secret readPassword()
{
    std::string line;
    std::getline(std::cin, line);
    QByteArray bytes(line.data(), qsizetype(line.size()));
    std::fill(line.begin(), line.end(), '\0');
    return Secret::take(bytes);
}

/// CreateConnectionOptions and the flags of CreateSession are one value here.
Result<ConnectionOptions> optionsOf(const QStringList &words)
{
    auto options = parseConnection(words.value(0)); // "https://web01.example.com"
    if (!options)
        return options;
    options->userName = words.value(1);
    options->authentication = Authentication::Basic; // SessionFlagUseBasic
    if (words.size() > 2) {
        // Better than SessionFlagSkipCACheck and SessionFlagSkipCNCheck: this certificate, no
        // other.
        const auto pin = parsePin(words.at(2));
        if (!pin)
            return pin.error();
        options->pinSha256 = *pin;
    }
    // What contradicts itself, or would send the password in the clear, ends here.
    const Done allowed = requireRules(*options, {.hasPassword = true});
    return allowed ? options : allowed.error();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv); // operations need an event loop
    const QStringList words = app.arguments().mid(1);
    if (words.size() < 2 || words.size() > 3) {
        std::cerr << "Usage: getconfig URL USER [sha256:PIN] < PASSWORD\n";
        return 2;
    }
    const auto options = optionsOf(words);
    const auto resource = parseResource(u"winrm/config"_s); // an alias, as in the scripting API
    if (!options || !resource)
        return fail(options ? resource.error() : options.error());

    // CreateSession: nothing is sent yet. An unknown certificate is refused; a program with a user
    // in front of it would ask (connection/trust.h).
    Session session(*options, fixedCredential({.password = readPassword()}), refuseUntrusted());

    // Get: an operation is started, says once how it ended, and deletes itself.
    auto *get = new GetOperation(&session, *resource);
    QObject::connect(get, &Operation::finished, &app, [&](const Outcome &outcome) {
        if (outcome.error) {
            app.exit(fail(outcome.error));
            return;
        }
        const Node config = get->reply().content;
        std::cout << exportTree(config, ExportFormat::Text, {}).toStdString();
        app.exit(0);
    });
    get->start();
    return app.exec();
}
