#pragma once

#include "connection/rules.h"

#include <QWidget>

class QVBoxLayout;

/// What the rules say about the options being typed, one line each with its sign; nothing when
/// there is nothing to say.
class FindingsList final : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsList(QWidget *parent = nullptr);
    void setFindings(const std::vector<RuleFinding> &findings);
    /// One sentence of another source: an address that cannot be read.
    void setProblem(const QString &sentence);

private:
    void clear();
    void addLine(Verdict verdict, const QString &sentence);
    QVBoxLayout *m_lines;
};
