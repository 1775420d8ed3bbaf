#pragma once

#include "look/look.h"

#include <QIcon>
#include <QWidget>

/// A sign and a word, in the colour of a meaning: the state of something, never colour alone.
class IconLabel : public QWidget
{
    Q_OBJECT
public:
    explicit IconLabel(QWidget *parent = nullptr);
    /// An empty text hides the label.
    void set(const QString &text, const QIcon &icon = {}, Meaning meaning = Meaning::Plain);
    const QString &text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    QIcon m_icon;
    Meaning m_meaning = Meaning::Plain;
};
