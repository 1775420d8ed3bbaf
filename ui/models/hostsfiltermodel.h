#pragma once

#include "models/tagfilter.h"

#include <QSortFilterProxyModel>

/// The Hosts tree as far as typed words and chosen tags let it through. A word is looked for in the
/// names of hosts, folders and all that is known below a host, and in tags; what stands below a
/// match follows it, and a match brings the way to it. Tags are of hosts: one that they keep out
/// takes along all that is below it, whatever was typed.
class HostsFilterModel final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit HostsFilterModel(QObject *parent = nullptr);

    void setWords(const QString &words);
    void setTags(const TagFilter &tags);
    bool isFiltering() const { return !m_words.isEmpty() || !m_tags.isEmpty(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool matches(const QModelIndex &index) const;
    QString m_words;
    TagFilter m_tags;
};
