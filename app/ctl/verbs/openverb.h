#pragma once

#include "ctl/verbs/rowsverb.h"
#include "session/trace.h"

/// `open FILE`: prints any saved SOAP message, raw HTTP reply, body fragment, export or trace in
/// the format asked for; with --summary says what it is, as one JSON object. -f raw gives what was
/// read, of a trace a file for each reply.
class OpenVerb final : public Verb
{
    Q_OBJECT
public:
    explicit OpenVerb(const Arguments &arguments);
    void start() override;

private:
    Result<QByteArray> readFile() const;
    ExitCode open(const QByteArray &bytes);
    ExitCode summarise(const QByteArray &bytes);
    ExitCode printMessage(const QByteArray &body, const QByteArray &raw);
    ExitCode openTrace(const QByteArray &bytes);
    ExitCode printTrace(const std::vector<TraceEntry> &entries);
    ExitCode writeReplies(const std::vector<TraceEntry> &entries);
    ExitCode printRows(const RowSet &rows, bool references);
    ExitCode printTree(Node root);
    ExitCode write(const QByteArray &bytes);

    Output m_output;
};
