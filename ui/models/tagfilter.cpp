#include "models/tagfilter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MostBytes = 64 * 1024;

QStringList texts(const QJsonValue &value)
{
    QStringList all;
    for (const QJsonValue &item : value.toArray()) {
        if (const QString text = item.toString(); !text.isEmpty() && !all.contains(text))
            all.append(text);
    }
    return all;
}

} // namespace

bool TagFilter::accepts(const QStringList &tags) const
{
    const auto has = [&tags](const QString &tag) { return tags.contains(tag); };
    if (std::ranges::any_of(without, has))
        return false;
    if (with.isEmpty())
        return true;
    return any ? std::ranges::any_of(with, has) : std::ranges::all_of(with, has);
}

TagFilter::Wish TagFilter::wish(const QString &tag) const
{
    return with.contains(tag) ? Wish::With : without.contains(tag) ? Wish::Without : Wish::Whatever;
}

void TagFilter::setWish(const QString &tag, Wish wish)
{
    with.removeAll(tag);
    without.removeAll(tag);
    if (wish == Wish::With)
        with.append(tag);
    else if (wish == Wish::Without)
        without.append(tag);
}

void TagFilter::keepOnly(const QStringList &tags)
{
    const auto gone = [&tags](const QString &tag) { return !tags.contains(tag); };
    with.removeIf(gone);
    without.removeIf(gone);
}

QByteArray TagFilter::save() const
{
    const QJsonObject json{{u"with"_s, QJsonArray::fromStringList(with)},
                           {u"without"_s, QJsonArray::fromStringList(without)},
                           {u"any"_s, any}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

TagFilter TagFilter::restored(const QByteArray &json)
{
    TagFilter filter;
    if (json.size() > MostBytes)
        return filter;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    filter.with = texts(object[u"with"_s]);
    filter.without = texts(object[u"without"_s]);
    filter.without.removeIf([&](const QString &tag) { return filter.with.contains(tag); });
    filter.any = object[u"any"_s].toBool();
    return filter;
}
