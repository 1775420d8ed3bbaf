#include "exportrows.h"

#include "core/document/corpusfiles.h"
#include "core/document/rowreading.h"
#include "export/importer.h"
#include "protocol/enumerationreader.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(std::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

bool holds(CimType type, std::string_view text)
{
    const QString value = QString::fromUtf8(text.data(), qsizetype(text.size()));
    bool ok = false;
    switch (type) {
    case CimType::Boolean:
        return value.compare("true"_L1, Qt::CaseInsensitive) == 0
            || value.compare("false"_L1, Qt::CaseInsensitive) == 0;
    case CimType::UInt64:
        static_cast<void>(value.toULongLong(&ok));
        return ok;
    case CimType::SInt64:
        static_cast<void>(value.toLongLong(&ok));
        return ok;
    default:
        static_cast<void>(value.toDouble(&ok));
        return ok;
    }
}

bool allHold(CimType type, const Cell &cell)
{
    if (cell.kind() == CellKind::Array) {
        for (std::uint32_t i = 0; i < cell.count(); ++i) {
            if (!allHold(type, cell.at(i)))
                return false;
        }
        return true;
    }
    return cell.kind() != CellKind::Scalar
        || (cell.form() == ScalarForm::Plain && holds(type, cell.text()));
}

bool hasScalars(const RowSet &rows, std::uint32_t column)
{
    const auto isScalar = [](const Cell &cell) {
        return cell.kind() == CellKind::Scalar
            || (cell.kind() == CellKind::Array && cell.at(0).kind() == CellKind::Scalar);
    };
    for (std::uint32_t row = 0; row < rows.rowCount(); ++row) {
        if (isScalar(rows.cell(row, column)))
            return true;
    }
    return false;
}

/// What a schema would have said at best: the narrowest type that holds every value of a column.
void typeColumns(RowSet &rows)
{
    for (std::uint32_t c = 0; c < rows.columnCount(); ++c) {
        Column column = rows.column(c);
        if (column.name.starts_with('@') || !hasScalars(rows, c))
            continue; // no schema speaks of attributes
        for (const CimType type :
             {CimType::Boolean, CimType::UInt64, CimType::SInt64, CimType::Real64}) {
            bool fits = column.type == CimType::Unknown;
            for (std::uint32_t row = 0; fits && row < rows.rowCount(); ++row)
                fits = allHold(type, rows.cell(row, c));
            if (fits)
                column.type = type;
        }
        rows.setColumn(c, column);
    }
}

/// The name in `xsi:type`, without its prefix and the `_Type` that some hosts write behind it.
QByteArray typeName(Node node)
{
    QByteArray name = bytesOf(node.attribute("type").value_or(""));
    name = name.sliced(name.indexOf(':') + 1);
    if (name.endsWith("_Type"))
        name.chop(5);
    return name == bytesOf(node.localName()) ? QByteArray() : name; // says nothing new
}

bool isUri(Node node)
{
    return node.localName() == "Address" || node.localName() == "ResourceURI";
}

bool isDate(Node node)
{
    const Node only = node.childCount() == 1 ? node.firstChild() : Node();
    return only.localName() == "Datetime" || only.localName() == "Interval"
        || only.localName() == "CIM_DateTime";
}

/// Names, order and values, which is what JSON has words for: not the namespaces, nor the types
/// of leaves and dates. White space around a URI is none of it.
QByteArray nodeDifference(Node now, Node before)
{
    if (now.isNil() != before.isNil())
        return "nil";
    const QByteArray name = bytesOf(before.localName());
    if (now.isLeaf() && isDate(before))
        return now.text() == before.firstChild().text() ? QByteArray() : name;
    if (before.isLeaf() && now.isLeaf())
        return (isUri(before) ? now.trimmedText() == before.trimmedText()
                              : now.text() == before.text())
            ? QByteArray()
            : name + ": " + bytesOf(now.text()) + ", not " + bytesOf(before.text());
    if (typeName(now) != typeName(before))
        return name + " of type " + typeName(now) + ", not " + typeName(before);
    std::vector<std::pair<std::string_view, std::vector<Node>>> wanted;
    for (const Node child : before.children()) {
        const auto known = std::find_if(wanted.begin(), wanted.end(), [child](const auto &group) {
            return group.first == child.localName();
        });
        if (known == wanted.end())
            wanted.push_back({child.localName(), {child}});
        else
            known->second.push_back(child);
    }
    Node next = now.firstChild();
    for (const auto &[child, group] : wanted) {
        for (const Node one : group) {
            if (next.localName() != child)
                return bytesOf(child) + " is not in " + name;
            if (const auto difference = nodeDifference(next, one); !difference.isEmpty())
                return name + '/' + difference;
            next = next.nextSibling();
        }
    }
    return next ? "more in " + name : QByteArray();
}

