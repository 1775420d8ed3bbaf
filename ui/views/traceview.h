#pragma once

#include <QSplitter>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;
class Trace;
class TraceModel;
struct TraceEntry;

/// Exchanges as a list with their timings as bars, request and reply of the selected one beside it,
/// secrets taken out. Copy and Save write the trace's own JSON Lines. Serves the running program's
/// trace and a saved one alike.
class TraceView final : public QSplitter
{
    Q_OBJECT
public:
    explicit TraceView(Trace &trace, QWidget *parent = nullptr);

    /// Filter, search, Copy and Save: for the container to place.
    QList<QWidget *> tools() const;
    void setClearable(bool clearable) { m_clearable = clearable; }
    void select(quint64 id); ///< that exchange
    TraceModel &model() const { return *m_model; }
    QByteArray layoutState() const;
    void restoreLayout(const QByteArray &state);

Q_SIGNALS:
    /// "Saved trace.jsonl", "12 exchanges"
    void saved(const QString &what, const QString &result);
    void failed(const struct Error &error);
    /// The user wants a Get or an Enumerate to be asked once more.
    void repeatRequested(const TraceEntry &entry);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLineEdit *makeField(const QString &name, QStringView icon, const QString &text,
                         const QString &tip);
    void makeTools();
    QWidget *makeList();
    QWidget *makeEnvelopes();
    const TraceEntry *current() const;
    void showCurrent();
    void showEnvelope(QPlainTextEdit *view, const QByteArray &head, const QByteArray &body,
                      bool cut);
    void mark(bool go);
    void findNext();
    std::vector<const TraceEntry *> selected() const;
    void copy();
    void save(bool all);
    void noteSaved(const QString &file, int exchanges);
    void showMenu(const QPoint &at);

    Trace &m_trace;
    TraceModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTreeView *m_view;
    class NoteStrip *m_note = nullptr; ///< where it was saved
    QPlainTextEdit *m_request = nullptr;
    QPlainTextEdit *m_reply = nullptr;
    QPlainTextEdit *m_found = nullptr; ///< where the search is
    QLineEdit *m_filter = nullptr;
    QLineEdit *m_find = nullptr;
    QCheckBox *m_raw = nullptr;
    QToolButton *m_copy = nullptr;
    QToolButton *m_save = nullptr;
    bool m_clearable = false;
    bool m_shown = false;
    QByteArray m_restored;
};
