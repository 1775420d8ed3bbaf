#pragma once

#include "common/result.h"

#include <QObject>
#include <QString>
#include <QUrl>

#include <chrono>
#include <memory>

struct DemoOptions {
    quint16 port = 0; ///< 0: a free one
    bool tls = false;
    QString userName = QStringLiteral("demo");
    QString passwordFile; ///< read when it exists (0600), else written; empty: a private temporary one
    int items = 5000; ///< seeded instances of Demo_Item
    std::chrono::milliseconds latency{0};
    QString as = QStringLiteral("windows"); ///< whose answers: one of Personality::names()
    quint32 seed = 1;
    QString fault; ///< what to spoil on purpose (faultrules.h); empty: nothing
};

/// A WS-Man host on 127.0.0.1 with generated data, in a thread of its own; for learning, tests and screenshots. It
/// answers as strictly as Windows does and runs nothing.
class DemoHost : public QObject
{
    Q_OBJECT
public:
    explicit DemoHost(const DemoOptions &options, QObject *parent = nullptr);
    ~DemoHost() override; ///< stops it; removes a private password file

    Done start(); ///< listening when it returns
    QUrl url() const;
    QString userName() const;
    QString passwordFile() const;
    QByteArray pinSha256() const; ///< of its certificate; empty without TLS
    quint16 port() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};
