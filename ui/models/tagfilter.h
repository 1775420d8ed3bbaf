#pragma once

#include <QByteArray>
#include <QStringList>

/// Which hosts a choice of tags lets through: those that have all (or any) of `with` and none of
/// `without`. Empty: all of them.
struct TagFilter
{
    enum class Wish { Whatever, With, Without };
    QStringList with;
    QStringList without;
    bool any = false; ///< one of `with` is enough

    bool isEmpty() const { return with.isEmpty() && without.isEmpty(); }
    bool accepts(const QStringList &tags) const;
    Wish wish(const QString &tag) const;
    void setWish(const QString &tag, Wish wish);
    void keepOnly(const QStringList &tags); ///< drops wishes for tags that there are no more

    QByteArray save() const; ///< JSON
    /// What cannot have been written by save() is left out.
    static TagFilter restored(const QByteArray &json);
    bool operator==(const TagFilter &) const = default;
};
