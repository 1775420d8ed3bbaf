#pragma once

#include <QLabel>

/// A sentence that wraps and is exactly as high as its width makes it: layouts do not ask a plain
/// QLabel that wraps for the width it will get, and leave gaps.
class NoteLabel final : public QLabel
{
    Q_OBJECT
public:
    explicit NoteLabel(const QString &text, QWidget *parent)
        : QLabel(text, parent)
    {
        setTextFormat(Qt::PlainText);
        setWordWrap(true);
        QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setSizePolicy(policy);
    }

    QSize sizeHint() const override { return {0, QLabel::heightForWidth(width())}; }
    QSize minimumSizeHint() const override { return sizeHint(); }
    bool hasHeightForWidth() const override { return false; }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        QLabel::resizeEvent(event);
        if (height() != sizeHint().height())
            updateGeometry();
    }
};
