#pragma once

#include "hosts/hostconnection.h"
#include "session/operation.h"
#include "views/page.h"

#include <QDateTime>
#include <QPointer>

class NoteStrip;
class PageState;
class ProgressStrip;
class QVBoxLayout;

/// A page that shows something of a host: it reads when the host is connected, says so when it no
/// longer is (what is shown stays, with its age), and tells failures in their place.
///
/// From top to bottom: note strip, tools (`addTools`), progress, content or its state.
class HostPage : public Page
{
    Q_OBJECT
public:
    HostPage(HostConnection *host, QWidget *parent);

    HostConnection *host() const override { return m_host; }
    bool canRefresh() const override { return true; }
    void refresh() override; ///< reads again, when there is a session
    bool isBusy() const override { return m_operation; }
    void stop() override;

protected:
    /// Call once, at the end of the constructor; reads at once when the host is connected.
    void setContent(QWidget *content);
    void addTools(QWidget *tools);
    /// The same, for what is of use only with content: gone while a failure stands in its place.
    void addContentTools(QWidget *tools);
    Session *session() const;
    /// Asks the host; `run` (below) with the operation when there is something to ask.
    virtual void read() = 0;
    virtual bool hasContent() const = 0; ///< something of the host is shown

    /// Starts it as the page's one operation: busy, progress, Stop. An older one is cancelled.
    void run(Operation *operation, const QString &what);
    /// Says how it ended, where it did not end well; true when there is content to show.
    bool settle(const Outcome &outcome);
    void showEmpty(QStringView icon, const QString &sentence, const QString &button = {});
    void setReadAt(const QDateTime &at = QDateTime::currentDateTime()) { m_readAt = at; }

    NoteStrip *strip() const { return m_strip; }
    PageState *state() const { return m_state; }
    ProgressStrip *progressStrip() const { return m_progress; }

    virtual void stateActed() { } ///< the button of an empty state

private:
    void connectionChanged();
    void noteDisconnected();
    void noteAge();
    void hideTools(bool hidden);
    void finished(const Outcome &outcome);
    QPointer<HostConnection> m_host;
    QPointer<Operation> m_operation;
    QVBoxLayout *m_layout;
    NoteStrip *m_strip;
    NoteStrip *m_offline;
    ProgressStrip *m_progress;
    PageState *m_state = nullptr;
    QPointer<QWidget> m_contentTools;
    QDateTime m_readAt;
};
