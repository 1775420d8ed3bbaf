#pragma once

#include "common/result.h"
#include "connection/connectionoptions.h"
#include "connection/credential.h"
#include "export/exporter.h"
#include "protocol/request.h"

#include <QStringList>
#include <QUrl>

/// What a call of console-bench asks for. The password comes from the environment variable
/// WINRM_PASSWORD.
struct BenchOptions
{
    QString verb;
    QUrl url; ///< empty: `stall` starts a demo host of its own
    QString userName;
    QString className;
    std::uint32_t maxElements = 32000;
    std::uint32_t maxEnvelope = 512000; ///< octets
    QString hostsFile;                  ///< one URL a line
    ExportFormat format = ExportFormat::Csv;
    QString out;
    bool insecure = false;  ///< any certificate will do
    int items = 100000;     ///< of the demo host's own class
    QString sortBy, filter; ///< what `stall` arranges the rows by; empty: one that fits the class

    ConnectionOptions connection(const QUrl &host) const;
    Credential credential() const;
    EnumerateParameters enumeration() const;
};

/// Cause::LocalUsage with the word that was not understood.
Result<BenchOptions> parseBenchOptions(const QStringList &arguments);
