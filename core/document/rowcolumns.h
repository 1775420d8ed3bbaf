#pragma once

#include "document/documentbuilder.h"
#include "document/interner.h"
#include "document/rowbatch.h"

#include <string>
#include <unordered_map>
#include <vector>

/// The columns of a RowSetBuilder: cells of the row being read and of the complete ones, until they
/// are packed into a batch. Functions that store something return false when the store is full or a
/// set would get more columns than `maxColumns`.
class RowColumns
{
public:
    static constexpr std::size_t maxColumns = 4096;
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    RowColumns();

    /// Which names a property has: of an element (in the namespace of the row's properties, or
    /// another), or of an attribute of the row.
    struct Key
    {
        NameView name;
        bool ofRow = false;
        bool attribute = false;
    };
    /// The column of a property, added if it is new. `none` when there are too many.
    std::uint32_t property(const Key &key);
    const RowLayout::Property &facts(std::uint32_t property) const
    {
        return *m_layout.properties[property];
    }
    void setType(std::uint32_t property, CimType type);

    bool setText(std::uint32_t property, std::string_view text, ScalarForm form,
                 std::string_view attributes)
    {
        return setCell(property, textValue(m_columns[m_properties[property].values], text, form),
                       attributes);
    }
    bool setNil(std::uint32_t property, std::string_view attributes)
    {
        return setCell(property, CellValue::nil, attributes);
    }
    /// The document is copied into the batch; it has its attributes itself.
    bool setObject(std::uint32_t property, const DocumentPtr &object, bool isReference);

    bool setFixed(RowLayout::Fixed column, std::string_view text);
    bool setSelector(std::size_t position, std::string_view value);
    void noteClass(std::string_view name, std::string_view ns); ///< of the row being read

    void endRow();
    std::uint32_t rows() const { return m_row; } ///< complete ones
    RowBatchPtr takeBatch();
    /// Further texts go to a new store: the old one ends with the batches made so far. Between
    /// rows, with none pending.
    void startNewStore();

private:
    /// A property as the reading of rows needs it, in the order of the columns.
    struct PropertyState
    {
        std::string_view name;
        std::string_view ns;
        bool ofRow = false;
        bool attribute = false;
        std::uint32_t values = 0;
        std::uint32_t attributes = 0;
        bool matches(const Key &key) const
        {
            return name == key.name.local && ofRow == key.ofRow && attribute == key.attribute
                && (ofRow || ns == key.name.namespaceUri);
        }
    };
    struct PhysicalColumn
    {
        std::vector<RowEntry> entries;
        TextStore::Entry last; ///< the text stored last
        std::uint32_t lastAddress = 0;
        std::uint32_t looked = 0; ///< texts asked of the interner since it was last judged
        std::uint32_t known = 0;  ///< of them found there
        bool unique = false;      ///< texts hardly repeat: the interner is not asked
    };
    /// A property that came more than once in the row being read.
    struct OpenArray
    {
        std::uint32_t property = 0;
        std::vector<std::uint32_t> items; ///< value and attributes of each
    };

    std::uint32_t addProperty(const Key &key);
    std::uint32_t addPhysical();
    RowLayout::Property &change(std::uint32_t property);
    std::uint32_t textValue(PhysicalColumn &column, std::string_view text, ScalarForm form);
    std::uint32_t newText(PhysicalColumn &column, std::string_view text, ScalarForm form);
    static constexpr std::uint32_t full = 0xFFFFFFFF; ///< for a value: it could not be stored
    bool setCell(std::uint32_t property, std::uint32_t value, std::string_view attributes);
    bool addToArray(std::uint32_t property, std::uint32_t value, std::uint32_t attributes);
    std::uint32_t attributesValue(std::uint32_t property, std::string_view attributes);
    void closeArrays();
    void closeObjects();
    void keepOpenRow(std::uint32_t row);
    std::uint32_t movedObject(std::uint32_t value) const;

    std::shared_ptr<TextStore> m_store = std::make_shared<TextStore>();
    Interner m_interner{*m_store};
    std::vector<PhysicalColumn> m_columns;
    std::vector<PropertyState> m_properties;
    std::unordered_map<std::string, std::uint32_t> m_index; ///< by name, namespace and sort
    std::string m_key;
    std::uint32_t m_expected = 0; ///< the property that will come next, if rows are alike

    RowLayout m_layout;
    std::shared_ptr<const RowLayout> m_published; ///< null when m_layout has changed since

    std::uint32_t m_row = 0;
    std::vector<OpenArray> m_arrays;
    std::size_t m_arrayCount = 0; ///< those of m_arrays in use
    std::vector<std::uint32_t> m_items;
    std::vector<DocumentPtr> m_rowObjects; ///< of the row being read
    std::uint32_t m_nextObject = 1;        ///< node that the next object will be in the batch
    std::uint32_t m_rowObjectBase = 1;     ///< m_nextObject when the row began
    DocumentBuilder m_objects;
    std::string m_className, m_classNamespace; ///< of the first row
    bool m_hasClass = false;
    bool m_mixedClasses = false;
};
