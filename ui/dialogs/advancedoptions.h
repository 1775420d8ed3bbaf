#pragma once

#include "connection/connectionoptions.h"

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

/// The options that most connections leave alone: Kerberos' names, certificate checks, waiting
/// times, sizes, language, whether anything may be changed.
class AdvancedOptions final : public QWidget
{
    Q_OBJECT
public:
    explicit AdvancedOptions(QWidget *parent = nullptr);
    void setOptions(const ConnectionOptions &options);
    /// Reads `authentication`: options that it has no use for are left out.
    void apply(ConnectionOptions &options) const;
    void setKerberos(bool possible); ///< its options are shown only where it may be used

Q_SIGNALS:
    void changed();

private:
    QWidget *makeKerberosGroup();
    QWidget *makeCertificateGroup();
    QWidget *makeWaitingGroup();
    QWidget *makeChangingGroup();
    void chooseCaFile();
    void showPin();

    QByteArray m_pin;
    QWidget *m_kerberos = nullptr;
    QLineEdit *m_servicePrincipal = nullptr;
    QCheckBox *m_servicePort = nullptr;
    QCheckBox *m_delegate = nullptr;
    QLabel *m_pinText = nullptr;
    QPushButton *m_forgetPin = nullptr;
    QLineEdit *m_caFile = nullptr;
    QCheckBox *m_skipCa = nullptr;
    QCheckBox *m_skipCn = nullptr;
    QDoubleSpinBox *m_timeout = nullptr;
    QDoubleSpinBox *m_connectTimeout = nullptr;
    QSpinBox *m_envelope = nullptr;
    QSpinBox *m_batch = nullptr;
    QLineEdit *m_locale = nullptr;
    QCheckBox *m_utf16 = nullptr;
    QCheckBox *m_readOnly = nullptr;
};
