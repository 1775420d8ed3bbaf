#include "document/xmlreader.h"
#include "inventory/configcatalogue.h"
#include "models/configtreemodel.h"
#include "models/documenttreemodel.h"
#include "models/texttreemodel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

DocumentPtr read(const QByteArray &xml)
{
    auto document = readXml(xml);
    return document ? *document : nullptr;
}

/// As ConfigurationOperation gives it.
DocumentPtr sampleConfiguration()
{
    QFile file(QStringLiteral(WINRM_SOURCE_DIR "/tests/ui/models/configuration.xml"));
    return file.open(QIODevice::ReadOnly) ? read(file.readAll()) : nullptr;
}

QModelIndex find(const QAbstractItemModel &model, const QString &text,
                 const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data().toString() == text)
            return index;
        if (const QModelIndex below = find(model, text, index); below.isValid())
            return below;
    }
    return {};
}

QString at(const QModelIndex &index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

} // namespace

class TestTrees : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsADocument()
    {
        DocumentTreeModel model;
        QAbstractItemModelTester tester(&model);
        model.setDocument(read("<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>"
                               "<b name='x' xsi:type='t:string'>one</b><c xsi:nil='true'/>"
                               "<d><e/><f>2</f></d></a>"));
        QCOMPARE(model.rowCount(), 3);
        const QModelIndex b = model.index(0, 0);
        QCOMPARE(at(b, 1), u"one"_s);
        QCOMPARE(at(b, 2), u"string"_s);
        QCOMPARE(model.rowCount(b), 1);
        QCOMPARE(model.name(model.index(0, 0, b)), u"@name"_s);
        QVERIFY(model.isAttribute(model.index(0, 0, b)));
        const QModelIndex c = model.index(1, 0);
        QCOMPARE(at(c, 1), u"null"_s);
        QVERIFY(model.flags(c) & Qt::ItemNeverHasChildren);
        const QModelIndex d = model.index(2, 0);
        QVERIFY(model.isBranch(d));
        QCOMPARE(model.path(model.index(1, 0, d)), u"d/f"_s);
        QCOMPARE(d.siblingAtColumn(1).siblingAtColumn(0), d);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void showsItsRootOnRequest()
    {
        DocumentTreeModel model;
        QAbstractItemModelTester tester(&model);
        const DocumentPtr document = read("<a><b>1</b></a>");
        model.setDocument(document, document->root(), true);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), u"a"_s);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    }

    void isSmall()
    {
        QByteArray xml = "<r>";
        for (int i = 0; i < 20'000; ++i)
            xml += "<eighteenbyteslong>x</eighteenbyteslong>";
        DocumentTreeModel model;
        model.setDocument(read(xml + "</r>"));
        QCOMPARE(model.rowCount(), 20'000);
        QVERIFY2(model.bytesPerNode() <= 40, qPrintable(QString::number(model.bytesPerNode())));
    }

    void explainsTheConfiguration()
    {
        ConfigTreeModel model;
        QAbstractItemModelTester tester(&model);
        model.setDocument(sampleConfiguration());
        QVERIFY(model.document());
        const QModelIndex service = find(model, u"Service"_s);
        QVERIFY(service.isValid());
        const QModelIndex clear = find(model, u"AllowUnencrypted"_s);
        QCOMPARE(at(clear, ConfigTreeModel::SettingValueColumn), u"true"_s);
        QCOMPARE(at(clear, ConfigTreeModel::DefaultColumn), u"false"_s);
        QVERIFY(model.isChanged(clear));
        QVERIFY(model.isPolicy(clear));
        QVERIFY(clear.data(Qt::ToolTipRole).toString().contains(u"Group Policy"_s));
        const QModelIndex kerberos = find(model, u"Kerberos"_s);
        QVERIFY(!model.isChanged(kerberos));
        QVERIFY(!model.isPolicy(kerberos));
        QCOMPARE(at(find(model, u"MaxEnvelopeSizekb"_s), 1), u"500 KiB"_s);
        QVERIFY(model.setting(kerberos) && !model.setting(kerberos)->meaning.isEmpty());
        QVERIFY(find(model, u"* : HTTP, port 5985"_s).isValid());
        QCOMPARE(at(find(model, u"Listeners"_s), 1), u"1"_s);
        const QModelIndex plugin = find(model, u"WMI Provider"_s);
        QVERIFY(plugin.isValid());
        const QModelIndex enabled = find(model, u"Enabled"_s, plugin);
        QCOMPARE(model.configurationPath(enabled), u"PlugInConfiguration/@Enabled"_s);
        const QModelIndex mappings = find(model, u"Certificate mappings"_s);
        QVERIFY(at(mappings, 1).contains(u"Access is denied."_s));
        QCOMPARE(model.rowCount(mappings), 0);
    }

    void filtersTexts()
    {
        TextTreeModel model({u"Name"_s, u"Type"_s});
        QAbstractItemModelTester tester(&model);
        TextTreeModel::Row method{{u"Start"_s, u"uint32"_s}, {}, {}, {}, {}, {}};
        method.rows.push_back({{u"Timeout"_s, u"uint16"_s}, {}, {}, {}, u"how long"_s, {}});
        method.rows.push_back({{u"Force"_s, u"boolean"_s}, {}, {}, {}, {}, {}});
        model.setRows({method, {{u"Stop"_s, u"uint32"_s}, {}, {}, {}, {}, {}}});
        QCOMPARE(model.visibleRows(), 2);
        model.setFilter(u"LONG"_s);
        QCOMPARE(model.visibleRows(), 1);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
        model.setFilter(u"start"_s);
        QCOMPARE(model.rowCount(model.index(0, 0)), 2);
        model.setFilter(u"uint32 stop"_s);
        QCOMPARE(model.index(0, 0).data().toString(), u"Stop"_s);
        model.setFilter(u"none"_s);
        QCOMPARE(model.visibleRows(), 0);
        QCOMPARE(model.totalRows(), 2);
    }
};

QTEST_MAIN(TestTrees)
#include "tst_trees.moc"
