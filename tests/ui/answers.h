#pragma once

#include "prompts.h"

/// Answers the window's questions in a test's place.
class Answers final : public Prompts
{
public:
    Answers() { setCurrent(this); }
    ~Answers() override { setCurrent(nullptr); }
    void saveFile(QWidget *, const QString &, const QString &, const QStringList &,
                  std::function<void(QString)> answer) override
    {
        answer(file);
    }
    void openFile(QWidget *, const QString &, const QStringList &,
                  std::function<void(QString)> answer) override
    {
        answer(file);
    }
    void confirm(QWidget *, const QString &, const QString &, const QString &,
                 std::function<void(bool)> answer) override
    {
        ++confirmed;
        answer(yes);
    }
    void askText(QWidget *, const QString &, const QString &, const QString &,
                 std::function<void(std::optional<QString>)> answer) override
    {
        answer(text);
    }

    QString file;
    bool yes = true;
    std::optional<QString> text;
    int confirmed = 0;
};
