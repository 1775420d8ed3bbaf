#pragma once

#include "document/rowset.h"
#include "document/xmlreader.h"

/// Turns instance elements into rows. It is an XmlSink for the children of an Items element: every
/// top element it is given is one row: an instance (`<p:Win32_Service>`), an `a:EndpointReference`
/// alone, a `w:Item` pair of both, or a `w:XmlFragment` (children without namespace).
/// Attributes of an instance's own element (a listener's Source, a plug-in's or CLASS's NAME; not
/// xsi:type, xsi:nil and declarations) are columns too, named "@NAME".
///
/// One builder serves a whole enumeration (its interner and columns are shared by all its batches).
class RowSetBuilder final : public XmlSink
{
public:
    RowSetBuilder();
    ~RowSetBuilder() override;

    bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const Declaration> declarations) override;
    bool text(std::string_view utf8) override;
    bool endElement() override;

    std::uint32_t pendingRows() const; ///< complete rows not yet taken
    /// The complete rows since the last call; null when there are none. A row half read stays.
    RowBatchPtr takeBatch();
    /// Further rows share no texts with those before: a batch and its texts can be dropped while
    /// the enumeration goes on. Columns keep their places. Call it between rows, when the batch was
    /// taken; otherwise nothing happens.
    void startNewStore();
    /// Adds an element that was read before (an export or a saved message).
    void addRow(Node instance);

private:
    struct Private;
    std::unique_ptr<Private> d;
};