QByteArray referenceDifference(const RowReference &now, const RowReference &before)
{
    if (now.address != before.address || now.resourceUri != before.resourceUri
        || now.selectors.size() != before.selectors.size())
        return "another reference";
    for (std::size_t i = 0; i < now.selectors.size(); ++i) {
        const DocumentPtr inner = selectorReference(now.selectors[i]);
        const DocumentPtr wanted = selectorReference(before.selectors[i]);
        if (now.selectors[i].name != before.selectors[i].name || bool(inner) != bool(wanted)
            || (!inner && now.selectors[i] != before.selectors[i]))
            return "another selector";
        if (inner) {
            const auto difference = nodeDifference(inner->root(), wanted->root());
            if (!difference.isEmpty())
                return difference;
        }
    }
    return {};
}

QByteArray cellDifference(const Cell &now, const Cell &before, CimType type)
{
    if (now.kind() == CellKind::Array && before.kind() != CellKind::Array && now.count() == 1)
        return cellDifference(now.at(0), before, type);
    if (now.kind() != before.kind())
        return "kind " + QByteArray::number(int(now.kind()));
    if (now.kind() == CellKind::Array) {
        if (now.count() != before.count())
            return "items";
        for (std::uint32_t i = 0; i < now.count(); ++i) {
            const auto difference = cellDifference(now.at(i), before.at(i), type);
            if (!difference.isEmpty())
                return difference;
        }
        return {};
    }
    if (now.kind() == CellKind::Object || now.kind() == CellKind::Reference)
        return nodeDifference(now.node(), before.node());
    const bool same = type == CimType::Unknown
        ? now.text() == before.text()
        : bytesOf(now.text()).toLower() == bytesOf(before.text()).trimmed().toLower();
    return same ? QByteArray() : bytesOf(now.text()) + ", not " + bytesOf(before.text());
}

QByteArray rowDifference(const RowSet &now, const RowSet &before, std::uint32_t row)
{
    if (now.className(row) != before.className(row))
        return "class " + bytesOf(now.className(row));
    if (now.hasReference(row) != before.hasReference(row))
        return "reference";
    if (before.hasReference(row)) {
        if (const auto difference = referenceDifference(now.reference(row), before.reference(row));
            !difference.isEmpty())
            return difference;
    }
    for (std::uint32_t c = 0; c < before.columnCount(); ++c) {
        const Column column = before.column(c);
        const auto found = now.columnNamed(column.name);
        const Cell cell = found ? now.cell(row, *found) : Cell();
        const auto difference = cellDifference(cell, before.cell(row, c), column.type);
        if (!difference.isEmpty())
            return QByteArray::fromStdString(column.name) + ": " + difference;
    }
    return {};
}

} // namespace

/// What was read of a recorded message comes back whole from our own exports of it.
class tst_CorpusExports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void xmlOfDocuments();
    void jsonOfDocuments();
    void xmlOfRows();
    void jsonOfRows_data();
    void jsonOfRows();

private:
    std::vector<std::pair<QString, Message>> m_messages;
    std::vector<std::pair<QString, RowSet>> m_rows;
};

