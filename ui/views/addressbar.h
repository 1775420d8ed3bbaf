#pragma once

#include <QLineEdit>

/// Where the present tab is: its way as words ("web01 > CIM > root\cimv2 > Win32_Service"), and
/// while it has the focus, its resource URI in short form, ready to be changed. Enter asks for what
/// stands there, Esc takes it back.
class AddressBar final : public QLineEdit
{
    Q_OBJECT
public:
    explicit AddressBar(QWidget *parent = nullptr);
    void setPlace(const QStringList &breadcrumb, const QString &address);
    void edit(); ///< puts the cursor here, everything selected

Q_SIGNALS:
    void entered(const QString &address); ///< not empty
    void left();                          ///< Esc: the focus belongs to the page again

protected:
    bool event(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showPlace();
    QStringList m_breadcrumb;
    QString m_address;
};
