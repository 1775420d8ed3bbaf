#pragma once

class QWidget;

/// Where the keyboard is. A part of the window that is entered gives the focus to what one works
/// with in it, not to itself, where keys would go nowhere.
namespace Focus {

/// The child that had the focus last, else the first list, tree or text in `part`, else the first
/// that Tab reaches; null: there is none.
QWidget *targetIn(QWidget *part);
/// Gives it the focus. False: nothing in `part` takes it.
bool enter(QWidget *part);
bool isIn(const QWidget *part); ///< the focus is in `part` or on it

} // namespace Focus
