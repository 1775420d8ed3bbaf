#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QAbstractItemView;
class QApplication;
class QFontMetrics;
class QHeaderView;
class QLabel;
class QTreeView;
class QWidget;

/// What a colour stands for. It is never the only sign: a shape and a word go with it.
enum class Meaning {
    Plain,      ///< text
    Muted,      ///< secondary text
    Accent,     ///< what can be clicked, what is present
    Ok,         ///< check
    Running,    ///< bar or ring
    Warning,    ///< triangle
    Error,      ///< octagon
    ClearText,  ///< open lock
    Sealed,     ///< closed lock
    ReadOnly,   ///< eye
    Production, ///< band
};

enum class Theme { System, Light, Dark };

/// How the window looks, in one place: colours by meaning, distances, fonts. Everything is taken
/// from the palette and the font of the moment, so that it follows when they change.
namespace Look {

/// Steps of the grid, in device-independent pixels.
inline constexpr int Inside = 4;  ///< inside a group of controls
inline constexpr int Between = 8; ///< between controls
inline constexpr int Groups = 16; ///< between groups
inline constexpr int Around = 24; ///< around a page
inline constexpr int IconSize = 16;
inline constexpr int LargeIcon = 48; ///< of an empty state

/// The platform's own style and palette where there is a desktop; else, and whenever a theme is
/// named, Fusion with our palette. Call once, before the first window.
void apply(QApplication &application, Theme theme = Theme::System);
QPalette lightPalette();
QPalette darkPalette();
bool isDark(const QPalette &palette);

/// The colour for a meaning, at least 4.5:1 against the palette's base and window.
QColor color(Meaning meaning, const QPalette &palette);
/// A quiet background for a strip that says something of that meaning; text on it keeps 4.5:1.
QColor tint(Meaning meaning, const QPalette &palette);
/// A connection's colour that stands for production: any red.
bool isProduction(const QColor &color);
QColor muted(const QPalette &palette);
/// Of fields, check boxes and radio buttons: at least 3:1 against base and window.
QColor outline(const QPalette &palette);
QColor line(const QPalette &palette); ///< faint, between rows
/// Contrast ratio of WCAG 2.1: 1 to 21.
double contrast(const QColor &a, const QColor &b);

QFont monospace();                   ///< URIs, XML, hashes, class names in code positions
QFont titleFont(const QFont &font);  ///< +20 %, semibold
QFont strongFont(const QFont &font); ///< semibold
int rowHeight(const QFontMetrics &metrics);

/// A label's text in the palette's colour for that meaning; follows palette changes.
void setMeaning(QLabel *label, Meaning meaning);
void setTitle(QLabel *label); ///< a page's title

/// Rows of font height + 8, no frame, whole rows selected, keyboard and screen readers as
/// everywhere.
void prepareTree(QTreeView *view);
/// The same with faint lines and a muted header, for a QTreeView used as a flat list.
void prepareList(QTreeView *view);
void prepareHeader(QHeaderView *header);

} // namespace Look
