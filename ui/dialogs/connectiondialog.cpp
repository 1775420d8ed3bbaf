#include "dialogs/connectiondialog.h"

#include "auth/kerberosfacts.h"
#include "connection/rules.h"
#include "diagnose/background.h"
#include "diagnose/preflight.h"
#include "dialogs/advancedoptions.h"
#include "dialogs/findingslist.h"
#include "dialogs/preflightlist.h"
#include "dialogs/profilefields.h"
#include "dialogs/signinfields.h"
#include "look/form.h"
#include "look/icons.h"
#include "text/sentences.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What the address field shows for options: the shortest text that reads back to them.
QString addressText(const ConnectionOptions &options)
{
    if (options.host.isEmpty())
        return {};
    return options.automaticScheme && options.path == "/wsman"_L1 ? options.displayHost()
                                                                  : options.url().toString();
}

/// Only what a pre-flight hangs on, so that another password or timeout does not start it anew.
ConnectionOptions preflightOptions(const ConnectionOptions &options)
{
    return {.host = options.host,
            .tls = options.tls,
            .port = options.port,
            .authentication = options.authentication,
            .userName = options.userName,
            .servicePrincipal = options.servicePrincipal,
            .servicePort = options.servicePort};
}

} // namespace

ConnectionDialog::ConnectionDialog(const ProfileStore &store,
                                   const std::vector<RecentHost> &recentHosts, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
{
    setObjectName(u"connectionDialog"_s);
    setWindowTitle(tr("Connect to a host"));
    setModal(true);
    m_fit = new QTimer(this);
    m_fit->setSingleShot(true);
    m_fit->setInterval(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Look::Groups);
    layout->setSpacing(Look::Between);
    layout->addWidget(makeFields(), 1);
    layout->addWidget(makeButtons());
    m_profileFields->setKnown(m_store.profiles());
    for (const RecentHost &host : recentHosts)
        m_host->addItem(host.address, host.userName);
    m_host->setCurrentIndex(-1); // Down begins with the newest
    m_pause = new QTimer(this);
    m_pause->setSingleShot(true);
    m_pause->setInterval(500ms);
    connectFields();
    Form::align(this);
    setProfile({}, false);
    m_host->setFocus();
    resize(520, height());
    fit();
    lookForTicket();
}

ConnectionDialog::~ConnectionDialog() = default;

/// All but the buttons; it scrolls where the screen is too low for it.
QWidget *ConnectionDialog::makeFields()
{
    m_area = new QScrollArea(this);
    m_area->setObjectName(u"fields"_s);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *fields = new QWidget(m_area);
    auto *layout = new QVBoxLayout(fields);
    // The scroll bar has its room in the right margin, whether it is there or not; see eventFilter.
    layout->setContentsMargins(Look::Around, Look::Around, std::max(0, Look::Around - barWidth()),
                               Look::Between);
    layout->setSpacing(Look::Groups);
    layout->addWidget(makeHostGroup());
    m_signIn = new SignInFields(m_store.credentials(), fields);
    layout->addWidget(m_signIn);
    m_profileFields = new ProfileFields(fields);
    layout->addWidget(m_profileFields);
    makeFold(layout);
    m_findings = new FindingsList(fields);
    layout->addWidget(m_findings);
    m_preflightList = new PreflightList(fields);
    layout->addWidget(m_preflightList);
    layout->addStretch();
    m_area->setWidget(fields);
    fields->installEventFilter(this);
    m_area->installEventFilter(this);
    return m_area;
}

QWidget *ConnectionDialog::makeHostGroup()
{
    auto *group = new QWidget(this);
    QFormLayout *form = Form::make(group);
    m_host = new QComboBox(group);
    m_host->setObjectName(u"host"_s);
    m_host->setEditable(true);
    m_host->setInsertPolicy(QComboBox::NoInsert);
    m_host->lineEdit()->setPlaceholderText(tr("web01, web01:5986 or https://web01/wsman"));
    m_host->setAccessibleName(tr("Host or URL"));
    m_url = new QLabel(group);
    m_url->setObjectName(u"url"_s);
    m_url->setTextFormat(Qt::PlainText);
    Look::setMeaning(m_url, Meaning::Muted);
    form->addRow(tr("&Host or URL"), m_host);
    form->addRow(QString(), m_url);
    return group;
}

void ConnectionDialog::makeFold(QLayout *layout)
{
    auto *fold = new QToolButton(layout->parentWidget());
    fold->setObjectName(u"advancedFold"_s);
    fold->setText(tr("Ad&vanced"));
    fold->setCheckable(true);
    fold->setAutoRaise(true);
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setIcon(Icons::get(u"chevron-right"));
    m_advanced = new AdvancedOptions(layout->parentWidget());
    m_advanced->hide();
    connect(fold, &QToolButton::toggled, this, [this, fold](bool open) {
        fold->setIcon(Icons::get(open ? u"chevron-down" : u"chevron-right"));
        m_advanced->setVisible(open);
        m_signIn->setAllShown(open);
    });
    layout->addWidget(fold);
    layout->addWidget(m_advanced);
}

QWidget *ConnectionDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->setContentsMargins(Look::Around, 0, Look::Around, 0);
    m_connect = buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(u"connect"_s);
    m_connect->setDefault(true);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::ApplyRole);
    m_save->setObjectName(u"save"_s);
    m_save->setToolTip(tr("Save without connecting"));
    connect(m_connect, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT connectRequested();
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT saveRequested();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void ConnectionDialog::connectFields()
{
    connect(m_host, &QComboBox::editTextChanged, this, &ConnectionDialog::validate);
    connect(m_host, &QComboBox::activated, this, &ConnectionDialog::fillUser);
    connect(m_signIn, &SignInFields::changed, this, &ConnectionDialog::validate);
    connect(m_profileFields, &ProfileFields::changed, this, &ConnectionDialog::validate);
    connect(m_advanced, &AdvancedOptions::changed, this, &ConnectionDialog::validate);
    connect(m_pause, &QTimer::timeout, this, [this] { m_preflight->start(); });
    connect(m_fit, &QTimer::timeout, this, &ConnectionDialog::fit);
}

/// Who signed in to a host that is chosen again, unless somebody is named already.
void ConnectionDialog::fillUser(int recent)
{
    m_signIn->suggestUser(m_host->itemData(recent).toString());
}

void ConnectionDialog::lookForTicket()
{
    inBackground(
        this, [] { return currentTicket(); },
        [this](const Result<TicketFacts> &ticket) {
            if (ticket && ticket->isUsable())
                m_signIn->setTicket(ticket->principal);
        });
}

void ConnectionDialog::setProfile(const Profile &profile, bool passwordStored)
{
    m_profile = profile;
    m_host->setEditText(addressText(profile.options));
    m_signIn->setProfile(profile, passwordStored);
    m_profileFields->setSummary(profile.summary);
    m_advanced->setOptions(profile.options);
    if (!profile.summary.id.isEmpty())
        setWindowTitle(tr("Edit %1").arg(profile.summary.name));
    validate();
}

Result<ConnectionOptions> ConnectionDialog::options() const
{
    ConnectionOptions options = m_profile.options;
    m_signIn->apply(options);
    m_advanced->apply(options);
    return parseConnection(m_host->currentText().trimmed(), options);
}

bool ConnectionDialog::judge(const ConnectionOptions &options)
{
    const CredentialFacts facts{.hasPassword = m_signIn->hasPassword(), .willAsk = true};
    auto findings = checkRules(options, facts);
    const bool refused = std::ranges::any_of(
        findings, [](const auto &f) { return f.verdict == Verdict::Refused; });
    // While the user name is still to be typed, its absence is no news.
    if (!m_signIn->isComplete())
        std::erase_if(findings, [](const auto &f) { return f.field == "userName"_L1; });
    m_findings->setFindings(findings);
    return !refused && m_signIn->isComplete();
}

void ConnectionDialog::validate()
{
    m_complete = false;
    auto parsed = options();
    if (parsed) {
        // Which consents there are hangs on the scheme that was typed.
        m_signIn->setScheme(parsed->tls, parsed->automaticScheme);
        m_signIn->apply(*parsed);
        m_advanced->setKerberos(Preflight::concernsKerberos(*parsed));
        m_url->setText(parsed->url().toString());
        m_complete = judge(*parsed);
    } else {
        m_url->clear();
        if (m_host->currentText().trimmed().isEmpty())
            m_findings->setFindings({});
        else
            m_findings->setProblem(explain(parsed.error()).sentence);
    }
    preparePreflight(parsed);
    const bool nameMissing = isToBeSaved() && m_profileFields->summary().name.trimmed().isEmpty();
    m_connect->setEnabled(m_complete && !nameMissing);
    m_save->setEnabled(m_complete && isToBeSaved() && !nameMissing);
    m_profileFields->setSuggestedName(parsed ? parsed->displayHost() : QString());
}

void ConnectionDialog::preparePreflight(const Result<ConnectionOptions> &options)
{
    const bool possible = options && isPossibleHost(options->host);
    const ConnectionOptions wanted = possible ? preflightOptions(*options) : ConnectionOptions();
    if (wanted == m_asked && m_signIn->usesTicket() == m_askedTicket)
        return;
    m_pause->stop();
    m_preflight.reset(); // what it would still say is about something else
    m_asked = wanted;
    m_askedTicket = m_signIn->usesTicket();
    if (!possible) {
        m_preflightList->setLines({});
        return;
    }
    m_preflight = std::make_unique<Preflight>(m_asked, !m_askedTicket);
    connect(m_preflight.get(), &Preflight::changed, this, &ConnectionDialog::showPreflight);
    showPreflight();
    m_pause->start();
}

void ConnectionDialog::showPreflight()
{
    m_preflightList->setLines(preflightLines(m_preflight->facts(), m_asked, m_askedTicket));
}

/// Somebody who was told to type `kinit` comes back from the terminal: what failed is asked anew.
void ConnectionDialog::lookAgain()
{
    lookForTicket();
    if (!m_preflight || !m_preflight->isFinished())
        return;
    const PreflightFacts &facts = m_preflight->facts();
    if (!facts.ticket.isFailed() && !facts.kdc.isFailed() && !facts.names.isFailed())
        return;
    m_preflight = std::make_unique<Preflight>(m_asked, !m_askedTicket);
    connect(m_preflight.get(), &Preflight::changed, this, &ConnectionDialog::showPreflight);
    m_pause->start();
}

bool ConnectionDialog::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate)
        lookAgain();
    return QDialog::event(event);
}

