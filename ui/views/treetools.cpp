#include "views/treetools.h"

#include "look/look.h"

#include <QHeaderView>
#include <QLayout>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar separator{0x1f};

QString pathOf(QModelIndex index)
{
    QStringList names;
    for (index = index.siblingAtColumn(0); index.isValid(); index = index.parent())
        names.prepend(index.data().toString() + u'#' + QString::number(index.row()));
    return names.join(separator);
}

struct TreeFilter
{
    QTreeView *view;
    QStringList words;
    const std::function<QString(const QModelIndex &)> &text;
    int matches = 0;

    bool hasAll(const QModelIndex &index) const
    {
        const QString searched = text(index);
        return std::all_of(words.begin(), words.end(), [&](const QString &word) {
            return searched.contains(word, Qt::CaseInsensitive);
        });
    }

    /// Whether something below `parent` is shown; `all`: a row above matched.
    bool apply(const QModelIndex &parent, bool all)
    {
        bool any = false;
        for (int row = 0; row < view->model()->rowCount(parent); ++row) {
            const QModelIndex index = view->model()->index(row, 0, parent);
            const bool own = !words.isEmpty() && hasAll(index);
            matches += own;
            const bool below = apply(index, all || own);
            const bool shown = words.isEmpty() || all || own || below;
            view->setRowHidden(row, parent, !shown);
            if (below && !words.isEmpty() && !own && !all)
                view->expand(index);
            any = any || own || below;
        }
        return any;
    }
};

void collectOpen(const QTreeView *view, const QModelIndex &parent, QStringList &paths)
{
    for (int row = 0; row < view->model()->rowCount(parent); ++row) {
        const QModelIndex index = view->model()->index(row, 0, parent);
        if (!view->isExpanded(index))
            continue;
        paths << pathOf(index);
        collectOpen(view, index, paths);
    }
}

void restoreBelow(QTreeView *view, const QModelIndex &parent, const QStringList &open,
                  const QString &current)
{
    for (int row = 0; row < view->model()->rowCount(parent); ++row) {
        const QModelIndex index = view->model()->index(row, 0, parent);
        const QString path = pathOf(index);
        if (path == current)
            view->setCurrentIndex(index);
        if (!open.contains(path) && !current.startsWith(path + separator))
            continue;
        if (open.contains(path))
            view->expand(index);
        restoreBelow(view, index, open, current);
    }
}

} // namespace

int TreeTools::filter(QTreeView *view, const QString &words,
                      const std::function<QString(const QModelIndex &)> &text)
{
    TreeFilter filter{view, words.split(u' ', Qt::SkipEmptyParts), text};
    view->setUpdatesEnabled(false);
    filter.apply({}, false);
    view->setUpdatesEnabled(true);
    return filter.matches;
}

QStringList TreeTools::openBranches(const QTreeView *view)
{
    QStringList paths;
    if (view->model())
        collectOpen(view, {}, paths);
    return paths;
}

QString TreeTools::currentPath(const QTreeView *view)
{
    return pathOf(view->currentIndex());
}

void TreeTools::restore(QTreeView *view, const QStringList &openBranches,
                        const QString &currentPath)
{
    restoreBelow(view, {}, openBranches, currentPath);
}

void TreeTools::prepareTools(QWidget *tools)
{
    tools->layout()->setContentsMargins(Look::Between, Look::Between, Look::Between, Look::Between);
    tools->layout()->setSpacing(Look::Between);
}

void TreeTools::onActivated(QTreeView *view, const std::function<void()> &follow)
{
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(view, &QTreeView::activated, view, follow);
}
