#include "document/xmlreader.h"
#include "models/documenttreemodel.h"
#include "models/sddltext.h"
#include "views/detailspane.h"
#include "widgets/valueview.h"
#include "widgets/xmlview.h"

#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTest>
#include <QTextEdit>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

/// The view of one value: each kind in its own form, seen from the value alone.
class TestValueView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_view = std::make_unique<ValueView>();
        m_view->resize(360, 480);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }
    void cleanup() { m_view.reset(); }

    void showsText()
    {
        const QString text = u"C:\\Windows <not xml> "_s.repeated(2000);
        m_view->setValue({.name = u"PathName"_s, .text = text});
        QCOMPARE(shown(), u"valueText"_s);
        QCOMPARE(plain()->toPlainText(), text);
        QVERIFY(m_view->kind().contains(u"42,000"_s));
        QTest::mouseClick(m_view->findChild<QToolButton *>(u"copyValue"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
        QVERIFY(!facts()->isVisible());
    }

    void showsNothing()
    {
        m_view->setValue({.name = u"Value"_s, .note = u"null"_s});
        QCOMPARE(m_view->kind(), u"null"_s);
        QVERIFY(!m_view->findChild<QToolButton *>(u"copyValue"_s)->isVisible());
        m_view->setValue({});
        QCOMPARE(m_view->kind(), QString());
    }

    void showsXml()
    {
        m_view->setValue({.text = u"<a><b x='1'>t</b></a>"_s});
        QCOMPARE(shown(), u"valueXml"_s);
        QVERIFY(m_view->findChild<XmlView *>()->toPlainText().contains(u"\n  <b"_s));
        m_view->setValue({.text = u"<a><b></a>"_s}); // not well-formed: as it is
        QCOMPARE(shown(), u"valueText"_s);
        m_view->setValue({.text = u"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"_s});
        QCOMPARE(shown(), u"valueText"_s);
    }

    void showsItems()
    {
        m_view->setValue({.text = u"a\nb"_s, .items = {u"a"_s, u"b"_s}});
        QCOMPARE(shown(), u"valueItems"_s);
        QCOMPARE(m_view->findChild<QTreeView *>(u"valueItems"_s)->model()->rowCount(), 2);
    }

    void showsAnObject()
    {
        const auto read = readXml("<r><o><Name>x</Name><In><A>1</A></In></o></r>");
        QVERIFY(read);
        m_view->setValue({.document = *read, .object = (*read)->root().child("o")});
        QCOMPARE(shown(), u"valueTree"_s);
        auto *model = m_view->findChild<DocumentTreeModel *>();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(model->name(model->index(0, 0)), u"Name"_s);
        m_view->setValue({.text = u"x"_s}); // lets go of the document
        QCOMPARE(model->rowCount(), 0);
    }

    void showsDates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("xs:dateTime")
            << u"2014-04-03T14:45:50+08:00"_s << QStringList{u"In UTC"_s, u"6:45"_s, u"+08:00"_s};
        QTest::newRow("dmtf") << u"20140403144550.468750+480"_s
                              << QStringList{u"In UTC"_s, u"6:45"_s, u"20140403144550"_s};
        QTest::newRow("no offset") << u"2014-04-03T14:45:50"_s << QStringList{u"not given"_s};
        QTest::newRow("interval") << u"00000001020304.000000:000"_s << QStringList{u"Interval"_s};
    }
    void showsDates()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, said);
        m_view->setValue({.text = text});
        QVERIFY(facts()->isVisible());
        for (const QString &part : said)
            QVERIFY2(facts()->toPlainText().contains(part), qPrintable(facts()->toPlainText()));
    }

    void showsSecurityDescriptors()
    {
        m_view->setValue({.text = u"O:NSG:BAD:P(A;;GA;;;BA)(A;CIOI;GR;;;IU)"
                                  "S:P(AU;FA;GA;;;WD)(AU;SA;GXGW;;;WD)"_s});
        const QString said = facts()->toPlainText();
        for (const QString &part :
             {u"Network Service"_s, u"Administrators: full control"_s, u"Interactive: read"_s,
              u"containers inherit it, objects inherit it"_s, u"Everyone: execute, write"_s,
              u"when it fails"_s})
            QVERIFY2(said.contains(part), qPrintable(said));
    }

    void readsSecurityDescriptors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("parts"); // 0: none
        QTest::newRow("whole") << u"O:BAG:SYD:(A;;GA;;;BA)"_s << 3;
        QTest::newRow("sids") << u"O:S-1-5-21-1-2-3-500D:(A;;0x1f01ff;;;S-1-5-32-580)"_s << 2;
        QTest::newRow("flags and no entries") << u"D:PAI"_s << 1;
        QTest::newRow("condition") << u"D:(XA;;FX;;;WD;(@User.Title==\"x(1)\"))"_s << 1;
        QTest::newRow("a time") << u"D:\\data"_s << 0;
        QTest::newRow("drive") << u"S:"_s << 0;
        QTest::newRow("cut") << u"O:BAG:SYD:(A;;GA;;;BA"_s << 0;
        QTest::newRow("short") << u"D:(A;;GA)"_s << 0;
        QTest::newRow("empty") << QString() << 0;
        QTest::newRow("many") << u"D:"_s + u"(A;;GA;;;BA)"_s.repeated(2000) << 0;
        QTest::newRow("deep") << u"D:"_s + u"("_s.repeated(60000) << 0;
    }
    void readsSecurityDescriptors()
    {
        QFETCH(QString, text);
        QFETCH(int, parts);
        const auto read = sddlParts(text);
        QCOMPARE(read ? int(read->size()) : 0, parts);
    }

    void opensInTheDetails()
    {
        QMainWindow window;
        auto *dock = new QDockWidget(&window);
        auto *pane = new DetailsPane(dock);
        dock->setWidget(pane);
        window.addDockWidget(Qt::RightDockWidgetArea, dock);
        window.resize(700, 500);
        dock->hide();
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        Details details;
        details.title = u"State"_s;
        details.value = u"Running"_s;
        pane->setDetails(details);
        pane->toggleValue(dock);
        auto *view = pane->findChild<ValueView *>();
        QVERIFY(dock->isVisible() && view->isVisible());
        QCOMPARE(view->findChild<QPlainTextEdit *>(u"valueText"_s)->toPlainText(), u"Running"_s);
        QVERIFY(!pane->findChild<QPlainTextEdit *>(u"detailsValue"_s)->isVisible());
        details.value = u"Stopped"_s; // follows
        pane->setDetails(details);
        QCOMPARE(view->findChild<QPlainTextEdit *>(u"valueText"_s)->toPlainText(), u"Stopped"_s);
        pane->toggleValue(dock);
        QVERIFY(!dock->isVisible());
    }

private:
    QString shown() const
    {
        return m_view->findChild<QStackedWidget *>()->currentWidget()->objectName();
    }
    QPlainTextEdit *plain() const { return m_view->findChild<QPlainTextEdit *>(u"valueText"_s); }
    QTextEdit *facts() const { return m_view->findChild<QTextEdit *>(u"valueFacts"_s); }

    std::unique_ptr<ValueView> m_view;
};

QTEST_MAIN(TestValueView)
#include "tst_valueview.moc"
