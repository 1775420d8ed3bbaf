#pragma once

#include "bench/benchoptions.h"
#include "bench/stallprobe.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTemporaryDir>

class DemoHost;
class HostConnection;
class InstancesPage;
class MainWindow;
class ProfileStore;
class Trace;

/// The verbs with the program's own window: `window` until it is painted, `stall` while the
/// instances of a class come into its table and are then sorted and filtered. Each ends the event
/// loop.
class WindowBench final : public QObject
{
    Q_OBJECT
public:
    explicit WindowBench(const BenchOptions &options, QObject *parent = nullptr);
    ~WindowBench() override;
    void window();
    void stall();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void painted(); ///< the window, for the first time, with all that is in it

private:
    void makeWindow(std::unique_ptr<class Keychain> keychain);
    bool startDemo();
    void connectHost();
    void openTable();
    void tableFilled();
    void sortTable();
    void filterTable();
    void report();

    BenchOptions m_options;
    QTemporaryDir m_folder;
    std::unique_ptr<DemoHost> m_demo;
    std::unique_ptr<ProfileStore> m_store;
    std::unique_ptr<Trace> m_trace;
    std::unique_ptr<MainWindow> m_window;
    HostConnection *m_host = nullptr;
    InstancesPage *m_page = nullptr;
    std::unique_ptr<StallProbe> m_probe;
    bool m_painted = false;
    QElapsedTimer m_clock;
    double m_firstRow = -1; ///< ms
    double m_total = 0;     ///< ms
    double m_sorted = 0;    ///< ms
    StallProbe::Figures m_filling, m_sorting;
};
