#pragma once

#include "document/documentbuilder.h"
#include "document/fields.h"
#include "document/rowcolumns.h"
#include "document/xmlreader.h"

#include <string>

/// Reads one property of a row, from its start tag to its end, and stores the cell: a text, a nil,
/// a date in an element of its own, or anything else as an object.
class PropertyReader
{
public:
    explicit PropertyReader(RowColumns &columns)
        : m_columns(columns)
    { }

    /// `row`: namespace and prefix of the row's properties, which must stay, if this one is in that
    /// namespace; else null. False when there are too many columns.
    bool begin(const NameView &name, const NameView *row, std::span<const AttributeView> attributes,
               std::span<const XmlSink::Declaration> declarations);
    void startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const XmlSink::Declaration> declarations);
    void text(std::string_view utf8);
    enum class End { Inside, Done, Full };
    End endElement();

private:
    enum class State {
        Text,    ///< nothing but text so far
        InTime,  ///< in an element such as cim:Datetime
        HadTime, ///< behind it
        Object,  ///< other content: goes to m_object
    };
    void readAttributes(std::span<const AttributeView> attributes,
                        std::span<const XmlSink::Declaration> declarations);
    bool beginTime(const NameView &name, std::span<const AttributeView> attributes);
    void becomeObject();
    bool store();
    bool storeObject();

    RowColumns &m_columns;
    State m_state = State::Text;
    std::uint32_t m_property = 0;
    bool m_nil = false;
    bool m_hasAttributes = false; ///< other than xsi:nil="true"
    bool m_hasFields = false;     ///< m_fields is of this property
    ScalarForm m_form = ScalarForm::Plain;
    std::string m_value;
    std::string m_timeNamespace;
    FieldWriter m_fields; ///< declarations and attributes
    FieldWriter m_stored; ///< the same, as a cell's attributes
    const NameView *m_rowName = nullptr;
    DocumentBuilder m_object;
};
