#pragma once

#include "inventory/classindex.h"

#include <QAbstractListModel>
#include <QIcon>

#include <functional>
#include <vector>

/// One thing that the command palette can do.
struct PaletteItem
{
    QIcon icon;
    QString title;    ///< "Export", "Win32_Service"
    QString note;     ///< muted, at the right: keys, or what and where it is
    QString searched; ///< more words by which it is found
    std::function<void()> run;
    bool always = false; ///< stands at the end whatever is typed
};

/// How well an item fits what was typed, the lower the better; -1: it does not. Every word has to
/// stand in its title or its other words; failing that, the letters in their order in the title
/// ("oc" finds "Open file: config").
int paletteFit(const PaletteItem &item, const QString &typed);
/// On the same scale.
int paletteFit(const ClassHit &hit, const QString &typed);

/// What the palette lists for what was typed: items and, from two letters on, what `search` gives,
/// the best first. Nothing typed: the items as they are.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using Search = std::function<std::vector<std::pair<int, PaletteItem>>(const QString &typed)>;
    static constexpr std::size_t MostRows = 200;

    using QAbstractListModel::QAbstractListModel;
    void setItems(std::vector<PaletteItem> items, Search search);
    void setTyped(const QString &typed);
    const PaletteItem *item(const QModelIndex &index) const; ///< null for an invalid one

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<PaletteItem> m_items;
    Search m_search;
    std::vector<PaletteItem> m_shown;
};
