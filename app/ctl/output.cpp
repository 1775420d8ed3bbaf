#include "ctl/output.h"

#include "ctl/terminal.h"

#include <QDir>

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

Error standardOutputError(int number)
{
    return Error::of(Error::Kind::Local, number == ENOSPC ? Cause::LocalDiskFull : Cause::LocalFile,
                     QString::fromLocal8Bit(std::strerror(number)),
                     FileDetails{.path = u"(standard output)"_s, .systemError = number});
}

} // namespace

Output::Output(const Arguments &arguments)
    : m_toFile(!arguments.output.isEmpty() && arguments.output != "-"_L1)
    , m_force(arguments.force)
    , m_formulaGuard(arguments.formulaGuard)
    , m_path(arguments.output)
    , m_columns(arguments.columns)
{ }

Done Output::open()
{
    return m_toFile ? m_file.open(m_path, m_force) : Done();
}

bool Output::write(QByteArrayView bytes)
{
    Done written;
    if (m_toFile)
        written = m_file.write(bytes);
    else if (!terminal::writeOutput(bytes))
        written = standardOutputError(errno);
    if (!written && !readerGone())
        m_error = written.error();
    m_written |= bool(written) && !bytes.isEmpty();
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

void Output::discard()
{
    if (m_toFile)
        m_file.discard();
}

ExportOptions Output::exportOptions(const QString &source) const
{
    ExportOptions options;
    options.columns = m_columns;
    options.formulaGuard = m_formulaGuard;
    options.terminal = toTerminal();
    options.width = toTerminal() ? terminal::outputWidth() : 0;
    options.source = source;
    return options;
}

bool Output::toTerminal() const
{
    return !m_toFile && terminal::isOutputTerminal();
}

bool Output::readerGone() const
{
    return !m_toFile && terminal::outputClosed();
}

Done writeReplyFile(const QString &folder, int number, QByteArrayView bytes, bool force)
{
    if (!QDir().mkpath(folder))
        return Error::of(Error::Kind::Local, Cause::LocalFile, {}, FileDetails{.path = folder});
    ExportFile file;
    Done written = file.open(u"%1/%2.xml"_s.arg(folder).arg(number, 3, 10, QLatin1Char('0')),
                             force);
    if (written)
        written = file.write(bytes);
    return written ? file.finish() : written;
}
