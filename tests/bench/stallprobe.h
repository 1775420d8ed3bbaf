#pragma once

#include <QObject>

#include <atomic>
#include <thread>

/// Measures how long the user interface keeps an event waiting: a thread posts one each 2 ms (never
/// a second one before the first was taken) and notes how late it ran.
class StallProbe final : public QObject
{
    Q_OBJECT
public:
    struct Figures
    {
        double longest = 0; ///< ms
        int overFrame = 0;  ///< events that waited longer than 16.7 ms
        int events = 0;
    };

    explicit StallProbe(QObject *parent = nullptr);
    ~StallProbe() override;
    /// What was seen since the last call; begins anew.
    Figures take();

private:
    void post();
    void arrived(qint64 postedAt);

    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_waiting = false;
    Figures m_figures;
    std::thread m_thread;
};
