#include "views/overviewpage.h"

#include "hosts/hostconnection.h"
#include "inventory/ciminventory.h"
#include "inventory/readyview.h"
#include "look/icons.h"
#include "look/look.h"
#include "text/securitytext.h"
#include "text/sentences.h"
#include "text/valuetext.h"
#include "views/pinmismatchview.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using State = HostConnection::State;

OverviewPage::OverviewPage(HostConnection *host, QWidget *parent)
    : Page(parent)
    , m_host(host)
    , m_facts(new QFormLayout)
    , m_views(new QFormLayout)
{
    setObjectName(u"overviewPage"_s);
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    auto *content = new QWidget(area);
    area->setWidget(content);
    area->setBackgroundRole(QPalette::Base);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_title = new QLabel(content);
    m_title->setTextFormat(Qt::PlainText);
    Look::setTitle(m_title);

    m_ways = new QWidget(content);
    m_configuration = new QPushButton(Icons::get(u"configuration"), tr("Configuration"), m_ways);
    m_configuration->setObjectName(u"hostConfiguration"_s);
    m_classes = new QPushButton(Icons::get(u"namespace"), QString(), m_ways);
    m_classes->setObjectName(u"hostClasses"_s);
    auto *row = new QHBoxLayout(m_ways);
    row->setContentsMargins({});
    row->setSpacing(Look::Between);
    row->addWidget(m_configuration);
    row->addWidget(m_classes);
    row->addStretch(1);

    m_facts->setHorizontalSpacing(Look::Groups);
    m_facts->setVerticalSpacing(Look::Between);
    m_views->setHorizontalSpacing(Look::Groups);
    m_views->setVerticalSpacing(Look::Between);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Around);
    layout->setSpacing(Look::Groups);
    layout->addWidget(m_title);
    layout->addWidget(m_ways);
    layout->addLayout(m_views);
    layout->addLayout(m_facts);
    layout->addStretch(1);

    m_ticket = new NoteStrip(this);
    m_ticket->setObjectName(u"ticketStrip"_s);
    m_lost = new NoteStrip(this);
    m_lost->setObjectName(u"lostStrip"_s);
    m_minute = new QTimer(this);
    m_minute->setInterval(std::chrono::minutes(1));
    connect(m_minute, &QTimer::timeout, this, &OverviewPage::refreshState);
    m_state = new PageState(area, this);
    setFocusProxy(m_state);
    m_stop = new PinMismatchView(this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    outer->addWidget(m_lost);
    outer->addWidget(m_ticket);
    outer->addWidget(m_state, 1);
    outer->addWidget(m_stop, 1);
    m_edit = new QPushButton(Icons::get(u"edit"), tr("Edit connection..."), m_stop);
    m_edit->setObjectName(u"hostEdit"_s);
    m_stop->layout()->addWidget(m_edit);
    m_stop->layout()->setAlignment(m_edit, Qt::AlignLeading);
    static_cast<QBoxLayout *>(m_stop->layout())->addStretch(1);
    connect(m_edit, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(m_host); });
    connect(m_configuration, &QPushButton::clicked, this,
            [this] { Q_EMIT configurationRequested(m_host); });
    connect(m_classes, &QPushButton::clicked, this,
            [this] { Q_EMIT namespaceRequested(m_host, m_classesOf); });
    connect(m_state, &PageState::tryAgain, this, [this] { Q_EMIT connectRequested(m_host); });
    connect(m_state, &PageState::acted, this, [this] {
        if (m_host->state() == State::Failed)
            Q_EMIT editRequested(m_host);
        else
            Q_EMIT connectRequested(m_host);
    });
    connect(m_state, &PageState::showExchange, this, &Page::showExchange);
    connect(host, &HostConnection::stateChanged, this, &OverviewPage::refreshState);
    connect(host, &HostConnection::lostChanged, this, &OverviewPage::showLost);
    connect(host, &HostConnection::profileChanged, this, &OverviewPage::refreshState);
    refreshState();
}

