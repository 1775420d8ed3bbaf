#include "views/statusline.h"

#include "hosts/hostconnection.h"
#include "look/iconlabel.h"
#include "look/icons.h"
#include "models/hoststreemodel.h"
#include "session/session.h"
#include "text/sentences.h"
#include "views/securitylabels.h"

#include <QLocale>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

StatusLine::StatusLine(Trace &trace, QWidget *parent)
    : QStatusBar(parent)
    , m_trace(trace)
    , m_bar(new QProgressBar(this))
    , m_stop(new QToolButton(this))
    , m_delay(new QTimer(this))
    , m_minute(new QTimer(this))
{
    setObjectName(u"statusLine"_s);
    setSizeGripEnabled(false);
    setContentsMargins(Look::Between, 0, Look::Between, 0);
    const struct
    {
        IconLabel **label;
        QString name;
    } left[] = {{&m_name, u"statusHost"_s},       {&m_user, u"statusUser"_s},
                {&m_way, u"statusSignIn"_s},      {&m_security, u"statusSecurity"_s},
                {&m_latency, u"statusLatency"_s}, {&m_readOnly, u"statusReadOnly"_s}};
    for (const auto &[label, name] : left) {
        *label = new IconLabel(this);
        (*label)->setObjectName(name);
        addWidget(*label);
    }
    m_page = new IconLabel(this);
    m_page->setObjectName(u"statusPage"_s);
    m_busy = new IconLabel(this);
    m_busy->setObjectName(u"statusBusy"_s);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(80, 6);
    m_bar->setVisible(false);
    m_stop->setObjectName(u"statusStop"_s);
    m_stop->setAutoRaise(true);
    m_stop->setIcon(Icons::get(u"stop"));
    m_stop->setToolTip(tr("Stop what runs (Esc)"));
    m_stop->setAccessibleName(tr("Stop"));
    m_stop->setVisible(false);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_page, m_busy, m_bar, m_stop})
        addPermanentWidget(widget);
    setMinimumHeight(m_stop->sizeHint().height() + Look::Inside);
    connect(m_stop, &QToolButton::clicked, this, &StatusLine::stopRequested);
    // What is over in less than 200 ms is not worth a flicker.
    m_delay->setSingleShot(true);
    m_delay->setInterval(200ms);
    connect(m_delay, &QTimer::timeout, this, [this] {
        for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_stop})
            widget->setVisible(m_running > 0);
        m_busy->set(m_running > 1 ? tr("%1 running").arg(m_running) : tr("Running"));
    });
    m_minute->setInterval(1min);
    connect(m_minute, &QTimer::timeout, this, &StatusLine::showSecurity);
    connect(&trace, &Trace::added, this, &StatusLine::exchanged);
}

void StatusLine::setHost(HostConnection *host)
{
    if (m_host != host) {
        if (m_host)
            m_host->disconnect(this);
        m_host = host;
        m_state = {};
        for (IconLabel *label : {m_user, m_way, m_security, m_latency})
            label->set({}); // of another host
        if (host) {
            connect(host, &HostConnection::stateChanged, this, &StatusLine::refresh);
            connect(host, &HostConnection::lostChanged, this, &StatusLine::refresh);
            connect(host, &HostConnection::profileChanged, this, &StatusLine::refresh);
            connect(host, &QObject::destroyed, this, [this] { setHost(nullptr); });
        }
    }
    refresh();
}

