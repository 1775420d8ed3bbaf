#pragma once

#include "export/exportbuffer.h"

#include <QString>

#include <vector>

/// Lines of an indented list: in winrm.cmd's manner (four spaces a level) or with branches. Texts
/// come as one line each and are made safe here.
class Outline
{
public:
    Outline(ExportBuffer &out, const ExportOptions &options, bool branches);
    /// `last`: no sibling follows on this level.
    void line(const QString &text, bool last);
    void down() { ++m_level; } ///< the next lines are children of the last one
    void up();

private:
    ExportBuffer &m_out;
    bool m_branches;
    int m_width; ///< 0: unlimited
    int m_level = 0;
    std::vector<bool> m_open; ///< by level: siblings follow
};

/// The element, its attributes and its children: `Name = value [Source="GPO"]`.
void writeOutline(Outline &outline, Node node, bool last = true);
/// The name and value of something that is one line; attributes of it come after in brackets.
QString outlineText(const QString &name, const QString &value);
