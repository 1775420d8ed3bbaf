#pragma once

#include "common/result.h"
#include "document/rowsetbuilder.h"
#include "protocol/message.h"

/// What one EnumerateResponse or PullResponse says beside its items.
struct EnumerationPage
{
    QString context;            ///< the newest; may be empty at the end
    bool endOfSequence = false; ///< in either namespace; nothing else is the end
    std::uint32_t items = 0;    ///< of this page
    std::optional<std::uint64_t>
        totalEstimate; ///< w:TotalItemsCountEstimate, where a host sends it
};

/// Reads one reply of an enumeration as its bytes arrive: what stands in Items (wsen or wsman
/// namespace) goes to the RowSetBuilder as rows at once, the rest becomes a Message. Not
/// thread-bound: use it on one thread at a time.
class EnumerationReader
{
public:
    /// `rows` must outlive it and is shared by all pages of the enumeration.
    /// `messageId`: what the reply must relate to; a reply to another message is refused before its
    /// items are read.
    explicit EnumerationReader(RowSetBuilder &rows, const QString &messageId = {});
    ~EnumerationReader();
    bool feed(const QByteArray &bytes); ///< false on an error, see finish()
    /// The page; a fault as Kind::Fault; SoapUnexpected when it is some other message;
    /// SoapWrongReply as requireReply.
    Result<EnumerationPage> finish();
    const Message &message() const; ///< header and body without the items; valid after finish()

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The items of a message read whole (saved files): EnumerateResponse, PullResponse, or any reply
/// with one instance.
struct MessageRows
{
    RowSet rows;
    EnumerationPage page;
};
Result<MessageRows> readRows(const Message &message);
