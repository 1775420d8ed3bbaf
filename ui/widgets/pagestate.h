#pragma once

#include "common/error.h"

#include <QStackedWidget>

class QLabel;
class QPushButton;
class QTimer;
class QVBoxLayout;

/// A page's content, or in its place what is to say while there is none: empty, loading, failed.
/// A failure says what happened, why, what to do, and its code last; never a pop-up. The loading
/// text appears only after 200 ms. With the focus on it, the content has it, as soon as there is
/// any.
class PageState final : public QStackedWidget
{
    Q_OBJECT
public:
    explicit PageState(QWidget *content, QWidget *parent = nullptr);

    void showContent();
    void showLoading(const QString &sentence);
    /// One sentence of what would be here, and perhaps one button (`acted`).
    void showEmpty(QStringView icon, const QString &sentence, const QString &button = {});
    void showStopped(const QString &sentence); ///< with "Try again"
    /// `button`: one more beside Try again (`acted`).
    void showFailure(const Error &error, const QString &button = {});
    void setDimmed(bool dimmed); ///< the content is old: it stays, fainter
    bool isDimmed() const;
    bool showsContent() const;
    bool showsFailure() const { return m_failed; } ///< or that it was stopped
    QString sentence() const; ///< what is said in place of the content; empty with content

Q_SIGNALS:
    void tryAgain();
    void showExchange(quint64 traceId);
    void acted(); ///< the button of showEmpty
    void failureShown(bool shown);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void clear();
    void keepFocus();
    void passFocus();
    void setFailed(bool failed);
    void placeVeil();
    QLabel *addText(const QString &objectName);
    void setText(QLabel *label, const QString &text);
    QWidget *m_content;
    QWidget *m_state;
    QLabel *m_icon;
    QLabel *m_sentence;
    QLabel *m_hostWords;
    QLabel *m_remedy;
    QLabel *m_code;
    QPushButton *m_action;
    QPushButton *m_again;
    QPushButton *m_exchange;
    QTimer *m_delay;
    QWidget *m_veil = nullptr; ///< over the content while it is dimmed
    quint64 m_exchangeId = 0;
    bool m_failed = false;
};
