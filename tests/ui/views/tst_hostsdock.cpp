#include "core/connection/fakekeychain.h"
#include "look/rowdelegate.h"
#include "ui/demowindow.h"
#include "views/hostsdock.h"
#include "views/page.h"
#include "views/pagetabs.h"
#include "views/tagbar.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

/// The Hosts dock in the window: tags with and, or and not, bookmarks, what a row says.
class HostsDockTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void filters_data();
    void filters();
    void chipsHaveThreeStates();
    void andBecomesOr();
    void tagsFollowTheHosts();
    void hiddenTagsKeepNobodyOut();
    void tagsComeBackNextTime();
    void wordsAndTagsTogether();
    void bookmarksStandInTheTree();
    void hostIsDraggedToAFolder();
    void hostIsDraggedToATag();
    void rowsSayProductionAndReadOnly();
    void anEmptyTreeOffersToConnect();

private:
    template<typename T>
    T *find(const QString &name) const
    {
        return m_demo->window->findChild<T *>(name);
    }
    void save(const QString &name, const QString &folder, const QStringList &tags,
              const QString &color = {});
    void openWindow();
    QStringList shown() const;
    void clickTag(const QString &tag, Qt::MouseButton button = Qt::LeftButton);
    QModelIndex row(const QString &name) const;

    std::unique_ptr<DemoHost> m_host;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoWindow> m_demo;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void HostsDockTest::initTestCase()
{
    m_host = std::make_unique<DemoHost>(DemoOptions{.tls = true});
    QVERIFY(m_host->start());
}

void HostsDockTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    openWindow();
    save(u"web01"_s, u"Production"_s, {u"iis"_s, u"dmz"_s}, u"#c6262e"_s);
    save(u"web02"_s, u"Production"_s, {u"iis"_s});
    save(u"db01"_s, u"Production"_s, {u"sql"_s});
    save(u"lab"_s, {}, {});
}

