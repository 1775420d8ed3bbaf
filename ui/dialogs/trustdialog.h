#pragma once

#include "connection/trust.h"

#include <QDialog>

/// A certificate that was not accepted: what it says, why it is not trusted, where to compare it;
/// and three choices. The default is not to connect. There is no "always, for all hosts".
class TrustDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit TrustDialog(const TrustQuestion &question, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(TrustAnswer answer); ///< once, also when the dialog is closed

private:
    QWidget *makeReasons(const TrustQuestion &question);
    QWidget *makeFacts(const TrustQuestion &question);
    void answer(TrustAnswer answer);
    bool m_answered = false;
};
