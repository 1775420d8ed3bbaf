#include "demoexchange.h"

#include "protocol/namespaces.h"

#include <QDir>
#include <QTest>

#include <map>
#include <set>

using namespace request;
using namespace Qt::StringLiterals;

namespace {

/// One line of the corpus's EXPECT.tsv, by column.
using Expected = QHash<QByteArray, QByteArray>;

QString corpusFolder()
{
    QString folder = qEnvironmentVariable("WSMAN_CORPUS");
    if (folder.isEmpty())
        folder = QStringLiteral(WINRM_SOURCE_DIR "/../shared/corpus");
    return QFileInfo::exists(folder + u"/EXPECT.tsv"_s) ? folder : QString();
}

QList<Expected> readExpected(const QString &folder)
{
    QFile file(folder + u"/EXPECT.tsv"_s);
    QList<Expected> rows;
    if (!file.open(QIODevice::ReadOnly))
        return rows;
    const QList<QByteArray> names = file.readLine().trimmed().split('\t');
    while (!file.atEnd()) {
        const QList<QByteArray> values = file.readLine().chopped(1).split('\t');
        Expected row;
        for (qsizetype i = 0; i < names.size() && i < values.size(); ++i)
            row.insert(names.at(i), values.at(i));
        rows.append(row);
    }
    return rows;
}

QByteArray bytes(std::string_view view)
{
    return {view.data(), qsizetype(view.size())};
}

/// Names, namespaces, attributes and order of a message, one element a line. What may differ
/// between hosts of different age is left out: p:ActivityId, xml:lang, white space.
struct Skeleton
{
    bool descendItems = false;
    QByteArray lines;

    void add(Node node, int depth = 0)
    {
        if (node.name().is(ns::microsoft, "ActivityId"))
            return;
        lines += QByteArray(depth * 2, ' ') + '{' + bytes(node.namespaceUri()) + '}'
            + bytes(node.localName());
        std::set<QByteArray> attributes;
        for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
            const NameView name = node.attribute(i).name;
            if (!name.is(ns::xml, "lang"))
                attributes.insert(' ' + bytes(name.local));
        }
        for (const QByteArray &attribute : attributes)
            lines += attribute;
        lines += '\n';
        if (node.localName() == "Items" && !descendItems)
            return;
        for (Node child : node.children())
            add(child, depth + 1);
    }
};

QByteArray skeletonOf(Node node, bool descendItems = false)
{
    Skeleton skeleton{descendItems, {}};
    skeleton.add(node);
    return skeleton.lines;
}

/// How the properties of instances are written: property -> forms, and the order of properties.
struct InstanceShape
{
    std::map<QByteArray, std::set<QByteArray>> forms;
    QList<QByteArray> order;

    void add(Node instance)
    {
        for (Node property : instance.children()) {
            const QByteArray name = bytes(property.localName());
            if (!forms.contains(name))
                order.append(name);
            QByteArray form = "text";
            if (property.isNil())
                form = "nil";
            else if (Node child = property.firstChild())
                form = '{' + bytes(child.namespaceUri()) + '}' + bytes(child.localName());
            forms[name].insert(form);
        }
    }
};

} // namespace

/// Holds the replies of the demo host against what Windows hosts were recorded to send.
class TestDemoShape final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void identifies();
    void tellsItsConfiguration();
    void writesPages();
    void writesInstances_data();
    void writesInstances();
    void writesFaults_data();
    void writesFaults();

private:
    QList<Expected> recorded(const QByteArray &operation) const;
    DocumentPtr read(const Expected &row) const;

    QString m_folder;
    QList<Expected> m_rows; ///< of windows-* folders only
    std::unique_ptr<TestHost> m_test;
};

void TestDemoShape::initTestCase()
{
    m_folder = corpusFolder();
    if (m_folder.isEmpty())
        QSKIP("NO RECORDED MESSAGES: set WSMAN_CORPUS to a folder of them");
    for (const Expected &row : readExpected(m_folder)) {
        if (row["file"].startsWith("windows-") && row["well_formed"] == "yes")
            m_rows.append(row);
    }
    DemoOptions options;
    options.items = 100;
    m_test = std::make_unique<TestHost>(options);
}

QList<Expected> TestDemoShape::recorded(const QByteArray &operation) const
{
    QList<Expected> found;
    for (const Expected &row : m_rows) {
        if (row["operation"] == operation)
            found.append(row);
    }
    return found;
}

DocumentPtr TestDemoShape::read(const Expected &row) const
{
    QFile file(m_folder + u'/' + QString::fromUtf8(row["file"]));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto document = readXml(file.readAll());
    return document ? *document : DocumentPtr();
}

