#pragma once

#include "look/look.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

/// One line above a page's content that says something about it ("Not everything arrived") and how
/// to go on. The text is plain and selectable. Hidden until shown.
class NoteStrip final : public QFrame
{
    Q_OBJECT
public:
    explicit NoteStrip(QWidget *parent = nullptr);

    /// Replaces text and buttons, and shows the strip.
    void showNote(Meaning meaning, const QString &text, const QString &tip = {});
    QPushButton *addButton(const QString &text); ///< until the next showNote
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyColors();
    Meaning m_meaning = Meaning::Plain;
    QLabel *m_icon;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
};