int ConnectionDialog::barWidth() const
{
    return m_area->verticalScrollBar()->sizeHint().width();
}

/// The fields' width is that of the area without its scroll bar, always: if it hung on the bar, the
/// sentences would wrap otherwise with it, and the bar would come and go for ever.
bool ConnectionDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest && watched == m_area->widget())
        m_fit->start(); // fields came or went, or a sentence wraps otherwise
    if (event->type() == QEvent::Resize && watched == m_area)
        m_area->widget()->setFixedWidth(m_area->width() - barWidth());
    return QDialog::eventFilter(watched, event);
}

/// As high as the fields are, and no higher than the screen; larger where the user has made it so.
void ConnectionDialog::fit()
{
    QWidget *fields = m_area->widget();
    m_area->setMinimumWidth(fields->minimumSizeHint().width() + barWidth());
    const int others = layout()->minimumSize().height() - m_area->minimumSizeHint().height();
    const int room = screen()->availableGeometry().height() - Look::Around;
    const int wanted = std::min(fields->sizeHint().height() + others, room);
    if (height() == m_fitted || height() < wanted || m_fitted == 0)
        resize(width(), wanted);
    m_fitted = wanted;
}

Profile ConnectionDialog::profile() const
{
    Profile profile = m_profile;
    if (const auto parsed = options())
        profile.options = *parsed;
    const ProfileSummary fields = m_profileFields->summary();
    profile.summary.name = fields.name.trimmed();
    profile.summary.folder = fields.folder;
    profile.summary.tags = fields.tags;
    profile.summary.color = fields.color;
    profile.storage = m_signIn->storage();
    profile.credentialId = m_signIn->credentialId();
    return profile;
}

Credential ConnectionDialog::credential() const
{
    return m_signIn->credential();
}

bool ConnectionDialog::isToBeSaved() const
{
    return m_profileFields->isToBeSaved();
}
