#pragma once

#include <QModelIndex>
#include <QStringList>

#include <functional>

class QTreeView;
class QWidget;

/// Small services for the pages' trees.
namespace TreeTools {

/// Shows only rows for which `text` has all words (case ignored), with the branches above them and
/// all below; opens what it finds. No words: everything is shown again. For some ten thousand rows.
/// Returns how many rows match.
int filter(QTreeView *view, const QString &words,
           const std::function<QString(const QModelIndex &)> &text);

/// Branches that are open, and the current row, by the texts of their first column.
QStringList openBranches(const QTreeView *view);
QString currentPath(const QTreeView *view);
void restore(QTreeView *view, const QStringList &openBranches, const QString &currentPath);

/// Room around a row of tools above the content.
void prepareTools(QWidget *tools);
/// Enter and double click follow the current row; the Menu key opens the context menu there.
void onActivated(QTreeView *view, const std::function<void()> &follow);

} // namespace TreeTools
