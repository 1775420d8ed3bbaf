#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// What the raw bytes of a complete EnumerateResponse or PullResponse say about how to go on, found
/// without parsing: so that the next Pull can leave while the parser still works on this page. Only
/// a guess for that purpose: what the parser reads decides, and a Pull sent on a wrong guess is
/// ignored.
struct PagePeek
{
    QString context;
    bool endOfSequence = false;
};

/// nullopt when the bytes are not plainly of the usual form (UTF-8, context before the items,
/// nothing odd around them).
std::optional<PagePeek> peekPage(const QByteArray &page);
