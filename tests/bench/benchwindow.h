#pragma once

#include "bench/benchoptions.h"

#include <QObject>
#include <QTemporaryDir>

class DemoHost;
class HostConnection;
class Keychain;
class MainWindow;
class ProfileStore;
class Trace;

/// The program's own window with a folder of its own for what is kept, and a host in it: the one of
/// the options, else a demo host in this process. Errors end the program.
class BenchWindow final : public QObject
{
    Q_OBJECT
public:
    explicit BenchWindow(const BenchOptions &options, QObject *parent = nullptr);
    ~BenchWindow() override;

    void show(std::unique_ptr<Keychain> keychain);
    /// Once painted: signs in. `connected` comes when its tree has settled.
    void connectHost();

    const BenchOptions &options() const { return m_options; } ///< the demo host's, where it is used
    MainWindow &window() const { return *m_window; }
    HostConnection *host() const { return m_host; }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString viewFolder() const { return path(QStringLiteral("views")); }

    static constexpr int Settling = 200; ///< ms for what a change leaves to paint

Q_SIGNALS:
    void painted(); ///< for the first time, with all that is in it
    void connected();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool startDemo();

    BenchOptions m_options;
    QTemporaryDir m_folder;
    std::unique_ptr<DemoHost> m_demo;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<Trace> m_trace;
    std::unique_ptr<MainWindow> m_window;
    HostConnection *m_host = nullptr;
    bool m_painted = false;
};