void tst_CorpusExports::initTestCase()
{
    const auto files = corpusFiles();
    if (files.empty())
        QSKIP("No folder of recorded messages: set WSMAN_CORPUS to one.");
    for (const auto &[name, bytes] : files) {
        const auto message = readMessage(bytes);
        if (!message)
            continue;
        m_messages.emplace_back(name, *message);
        if (auto read = readRows(*message); read && read->rows.rowCount() > 0)
            m_rows.emplace_back(name, std::move(read->rows));
    }
    QVERIFY(m_messages.size() > files.size() / 2);
    QVERIFY(!m_rows.empty());
}

void tst_CorpusExports::xmlOfDocuments()
{
    for (const auto &[name, message] : m_messages) {
        const Node content = message.content ? message.content : message.document->root();
        const auto back = readExport(exportTree(content, ExportFormat::Xml, {}));
        QVERIFY2(back, qPrintable(name));
        QVERIFY2(back->document, qPrintable(name));
        QVERIFY2(sameContent(back->document->root(), content), qPrintable(name));
    }
    qInfo("%zu documents", m_messages.size());
}

/// Beside what JSON has no words for, see nodeDifference.
void tst_CorpusExports::jsonOfDocuments()
{
    QByteArrayList differences;
    for (const auto &[name, message] : m_messages) {
        const Node content = message.content ? message.content : message.document->root();
        const auto back = readExport(exportTree(content, ExportFormat::Json, {}));
        QVERIFY2(back, qPrintable(name));
        QVERIFY2(back->document, qPrintable(name));
        if (const auto difference = nodeDifference(back->document->root(), content);
            !difference.isEmpty())
            differences.append(name.toUtf8() + ": " + difference);
    }
    QVERIFY2(differences.isEmpty(), differences.join('\n').constData());
}

void tst_CorpusExports::xmlOfRows()
{
    std::uint32_t compared = 0;
    for (const auto &[name, rows] : m_rows) {
        ExportOptions options;
        options.references = true;
        const auto back = readExport(exported(rows, ExportFormat::Xml, options));
        QVERIFY2(back, qPrintable(name));
        QVERIFY2(back->rows, qPrintable(name));
        QCOMPARE(back->rows->rowCount(), rows.rowCount());
        for (std::uint32_t row = 0; row < rows.rowCount(); ++row, ++compared) {
            const auto now = sortedByName(back->rows->rowDocument(row)->root());
            const auto before = sortedByName(rows.rowDocument(row)->root());
            QVERIFY2(sameContent(now->root(), before->root()), qPrintable(name));
            QCOMPARE(back->rows->hasReference(row), rows.hasReference(row));
            if (rows.hasReference(row))
                QCOMPARE(referenceDifference(back->rows->reference(row), rows.reference(row)),
                         QByteArray());
        }
    }
    qInfo("%u rows", compared);
}

void tst_CorpusExports::jsonOfRows_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("json") << int(ExportFormat::Json);
    QTest::newRow("jsonl") << int(ExportFormat::JsonLines);
}

void tst_CorpusExports::jsonOfRows()
{
    QFETCH(int, format);
    QByteArrayList differences;
    std::uint32_t compared = 0;
    for (auto [name, rows] : m_rows) {
        if (format == int(ExportFormat::JsonLines) && rows.rowCount() == 1)
            continue; // one line alone is a document
        typeColumns(rows);
        ExportOptions options;
        options.references = true;
        const QByteArray json = exported(rows, ExportFormat(format), options);
        const auto back = readExport(json);
        QVERIFY2(back, (name.toUtf8() + "\n" + json).constData());
        QVERIFY2(back->rows, qPrintable(name));
        QCOMPARE(back->rows->rowCount(), rows.rowCount());
        for (std::uint32_t row = 0; row < rows.rowCount(); ++row, ++compared) {
            if (const auto difference = rowDifference(*back->rows, rows, row);
                !difference.isEmpty())
                differences.append(name.toUtf8() + " row " + QByteArray::number(row) + ": "
                                   + difference);
        }
    }
    qInfo("%u rows", compared);
    for (const QByteArray &difference :
         differences.first(std::min<qsizetype>(differences.size(), 40)))
        qWarning("%s", difference.constData());
    QCOMPARE(differences.size(), 0);
}

QTEST_GUILESS_MAIN(tst_CorpusExports)
#include "tst_corpusexports.moc"
