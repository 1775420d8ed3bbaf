#pragma once

#include "dialogs/preflighttext.h"

#include <QWidget>

class QVBoxLayout;

/// What is known before a connection is tried, one line each: a sign, a sentence, and where
/// something can be done in a terminal, the command with a button that copies it.
class PreflightList final : public QWidget
{
    Q_OBJECT
public:
    explicit PreflightList(QWidget *parent = nullptr);
    /// Lines that stay the same stay as they are: a reader is not interrupted, nothing flickers.
    void setLines(const std::vector<PreflightLine> &lines);

private:
    QWidget *makeRow(const PreflightLine &line);
    void drop(QWidget *row);

    std::vector<PreflightLine> m_lines;
    std::vector<QWidget *> m_rows;
    QVBoxLayout *m_layout;
};
