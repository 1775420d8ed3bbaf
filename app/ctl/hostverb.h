#pragma once

#include "ctl/connection.h"
#include "ctl/output.h"
#include "ctl/verb.h"
#include "session/session.h"

#include <QElapsedTimer>
#include <QFile>

#include <memory>

/// A verb that asks a host: finds the connection, makes the session and its trace, says the way of
/// sign-in with -v, cancels on interrupt and waits for what was abandoned to be released.
class HostVerb : public Verb
{
    Q_OBJECT
public:
    explicit HostVerb(const Arguments &arguments);
    ~HostVerb() override;
    void start() final;
    void interrupt() final;

protected:
    virtual Done prepare()
    {
        return {};
    }                       ///< before anything is opened or asked: reads the verb's own words
    virtual void ask() = 0; ///< the session is there
    virtual bool identifyOnly() const { return false; }

    Session &session() { return *m_session; }
    Output &output() { return m_output; }
    ExportOptions exportOptions() const;
    /// One document as the answer, in the format asked for; `raw` for -f raw.
    void writeDocument(Node node, const QByteArray &raw, const LeafTypes &types = {});
    void writeLine(const QString &line); ///< one line of text as the answer
    void end(ExitCode code);             ///< after the last byte of output was written
    void endWith(const Error &error, std::uint64_t rows = 0);
    /// A catalogue of the user that cannot be read, on standard error.
    void sayCatalogueProblems() const;
    bool isInterrupted() const { return m_interrupted; }
    Done finishOutput();

private:
    void writeAnswer(const QByteArray &bytes);
    void connected();
    void openTrace();
    void sayWay();

    Output m_output;
    Trace m_trace;
    QFile m_traceFile;
    ConnectionFinder m_finder;
    std::unique_ptr<Session> m_session;
    bool m_waySaid = false;
    bool m_interrupted = false;
    bool m_ended = false;
};
