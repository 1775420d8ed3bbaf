// What a user of the console waits for: the parts that ship, asked one thing and timed from outside
// (verbs and marks as README.md says).
//
//   console-bench VERB --url URL --user NAME [--insecure] [...]
//   console-bench stall|views [--items N]
//
// VERB: identify config fanout enumerate export print window stall views
// sealed. Password:
// WINRM_PASSWORD.
#include "bench/benchreport.h"
#include "bench/hostbench.h"
#include "bench/rowsbench.h"
#include "bench/sealedbench.h"
#include "bench/viewbench.h"
#include "bench/windowbench.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

template<typename Bench>
int run(const BenchOptions &options, void (Bench::*verb)())
{
    Bench bench(options);
    QTimer::singleShot(0, &bench, verb);
    return QCoreApplication::exec();
}

template<typename Bench>
int runQuietly(int argc, char **argv, const BenchOptions &options, void (Bench::*verb)())
{
    const QCoreApplication application(argc, argv);
    return run(options, verb);
}

template<typename Bench>
int runWithWindow(int argc, char **argv, const BenchOptions &options, void (Bench::*verb)())
{
    const QApplication application(argc, argv);
    return run(options, verb);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"console-bench"_s);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const auto options = parseBenchOptions(arguments);
    if (!options) {
        std::fprintf(stderr, "%s\n", options.error().message.toUtf8().constData());
        return 2;
    }
    const QString &verb = options->verb;
    if (verb == u"identify"_s)
        return runQuietly(argc, argv, *options, &HostBench::identify);
    if (verb == u"config"_s)
        return runQuietly(argc, argv, *options, &HostBench::config);
    if (verb == u"fanout"_s)
        return runQuietly(argc, argv, *options, &HostBench::fanOut);
    if (verb == u"enumerate"_s)
        return runQuietly(argc, argv, *options, &RowsBench::enumerate);
    if (verb == u"export"_s)
        return runQuietly(argc, argv, *options, &RowsBench::exportRows);
    if (verb == u"print"_s)
        return runQuietly(argc, argv, *options, &RowsBench::print);
    if (verb == u"sealed"_s) {
        const QCoreApplication application(argc, argv);
        return SealedBench::run();
    }
    if (verb == u"window"_s)
        return runWithWindow(argc, argv, *options, &WindowBench::window);
    if (verb == u"stall"_s)
        return runWithWindow(argc, argv, *options, &WindowBench::stall);
    if (verb == u"views"_s)
        return runWithWindow(argc, argv, *options, &ViewBench::views);
    std::fputs("there is no such verb\n", stderr);
    return 2;
}