void StatusLine::refresh()
{
    m_readOnly->set({});
    m_minute->stop();
    const bool connected = m_host && m_host->state() == HostConnection::State::Connected;
    if (!connected) {
        m_state = {};
        for (IconLabel *label : {m_user, m_way, m_security})
            label->set({});
    }
    if (!m_host) {
        m_name->set({});
        m_latency->set({});
        return;
    }
    const bool production = Look::isProduction(QColor(m_host->profile().summary.color));
    const Meaning meaning = production ? Meaning::Production : Meaning::Plain;
    m_name->set(production ? tr("%1, production", "host").arg(m_host->name()) : m_host->name(),
                Icons::get(u"host", meaning), meaning);
    m_name->setToolTip(m_host->profile().options.displayHost().toHtmlEscaped());
    if (!connected) {
        const bool failed = m_host->state() == HostConnection::State::Failed;
        m_way->set(HostsTreeModel::stateText(*m_host),
                   failed ? Icons::get(u"error", Meaning::Error) : QIcon(),
                   failed ? Meaning::Error : Meaning::Muted);
        m_latency->set({});
        return;
    }
    connect(m_host->session(), &Session::securityChanged, this, &StatusLine::showSecurity,
            Qt::UniqueConnection);
    showSecurity();
    showLost();
    if (m_host->session()->options().readOnly)
        m_readOnly->set(tr("Read-only"), Icons::get(u"eye", Meaning::ReadOnly), Meaning::ReadOnly);
    if (!m_latency->text().isEmpty() || m_host->lost())
        return;
    // What was exchanged before the host was shown, Identify at least.
    const auto &entries = m_trace.entries();
    for (auto it = entries.rbegin(); it != entries.rend() && m_latency->text().isEmpty(); ++it)
        exchanged(it->id);
}

/// A connection that has not signed in yet, as parallel work opens them, has nothing to say: what
/// is known of the session stays.
void StatusLine::showSecurity()
{
    if (!m_host || m_host->state() != HostConnection::State::Connected || !m_host->session())
        return;
    if (m_host->lost())
        return;
    const SecurityState newest = m_host->session()->security();
    if (!newest.mechanism.isEmpty())
        m_state = newest;
    if (m_state.mechanism.isEmpty())
        return;
    m_user->set(m_state.identity, Icons::get(u"user"));
    showLabel(m_way, signInLabel(m_state, QDateTime::currentDateTime()));
    showLabel(m_security, protectionLabel(m_state));
    if (m_state.signInExpires.isValid() && !m_minute->isActive())
        m_minute->start(); // the ticket's end comes without any other news
}

/// How the last connection was protected is no news of a host that does not answer.
void StatusLine::showLost()
{
    if (!m_host->lost())
        return;
    m_way->set(HostsTreeModel::stateText(*m_host), Icons::get(u"warning", Meaning::Warning),
               Meaning::Warning);
    m_way->setToolTip(explain(m_host->lost()).sentence.toHtmlEscaped());
    for (IconLabel *label : {m_security, m_latency})
        label->set({});
    m_minute->stop();
}

void StatusLine::showLabel(IconLabel *label, const SecurityLabel &what)
{
    label->set(what.text, what.icon.isEmpty() ? QIcon() : Icons::get(what.icon, what.meaning),
               what.meaning);
    label->setToolTip(what.tip);
}

void StatusLine::exchanged(quint64 id)
{
    const TraceEntry *entry = m_trace.find(id);
    if (!entry || !m_host || m_host->state() != HostConnection::State::Connected || entry->error
        || m_host->lost()
        || (entry->host != m_host->profile().options.displayHost()
            && entry->host != m_host->profile().options.host))
        return;
    const qint64 waited = entry->times.firstByte - std::max<qint64>(entry->times.sent, 0);
    if (entry->times.firstByte < 0 || waited < 0)
        return;
    m_latency->set(
        tr("%1 ms").arg(QLocale().toString(double(waited) / 1000, 'f', waited < 10'000 ? 1 : 0)),
        {}, Meaning::Muted);
    m_latency->setToolTip(tr("From the last request to the first byte of its answer"));
}

void StatusLine::setPageText(const QString &text)
{
    m_page->set(text);
}

void StatusLine::setRunning(int operations)
{
    m_running = operations;
    if (operations > 0) {
        if (!m_stop->isVisible())
            m_delay->start();
        else
            m_busy->set(operations > 1 ? tr("%1 running").arg(operations) : tr("Running"));
        return;
    }
    m_delay->stop();
    m_bar->setVisible(false);
    m_stop->setVisible(false);
    m_busy->set({});
}
