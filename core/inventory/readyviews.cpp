#include "inventory/readyviews.h"

#include "connection/privatefile.h"
#include "inventory/userfiles.h"
#include "session/session.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxBytes = 256 * 1024;

/// Where groups stand; others follow by name, the users' own last.
constexpr QStringView groupOrder[] = {u"Overview", u"System",   u"Hardware", u"Storage",
                                      u"Network",  u"Security", u"Software"};

qsizetype placeOf(const QString &group)
{
    return std::ranges::find(groupOrder, QStringView(group)) - std::begin(groupOrder);
}

} // namespace

HostKind viewKind(const Session &session)
{
    const HostKind kind = hostIdentity(session).kind;
    return kind == HostKind::Other && session.isWindows() ? HostKind::Windows : kind;
}

const ReadyViews &ReadyViews::builtIn()
{
    static const ReadyViews views = [] {
        ReadyViews made;
        const QDir dir(u":/views"_s);
        for (const QString &name : dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
            const auto bytes = readBounded(dir.filePath(name), maxBytes);
            const auto view = readReadyView(bytes ? *bytes : QByteArray());
            if (view)
                made.add(*view);
            else
                made.m_problems.push_back(wrongFile(view.error().message, dir.filePath(name)));
        }
        made.order();
        return made;
    }();
    return views;
}

QString ReadyViews::userFolder()
{
    return userDataFolder(u"views"_s);
}

ReadyViews ReadyViews::withFolder(const QString &folder)
{
    ReadyViews made = builtIn();
    const auto problems = readUserFiles(folder, maxBytes, [&made](const QByteArray &json) -> Done {
        auto view = readReadyView(json);
        if (!view)
            return view.error();
        view->own = true;
        made.add(*std::move(view));
        return {};
    });
    made.m_problems.insert(made.m_problems.end(), problems.begin(), problems.end());
    made.order();
    return made;
}

Result<QString> ReadyViews::save(const ReadyView &view, const QString &folder)
{
    const QByteArray json = writeReadyView(view);
    if (const auto read = readReadyView(json); !read)
        return read.error();
    const QString path = QDir(folder).filePath(view.id + u".json"_s);
    if (const Done written = writePrivateFile(path, json); !written)
        return written.error();
    return path;
}

namespace {

/// What holds a view of that id.
QStringList filesOf(const QString &id, const QString &folder)
{
    QStringList files;
    const QDir dir(folder);
    for (const QString &name : dir.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        const auto bytes = readBounded(dir.filePath(name), maxBytes);
        const auto view = readReadyView(bytes ? *bytes : QByteArray());
        if (view && view->id == id)
            files << dir.filePath(name);
    }
    return files;
}

} // namespace

Done ReadyViews::rename(const QString &id, const QString &title, const QString &folder)
{
    const QStringList files = filesOf(id, folder);
    if (files.isEmpty())
        return wrongFile(u"there is no view %1 in this folder"_s.arg(id), folder);
    const QString &path = files.last(); // the one that is shown, if there are several
    const auto bytes = readBounded(path, maxBytes);
    if (!bytes)
        return bytes.error();
    QJsonObject object = QJsonDocument::fromJson(*bytes).object();
    object.insert(u"title"_s, title);
    const QByteArray json = QJsonDocument(object).toJson();
    if (const auto read = readReadyView(json); !read)
        return read.error();
    return writePrivateFile(path, json);
}

Done ReadyViews::remove(const QString &id, const QString &folder)
{
    for (const QString &path : filesOf(id, folder)) {
        if (const Done removed = removePrivateFile(path); !removed)
            return removed;
    }
    return {};
}

QString ReadyViews::freeId(const QString &title) const
{
    QString name;
    for (const QChar c : title.toLower()) {
        if ((c >= u'a' && c <= u'z') || c.isDigit())
            name += c.unicode() < 128 ? c : u'-';
        else if (!name.isEmpty() && !name.endsWith(u'-'))
            name += u'-';
    }
    name = name.left(40);
    while (name.endsWith(u'-'))
        name.chop(1);
    const QString first = u"my."_s + (name.isEmpty() ? u"view"_s : name);
    QString id = first;
    for (int number = 2; find(id); ++number)
        id = u"%1-%2"_s.arg(first).arg(number);
    return id;
}

void ReadyViews::add(ReadyView view)
{
    const auto known = std::ranges::find(m_views, view.id, &ReadyView::id);
    if (known == m_views.end())
        m_views.push_back(std::move(view));
    else
        *known = std::move(view);
}

void ReadyViews::order()
{
    std::ranges::stable_sort(m_views, [](const ReadyView &a, const ReadyView &b) {
        if (a.group == b.group)
            return false;
        const auto one = placeOf(a.group), other = placeOf(b.group);
        return one != other ? one < other : a.group < b.group;
    });
}

std::vector<const ReadyView *> ReadyViews::of(HostKind kind) const
{
    std::vector<const ReadyView *> found;
    for (const ReadyView &view : m_views) {
        if (view.isFor(kind))
            found.push_back(&view);
    }
    return found;
}

const ReadyView *ReadyViews::find(QStringView id) const
{
    const auto known = std::ranges::find(m_views, id, &ReadyView::id);
    return known == m_views.end() ? nullptr : &*known;
}
