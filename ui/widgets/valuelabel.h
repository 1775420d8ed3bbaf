#pragma once

#include <QLabel>

/// A value of a host that wraps within its width: a long path, hash or name without spaces breaks
/// where it must instead of being cut off. What is copied from it is the value itself.
class ValueLabel final : public QLabel
{
    Q_OBJECT
public:
    explicit ValueLabel(const QString &value, QWidget *parent = nullptr);
    QString value() const { return m_value; } ///< text() has places to break in it

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void copy() const;
    QString m_value;
};
