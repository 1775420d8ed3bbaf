#pragma once

#include <QObject>
#include <QString>

#include <vector>

/// A resource of a host, to come back to. A value.
struct Place
{
    QString host;    ///< id of the saved connection; the URL of one that is not saved
    QString address; ///< short form of the resource, as the address bar has it
    QString title;   ///< of the page: "Win32_Service"
    bool isSame(const Place &other) const { return host == other.host && address == other.address; }
    bool operator==(const Place &) const = default;
};

/// Bookmarks, in the order in which they were made, and the resources that were opened last, newest
/// first. Opening one is the window's business; nothing here connects.
class Places final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t MostBookmarks = 200, MostRecent = 30;
    using QObject::QObject;

    const std::vector<Place> &bookmarks() const { return m_bookmarks; }
    const std::vector<Place> &recent() const { return m_recent; }
    bool isBookmarked(const Place &place) const;
    void setBookmarked(const Place &place, bool bookmarked);
    void noteOpened(const Place &place);
    void forget(const QString &host); ///< all that is remembered of it

    /// As JSON: [[host, address, title] ...]. What cannot have been written by this is left out.
    static QByteArray write(const std::vector<Place> &places);
    static std::vector<Place> read(const QByteArray &json, std::size_t most);
    void restore(const QByteArray &bookmarks, const QByteArray &recent);

Q_SIGNALS:
    void changed();

private:
    std::vector<Place> m_bookmarks, m_recent;
};
