#pragma once

#include <QString>

class QToolButton;
class QWidget;

/// A flat button of a tool row: an icon and its word.
QToolButton *textButton(QWidget *parent, const QString &objectName, QStringView icon,
                        const QString &text, const QString &tip = {});
