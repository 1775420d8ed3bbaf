#include "diagnose/background.h"

#include <QThreadPool>

namespace {

/// Never destroyed: work that hangs (a cache service that does not answer) must not hold up the
/// end of the program.
QThreadPool &pool()
{
    static QThreadPool *threads = [] {
        auto *made = new QThreadPool;
        made->setMaxThreadCount(4);
        qAddPostRoutine([] { pool().waitForDone(1000); });
        return made;
    }();
    return *threads;
}

} // namespace

void startInBackground(std::function<void()> work)
{
    pool().start(std::move(work));
}
