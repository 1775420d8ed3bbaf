#pragma once

#include "inventory/readyview.h"

/// Whose views a host is offered: by what it told, Windows while it told nothing yet.
HostKind viewKind(const Session &session);

/// The ready views that there are: those of resources/views, and those of users. Read once, then a
/// value that nobody changes; any thread.
class ReadyViews
{
public:
    static const ReadyViews &builtIn();
    /// $XDG_DATA_HOME/winrm-console/views (~/.local/share without that variable).
    static QString userFolder();
    /// The built-in views and the *.json of a folder: at most 64 files, one view each. A view with
    /// an id that is there already replaces that one. One that cannot be read is left out and named
    /// in problems().
    static ReadyViews withFolder(const QString &folder);
    /// Writes a view of the user's, makes the folder. Returns the file. Errors: LocalFile...
    static Result<QString> save(const ReadyView &view, const QString &folder);
    /// Another title for a view of the user's; all else in its file stays as it was written.
    /// LocalFile when no file of the folder holds it.
    static Done rename(const QString &id, const QString &title, const QString &folder);
    /// Every file of the folder that holds a view of that id, whatever it is called. No error when
    /// there is none.
    static Done remove(const QString &id, const QString &folder);
    /// An id for a new view of that title that nobody has: "my.services-2".
    QString freeId(const QString &title) const;

    const std::vector<ReadyView> &views() const { return m_views; } ///< by group, in order
    std::vector<const ReadyView *> of(HostKind kind) const;
    const ReadyView *find(QStringView id) const;
    const std::vector<Error> &problems() const { return m_problems; } ///< FileDetails, reason

private:
    ReadyViews() = default;
    void add(ReadyView view);
    void order();
    std::vector<ReadyView> m_views;
    std::vector<Error> m_problems;
};
