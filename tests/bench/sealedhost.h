#pragma once

#include <QByteArray>
#include <QThread>

#include <atomic>
#include <ctime>

/// A host for one benchmark: in a thread of its own, on loopback, it answers every POST with the
/// same number of bytes of SOAP. Who signs in with Negotiate or Kerberos (GSSAPI's default
/// acceptor: KRB5_KTNAME, NTLM_USER_FILE) gets sealed answers to sealed questions, others plain
/// ones. It judges nothing: it is no test of anything.
class SealedHost final : public QThread
{
    Q_OBJECT
public:
    explicit SealedHost(qsizetype size);
    ~SealedHost() override;

    quint16 waitForPort();  ///< 0: it cannot listen
    qint64 cpuTime() const; ///< of its thread, in nanoseconds; once it listens

protected:
    void run() override;

private:
    const qsizetype m_size;
    std::atomic<int> m_port = -1;
    clockid_t m_clock = CLOCK_THREAD_CPUTIME_ID;
};
