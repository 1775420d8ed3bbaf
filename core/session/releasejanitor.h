#pragma once

#include "protocol/request.h"

#include <QObject>

class ConnectionPool;

/// Tells hosts that an enumeration was left: a Release for its context, on whatever connection is
/// free, with little patience. Its answer, fault or not, is of no interest.
class ReleaseJanitor final : public QObject
{
    Q_OBJECT
public:
    explicit ReleaseJanitor(ConnectionPool &pool, QObject *parent = nullptr);
    void release(const RequestSettings &settings, const EnumerateParameters &parameters,
                 const QString &context);
    bool isIdle() const { return m_pending == 0; }

Q_SIGNALS:
    void idle();

private:
    ConnectionPool &m_pool;
    int m_pending = 0;
};
