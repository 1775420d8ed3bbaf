#include "find/places.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr qsizetype MostBytes = 1 << 20, MostCharacters = 2048;

bool isText(const QJsonValue &value)
{
    const QString text = value.toString();
    return !text.isEmpty() && text.size() <= MostCharacters
        && std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c.category() == QChar::Other_Control; });
}

} // namespace

bool Places::isBookmarked(const Place &place) const
{
    return std::ranges::any_of(m_bookmarks,
                               [&place](const Place &kept) { return kept.isSame(place); });
}

void Places::setBookmarked(const Place &place, bool bookmarked)
{
    if (bookmarked == isBookmarked(place) || (bookmarked && m_bookmarks.size() >= MostBookmarks))
        return;
    if (bookmarked)
        m_bookmarks.push_back(place);
    else
        std::erase_if(m_bookmarks, [&place](const Place &kept) { return kept.isSame(place); });
    Q_EMIT changed();
}

void Places::noteOpened(const Place &place)
{
    std::erase_if(m_recent, [&place](const Place &kept) { return kept.isSame(place); });
    m_recent.insert(m_recent.begin(), place);
    if (m_recent.size() > MostRecent)
        m_recent.pop_back();
    Q_EMIT changed();
}

void Places::forget(const QString &host)
{
    const auto ofHost = [&host](const Place &place) { return place.host == host; };
    if (std::erase_if(m_bookmarks, ofHost) + std::erase_if(m_recent, ofHost) > 0)
        Q_EMIT changed();
}

QByteArray Places::write(const std::vector<Place> &places)
{
    QJsonArray json;
    for (const Place &place : places)
        json.append(QJsonArray{place.host, place.address, place.title});
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::vector<Place> Places::read(const QByteArray &json, std::size_t most)
{
    std::vector<Place> places;
    if (json.size() > MostBytes)
        return places;
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        const QJsonArray parts = value.toArray();
        if (places.size() >= most)
            break;
        if (parts.size() == 3 && isText(parts[0]) && isText(parts[1]) && isText(parts[2]))
            places.push_back({.host = parts[0].toString(),
                              .address = parts[1].toString(),
                              .title = parts[2].toString()});
    }
    return places;
}

void Places::restore(const QByteArray &bookmarks, const QByteArray &recent)
{
    m_bookmarks = read(bookmarks, MostBookmarks);
    m_recent = read(recent, MostRecent);
    Q_EMIT changed();
}
