#pragma once

#include "document/document.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// CIM types as far as they are known; Unknown until a schema, an xsi:type or a built-in table says
/// more.
enum class CimType : std::uint8_t {
    Unknown,
    Boolean,
    UInt8,
    SInt8,
    UInt16,
    SInt16,
    UInt32,
    SInt32,
    UInt64,
    SInt64,
    Real32,
    Real64,
    Char16,
    String,
    DateTime,
    Reference,
    Object,
};

bool isNumeric(CimType type);

/// What stands in one cell. Absent, Nil and an empty Scalar are three different things and stay so.
enum class CellKind : std::uint8_t {
    Absent,    ///< the instance has no such element
    Nil,       ///< xsi:nil="true"
    Scalar,    ///< text, perhaps empty
    Array,     ///< the element more than once, or one that a schema calls an array
    Reference, ///< an endpoint reference as value (children Address, ReferenceParameters)
    Object,    ///< an embedded instance (other child elements)
};

/// How a Scalar was written. DateTime and Interval came as a `Datetime` / `Interval` /
/// `CIM_DateTime` child.
enum class ScalarForm : std::uint8_t { Plain, DateTime, Interval, CimDateTime };

class RowSet;

/// One cell: a view, valid while its RowSet (or the batch it is in) lives.
class Cell
{
public:
    CellKind kind() const { return m_kind; }
    ScalarForm form() const { return m_form; }
    bool isAbsent() const { return m_kind == CellKind::Absent; }
    std::string_view text() const { return m_text; } ///< UTF-8 of a Scalar, not trimmed; else empty
    std::uint32_t count() const { return m_count; }  ///< items of an Array
    Cell at(std::uint32_t index)
        const; ///< item of an Array (Scalar, Nil, Reference or Object); Absent out of range
    Node node() const { return m_node; } ///< the property's element, of a Reference or Object

private:
    friend class RowSet;
    friend class RowBatch;
    CellKind m_kind = CellKind::Absent;
    ScalarForm m_form = ScalarForm::Plain;
    std::uint32_t m_count = 0;
    std::string_view m_text;
    Node m_node;
    const class RowBatch *m_batch = nullptr; ///< of an Array: where at() finds its items
    std::uint32_t m_items = 0;
};

/// One selector of a row's reference. Views as in Cell.
struct RowSelector
{
    std::string_view name;
    std::string_view value;
    bool isReference = false; ///< `value` is an a:EndpointReference element as XML, see below
    bool operator==(const RowSelector &) const = default;
};
/// The a:EndpointReference that a selector holds (keys of association classes do); null where it
/// holds text.
DocumentPtr selectorReference(const RowSelector &selector);

/// The endpoint reference that came with a row (EnumerateEPR, EnumerateObjectAndEPR). Views as in
/// Cell.
struct RowReference
{
    std::string_view address;
    std::string_view resourceUri;
    std::vector<RowSelector> selectors; ///< document order
};

struct Column
{
    std::string name; ///< local name of the property
    CimType type = CimType::Unknown;
    bool array = false;
    bool key = false;
};

/// Rows as one reply page brought them: immutable, made by the parser's thread, handed over once.
class RowBatch;
using RowBatchPtr = std::shared_ptr<const RowBatch>;
std::uint32_t rowCount(const RowBatchPtr &batch); ///< 0 for a null one

/// Rows of an enumeration: append-only typed columns over interned text. Made of batches that share
/// one interner and one list of columns; a copy is cheap and sees the rows it had when it was made.
/// One thread (the parser's) makes batches with RowSetBuilder while another reads those that were
/// handed to it.
///
/// Memory: at most 4 bytes a cell, mostly 1 to 3, and the distinct texts once; what repeats is
/// stored once for the whole set (3 GiB of text are the most it holds).
class RowSet
{
public:
    RowSet();
    ~RowSet();
    RowSet(const RowSet &);
    RowSet &operator=(const RowSet &);

    void append(const RowBatchPtr &batch); ///< batches of one builder, in order
    void dropRows(); ///< keeps the columns and what is known of them: for one who streams

    std::uint32_t rowCount() const;
    std::uint32_t columnCount() const; ///< columns of all batches appended so far; only ever grows
    Column column(std::uint32_t column) const;
    std::optional<std::uint32_t> columnNamed(
        std::string_view name) const; ///< exact, then ignoring ASCII case
    /// What a schema says about a column; kept in this RowSet (not shared with copies made before).
    void setColumn(std::uint32_t column, const Column &facts);

    Cell cell(std::uint32_t row, std::uint32_t column) const;
    /// Local name of the instance's element; `EndpointReference` for a reference alone, empty for a
    /// w:XmlFragment.
    std::string_view className(std::uint32_t row) const;
    std::string_view classNamespace(std::uint32_t row) const;
    bool mixedClasses() const;
    bool hasReference(std::uint32_t row) const;
    RowReference reference(std::uint32_t row) const;

    /// The row as an element again, as it was read up to prefixes and the order of differently
    /// named properties. Of a w:Item pair the instance; an a:EndpointReference for a row that is
    /// nothing else (address, resource URI and selectors of it).
    DocumentPtr rowDocument(std::uint32_t row) const;
    /// True when rowDocument has more than class and cells say: attributes of properties,
    /// properties in another namespace than the row, text of the row's own. Costs as much as a few
    /// cells.
    bool hasHiddenParts(std::uint32_t row) const;
    /// Equal for rows whose elements began alike: name, declarations, attributes that are no
    /// columns (xsi:type). To compare and to cache by, not to read.
    std::string_view startKey(std::uint32_t row) const;

    std::size_t memoryUsed() const; ///< bytes, shared parts included

    /// Where a row stands, for those who read many (ValueScan). Null behind the last one.
    struct Place
    {
        const RowBatch *batch = nullptr;
        std::uint32_t row = 0; ///< in it
    };
    Place place(std::uint32_t row) const;

private:
    struct Private;
    std::shared_ptr<Private> d;
};