/// What the sentence of the empty tree speaks of is a click away, and gone with the first host.
void HostsDockTest::anEmptyTreeOffersToConnect()
{
    m_tester.reset();
    m_demo->window->close();
    m_demo.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    openWindow();
    auto *button = find<QPushButton>(u"hostsConnect"_s);
    QVERIFY(button && button->isVisible());
    QVERIFY(find<QTreeView>(u"hostsView"_s)->viewport()->rect().contains(button->geometry()));
    QTest::mouseClick(button, Qt::LeftButton);
    auto *dialog = find<QDialog>(u"connectionDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    dialog->close();
    save(u"lab"_s, {}, {});
    QTRY_COMPARE(shown(), QStringList{u"lab"_s});
    QVERIFY(!button->isVisible());
    // A filter that keeps all out is another matter.
    find<QLineEdit>(u"hostsFilter"_s)->setText(u"nothing"_s);
    QTRY_VERIFY(shown().isEmpty());
    QVERIFY(!button->isVisible());
}

void HostsDockTest::cleanup()
{
    m_tester.reset();
    m_demo->window->close();
    m_demo.reset();
}

void HostsDockTest::openWindow()
{
    m_demo = std::make_unique<DemoWindow>(*m_host, m_folder->path());
    m_demo->window->resize(1280, 800);
    m_demo->window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_demo->window.get()));
    QApplication::setActiveWindow(m_demo->window.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        find<QTreeView>(u"hostsView"_s)->model(),
        QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void HostsDockTest::save(const QString &name, const QString &folder, const QStringList &tags,
                         const QString &color)
{
    Profile profile = m_demo->profile(name);
    profile.summary.folder = folder;
    profile.summary.tags = tags;
    profile.summary.color = color;
    profile.options.readOnly = name == u"lab"_s;
    const auto saved = waitFor<Result<QString>>(
        [&](auto answer) { m_demo->store.save(profile, m_demo->credential(), false, answer); });
    QVERIFY(saved && *saved);
}

/// The hosts that stand in the tree.
QStringList HostsDockTest::shown() const
{
    QStringList names;
    const QAbstractItemModel *model = find<QTreeView>(u"hostsView"_s)->model();
    const std::function<void(const QModelIndex &)> walk = [&](const QModelIndex &parent) {
        for (int i = 0; i < model->rowCount(parent); ++i) {
            const QModelIndex index = model->index(i, 0, parent);
            if (index.data(HostsTreeModel::KindRole) == int(HostsTreeModel::Kind::Host))
                names << index.data().toString();
            else
                walk(index);
        }
    };
    walk({});
    names.sort();
    return names;
}

void HostsDockTest::clickTag(const QString &tag, Qt::MouseButton button)
{
    auto *chip = find<QToolButton>(u"tag-"_s + tag);
    QVERIFY(chip && chip->isVisible());
    QTest::mouseClick(chip, button);
}

QModelIndex HostsDockTest::row(const QString &name) const
{
    const QAbstractItemModel *model = find<QTreeView>(u"hostsView"_s)->model();
    return model
        ->match(model->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive)
        .value(0);
}

void HostsDockTest::filters_data()
{
    QTest::addColumn<QStringList>("with");
    QTest::addColumn<QStringList>("without");
    QTest::addColumn<bool>("any");
    QTest::addColumn<QStringList>("tags");
    QTest::addColumn<bool>("passes");
    const QStringList none, a{u"a"_s}, b{u"b"_s}, ab{u"a"_s, u"b"_s};
    QTest::newRow("nothing asked") << none << none << false << none << true;
    QTest::newRow("has it") << a << none << false << ab << true;
    QTest::newRow("has it not") << a << none << false << b << false;
    QTest::newRow("and: one is not enough") << ab << none << false << a << false;
    QTest::newRow("and: both") << ab << none << false << ab << true;
    QTest::newRow("or: one") << ab << none << true << b << true;
    QTest::newRow("or: none") << ab << none << true << none << false;
    QTest::newRow("not") << none << a << false << ab << false;
    QTest::newRow("not: without any") << none << a << false << none << true;
    QTest::newRow("not beats or") << ab << QStringList{u"c"_s} << true
                                  << QStringList{u"a"_s, u"c"_s} << false;
    QTest::newRow("or with only nots") << none << a << true << b << true;
}

void HostsDockTest::filters()
{
    QFETCH(QStringList, with);
    QFETCH(QStringList, without);
    QFETCH(bool, any);
    QFETCH(QStringList, tags);
    const TagFilter filter{.with = with, .without = without, .any = any};
    QTEST(filter.accepts(tags), "passes");
    QCOMPARE(TagFilter::restored(filter.save()), filter);
    QVERIFY(TagFilter::restored("no json").isEmpty());
}

void HostsDockTest::chipsHaveThreeStates()
{
    QCOMPARE(shown(), QStringList({u"db01"_s, u"lab"_s, u"web01"_s, u"web02"_s}));
    clickTag(u"iis"_s);
    QCOMPARE(shown(), QStringList({u"web01"_s, u"web02"_s}));
    const auto *chip = find<QToolButton>(u"tag-iis"_s);
    QVERIFY(chip->accessibleName().contains(u"must have"_s));
    clickTag(u"iis"_s);
    QCOMPARE(shown(), QStringList({u"db01"_s, u"lab"_s}));
    QCOMPARE(chip->text(), u"not iis"_s);
    clickTag(u"iis"_s);
    QCOMPARE(shown().size(), 4);
    clickTag(u"iis"_s, Qt::RightButton); // backwards
    QCOMPARE(shown(), QStringList({u"db01"_s, u"lab"_s}));
    QTest::mouseClick(find<QToolButton>(u"tagClear"_s), Qt::LeftButton);
    QCOMPARE(shown().size(), 4);
    // By keyboard.
    find<QToolButton>(u"tag-sql"_s)->setFocus();
    QTest::keyClick(find<QToolButton>(u"tag-sql"_s), Qt::Key_Space);
    QCOMPARE(shown(), QStringList(u"db01"_s));
    QTest::keyClick(find<QToolButton>(u"tag-sql"_s), Qt::Key_Backspace);
    QCOMPARE(shown().size(), 4);
}

void HostsDockTest::andBecomesOr()
{
    auto *any = find<QToolButton>(u"tagAny"_s);
    clickTag(u"iis"_s);
    QVERIFY(!any->isVisible()); // with one tag there is nothing to choose
    clickTag(u"sql"_s);
    QVERIFY(any->isVisible());
    QVERIFY(shown().isEmpty());
    QTest::mouseClick(any, Qt::LeftButton);
    QCOMPARE(shown(), QStringList({u"db01"_s, u"web01"_s, u"web02"_s}));
    clickTag(u"dmz"_s);
    clickTag(u"dmz"_s);
    QCOMPARE(shown(), QStringList({u"db01"_s, u"web02"_s}));
    QTest::mouseClick(any, Qt::LeftButton);
    QVERIFY(shown().isEmpty());
}

void HostsDockTest::tagsFollowTheHosts()
{
    clickTag(u"sql"_s);
    QCOMPARE(shown(), QStringList(u"db01"_s));
    ProfileSummary summary = *m_demo->store.find(u"lab"_s);
    summary.tags = {u"sql"_s, u"new"_s};
    QVERIFY(m_demo->store.updateSummary(summary));
    QCOMPARE(shown(), QStringList({u"db01"_s, u"lab"_s}));
    QVERIFY(find<QToolButton>(u"tag-new"_s)->isVisible());
    for (const QString &name : {u"lab"_s, u"db01"_s}) {
        summary = *m_demo->store.find(name);
        summary.tags.clear();
        QVERIFY(m_demo->store.updateSummary(summary));
    }
    // The tag is gone, and with it the wish for it.
    QTRY_VERIFY(!find<QToolButton>(u"tag-sql"_s));
    QCOMPARE(shown().size(), 4);
}

void HostsDockTest::hiddenTagsKeepNobodyOut()
{
    clickTag(u"iis"_s);
    QCOMPARE(shown().size(), 2);
    QAction *action = m_demo->window->actions().tagFilter;
    QVERIFY(action->isChecked());
    action->trigger();
    QVERIFY(!find<QWidget>(u"tagBar"_s)->isVisible());
    QCOMPARE(shown().size(), 4);
    QTest::mouseClick(find<QToolButton>(u"tagsButton"_s), Qt::LeftButton);
    QVERIFY(action->isChecked());
    QCOMPARE(shown().size(), 2);
}

void HostsDockTest::tagsComeBackNextTime()
{
    clickTag(u"iis"_s);
    clickTag(u"dmz"_s);
    clickTag(u"dmz"_s);
    QCOMPARE(shown(), QStringList(u"web02"_s));
    m_tester.reset();
    m_demo->window->close();
    m_demo.reset();
    openWindow();
    QCOMPARE(shown(), QStringList(u"web02"_s));
    QCOMPARE(find<QToolButton>(u"tag-dmz"_s)->text(), u"not dmz"_s);
}

void HostsDockTest::wordsAndTagsTogether()
{
    auto *filter = find<QLineEdit>(u"hostsFilter"_s);
    QTest::keyClicks(filter, u"production"_s); // a folder's name brings what is in it
    QCOMPARE(shown(), QStringList({u"db01"_s, u"web01"_s, u"web02"_s}));
    clickTag(u"iis"_s);
    QCOMPARE(shown(), QStringList({u"web01"_s, u"web02"_s}));
    filter->clear();
    QTest::keyClicks(filter, u"01"_s);
    QCOMPARE(shown(), QStringList(u"web01"_s));
    filter->clear();
    QTest::keyClicks(filter, u"sql"_s);
    QVERIFY(shown().isEmpty());
    QTest::mouseClick(find<QToolButton>(u"tagClear"_s), Qt::LeftButton);
    QCOMPARE(shown(), QStringList(u"db01"_s)); // a typed word is looked for in tags as well
}

void HostsDockTest::bookmarksStandInTheTree()
{
    MainWindow &window = *m_demo->window;
    QVERIFY(!row(u"Bookmarks"_s).isValid());
    QVERIFY(window.connectToProfile(u"lab"_s));
    HostConnection *host = window.hosts().forProfile(m_demo->store.find(u"lab"_s)->id);
    QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
    window.openAddress(host, u"winrm/config"_s);
    const QString title = window.tabs().current()->title();
    window.actions().bookmark->trigger();
    const QModelIndex group = row(u"Bookmarks"_s);
    QVERIFY(group.isValid() && group.row() == group.model()->rowCount() - 1);
    const QModelIndex kept = group.model()->index(0, 0, group);
    QCOMPARE(kept.data().toString(), title);
    QCOMPARE(kept.data(MutedRole).toString(), u"lab"_s);

    window.tabs().close(window.tabs().current());
    auto *view = find<QTreeView>(u"hostsView"_s);
    QVERIFY(view->isExpanded(group));
    view->scrollTo(kept);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(kept).center());
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(window.tabs().current()->title(), title);

    QContextMenuEvent event(QContextMenuEvent::Mouse, view->visualRect(kept).center(),
                            view->viewport()->mapToGlobal(view->visualRect(kept).center()));
    QApplication::sendEvent(view->viewport(), &event);
    auto *menu = find<QMenu>(u"hostsMenu"_s);
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text() == u"Remove the bookmark"_s)
            action->trigger();
    }
    menu->close();
    QVERIFY(!row(u"Bookmarks"_s).isValid());
    QVERIFY(!window.actions().bookmark->isChecked());
}