QString OverviewPage::title() const
{
    return m_host ? m_host->name() : QString();
}

QIcon OverviewPage::icon() const
{
    return Icons::get(u"host");
}

QStringList OverviewPage::breadcrumb() const
{
    return {title()};
}

bool OverviewPage::isBusy() const
{
    return m_host && m_host->state() == State::Connecting;
}

void OverviewPage::stop()
{
    if (isBusy())
        m_host->disconnectFromHost();
}

void OverviewPage::refreshState()
{
    if (!m_host)
        return;
    const bool stopped = m_host->state() == State::Failed
        && m_host->error().cause == Cause::TlsPinMismatch;
    m_stop->setVisible(stopped);
    m_state->setVisible(!stopped);
    m_ticket->hide();
    showLost();
    switch (m_host->state()) {
    case State::Disconnected:
        m_state->showEmpty(u"host", tr("%1 is not connected.").arg(m_host->name()), tr("Connect"));
        break;
    case State::Connecting:
        m_state->showLoading(tr("Connecting to %1").arg(m_host->name()));
        break;
    case State::Failed:
        if (stopped)
            m_stop->show(m_host->name(), m_host->error());
        else
            m_state->showFailure(m_host->error(), tr("Edit connection..."));
        break;
    case State::Connected:
        connect(m_host->session(), &Session::signInExpiring, this, &OverviewPage::refreshState,
                Qt::UniqueConnection);
        fillFacts();
        m_state->showContent();
        break;
    }
    Q_EMIT titleChanged();
    Q_EMIT busyChanged();
}

/// The facts stay, as they were when the host last answered.
void OverviewPage::showLost()
{
    m_state->setDimmed(bool(m_host->lost()));
    if (!m_host->lost()) {
        m_lost->hide();
        return;
    }
    const Explanation why = explain(m_host->lost());
    m_lost->showNote(Meaning::Warning,
                     tr("%1 does not answer. %2").arg(m_host->name(), why.sentence), why.code);
    QPushButton *again = m_lost->addButton(tr("Ask again"));
    again->setObjectName(u"askAgain"_s);
    connect(again, &QPushButton::clicked, m_host, &HostConnection::askAgain);
}

void OverviewPage::addFact(const QString &name, const QString &value, bool monospace)
{
    if (value.isEmpty())
        return;
    auto *label = new QLabel(value, m_ways->parentWidget());
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumHeight(label->fontMetrics().height()); // never squeezed, the page scrolls
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setAccessibleName(tr("%1: %2").arg(name, value));
    if (monospace)
        label->setFont(Look::monospace());
    auto *heading = new QLabel(name, m_ways->parentWidget());
    Look::setMeaning(heading, Meaning::Muted);
    m_facts->addRow(heading, label);
    m_rows.emplace_back(name, value);
}

/// When the sign-in ends; near the end and after it also above everything else, with what to do.
void OverviewPage::addTicket(const SecurityState &security)
{
    const QDateTime now = QDateTime::currentDateTime();
    const TicketState ticket = ticketState(security, now);
    m_ticket->hide();
    m_minute->stop();
    if (ticket == TicketState::None)
        return;
    m_minute->start(); // its end comes without any other news
    addFact(tr("Sign-in ends"),
            u"%1, %2"_s.arg(localDateText(security.signInExpires), ticketText(security, now)));
    if (ticket == TicketState::Good)
        return;
    const QString text = ticket == TicketState::Ended
        ? tr("The sign-in has ended (%1): the host may refuse what is asked next. %2")
        : tr("The sign-in ends soon (%1). %2");
    m_ticket->showNote(Meaning::Warning,
                       text.arg(ticketText(security, now), ticketRemedy(security)));
    QPushButton *again = m_ticket->addButton(tr("Connect again"));
    again->setObjectName(u"signInAgain"_s);
    connect(again, &QPushButton::clicked, this, [this] {
        m_host->disconnectFromHost();
        Q_EMIT connectRequested(m_host);
    });
}

