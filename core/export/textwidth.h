#pragma once

#include <QString>

/// Places that a text takes in a terminal: 2 for wide characters, 0 for combining marks.
int textWidth(QStringView text);
/// The text, cut with an ellipsis to at most `width` places.
QString clipped(const QString &text, int width);
