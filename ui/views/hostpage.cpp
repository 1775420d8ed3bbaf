#include "views/hostpage.h"

#include "look/focus.h"
#include "look/look.h"
#include "text/sentences.h"
#include "text/valuetext.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"
#include "widgets/progressstrip.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

HostPage::HostPage(HostConnection *host, QWidget *parent)
    : Page(parent)
    , m_host(host)
    , m_layout(new QVBoxLayout(this))
    , m_strip(new NoteStrip(this))
    , m_offline(new NoteStrip(this))
    , m_progress(new ProgressStrip(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_offline);
    m_layout->addWidget(m_strip);
    m_progress->setContentsMargins(Look::Between, 0, Look::Between, Look::Inside);
    m_strip->setObjectName(u"noteStrip"_s);
    m_offline->setObjectName(u"offlineStrip"_s);
    connect(m_progress, &ProgressStrip::stopRequested, this, &Page::stop);
}

void HostPage::addTools(QWidget *tools)
{
    m_layout->addWidget(tools);
}

void HostPage::addContentTools(QWidget *tools)
{
    addTools(tools);
    m_contentTools = tools;
}

void HostPage::hideTools(bool hidden)
{
    if (!m_contentTools)
        return;
    if (hidden && Focus::isIn(m_contentTools))
        m_state->setFocus(); // to the button that tries again
    m_contentTools->setHidden(hidden);
}

void HostPage::setContent(QWidget *content)
{
    m_state = new PageState(content, this);
    setFocusProxy(m_state);
    m_layout->addWidget(m_progress);
    m_layout->addWidget(m_state, 1);
    connect(m_state, &PageState::tryAgain, this, &Page::refresh);
    connect(m_state, &PageState::showExchange, this, &Page::showExchange);
    connect(m_state, &PageState::failureShown, this, &HostPage::hideTools);
    connect(m_state, &PageState::acted, this, [this] {
        if (session())
            stateActed();
        else if (m_host)
            m_host->connectToHost();
    });
    connect(m_host, &HostConnection::stateChanged, this, &HostPage::connectionChanged);
    connect(m_host, &HostConnection::sessionChanged, this, &HostPage::connectionChanged);
    connect(m_host, &QObject::destroyed, this, &HostPage::connectionChanged);
    // After the constructor of the page itself.
    QMetaObject::invokeMethod(this, &HostPage::connectionChanged, Qt::QueuedConnection);
}

Session *HostPage::session() const
{
    return m_host && m_host->state() == HostConnection::State::Connected ? m_host->session()
                                                                         : nullptr;
}

void HostPage::refresh()
{
    if (session())
        read();
    else if (m_host)
        m_host->connectToHost();
}

void HostPage::stop()
{
    if (m_operation)
        m_operation->cancel();
}

void HostPage::run(Operation *operation, const QString &what)
{
    if (m_operation) {
        m_operation->disconnect(this);
        m_operation->cancel();
    }
    m_operation = operation;
    m_strip->hide();
    m_progress->start(what);
    connect(operation, &Operation::progress, m_progress, &ProgressStrip::setProgress);
    connect(operation, &Operation::finished, this, &HostPage::finished);
    connect(operation, &QObject::destroyed, this, [this] {
        if (!m_operation)
            m_progress->finish();
    });
    if (!hasContent())
        m_state->showLoading({}); // the progress says what
    operation->start();
    Q_EMIT busyChanged();
}

void HostPage::finished(const Outcome &outcome)
{
    m_operation = nullptr;
    m_progress->finish();
    if (!outcome.error || !m_readAt.isValid())
        setReadAt();
    Q_EMIT busyChanged();
    Q_EMIT statusChanged();
}

bool HostPage::settle(const Outcome &outcome)
{
    if (!outcome.error && !outcome.partial) {
        m_state->showContent();
        return true;
    }
    if (!hasContent() && outcome.error.kind == Error::Kind::Cancelled) {
        m_state->showStopped(tr("Reading was stopped before anything arrived."));
        return false;
    } else if (!hasContent()) {
        m_state->showFailure(outcome.error);
        return false;
    } else {
        m_state->showContent();
        QString text = tr("Not everything arrived.");
        if (outcome.error.kind == Error::Kind::Cancelled)
            text = tr("Stopped: only a part was read.");
        else if (outcome.error)
            text += u' ' + explain(outcome.error).sentence;
        m_strip->showNote(Meaning::Warning, text,
                          outcome.error ? explain(outcome.error).code : QString());
    }
    QPushButton *again = m_strip->addButton(tr("Run again"));
    again->setObjectName(u"runAgain"_s);
    connect(again, &QPushButton::clicked, this, &Page::refresh);
    if (const quint64 exchange = outcome.error.exchange; exchange != 0) {
        QPushButton *show = m_strip->addButton(tr("Show exchange"));
        connect(show, &QPushButton::clicked, this,
                [this, exchange] { Q_EMIT showExchange(exchange); });
    }
    return hasContent();
}

void HostPage::showEmpty(QStringView icon, const QString &sentence, const QString &button)
{
    m_state->showEmpty(icon, sentence, button);
}

void HostPage::connectionChanged()
{
    if (session()) {
        m_offline->hide();
        m_state->setDimmed(false);
        if (!hasContent() && !m_operation)
            read();
        return;
    }
    if (m_operation && (!m_host || !m_host->session())) {
        m_operation = nullptr;
        m_progress->finish();
        Q_EMIT busyChanged();
    }
    noteDisconnected();
}

/// The content stays, dimmed, with its age and the way back.
void HostPage::noteAge()
{
    using State = HostConnection::State;
    const bool connecting = m_host->state() == State::Connecting;
    QString text = tr("Not connected to %1. What is shown was read at %2.");
    if (connecting)
        text = tr("Connecting to %1. What is shown was read at %2.");
    text = text.arg(m_host->name(), localDateText(m_readAt));
    if (m_host->state() == State::Failed)
        text += u' ' + explain(m_host->error()).sentence;
    m_offline->showNote(connecting ? Meaning::Muted : Meaning::Warning, text);
    m_state->setDimmed(true);
    if (connecting)
        return;
    QPushButton *again = m_offline->addButton(tr("Reconnect"));
    again->setObjectName(u"reconnect"_s);
    connect(again, &QPushButton::clicked, m_host, &HostConnection::connectToHost);
}

void HostPage::noteDisconnected()
{
    if (!m_host)
        return;
    using State = HostConnection::State;
    if (hasContent()) {
        noteAge();
    } else if (m_host->state() == State::Connecting) {
        m_state->showLoading(tr("Connecting to %1").arg(m_host->name()));
    } else if (m_host->state() == State::Failed) {
        m_state->showFailure(m_host->error());
    } else {
        m_state->showEmpty(u"host", tr("Not connected to %1.").arg(m_host->name()), tr("Connect"));
    }
}
