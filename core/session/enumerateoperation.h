#pragma once

#include "protocol/enumerationreader.h"
#include "protocol/request.h"
#include "session/operation.h"

/// What an enumeration asks for beyond its parameters.
struct EnumerateOptions
{
    std::uint64_t maxRows = 0; ///< 0: all. When reached: Release, Outcome partial without an error
    std::uint64_t pauseEvery =
        0; ///< 0: never. Pauses after so many rows with the context kept, until resume()
    bool keepRawPages = false; ///< emit pageReceived with the bytes of each reply
    /// For one who drops the batches as they come (an export): each page has its texts for itself,
    /// so that memory does not grow with the rows. Columns mean the same in all batches.
    bool streaming = false;
    Operation::Priority priority = Operation::Priority::Interactive;
};

/// Enumerate, Pull until the end, Release when left early (by the session's janitor, within 2 s, on
/// another connection). Replies are parsed as their bytes arrive, on a worker thread; the next Pull
/// leaves before the last page is parsed. MaxElements and MaxEnvelopeSize never change within a
/// context; an encoding-limit fault before the first row starts over once with a tenth of the
/// elements, later it ends as partial. A connection lost after a Pull was sent ends as partial
/// (Cause::EnumerationConnectionLost).
class EnumerateOperation final : public Operation
{
    Q_OBJECT
public:
    EnumerateOperation(Session *session, const EnumerateParameters &parameters,
                       const EnumerateOptions &options = {});
    ~EnumerateOperation() override;
    void resume() override;
    /// Sends no further Pull until resume(): for one who cannot take the rows so fast. What is
    /// under way still arrives, two pages at most. The host drops a context that waits too long.
    void hold();
    const EnumerateParameters &parameters() const;

Q_SIGNALS:
    void rowsReceived(const RowBatchPtr &rows);    ///< never empty; in the session's thread
    void pageReceived(const QByteArray &envelope); ///< with keepRawPages

protected:
    void run() override;
    void abort() override;
    std::uint64_t deliveredRows() const override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};