void TestDemoShape::identifies()
{
    RawConnection stranger(m_test->host.port(), false);
    stranger.send(post(identify, "WSMANIDENTIFY: unauthenticated\r\n"));
    const RawReply reply = stranger.read();
    int held = 0;
    for (const Expected &row : recorded("fragment:IdentifyResponse")) {
        const DocumentPtr document = read(row);
        if (document->root().namespaceUri() != ns::identity)
            continue; // a printed one with a mistyped namespace
        QCOMPARE(skeletonOf(reply.bodyElement), skeletonOf(document->root()));
        ++held;
    }
    QVERIFY(held > 0);
}

void TestDemoShape::tellsItsConfiguration()
{
    const RawReply reply = m_test->exchange(getOf(config));
    int held = 0;
    for (const Expected &row : recorded("GetResponse")) {
        if (row["body_element"] != "Config")
            continue;
        const DocumentPtr document = read(row);
        QByteArray ours = skeletonOf(reply.document->root());
        ours.replace(" Source", ""); // that host was not under Group Policy
        QCOMPARE(ours, skeletonOf(document->root()));
        ++held;
    }
    QVERIFY(held > 0);
}

void TestDemoShape::writesPages()
{
    // Our four: first page of several, the only page, a page in between, the last page.
    QHash<QByteArray, QByteArray> ours;
    const auto keep = [&ours](const QByteArray &operation, bool last, const RawReply &reply) {
        const QByteArray context = last && operation == "EnumerateResponse"
            ? reply.text("EnumerationContext")
            : QByteArray();
        QCOMPARE(context, QByteArray()); // a context ends empty
        ours[operation + (last ? "+end" : "")] = skeletonOf(reply.document->root());
    };
    QList<RawReply> replies;
    m_test->all(enumerateOf(cimv2 + "Demo_Item", 40), 40, replies);
    QCOMPARE(replies.size(), 3);
    keep("EnumerateResponse", false, replies.at(0));
    keep("PullResponse", false, replies.at(1));
    keep("PullResponse", true, replies.at(2));
    keep("EnumerateResponse", true, m_test->exchange(enumerateOf(cimv2 + "Demo_Item", 100)));

    std::map<QByteArray, int> held;
    for (const QByteArray &operation :
         {QByteArray("EnumerateResponse"), QByteArray("PullResponse")}) {
        for (const Expected &row : recorded(operation)) {
            if (row["class"] == "Event")
                continue; // a page of a subscription
            const QByteArray kind = operation
                + (row["end_of_sequence"].startsWith("yes") ? "+end" : "");
            const DocumentPtr document = read(row);
            const QByteArray theirs = skeletonOf(document->root());
            if (ours[kind] != theirs)
                qWarning("%s", row["file"].constData());
            QCOMPARE(ours[kind], theirs);
            ++held[kind];
        }
    }
    QCOMPARE(held.size(), 4u);
    for (const auto &[kind, count] : held)
        qInfo("%s: %d recorded messages", kind.constData(), count);
}

void TestDemoShape::writesInstances_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("fragment");
    for (const char *name :
         {"Win32_Service", "Win32_Process", "Win32_OperatingSystem", "Win32_ComputerSystem",
          "Win32_LogicalDisk", "Win32_NetworkAdapterConfiguration", "Win32_Processor"}) {
        QTest::addRow("%s", name) << QByteArray(name) << false;
        QTest::addRow("%s fragment", name) << QByteArray(name) << true;
    }
}

void TestDemoShape::writesInstances()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, fragment);
    QByteArray projection = "select *";
    if (fragment) {
        const RawReply cls = m_test->exchange(
            TestEnvelope{.action = get,
                         .resource = metadata,
                         .selectors = selector("ClassName", name),
                         .more = "<w:OptionSet><w:Option Name=\"IncludeInheritedElements\">true"
                                 "</w:Option></w:OptionSet>"});
        projection = "select";
        for (Node property : cls.bodyElement.children()) {
            if (property.localName().starts_with("PROPERTY"))
                projection += (projection == "select" ? " " : ",") + attribute(property, "NAME");
        }
    }
    QList<RawReply> replies;
    const QList<Node> items = m_test->all(
        enumerateOf(cimv2 + "*", 1000, wql(projection + " from " + name)), 1000, replies);
    QVERIFY(!items.isEmpty());
    InstanceShape ours;
    for (Node item : items)
        ours.add(item);

    int held = 0;
    InstanceShape theirs;
    for (const QByteArray &operation :
         {QByteArray("EnumerateResponse"), QByteArray("PullResponse")}) {
        for (const Expected &row : recorded(operation)) {
            const bool same = row["file"].contains('/' + name + '_') || row["class"] == name;
            if (!same || (row["item_kind"] == "fragment") != fragment)
                continue;
            const DocumentPtr document = read(row);
            const Node list = document->root().child("Body").firstChild().child("Items");
            for (Node item : list.children()) {
                if (!fragment && bytes(item.localName()) != name)
                    continue; // a subclass
                QCOMPARE(bytes(items.first().localName()), bytes(item.localName()));
                QCOMPARE(bytes(items.first().namespaceUri()), bytes(item.namespaceUri()));
                QCOMPARE(attribute(items.first(), "type"), attribute(item, "type"));
                QCOMPARE(items.first().attributeCount(), item.attributeCount());
                theirs.add(item);
                ++held;
            }
        }
    }
    if (held == 0)
        QSKIP("no recorded instance of this class in this form");
    // Common properties stand in the same order and are written in the same ways.
    QList<QByteArray> common;
    for (const QByteArray &property : ours.order) {
        if (theirs.forms.contains(property))
            common.append(property);
    }
    // Order of first sight is not that of one instance where arrays are left out: sort both ways.
    const auto lower = [](const QByteArray &a, const QByteArray &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    };
    for (const QList<Node> &list : {items.mid(0, 20)}) {
        for (Node item : list) {
            QList<QByteArray> names;
            for (Node property : item.children())
                names.append(bytes(property.localName()));
            QVERIFY(std::is_sorted(names.begin(), names.end(), lower));
        }
    }
    QVERIFY2(common.size() >= 15, QByteArray::number(common.size()).constData());
    for (const QByteArray &property : std::as_const(common)) {
        for (const QByteArray &form : ours.forms[property]) {
            const auto &known = theirs.forms[property];
            const bool plain = form == "nil" || form == "text";
            const bool structured = std::any_of(
                known.begin(), known.end(), [](const QByteArray &f) { return f.startsWith('{'); });
            QVERIFY2(known.contains(form) || (plain && (form == "nil" || !structured)),
                     (property + ' ' + form).constData());
        }
    }
    qInfo("%d recorded instances, %d common properties", held, int(common.size()));
}