void OverviewPage::setViews(const std::vector<const ReadyView *> &views)
{
    while (m_views->rowCount() > 0)
        m_views->removeRow(0);
    std::vector<std::pair<QString, QStringList>> groups;
    for (const ReadyView *view : views) {
        const QString group = catalogueText(view->group);
        if (groups.empty() || groups.back().first != group)
            groups.push_back({group, {}});
        groups.back().second << u"<a href=\"%1\" style=\"text-decoration:none\">%2</a>"_s.arg(
            view->id, catalogueText(view->title).toHtmlEscaped().replace(u' ', u"&nbsp;"_s));
    }
    for (const auto &[group, links] : groups) {
        auto *heading = new QLabel(group, m_ways->parentWidget());
        heading->setTextFormat(Qt::PlainText);
        Look::setMeaning(heading, Meaning::Muted);
        auto *line = new QLabel(links.join(u" &nbsp;&nbsp; "_s), m_ways->parentWidget());
        line->setObjectName(u"viewLinks"_s);
        line->setTextFormat(Qt::RichText);
        line->setWordWrap(true);
        line->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        connect(line, &QLabel::linkActivated, this,
                [this](const QString &id) { Q_EMIT addressRequested(m_host, u"view:"_s + id); });
        m_views->addRow(heading, line);
    }
}

void OverviewPage::fillFacts()
{
    while (m_facts->rowCount() > 0)
        m_facts->removeRow(0);
    m_rows.clear();
    m_title->setText(m_host->name());
    const Session &session = *m_host->session();
    m_configuration->setVisible(session.isWindows());
    // Management controllers list no classes and have one namespace: what is known of their kind.
    const bool lists = session.isWindows() || catalogueOf(session).metadata;
    m_classesOf = lists ? u"root/cimv2"_s : u"root"_s;
    m_classes->setText(lists ? tr("Classes of %1").arg(m_classesOf) : tr("Classes"));
    addFact(tr("Address"), session.options().url().toString(), true);
    if (const auto &identity = session.identity()) {
        addFact(tr("Vendor"), identity->vendor);
        addFact(tr("Version"), identity->version);
        addFact(tr("Protocol"), identity->protocolVersion, true);
    }
    const SecurityState security = session.security();
    if (security.mechanism.isEmpty())
        return; // a connection that has not signed in yet has nothing to say
    const QString way = security.scheme.isEmpty() || security.scheme == security.mechanism
        ? signInText(security)
        : tr("%1 (%2)", "mechanism, scheme of HTTP").arg(signInText(security), security.scheme);
    addFact(tr("Sign-in"),
            security.identity.isEmpty()
                ? way
                : tr("%1 as %2", "way of sign-in, user").arg(way, security.identity));
    addFact(tr("Service"), security.service, true);
    addTicket(security);
    for (const SecurityNote note : security.notes)
        addFact(tr("Note"), noteText(note));
    if (!security.tls) {
        addFact(tr("Protection"),
                security.sealing.isEmpty() ? tr("None: clear text") : protectionText(security));
        return;
    }
    const CertificateFacts &certificate = security.certificate;
    addFact(tr("Protection"), u"%1, %2"_s.arg(security.tlsVersion, security.cipher));
    addFact(tr("Certificate"),
            security.pinned              ? tr("Accepted by its pin")
                : security.trustedOnce   ? tr("Trusted for this session")
                : security.checksSkipped ? tr("Not checked: the connection's options skip it")
                                         : tr("Trusted; revocation was not checked"));
    addFact(tr("Subject"), certificate.subject);
    addFact(tr("Names"), certificate.names.join(u", "_s));
    addFact(tr("Issuer"), certificate.issuer);
    addFact(tr("Valid until"), localDateText(certificate.notAfter));
    addFact(tr("SHA-256"), colonHex(certificate.sha256), true);
}

void OverviewPage::copy()
{
    QStringList lines;
    for (const auto &[name, value] : m_rows)
        lines << name + u": "_s + value;
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}
