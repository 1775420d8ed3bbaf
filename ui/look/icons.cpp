#include "look/icons.h"

#include "look/iconengine.h"

using namespace Qt::StringLiterals;

QIcon Icons::get(QStringView name, Meaning meaning)
{
    return QIcon(new IconEngine(name.toString(), meaning, Badge::None, Meaning::Plain));
}

QIcon Icons::get(QStringView name, Badge badge, Meaning badgeMeaning)
{
    return QIcon(new IconEngine(name.toString(), Meaning::Plain, badge, badgeMeaning));
}

QIcon Icons::application()
{
    return get(u"app/org.winrmconsole.WinRMConsole");
}

QStringView Icons::signOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Ok:
        return u"check";
    case Meaning::Running:
        return u"activity";
    case Meaning::Warning:
        return u"warning";
    case Meaning::Error:
        return u"error";
    case Meaning::ClearText:
        return u"lock-open";
    case Meaning::Sealed:
        return u"lock-closed";
    case Meaning::ReadOnly:
        return u"eye";
    case Meaning::Production:
        return u"warning";
    case Meaning::Plain:
    case Meaning::Muted:
    case Meaning::Accent:
        break;
    }
    return u"info";
}
