#include "views/activitydock.h"

#include "look/emptyhint.h"
#include "look/icons.h"
#include "models/activitymodel.h"
#include "views/dockbar.h"
#include "widgets/textbutton.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;

ActivityDock::ActivityDock(ActivityModel &model, QWidget *parent)
    : QDockWidget(tr("Activity"), parent)
    , m_model(model)
    , m_view(new QTreeView(this))
{
    setObjectName(u"activityDock"_s);
    m_view->setObjectName(u"activityView"_s);
    m_view->setAccessibleName(tr("Activity"));
    m_view->setModel(&model);
    Look::prepareList(m_view);
    const int widths[] = {280, 130, 380, 70, 80};
    for (int i = 0; i < int(std::size(widths)); ++i)
        m_view->header()->resizeSection(i, widths[i]);
    auto *clear = textButton(this, u"activityClear"_s, u"delete", tr("Clear"),
                             tr("Clear what has finished"));
    auto *bar = new DockBar(this);
    bar->addTool(new QWidget(bar), 1);
    bar->addTool(clear);
    connect(clear, &QToolButton::clicked, &model, &ActivityModel::clearFinished);
    new EmptyHint(m_view, tr("What is asked of the hosts, and what became of it, stands here."));
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    setWidget(m_view);
    auto *stop = new QAction(tr("Stop"), m_view);
    stop->setShortcut(Qt::Key_Delete);
    stop->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(stop);
    connect(stop, &QAction::triggered, this, [this] { m_model.cancel(m_view->currentIndex()); });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ActivityDock::showMenu);
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { addStop(first, last); });
    connect(&model, &QAbstractItemModel::dataChanged, this, &ActivityDock::refreshStops);
}

void ActivityDock::addStop(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const QPersistentModelIndex index(m_model.index(row, ActivityModel::Started));
        if (!index.data(ActivityModel::RunningRole).toBool())
            continue;
        auto *stop = new QToolButton;
        stop->setObjectName(u"activityStop"_s);
        stop->setText(tr("Stop"));
        stop->setIcon(Icons::get(u"stop"));
        stop->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        stop->setAutoRaise(true);
        stop->setAccessibleName(tr("Stop %1").arg(m_model.data(m_model.index(row, 0)).toString()));
        stop->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
        connect(stop, &QToolButton::clicked, this, [this, index] { m_model.cancel(index); });
        m_view->setIndexWidget(index, stop);
    }
}

void ActivityDock::refreshStops(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        const QModelIndex index = m_model.index(row, ActivityModel::Started);
        if (!index.data(ActivityModel::RunningRole).toBool() && m_view->indexWidget(index))
            m_view->setIndexWidget(index, nullptr);
    }
}

void ActivityDock::showMenu(const QPoint &at)
{
    const QModelIndex index = m_view->indexAt(at);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (index.isValid()) {
        if (index.data(ActivityModel::RunningRole).toBool())
            menu->addAction(Icons::get(u"stop"), tr("Stop"), this,
                            [this, row = QPersistentModelIndex(index)] { m_model.cancel(row); });
        const QString text = u"%1: %2"_s.arg(index.siblingAtColumn(0).data().toString(),
                                             index.data(ActivityModel::ResultRole).toString());
        menu->addAction(Icons::get(u"copy"), tr("Copy"), this,
                        [text] { QGuiApplication::clipboard()->setText(text); });
    }
    menu->addAction(Icons::get(u"delete"), tr("Clear what has finished"), &m_model,
                    &ActivityModel::clearFinished);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

QByteArray ActivityDock::saveState() const
{
    return m_view->header()->saveState();
}

void ActivityDock::restoreState(const QByteArray &state)
{
    m_view->header()->restoreState(state);
}
