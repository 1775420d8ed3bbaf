#include "auth/authqueue.h"

#include <QTest>

#include <semaphore>
#include <sys/wait.h>
#include <unistd.h>

using namespace std::chrono_literals;

/// Jobs one after the other, and the end of the process while one is under way.
class AuthQueueTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // These first: a child made by fork() has none of the threads its parent's queues started.
    void endWaitsForJobs();
    void endLeavesHangingJobs();
    void oneAfterTheOther();
    void droppedWithTheQueue();

private:
    struct Ended
    {
        int code = -1;
        QByteArray words; ///< what the child wrote
    };
    static Ended endAfter(std::function<void(int pipe)> job);
};

void AuthQueueTest::oneAfterTheOther()
{
    QList<int> order;
    std::binary_semaphore done(0);
    AuthQueue queue;
    for (int i = 0; i < 20; ++i)
        queue.post([&, i] { order.append(i); });
    queue.post([&] { done.release(); });
    QVERIFY(done.try_acquire_for(10s));
    QCOMPARE(order.size(), 20);
    QVERIFY(std::is_sorted(order.cbegin(), order.cend()));
}

void AuthQueueTest::droppedWithTheQueue()
{
    auto begun = std::make_shared<std::binary_semaphore>(0);
    auto goOn = std::make_shared<std::binary_semaphore>(0);
    auto late = std::make_shared<int>(0);
    {
        AuthQueue queue;
        queue.post([=] {
            begun->release();
            goOn->acquire();
        });
        queue.post([late] { ++*late; });
        QVERIFY(begun->try_acquire_for(10s));
    }
    QCOMPARE(late.use_count(), 1); // the second job is gone, though the first still hangs
    goOn->release();
}

/// A child whose last job is `job` ends with 7 and says "tidy" from an exit handler.
AuthQueueTest::Ended AuthQueueTest::endAfter(std::function<void(int)> job)
{
    static int pipes[2];
    if (::pipe(pipes) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        std::atexit([] { [[maybe_unused]] const auto wrote = ::write(pipes[1], "tidy", 4); });
        std::binary_semaphore begun(0);
        AuthQueue queue;
        queue.post([&begun, job] {
            begun.release();
            job(pipes[1]);
        });
        begun.acquire();
        AuthQueue::endProcess(7, 200ms);
    }
    ::close(pipes[1]);
    Ended ended;
    char bytes[64];
    for (auto got = ::read(pipes[0], bytes, sizeof bytes); got > 0;
         got = ::read(pipes[0], bytes, sizeof bytes))
        ended.words.append(bytes, got);
    ::close(pipes[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return ended;
}

void AuthQueueTest::endWaitsForJobs()
{
    const Ended ended = endAfter([](int pipe) {
        ::usleep(20'000);
        [[maybe_unused]] const auto wrote = ::write(pipe, "job ", 4);
    });
    QCOMPARE(ended.words, "job tidy");
    QCOMPARE(ended.code, 7);
}

void AuthQueueTest::endLeavesHangingJobs()
{
    const Ended ended = endAfter([](int) { ::pause(); });
    QCOMPARE(ended.words, "");
    QCOMPARE(ended.code, 7);
}

QTEST_GUILESS_MAIN(AuthQueueTest)
#include "tst_authqueue.moc"
