#pragma once

#include "bench/benchoptions.h"
#include "document/rowset.h"
#include "session/operation.h"

#include <QObject>

class ExportJob;
class Session;
struct ExportResult;

/// The verbs that read all instances of a class: enumerate holds them as the table does, export
/// writes them as the window does, print as winrmctl does. Each ends the event loop.
class RowsBench final : public QObject
{
    Q_OBJECT
public:
    explicit RowsBench(const BenchOptions &options, QObject *parent = nullptr);
    void enumerate();
    void exportRows();
    void print();

private:
    void enumerated(const Outcome &outcome);
    void exported(const ExportResult &result);

    BenchOptions m_options;
    Session *m_session;
    class RowTableModel *m_model = nullptr;
    std::unique_ptr<RowExporter> m_exporter;
};