void HostsDockTest::hostIsDraggedToAFolder()
{
    auto *view = find<QTreeView>(u"hostsView"_s);
    const QModelIndex lab = row(u"lab"_s);
    QVERIFY(lab.flags().testFlag(Qt::ItemIsDragEnabled));
    QVERIFY(!row(u"Production"_s).flags().testFlag(Qt::ItemIsDragEnabled));
    const std::unique_ptr<QMimeData> data(view->model()->mimeData({lab}));
    const auto drop = [&](const QPoint &at) {
        QDragEnterEvent enter(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QApplication::sendEvent(view->viewport(), &enter);
        QDropEvent event(at, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        event.setAccepted(false); // as the window system sends it
        QApplication::sendEvent(view->viewport(), &event);
    };
    drop(view->visualRect(row(u"Production"_s)).center());
    QCOMPARE(m_demo->store.find(u"lab"_s)->folder, u"Production"_s);
    QCOMPARE(row(u"lab"_s).parent().data().toString(), u"Production"_s);
    drop({20, view->viewport()->height() - 10}); // out of all folders
    QVERIFY(m_demo->store.find(u"lab"_s)->folder.isEmpty());
    drop(view->visualRect(row(u"web01"_s)).center()); // onto a host: beside it
    QCOMPARE(m_demo->store.find(u"lab"_s)->folder, u"Production"_s);
}

void HostsDockTest::hostIsDraggedToATag()
{
    const auto *view = find<QTreeView>(u"hostsView"_s);
    const std::unique_ptr<QMimeData> data(view->model()->mimeData({row(u"lab"_s)}));
    QVERIFY(HostsTreeModel::draggedHosts(data.get()).size() == 1);
    QDragEnterEvent enter({4, 4}, Qt::MoveAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(find<QToolButton>(u"tag-sql"_s), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({4, 4}, Qt::MoveAction, data.get(), Qt::LeftButton, {});
    QApplication::sendEvent(find<QToolButton>(u"tag-sql"_s), &event);
    QVERIFY(event.isAccepted());
    QCOMPARE(m_demo->store.find(u"lab"_s)->tags, QStringList(u"sql"_s));
}

void HostsDockTest::rowsSayProductionAndReadOnly()
{
    MainWindow &window = *m_demo->window;
    QVERIFY(row(u"web01"_s).data(BandRole).value<QColor>().isValid());
    QVERIFY(row(u"web01"_s).data(Qt::AccessibleTextRole).toString().contains(u"Production"_s));
    QVERIFY(!row(u"web02"_s).data(BandRole).value<QColor>().isValid());
    for (const QString &name : {u"web01"_s, u"lab"_s}) {
        QVERIFY(window.connectToProfile(name));
        HostConnection *host = window.hosts().forProfile(m_demo->store.find(name)->id);
        QTRY_COMPARE_WITH_TIMEOUT(host->state(), State::Connected, 20000);
        const bool production = name == u"web01"_s;
        QCOMPARE(window.windowTitle().contains(u"(production)"_s), production);
        QCOMPARE(find<QWidget>(u"hostBand"_s)->isVisible(), production);
        QCOMPARE(row(name).data(SignRole).value<QIcon>().isNull(), production);
        QCOMPARE(row(name).data(HostsTreeModel::ReadOnlyRole).toBool(), !production);
        QVERIFY(row(name).data(MutedRole).toString().startsWith(u"Basic"_s));
    }
}

QTEST_MAIN(HostsDockTest)
#include "tst_hostsdock.moc"
