#pragma once

#include <QDockWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QSplitter;
class QTreeView;
class Trace;
class TraceModel;
struct TraceEntry;

/// What went over the wire: the exchanges as a list, request and reply of the selected one beside
/// it, secrets taken out. Copy and Save write the trace's own JSON Lines, which Open file reads
/// again.
class TraceDock final : public QDockWidget
{
    Q_OBJECT
public:
    explicit TraceDock(Trace &trace, QWidget *parent = nullptr);
    void select(quint64 id); ///< shows the dock and that exchange
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void saved(const QString &summary);
    void failed(const struct Error &error);

private:
    void makeBar();
    QWidget *makeEnvelopes();
    void showCurrent();
    void showEnvelope(QPlainTextEdit *view, const QByteArray &head, const QByteArray &body,
                      bool cut);
    std::vector<const TraceEntry *> selected() const;
    void copy();
    void save(bool all);
    void showMenu(const QPoint &at);

    Trace &m_trace;
    TraceModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTreeView *m_view;
    QSplitter *m_splitter;
    QPlainTextEdit *m_request = nullptr;
    QPlainTextEdit *m_reply = nullptr;
    QCheckBox *m_raw = nullptr;
    QLineEdit *m_filter = nullptr;
    QLabel *m_empty = nullptr;
};
