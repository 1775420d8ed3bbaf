#pragma once

#include <QDockWidget>

class Trace;
class TraceView;
struct TraceEntry;

/// What went over the wire: the running program's exchanges.
class TraceDock final : public QDockWidget
{
    Q_OBJECT
public:
    explicit TraceDock(Trace &trace, QWidget *parent = nullptr);
    void select(quint64 id);                               ///< shows the dock and that exchange
    void nameHost(quint64 operation, const QString &name); ///< as TraceModel
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void saved(const QString &what, const QString &result);
    void failed(const struct Error &error);
    void repeatRequested(const TraceEntry &entry);

private:
    TraceView *m_view;
};
