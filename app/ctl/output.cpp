#include "ctl/output.h"

#include "ctl/terminal.h"

using namespace Qt::StringLiterals;

Output::Output(const Arguments &arguments)
    : m_toFile(!arguments.output.isEmpty() && arguments.output != "-"_L1)
    , m_force(arguments.force)
    , m_path(arguments.output)
{ }

Done Output::open()
{
    return m_toFile ? m_file.open(m_path, m_force) : Done();
}

bool Output::write(QByteArrayView bytes)
{
    if (!m_toFile)
        return terminal::writeOutput(bytes);
    const Done written = m_file.write(bytes);
    if (!written)
        m_error = written.error();
    return bool(written);
}

ExportSink Output::sink()
{
    return [this](QByteArrayView bytes) { return write(bytes); };
}

Done Output::finish()
{
    return m_toFile ? m_file.finish() : Done();
}

bool Output::toTerminal() const
{
    return !m_toFile && terminal::isOutputTerminal();
}

bool Output::readerGone() const
{
    return !m_toFile && terminal::outputClosed();
}
