#pragma once

#include "rowreading.h"

#include "document/xmlwriter.h"

#include <map>

/// Rows read from a text, and a row held against the element it was read from.

inline const QByteArray opening =
    "<Items xmlns:p='urn:class' xmlns:q='urn:other' xmlns:xsi='http://www.w3.org/2001/"
    "XMLSchema-instance' xmlns:cim='http://schemas.dmtf.org/wbem/wscim/1/common' "
    "xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing' "
    "xmlns:w='http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd' xmlns:xs='urn:xs'>";

inline QByteArray toBytes(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

/// Rows of `items` (what stands within Items); a batch is taken after every `batchBytes` bytes.
inline RowSet rowsOf(const QByteArray &items, qsizetype batchBytes = 1 << 20)
{
    const QByteArray bytes = opening + items + "</Items>";
    RowSet set;
    RowSetBuilder builder;
    ItemsSink sink(builder);
    XmlReader reader(sink);
    for (qsizetype at = 0; at < bytes.size(); at += batchBytes) {
        if (!reader.feed(bytes.mid(at, batchBytes)))
            qWarning("%s", qPrintable(reader.error().message));
        set.append(builder.takeBatch());
    }
    if (!reader.finish())
        qWarning("%s", qPrintable(reader.error().message));
    return set;
}

inline Cell cellOf(const RowSet &set, std::uint32_t row, std::string_view name)
{
    const auto column = set.columnNamed(name);
    return column ? set.cell(row, *column) : Cell();
}

/// Empty when `cell` says what the elements of that name say.
inline QByteArray cellDifference(const Cell &cell, const std::vector<Node> &elements)
{
    if (elements.size() > 1) {
        if (cell.kind() != CellKind::Array || cell.count() != elements.size())
            return "not an array of " + QByteArray::number(elements.size());
        for (std::uint32_t i = 0; i < cell.count(); ++i) {
            if (const auto difference = cellDifference(cell.at(i), {elements[i]});
                !difference.isEmpty())
                return difference;
        }
        return cell.at(cell.count()).isAbsent() ? "" : "an item too many";
    }
    const Node node = elements.front();
    const auto kindIs = [&](CellKind kind) -> QByteArray {
        return cell.kind() == kind ? "" : "kind " + QByteArray::number(int(cell.kind()));
    };
    if (node.isLeaf() && node.isNil())
        return kindIs(CellKind::Nil);
    const Node only = node.childCount() == 1 && !node.hasMixedContent() ? node.firstChild()
                                                                        : Node();
    const bool time = only && only.isLeaf() && only.attributeCount() == 0
        && (only.localName() == "Datetime" || only.localName() == "Interval"
            || only.localName() == "CIM_DateTime");
    if (node.isLeaf() || (time && !node.isNil())) {
        const std::string_view text = time ? only.text() : node.text();
        if (cell.kind() != CellKind::Scalar || cell.text() != text)
            return "text '" + toBytes(cell.text()) + "', not '" + toBytes(text) + '\'';
        const auto form = !time              ? ScalarForm::Plain
            : only.localName() == "Datetime" ? ScalarForm::DateTime
            : only.localName() == "Interval" ? ScalarForm::Interval
                                             : ScalarForm::CimDateTime;
        return cell.form() == form ? "" : "form";
    }
    if (!sameContent(cell.node(), node))
        return "object " + writeXml(cell.node()) + ", not " + writeXml(node);
    const bool reference = node.child("Address") || node.child("ReferenceParameters");
    return kindIs(reference ? CellKind::Reference : CellKind::Object);
}

/// Empty when the row says what its element says, cell by cell and as a document.
inline QByteArray rowDifference(const RowSet &set, std::uint32_t row, Node item)
{
    const Node element = rowElement(item);
    const bool fragment = element.localName() == "XmlFragment";
    const bool alone = element.localName() == "EndpointReference";
    if (set.className(row) != (fragment ? std::string_view() : element.localName()))
        return "class " + toBytes(set.className(row));
    if (!fragment && set.classNamespace(row) != element.namespaceUri())
        return "namespace " + toBytes(set.classNamespace(row));
    if (!alone) {
        std::map<std::pair<std::string_view, std::string_view>, std::vector<Node>> properties;
        for (Node child : element.children())
            properties[{child.localName(), child.namespaceUri()}].push_back(child);
        std::size_t present = 0;
        for (std::uint32_t c = 0; c < set.columnCount(); ++c)
            present += !set.cell(row, c).isAbsent() && !set.column(c).name.starts_with('@');
        if (present != properties.size())
            return "cells " + QByteArray::number(present);
        for (const auto &[name, elements] : properties) {
            const auto difference = cellDifference(cellOf(set, row, name.first), elements);
            if (!difference.isEmpty())
                return toBytes(name.first) + ": " + difference;
        }
    }
    const auto expected = sortedByName(element);
    const auto document = sortedByName(set.rowDocument(row)->root());
    if (!sameContent(expected->root(), document->root()))
        return writeXml(document->root()) + "\nnot\n" + writeXml(expected->root());
    return {};
}

inline QByteArray property(const QByteArray &name, const QByteArray &content,
                           const QByteArray &attributes = {})
{
    return "<p:" + name + attributes + '>' + content + "</p:" + name + '>';
}
