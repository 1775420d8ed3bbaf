#pragma once

#include "views/demolauncher.h"

#include <QObject>

#include <memory>
#include <vector>

class DemoHost;
class QThread;

/// Starts the demo host once, over TLS, without blocking the window (its key takes a moment), and
/// gives its address to everyone who asks. Stops it at the end.
class DemoRunner final : public QObject
{
    Q_OBJECT
public:
    explicit DemoRunner(QObject *parent = nullptr);
    ~DemoRunner() override;
    void run(std::function<void(Result<DemoAccess>)> answer);

private:
    void started(const Done &done);
    Result<DemoAccess> access() const;

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<QThread> m_starter;
    std::vector<std::function<void(Result<DemoAccess>)>> m_waiting;
    bool m_running = false;
};
