#pragma once

#include "common/error.h"

#include <QWidget>

class QLabel;

/// The stop page of a host whose certificate is not the pinned one: both digests side by side and
/// what to do. It offers no way on; a pin is forgotten by editing the connection.
class PinMismatchView final : public QWidget
{
    Q_OBJECT
public:
    explicit PinMismatchView(QWidget *parent = nullptr);
    void show(const QString &host, const Error &error); ///< of Cause::TlsPinMismatch

private:
    QLabel *addText(const QString &name, bool monospace = false);
    QLabel *m_title;
    QLabel *m_sentence;
    QLabel *m_expected;
    QLabel *m_presented;
    QLabel *m_facts;
    QLabel *m_remedy;
};
