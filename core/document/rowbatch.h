#pragma once

#include "document/fields.h"
#include "document/packedcolumn.h"
#include "document/rowset.h"
#include "document/textstore.h"

/// What a RowSetBuilder knows about its columns, as far as a batch needs it. Only ever grows: an
/// index means the same in all batches.
///
/// Properties are what RowSet calls columns. The values of each stand in a physical column; other
/// physical columns hold what else belongs to a row.
struct RowLayout
{
    /// Physical columns that are always there.
    enum Fixed : std::uint32_t {
        Head,      ///< how the row's element was written: RowHead as fields
        Text,      ///< text directly in the row's element
        Address,   ///< of the endpoint reference
        Resource,  ///< its resource URI
        Selectors, ///< names of its selectors as fields; absent: no reference
        FixedCount,
    };
    struct Property
    {
        Column facts;
        std::string ns;           ///< of the element or attribute
        std::string prefix;       ///< as first read
        bool ofRow = false;       ///< in the namespace of the row's properties; `ns` is not used
        bool attribute = false;   ///< an attribute of the row's element, named "@..."
        std::uint32_t values = 0; ///< physical column
        std::uint32_t attributes = 0; ///< the same, PropertyAttributes as fields; 0: none yet
    };
    std::vector<std::shared_ptr<const Property>> properties; ///< shared between layouts
    std::vector<std::uint32_t> selectorValues;               ///< physical columns, by position
};

enum class RowKind : std::uint32_t { Instance, Fragment, Reference };

class RowBatch
{
public:
    std::uint32_t rowCount = 0;
    bool mixedClasses = false;
    std::shared_ptr<const TextStore> store;
    std::shared_ptr<const RowLayout> layout;
    std::vector<PackedColumn> columns; ///< physical
    std::vector<std::uint8_t> bytes;   ///< of them
    /// Arrays: a count, then value and attributes (address of fields, 0: none) of each item.
    std::vector<std::uint32_t> items;
    DocumentPtr objects; ///< a root with each Reference and Object as child

    std::uint32_t value(std::uint32_t physical, std::uint32_t row) const
    {
        return physical < columns.size() ? columns[physical].value(bytes.data(), row)
                                         : CellValue::absent;
    }
    std::string_view text(std::uint32_t value) const
    {
        return CellValue::isText(value) ? store->at(value).text : std::string_view();
    }
    std::string_view textAt(std::uint32_t physical, std::uint32_t row) const
    {
        return text(value(physical, row));
    }
    Cell cell(std::uint32_t value) const;
    bool hasItemAttributes(std::uint32_t array) const; ///< of any item of that array
    std::size_t memoryUsed() const; ///< without store and layout

    /// The row as an element.
    DocumentPtr document(std::uint32_t row) const;
};
