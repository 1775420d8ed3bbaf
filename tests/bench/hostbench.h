#pragma once

#include "bench/benchoptions.h"
#include "session/operation.h"

#include <QObject>

/// The verbs that ask for single things: identify, config, fanout. Each ends the event loop, with
/// exit code 0 only when every host answered.
class HostBench final : public QObject
{
    Q_OBJECT
public:
    explicit HostBench(const BenchOptions &options, QObject *parent = nullptr);
    void identify();
    void config();
    void fanOut();

private:
    Session *session(const QUrl &host);
    void askNext();
    void askConfig(Session *session);
    void answered(const Outcome &outcome);

    BenchOptions m_options;
    QList<QUrl> m_waiting;
    int m_running = 0;
    int m_answered = 0;
};
