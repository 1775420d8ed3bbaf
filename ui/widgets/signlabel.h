#pragma once

#include <QEvent>
#include <QIcon>
#include <QLabel>

/// An icon alone, as a label: the sign beside a sentence.
class SignLabel final : public QLabel
{
    Q_OBJECT
public:
    SignLabel(const QIcon &icon, int size, QWidget *parent)
        : QLabel(parent)
        , m_icon(icon)
        , m_size(size)
    {
        setFixedSize(size, size);
        setPixmap(m_icon.pixmap(QSize(size, size), devicePixelRatio()));
    }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            setPixmap(m_icon.pixmap(QSize(m_size, m_size), devicePixelRatio()));
        QLabel::changeEvent(event);
    }

private:
    QIcon m_icon;
    int m_size;
};
