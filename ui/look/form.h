#pragma once

class QFormLayout;
class QLabel;
class QString;
class QWidget;

/// Forms of labels and fields, the same in every dialog.
namespace Form {

/// An empty form that is the layout of its parent: no margins, the grid's distances, fields as wide
/// as there is room. Owned by the parent.
QFormLayout *make(QWidget *parent);

/// A line over a group of fields, in a form's first column and over both.
QLabel *heading(const QString &text, QWidget *parent);

/// Gives all forms below a dialog the label column of the widest label, so that all their fields
/// begin in one line, also those hidden now. Stays so when fonts or rows change. The forms' left
/// edges have to agree.
void align(QWidget *dialog);

/// Makes a dialog that is not shown yet as high as its content is at that width: sentences that
/// wrap know their height only when they know their width.
void fitHeight(QWidget *dialog, int width);

} // namespace Form
