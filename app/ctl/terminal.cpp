#include "ctl/terminal.h"

#include "text/valuetext.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

bool pipeClosed = false;
bool progressShown = false;

bool writeAll(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return true;
}

/// Switches echo off on /dev/tty for as long as it lives.
class SilentTerminal
{
public:
    SilentTerminal()
        : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    {
        if (m_descriptor < 0 || tcgetattr(m_descriptor, &m_before) != 0)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        silent.c_lflag |= ECHONL;
        m_changed = tcsetattr(m_descriptor, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_changed)
            tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    SilentTerminal(const SilentTerminal &) = delete;
    SilentTerminal &operator=(const SilentTerminal &) = delete;
    bool isUsable() const { return m_changed; }
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
    termios m_before{};
    bool m_changed = false;
};

/// Keeps SIGINT and SIGTERM back, so that they come while ppoll() waits and never just before.
class SignalsHeld
{
public:
    SignalsHeld()
    {
        sigset_t held;
        sigemptyset(&held);
        sigaddset(&held, SIGINT);
        sigaddset(&held, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &held, &m_before);
    }
    ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }
    SignalsHeld(const SignalsHeld &) = delete;
    SignalsHeld &operator=(const SignalsHeld &) = delete;
    const sigset_t *before() const { return &m_before; }

private:
    sigset_t m_before{};
};

} // namespace

namespace terminal {

bool isOutputTerminal()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool isErrorTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

int outputWidth()
{
    winsize size{};
    if (!isOutputTerminal() || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

bool writeOutput(QByteArrayView bytes)
{
    if (writeAll(STDOUT_FILENO, bytes))
        return true;
    pipeClosed = errno == EPIPE;
    return false;
}

bool outputClosed()
{
    return pipeClosed;
}

void say(const QString &line)
{
    sayProgress({});
    writeAll(STDERR_FILENO, terminalText(line, true).toUtf8() + '\n');
}

void sayProgress(const QString &text)
{
    if (text.isEmpty() && !progressShown)
        return;
    progressShown = !text.isEmpty();
    writeAll(STDERR_FILENO, "\r\x1b[K" + terminalText(text).toUtf8());
}

Result<QByteArray> askPassword(const QString &prompt)
{
    const SilentTerminal tty;
    if (!tty.isUsable())
        return Error::of(Error::Kind::Local, Cause::LocalNoPassword);
    const SignalsHeld held;
    writeAll(tty.descriptor(), terminalText(prompt).toUtf8());
    QByteArray line;
    for (char byte = 0; line.size() < 4096;) {
        pollfd waiting{.fd = tty.descriptor(), .events = POLLIN, .revents = 0};
        if (::ppoll(&waiting, 1, nullptr, held.before()) < 0)
            return Error::cancelled(); // Ctrl+C
        const ssize_t got = ::read(tty.descriptor(), &byte, 1);
        if (got <= 0 || byte == '\n')
            break;
        line += byte;
    }
    return line;
}

} // namespace terminal
