#pragma once

#include <QWidget>

class QDockWidget;
class QHBoxLayout;

/// A dock's title in one line with its tools and a close button, in place of the style's own title
/// bar. The dock is moved by it as usual.
class DockBar final : public QWidget
{
    Q_OBJECT
public:
    explicit DockBar(QDockWidget *dock); ///< sets itself as the dock's title bar
    void addTool(QWidget *tool, int stretch = 0);

private:
    QHBoxLayout *m_tools;
};
