#pragma once

#include "models/rowtablemodel.h"
#include "ui/demowindow.h"
#include "views/pagetabs.h"
#include "views/readyviewpage.h"
#include "views/rowtableview.h"
#include "views/viewpart.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>

#include <functional>

/// A window on a demo host, for tests of ready views by real clicks and keys.
struct ViewWindow
{
    /// `prepare` is called before the window is shown: for files it is to find. `fault`: what the
    /// host does wrong (faultrules.h).
    explicit ViewWindow(const QString &as = QStringLiteral("windows"),
                        const std::function<void(const DemoWindow &)> &prepare = {},
                        const QString &fault = {})
        : demo(DemoOptions{.tls = true, .items = 10, .as = as, .fault = fault})
    {
        if (!demo.start())
            return;
        shown = std::make_unique<DemoWindow>(demo);
        if (prepare)
            prepare(*shown);
        window().resize(1200, 800);
        window().show();
        QApplication::setActiveWindow(&window());
        window().startDemo();
        const auto &hosts = window().hosts().hosts();
        if (hosts.size() == 1
            && QTest::qWaitFor(
                [&] { return hosts.front()->state() == HostConnection::State::Connected; }, 20000))
            host = hosts.front();
    }
    ~ViewWindow()
    {
        if (shown)
            window().close();
    }

    MainWindow &window() const { return *shown->window; }
    PageTabs &tabs() const { return window().tabs(); }

    static bool settled(const Page *page)
    {
        QCoreApplication::processEvents(); // pages begin to read from the event loop
        return QTest::qWaitFor([page] { return !page->isBusy(); }, 20000);
    }
    /// Null when it is no ready view, or its rows did not come.
    ReadyViewPage *open(const QString &id) const
    {
        window().openAddress(host, QStringLiteral("view:") + id);
        auto *page = qobject_cast<ReadyViewPage *>(tabs().current());
        return page && settled(page) && QTest::qWaitFor([page] { return allShown(page); }, 10000)
            ? page
            : nullptr;
    }
    /// Sorting is done beside, and comes later.
    static bool allShown(const ReadyViewPage *page)
    {
        return std::ranges::all_of(page->parts(), [](const ViewPart *part) {
            return !part->table()
                || (part->model()->rowCount() == int(part->rowCount())
                    && !part->model()->isArranging());
        });
    }

    static int column(const ViewPart *part, const QString &property)
    {
        return int(part->model()->columnNames().indexOf(property));
    }
    static QModelIndex cell(const ViewPart *part, int row, const QString &property)
    {
        return part->model()->index(row, column(part, property));
    }
    static void click(RowTableView *table, const QModelIndex &cell,
                      Qt::KeyboardModifiers keys = Qt::NoModifier,
                      Qt::MouseButton button = Qt::LeftButton)
    {
        table->scrollTo(cell);
        QTest::mouseClick(table->viewport(), button, keys, table->visualRect(cell).center());
    }
    /// The menu of a right-click; null when none came.
    static QMenu *rightClick(RowTableView *table, const QModelIndex &cell, const QString &menuName)
    {
        click(table, cell, Qt::NoModifier, Qt::RightButton);
        const QPoint at = table->visualRect(cell).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, table->viewport()->mapToGlobal(at));
        QApplication::sendEvent(table->viewport(), &event);
        return table->window()->findChild<QMenu *>(menuName);
    }
    static void choose(QMenu *menu, QAction *action)
    {
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
    }

    DemoHost demo;
    std::unique_ptr<DemoWindow> shown;
    HostConnection *host = nullptr;
};
