#include "auth/authqueue.h"
#include "ctl/help.h"
#include "ctl/terminal.h"
#include "ctl/verbs/createverb.h"
#include "ctl/verbs/deleteverb.h"
#include "ctl/verbs/demoverb.h"
#include "ctl/verbs/enumerateverb.h"
#include "ctl/verbs/explainverb.h"
#include "ctl/verbs/getverb.h"
#include "ctl/verbs/identifyverb.h"
#include "ctl/verbs/invokeverb.h"
#include "ctl/verbs/namesverb.h"
#include "ctl/verbs/openverb.h"
#include "ctl/verbs/profilesverb.h"
#include "ctl/verbs/putverb.h"
#include "ctl/verbs/schemaverb.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

int signalPipe[2] = {-1, -1};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPipe[0], &byte, 1);
}

/// SIGINT and SIGTERM reach the event loop through a socket pair; a closed pipe is noticed by
/// write().
void watchSignals(Verb &verb)
{
    std::signal(SIGPIPE, SIG_IGN);
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &verb);
    QObject::connect(notifier, &QSocketNotifier::activated, &verb, [&verb] {
        char byte = 0;
        [[maybe_unused]] const auto got = ::read(signalPipe[1], &byte, 1);
        verb.interrupt();
    });
    struct sigaction action
    { };
    action.sa_handler = onSignal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

template<typename T>
std::unique_ptr<Verb> make(const Arguments &arguments)
{
    return std::make_unique<T>(arguments);
}

std::unique_ptr<Verb> verbFor(const Arguments &arguments)
{
    using Maker = std::unique_ptr<Verb> (*)(const Arguments &);
    static const std::pair<QLatin1StringView, Maker> verbs[] = {
        {"identify"_L1, make<IdentifyVerb>},
        {"get"_L1, make<GetVerb>},
        {"put"_L1, make<PutVerb>},
        {"create"_L1, make<CreateVerb>},
        {"delete"_L1, make<DeleteVerb>},
        {"invoke"_L1, make<InvokeVerb>},
        {"associators"_L1, make<EnumerateVerb>},
        {"references"_L1, make<EnumerateVerb>},
        {"enumerate"_L1, make<EnumerateVerb>},
        {"namespaces"_L1, make<NamesVerb>},
        {"classes"_L1, make<NamesVerb>},
        {"schema"_L1, make<SchemaVerb>},
        {"open"_L1, make<OpenVerb>},
        {"explain"_L1, make<ExplainVerb>},
        {"profiles"_L1, make<ProfilesVerb>},
        {"demo"_L1, make<DemoVerb>}};
    for (const auto &[name, maker] : verbs) {
        if (arguments.verb == name)
            return maker(arguments);
    }
    return nullptr;
}

int run(const Arguments &arguments)
{
    const auto verb = verbFor(arguments);
    if (!verb) {
        const QString what = arguments.verb.isEmpty()
            ? u"name a verb; winrmctl --help lists them"_s
            : u"there is no verb %1"_s.arg(arguments.verb);
        sayError(Error::of(Error::Kind::Local, Cause::LocalUsage, what), arguments.jsonErrors);
        return int(ExitCode::Usage);
    }
    watchSignals(*verb);
    QObject::connect(
        verb.get(), &Verb::finished, qApp, [](ExitCode code) { QCoreApplication::exit(int(code)); },
        Qt::QueuedConnection);
    QMetaObject::invokeMethod(verb.get(), &Verb::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

int program(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    // The same names as the window, so that both use the same files.
    QCoreApplication::setApplicationName(u"winrm-console"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(WINRM_VERSION));
    const auto arguments = parseArguments(QCoreApplication::arguments().mid(1));
    if (!arguments) {
        sayError(arguments.error(), wantsJsonErrors(QCoreApplication::arguments()));
        return int(ExitCode::Usage);
    }
    if (arguments->help || arguments->version) {
        terminal::writeOutput((arguments->help ? helpText() : versionText()).toUtf8());
        return int(ExitCode::Done);
    }
    return run(*arguments);
}

} // namespace

int main(int argc, char **argv)
{
    AuthQueue::endProcess(program(argc, argv));
}
