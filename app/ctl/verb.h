#pragma once

#include "ctl/arguments.h"
#include "ctl/exitcode.h"

#include <QObject>

/// One verb of winrmctl at work. Started from the event loop; `finished` ends the program with that
/// exit code.
class Verb : public QObject
{
    Q_OBJECT
public:
    explicit Verb(const Arguments &arguments)
        : m_arguments(arguments)
    { }
    virtual void start() = 0;
    /// SIGINT or SIGTERM: what has arrived is kept, `finished` follows soon.
    virtual void interrupt() { Q_EMIT finished(ExitCode::Interrupted); }

Q_SIGNALS:
    void finished(ExitCode code);

protected:
    const Arguments &arguments() const { return m_arguments; }
    /// Says what happened on standard error and gives the exit code that goes with it.
    ExitCode fail(const Error &error, std::uint64_t rows = 0) const;
    void note(const QString &line)
        const; ///< unless -q; a script that reads errors as JSON gets nothing else

private:
    Arguments m_arguments;
};

/// The error on standard error, as --error-format says.
void sayError(const Error &error, bool asJson);