void TestDemoShape::writesFaults_data()
{
    QTest::addColumn<QByteArray>("envelope");
    QTest::addColumn<QByteArray>("subcode");
    QTest::addColumn<QByteArray>("code"); ///< "-": the recorded fault has no number
    QTest::addColumn<bool>("provider");
    TestEnvelope envelope = getOf(config);
    envelope.more = "<w:OperationTimeout>PT-1S</w:OperationTimeout>";
    QTest::newRow("invalid timeout")
        << envelope.bytes() << QByteArray("a:InvalidMessageInformationHeader")
        << QByteArray("2150858767") << false;
    QTest::newRow("unexpected selectors, plain")
        << getOf(config, selector("Name", "x")).bytes() << QByteArray("w:InvalidSelectors")
        << QByteArray("2150858843") << false;
    QTest::newRow("unexpected selectors, of a provider")
        << getOf(cimv2 + "Win32_Service", selector("State", "x")).bytes()
        << QByteArray("w:InvalidSelectors") << QByteArray("2150858843") << true;
    QTest::newRow("filter")
        << enumerateOf(cimv2 + "*", 1, wql("select * from Win32_Nothing")).bytes()
        << QByteArray("n:CannotProcessFilter") << QByteArray("2150858778") << true;
    QTest::newRow("schema") << enumerateOf(cimv2 + "Win32_Service", 0).bytes()
                            << QByteArray("w:SchemaValidationError") << QByteArray("2150858817")
                            << false;
    envelope.more = "<z:New xmlns:z=\"http://example.com/new\" s:mustUnderstand=\"true\"/>";
    QTest::newRow("must understand")
        << envelope.bytes() << QByteArray("-") << QByteArray("-") << false;
    QTest::newRow("MSFT_WmiError")
        << getOf(metadata, selector("ClassName", "Win32_Nothing")).bytes()
        << QByteArray("w:InternalError") << QByteArray("2150859174") << false;
}

void TestDemoShape::writesFaults()
{
    QFETCH(QByteArray, envelope);
    QFETCH(QByteArray, subcode);
    QFETCH(QByteArray, code);
    QFETCH(bool, provider);
    const RawReply reply = m_test->exchange(envelope);
    QCOMPARE(reply.status, 500);
    int held = 0;
    for (const Expected &row : recorded("fault")) {
        const bool fits = row["fault_subcode"] == subcode && row["wsman_code"] == code
            && (row["provider"] != "-") == provider;
        if (!fits)
            continue;
        const DocumentPtr document = read(row);
        QByteArray ours = skeletonOf(reply.document->root());
        const QByteArray theirs = skeletonOf(document->root());
        if (!theirs.contains("RelatesTo"))
            ours.replace("    {http://schemas.xmlsoap.org/ws/2004/08/addressing}RelatesTo\n", "");
        QCOMPARE(ours, theirs);
        const Node fault = reply.bodyElement.child("Code").child("Subcode");
        QCOMPARE(subcode == "-" ? QByteArray("-") : text(fault.child("Value")), subcode);
        const Node action = document->root().child("Header").child("Action");
        QCOMPARE(bytes(reply.document->root().child("Header").child("Action").trimmedText()),
                 bytes(action.trimmedText()));
        ++held;
    }
    QVERIFY2(held > 0, "no such fault was recorded");
}

QTEST_GUILESS_MAIN(TestDemoShape)
#include "tst_demoshape.moc"
