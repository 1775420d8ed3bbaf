#pragma once

#include "connection/connectionoptions.h"

#include <QWidget>

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

/// The options that most connections leave alone: certificate checks, waiting times, sizes,
/// language.
class AdvancedOptions final : public QWidget
{
    Q_OBJECT
public:
    explicit AdvancedOptions(QWidget *parent = nullptr);
    void setOptions(const ConnectionOptions &options, bool readOnly);
    void apply(ConnectionOptions &options) const;
    bool isReadOnly() const;

Q_SIGNALS:
    void changed();

private:
    QWidget *makeCertificateGroup();
    QWidget *makeWaitingGroup();
    void chooseCaFile();
    void showPin();

    QByteArray m_pin;
    bool m_readOnly = false;
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
};
