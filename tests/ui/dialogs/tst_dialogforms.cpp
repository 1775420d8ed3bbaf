#include "connection/keychain.h"
#include "connection/profilestore.h"
#include "dialogs/connectiondialog.h"
#include "look/form.h"

#include <QAbstractButton>
#include <QFormLayout>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class DialogFormsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectionFieldsStandInLine_data();
    void connectionFieldsStandInLine();
    void headingsDoNotWidenTheLabels();
};

void DialogFormsTest::connectionFieldsStandInLine_data()
{
    QTest::addColumn<int>("points");
    QTest::newRow("small") << 8;
    QTest::newRow("large") << 16;
}

void DialogFormsTest::connectionFieldsStandInLine()
{
    QFETCH(int, points);
    QTemporaryDir folder;
    ProfileStore store(memoryKeychain(), folder.path());
    QVERIFY(store.open());
    ConnectionDialog dialog(store, {});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QFont font = dialog.font();
    font.setPointSize(points);
    dialog.setFont(font);
    dialog.adjustSize();
    QCoreApplication::processEvents();
    const auto left = [&dialog](const QString &name) {
        const auto *field = dialog.findChild<QWidget *>(name);
        return field->isVisible() ? field->mapTo(&dialog, QPoint()).x() : -1;
    };
    const int host = left(u"host"_s);
    QVERIFY(host > 0);
    QCOMPARE(left(u"saveProfile"_s), host);
    const int width = dialog.width();
    dialog.findChild<QAbstractButton *>(u"saveProfile"_s)->setChecked(true);
    dialog.findChild<QAbstractButton *>(u"advancedFold"_s)->setChecked(true);
    QCoreApplication::processEvents();
    QVERIFY(dialog.width() >= width);
    for (const QString &name : {u"url"_s, u"signInAs"_s, u"user"_s, u"password"_s, u"storage"_s,
                                u"saveProfile"_s, u"profileName"_s, u"profileColor"_s, u"caFile"_s,
                                u"skipCa"_s, u"timeout"_s, u"locale"_s, u"utf16"_s})
        QVERIFY2(left(name) == host,
                 qPrintable(u"%1 at %2, host at %3"_s.arg(name).arg(left(name)).arg(host)));
}

void DialogFormsTest::headingsDoNotWidenTheLabels()
{
    QWidget dialog;
    QFormLayout *form = Form::make(&dialog);
    auto *field = new QLabel(u"field"_s, &dialog);
    form->addRow(Form::heading(u"A heading that is wider than any label"_s, &dialog));
    form->addRow(u"Label"_s, field);
    form->addRow(u"A longer label"_s, new QLabel(&dialog));
    Form::align(&dialog);
    QCOMPARE(form->labelForField(field)->minimumWidth(),
             form->itemAt(2, QFormLayout::LabelRole)->widget()->sizeHint().width());
}

QTEST_MAIN(DialogFormsTest)
#include "tst_dialogforms.moc"
