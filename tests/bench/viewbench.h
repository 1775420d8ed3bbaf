#pragma once

#include "bench/benchwindow.h"
#include "bench/stallprobe.h"

#include <QElapsedTimer>

#include <functional>
#include <vector>

class Page;
class RowTableModel;
class RowTableView;

/// The verb `views`: each kind of view that can hold many rows is filled with them, worked with and
/// watched for stalls, one scene after another. Ends the event loop.
class ViewBench final : public QObject
{
    Q_OBJECT
public:
    explicit ViewBench(const BenchOptions &options, QObject *parent = nullptr);
    ~ViewBench() override;
    void views();

private:
    struct Scene
    {
        QString name;
        std::function<void()> begin;
        std::function<bool()> isDone;
    };
    void add(const QString &name, std::function<void()> begin, std::function<bool()> isDone);
    void addInstances();
    void addQuery();
    void addReadyView();
    void addSavedFile();
    void addTableWork(const QString &of);
    void writeView();
    void next();
    void look();
    void report();

    Page *page() const;
    RowTableView *table() const;
    RowTableModel *model() const; ///< of the present page's table; null while there is none
    bool isFilled() const;        ///< it has all rows, and nothing runs

    BenchWindow m_bench;
    std::unique_ptr<StallProbe> m_probe;
    std::vector<Scene> m_scenes;
    std::size_t m_scene = 0;
    QElapsedTimer m_clock;
    double m_milliseconds = 0;
    bool m_arranged = false; ///< a sort, filter or refresh of the present scene took effect
};
