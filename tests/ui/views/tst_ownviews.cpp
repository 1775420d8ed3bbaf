#include "ui/answers.h"
#include "ui/viewwindow.h"

#include <QDir>
#include <QLabel>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

/// The user's own views in the window: renamed, deleted, and named when they are broken.
class OwnViewsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void renamed();
    void deleted();
    void deletedFromTheTree();
    void everyBrokenFileIsNamed();

private:
    static bool write(const DemoWindow &shown, const QString &name, const QByteArray &bytes);
    static QByteArray sample(const QByteArray &id);
    static QAction *ownAction(ReadyViewPage *page, const QString &name);
    static QStringList files(const ViewWindow &shown);
};

QByteArray OwnViewsTest::sample(const QByteArray &id)
{
    return R"({"format": "winrm-console view", "version": 1, "id": ")" + id
        + R"(", "title": "Shares of mine", "group": "My views", "hosts": ["windows"],
               "sections": [{"class": "Win32_Share", "columns": [{"property": "Name"}],
               "marks": [{"on": "Name", "sign": "warning", "when": {"Name": "~$"}}]}]})";
}

bool OwnViewsTest::write(const DemoWindow &shown, const QString &name, const QByteArray &bytes)
{
    QDir(shown.folder.path()).mkdir(u"views"_s);
    QFile file(shown.folder.filePath(u"views/"_s + name));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QAction *OwnViewsTest::ownAction(ReadyViewPage *page, const QString &name)
{
    auto *button = page->findChild<QToolButton *>(u"ownView"_s);
    if (!button || !button->isVisible())
        return nullptr;
    Q_EMIT button->menu()->aboutToShow();
    return button->menu()->findChild<QAction *>(name);
}

QStringList OwnViewsTest::files(const ViewWindow &shown)
{
    return QDir(shown.shown->folder.filePath(u"views"_s)).entryList(QDir::Files);
}

void OwnViewsTest::renamed()
{
    Answers answers;
    ViewWindow shown(u"windows"_s, [](const DemoWindow &demo) {
        write(demo, u"by hand.json"_s, sample("my.shares"));
    });
    QVERIFY(shown.host);
    ReadyViewPage *page = shown.open(u"my.shares"_s);
    QVERIFY(page);
    answers.text = u"  Open\tshares "_s;
    QAction *rename = ownAction(page, u"renameView"_s);
    QVERIFY(rename);
    rename->trigger();
    QCOMPARE(page->title(), u"Open shares"_s);
    QCOMPARE(shown.tabs().current(), page);
    QCOMPARE(files(shown), QStringList{u"by hand.json"_s});
    answers.text = std::nullopt; // given up
    ownAction(page, u"renameView"_s)->trigger();
    QCOMPARE(page->title(), u"Open shares"_s);
    // Those that came with the program are not the user's.
    page = shown.open(u"windows.shares"_s);
    QVERIFY(page);
    QVERIFY(!page->findChild<QToolButton *>(u"ownView"_s));
}

void OwnViewsTest::deleted()
{
    Answers answers;
    ViewWindow shown(u"windows"_s, [](const DemoWindow &demo) {
        write(demo, u"my.shares.json"_s, sample("my.shares"));
    });
    QVERIFY(shown.host);
    const QPointer page = shown.open(u"my.shares"_s);
    QVERIFY(page);
    answers.yes = false;
    ownAction(page, u"deleteView"_s)->trigger();
    QCOMPARE(answers.confirmed, 1);
    QVERIFY(page);
    QCOMPARE(files(shown).size(), 1);
    answers.yes = true;
    ownAction(page, u"deleteView"_s)->trigger();
    QTRY_VERIFY(!page);
    QVERIFY(files(shown).isEmpty());
}

void OwnViewsTest::deletedFromTheTree()
{
    Answers answers;
    ViewWindow shown(u"windows"_s, [](const DemoWindow &demo) {
        write(demo, u"my.shares.json"_s, sample("my.shares"));
    });
    QVERIFY(shown.host);
    auto *tree = shown.window().findChild<QTreeView *>(u"hostsView"_s);
    const QModelIndex views = tree->model()->index(0, 0, tree->model()->index(0, 0));
    tree->expand(views);
    const QModelIndex group = tree->model()->index(tree->model()->rowCount(views) - 1, 0, views);
    QCOMPARE(group.data().toString(), u"My views"_s);
    tree->expand(group);
    const QModelIndex mine = tree->model()->index(0, 0, group);
    QCOMPARE(mine.data().toString(), u"Shares of mine"_s);
    tree->scrollTo(mine);
    Q_EMIT tree->customContextMenuRequested(tree->visualRect(mine).center());
    auto *menu = shown.window().findChild<QMenu *>(u"hostsMenu"_s);
    QVERIFY(menu);
    auto *remove = menu->findChild<QAction *>(u"deleteView"_s);
    QVERIFY(remove);
    ViewWindow::choose(menu, remove);
    QTRY_VERIFY(files(shown).isEmpty());
    QVERIFY(tree->model()->index(tree->model()->rowCount(views) - 1, 0, views).data().toString()
            != u"My views"_s);
}

void OwnViewsTest::everyBrokenFileIsNamed()
{
    ViewWindow shown(u"windows"_s, [](const DemoWindow &demo) {
        write(demo, u"a.json"_s, "{");
        write(demo, u"b.json"_s, sample("my.shares"));
        write(demo, u"c.json"_s, sample("Not An Id"));
        write(demo, u"d.json"_s, sample("my.other").replace("Win32_Share", "no class"));
    });
    QVERIFY(shown.host);
    auto *notice = shown.window().findChild<QLabel *>(u"noticeText"_s);
    QTRY_VERIFY(notice && notice->isVisible());
    const QStringList lines = notice->text().split(u'\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[0].contains(u'3'), qPrintable(lines[0]));
    QVERIFY(lines[1].contains(u"a.json"_s));
    QVERIFY2(lines[2].contains(u"c.json: \"id\""_s), qPrintable(lines[2]));
    QVERIFY2(lines[3].contains(u"no class"_s), qPrintable(lines[3]));
    QVERIFY(shown.open(u"my.shares"_s)); // the others are there
}

QTEST_MAIN(OwnViewsTest)
#include "tst_ownviews.moc"
