#pragma once

#include "common/result.h"
#include "common/secret.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <functional>

/// A demo host that runs: how to reach it, whose certificate is known from its start.
struct DemoAccess
{
    QUrl url;
    QString userName;
    Secret password;
    QByteArray pinSha256; ///< empty without TLS
};

/// Starts the demo host, or gives the one that runs already. The window knows none by itself; the
/// program gives it this. Answers later, on the window's thread.
using DemoLauncher = std::function<void(std::function<void(Result<DemoAccess>)>)>;
