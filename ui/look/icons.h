#pragma once

#include "look/look.h"

#include <QIcon>
#include <QStringView>

/// A small shape at an icon's corner that says a state; each has its own outline.
enum class Badge {
    None,
    Ring,    ///< not connected
    Arc,     ///< under way
    Dot,     ///< connected
    Octagon, ///< failed
};

/// Our own icons (resources/icons), recoloured from the palette when they are painted: they follow
/// light, dark and high contrast, and are sharp at every scale.
namespace Icons {

/// `name` as the file's, without ".svg"; an unknown name gives an empty icon (and a warning).
QIcon get(QStringView name, Meaning meaning = Meaning::Plain);
QIcon get(QStringView name, Badge badge, Meaning badgeMeaning);
/// The program's icon, in full colour.
QIcon application();
/// The sign that goes with a meaning: check, warning, error, lock ...
QStringView signOf(Meaning meaning);

} // namespace Icons
