#pragma once

#include "bench/benchwindow.h"
#include "bench/stallprobe.h"

#include <QElapsedTimer>
#include <QObject>

class InstancesPage;

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

private:
    void openTable();
    void tableFilled();
    void sortTable();
    void filterTable();
    void report();

    BenchWindow m_bench;
    InstancesPage *m_page = nullptr;
    std::unique_ptr<StallProbe> m_probe;
    QElapsedTimer m_clock;
    double m_firstRow = -1; ///< ms
    double m_total = 0;     ///< ms
    double m_sorted = 0;    ///< ms
    StallProbe::Figures m_filling, m_sorting;
};
