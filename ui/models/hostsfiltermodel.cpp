#include "models/hostsfiltermodel.h"

#include "models/hoststreemodel.h"

#include <algorithm>

using Kind = HostsTreeModel::Kind;

HostsFilterModel::HostsFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true); // a match brings what it stands in
}

void HostsFilterModel::setWords(const QString &words)
{
    m_words = words.trimmed();
    invalidateFilter();
}

void HostsFilterModel::setTags(const TagFilter &tags)
{
    m_tags = tags;
    invalidateFilter();
}

bool HostsFilterModel::matches(const QModelIndex &index) const
{
    if (index.data().toString().contains(m_words, Qt::CaseInsensitive))
        return true;
    const QStringList tags = index.data(HostsTreeModel::TagsRole).toStringList();
    return std::ranges::any_of(
        tags, [this](const QString &tag) { return tag.contains(m_words, Qt::CaseInsensitive); });
}

bool HostsFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (!isFiltering())
        return true;
    bool found = m_words.isEmpty();
    bool inHost = false;
    for (QModelIndex at = sourceModel()->index(row, 0, parent); at.isValid(); at = at.parent()) {
        const auto kind = Kind(at.data(HostsTreeModel::KindRole).toInt());
        if (kind == Kind::Host && !m_tags.accepts(at.data(HostsTreeModel::TagsRole).toStringList()))
            return false;
        inHost = inHost || (kind != Kind::Folder);
        found = found || matches(at);
    }
    return found && inHost; // a folder stays for what is in it
}
