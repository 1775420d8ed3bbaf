#include "ctl/hostverb.h"

#include "ctl/terminal.h"
#include "inventory/inventory.h"
#include "text/securitytext.h"
#include "text/valuetext.h"

#include <QTimer>

using namespace Qt::StringLiterals;

HostVerb::HostVerb(const Arguments &arguments)
    : Verb(arguments)
    , m_output(Verb::arguments())
    , m_finder(Verb::arguments())
{
    connect(&m_finder, &ConnectionFinder::found, this, &HostVerb::connected);
    connect(&m_finder, &ConnectionFinder::failed, this,
            [this](const Error &error) { endWith(error); });
}

HostVerb::~HostVerb() = default;

void HostVerb::start()
{
    const Done prepared = prepare();
    if (!prepared) {
        endWith(prepared.error());
        return;
    }
    m_finder.setIdentifyOnly(identifyOnly());
    m_finder.start();
}

void HostVerb::connected()
{
    for (const QString &line : m_finder.notes())
        note(u"winrmctl: note: "_s + line);
    openTrace();
    if (m_ended)
        return;
    m_session = std::make_unique<Session>(m_finder.options(),
                                          fixedCredential(m_finder.credential()), refuseUntrusted(),
                                          arguments().traceFile.isEmpty() ? nullptr : &m_trace);
    if (arguments().verbose)
        connect(m_session.get(), &Session::securityChanged, this, &HostVerb::sayWay);
    ask();
}

void HostVerb::openTrace()
{
    if (arguments().traceFile.isEmpty())
        return;
    m_trace.setLimits(8, 64 << 20, 64 << 20);
    m_traceFile.setFileName(arguments().traceFile);
    const auto mode = QIODevice::WriteOnly
        | (arguments().force ? QIODevice::Truncate : QIODevice::NewOnly);
    if (!m_traceFile.open(mode, QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        const bool exists = QFile::exists(arguments().traceFile) && !arguments().force;
        endWith(Error::of(Error::Kind::Local, exists ? Cause::LocalFileExists : Cause::LocalFile,
                          m_traceFile.errorString(), FileDetails{.path = arguments().traceFile}));
        return;
    }
    m_traceFile.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    connect(&m_trace, &Trace::added, this, [this](quint64 id) {
        if (const TraceEntry *entry = m_trace.find(id)) {
            m_traceFile.write(toJsonLine(*entry));
            m_traceFile.flush();
        }
    });
}

void HostVerb::sayWay()
{
    const SecurityState state = m_session->security();
    if (state.mechanism.isEmpty() || std::exchange(m_waySaid, true))
        return; // it may still fail, and then the error says why
    terminal::say(u"winrmctl: %1: %2"_s.arg(m_session->options().url().toString(),
                                            securitySentences(state).join(u' ')));
}

void HostVerb::sayCatalogueProblems() const
{
    for (const Error &problem : Inventory::standard().problems()) {
        note(u"winrmctl: note: the catalogue %1 is left out: %2"_s.arg(
            std::get<FileDetails>(problem.details).path, problem.message));
    }
}

ExportOptions HostVerb::exportOptions() const
{
    ExportOptions options = m_output.exportOptions(m_session ? m_session->options().displayHost()
                                                             : QString());
    options.title = arguments().words.isEmpty() ? arguments().verb : arguments().words.join(u' ');
    return options;
}

void HostVerb::writeDocument(Node node, const QByteArray &raw, const LeafTypes &types)
{
    writeAnswer(arguments().isRaw()
                    ? raw
                    : exportTree(node, arguments().exportFormat(), exportOptions(), types));
}

void HostVerb::writeLine(const QString &line)
{
    writeAnswer((m_output.toTerminal() ? terminalText(line) : line).toUtf8() + '\n');
}

void HostVerb::writeAnswer(const QByteArray &bytes)
{
    const Done opened = m_output.open();
    if (!opened) {
        endWith(opened.error());
        return;
    }
    if (!m_output.write(bytes) && !m_output.readerGone()) {
        endWith(m_output.error());
        return;
    }
    const Done finished = finishOutput();
    if (finished)
        end(ExitCode::Done);
    else
        endWith(finished.error());
}

Done HostVerb::finishOutput()
{
    return m_output.finish();
}

void HostVerb::interrupt()
{
    if (m_interrupted || !m_session) {
        Q_EMIT finished(ExitCode::Interrupted);
        return;
    }
    m_interrupted = true;
    m_session->close();
}

void HostVerb::endWith(const Error &error, std::uint64_t rows)
{
    if (m_ended)
        return;
    terminal::sayProgress({});
    end(fail(error, rows));
}

void HostVerb::end(ExitCode code)
{
    if (m_ended)
        return;
    m_ended = true;
    terminal::sayProgress({});
    // An enumeration that was left is told to the host first; two seconds at most.
    if (m_session && m_session->isReleasing()) {
        connect(m_session.get(), &Session::releasesFinished, this,
                [this, code] { Q_EMIT finished(code); });
        return;
    }
    Q_EMIT finished(code);
}
