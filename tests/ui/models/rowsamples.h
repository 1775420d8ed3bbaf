#pragma once

#include "document/document.h"
#include "document/rowset.h"
#include "document/rowsetbuilder.h"
#include "document/xmlreader.h"
#include "protocol/cimclass.h"

#include <QTest>

/// Rows for the tests of the tables: elements in, batches of one builder out.
class RowSource
{
public:
    /// `items`: instance elements, without a root.
    RowBatchPtr batch(const QByteArray &items)
    {
        const auto read = readXml(R"(<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
                                  + items + "</r>");
        if (!read)
            qFatal("bad sample: %s", qPrintable(read.error().message));
        m_kept.push_back(*read);
        for (const Node item : (*read)->root().children())
            m_builder.addRow(item);
        return m_builder.takeBatch();
    }

    /// `count` rows of a kind: Name (text), Id (number, every tenth null), State (few texts), When.
    RowBatchPtr many(int count)
    {
        QByteArray items;
        for (int i = 0; i < count; ++i) {
            const int n = m_made++;
            items += "<Item><Name>Service " + QByteArray::number(n * 7919 % 100003) + "</Name>";
            items += n % 10 == 3 ? QByteArray("<Id xsi:nil=\"true\"/>")
                                 : "<Id>" + QByteArray::number(n * 31 % 1009) + "</Id>";
            items += "<State>" + QByteArray(n % 3 ? "Running" : "stopped") + "</State>";
            if (n % 7)
                items += "<Path>C:\\Windows\\" + QByteArray::number(n % 50) + "</Path>";
            items += "</Item>";
        }
        return batch(items);
    }

private:
    RowSetBuilder m_builder;
    std::vector<DocumentPtr> m_kept;
    int m_made = 0;
};

inline CimProperty cimProperty(const QString &name, CimType type, bool key = false)
{
    CimProperty made{.name = name, .type = type};
    if (key)
        made.qualifiers.push_back({.name = QStringLiteral("key"),
                                   .type = CimType::Boolean,
                                   .values = {QStringLiteral("TRUE")}});
    return made;
}
