#include "dialogs/connectiondialog.h"

#include "connection/rules.h"
#include "dialogs/advancedoptions.h"
#include "dialogs/findingslist.h"
#include "dialogs/profilefields.h"
#include "dialogs/storagebox.h"
#include "look/form.h"
#include "look/icons.h"
#include "text/sentences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// What the address field shows for options: the shortest text that reads back to them.
QString addressText(const ConnectionOptions &options)
{
    if (options.host.isEmpty())
        return {};
    return options.automaticScheme && options.path == "/wsman"_L1 ? options.displayHost()
                                                                  : options.url().toString();
}

} // namespace

ConnectionDialog::ConnectionDialog(const ProfileStore &store, const QStringList &recentHosts,
                                   QWidget *parent)
    : QDialog(parent)
    , m_store(store)
{
    setObjectName(u"connectionDialog"_s);
    setWindowTitle(tr("Connect to a host"));
    setModal(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    layout->addWidget(makeHostGroup());
    layout->addWidget(makeSignInGroup());
    m_profileFields = new ProfileFields(this);
    layout->addWidget(m_profileFields);
    makeFold(layout);
    m_findings = new FindingsList(this);
    layout->addWidget(m_findings);
    layout->addStretch();
    layout->addWidget(makeButtons());
    m_profileFields->setKnown(m_store.profiles());
    m_host->addItems(recentHosts);
    fillSignIn();
    connectFields();
    Form::align(this);
    setProfile({}, false);
    m_host->setFocus();
    resize(sizeHint().expandedTo({520, 0}));
}

ConnectionDialog::~ConnectionDialog() = default;

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
    m_clearText = new QCheckBox(tr("Let the password and all data travel unencrypted"), group);
    m_clearText->setObjectName(u"clearText"_s);
    m_clearText->setIcon(Icons::get(u"lock-open", Meaning::ClearText));
    form->addRow(tr("&Host or URL"), m_host);
    form->addRow(QString(), m_url);
    form->addRow(QString(), m_clearText);
    return group;
}

QWidget *ConnectionDialog::makeSignInGroup()
{
    auto *group = new QWidget(this);
    m_signInForm = Form::make(group);
    m_signIn = new QComboBox(group);
    m_signIn->setObjectName(u"signInAs"_s);
    m_user = new QLineEdit(group);
    m_user->setObjectName(u"user"_s);
    m_password = new QLineEdit(group);
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_storage = new StorageBox(group);
    m_signInForm->addRow(tr("Sign in &as"), m_signIn);
    m_signInForm->addRow(tr("&User name"), m_user);
    m_signInForm->addRow(tr("Pass&word"), m_password);
    m_signInForm->addRow(QString(), m_storage);
    return group;
}

void ConnectionDialog::makeFold(QLayout *layout)
{
    auto *fold = new QToolButton(this);
    fold->setObjectName(u"advancedFold"_s);
    fold->setText(tr("Ad&vanced"));
    fold->setCheckable(true);
    fold->setAutoRaise(true);
    fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fold->setIcon(Icons::get(u"chevron-right"));
    m_advanced = new AdvancedOptions(this);
    m_advanced->hide();
    connect(fold, &QToolButton::toggled, this, [this, fold, layout](bool open) {
        fold->setIcon(Icons::get(open ? u"chevron-down" : u"chevron-right"));
        m_advanced->setVisible(open);
        layout->activate();
        resize(std::max(width(), sizeHint().width()), sizeHint().height());
    });
    layout->addWidget(fold);
    layout->addWidget(m_advanced);
}

QWidget *ConnectionDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_connect = buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(u"connect"_s);
    m_connect->setDefault(true);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::ApplyRole);
    m_save->setObjectName(u"save"_s);
    m_save->setToolTip(tr("Save the profile without connecting"));
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

void ConnectionDialog::fillSignIn()
{
    m_signIn->addItem(tr("This user"), int(SignIn::Password));
    for (const SavedCredential &credential : m_store.credentials()) {
        m_signIn->addItem(
            tr("Saved credential: %1 (%2)").arg(credential.label, credential.userName),
            int(SignIn::Saved));
        m_signIn->setItemData(m_signIn->count() - 1, credential.id, Qt::UserRole + 1);
    }
    m_signIn->addItem(tr("Nobody (only Identify is answered)"), int(SignIn::Nobody));
}

void ConnectionDialog::connectFields()
{
    connect(m_host, &QComboBox::editTextChanged, this, &ConnectionDialog::validate);
    connect(m_signIn, &QComboBox::currentIndexChanged, this, [this] {
        showSignInFields();
        validate();
    });
    for (QLineEdit *field : {m_user, m_password})
        connect(field, &QLineEdit::textChanged, this, &ConnectionDialog::validate);
    connect(m_clearText, &QCheckBox::toggled, this, &ConnectionDialog::validate);
    connect(m_profileFields, &ProfileFields::changed, this, &ConnectionDialog::validate);
    connect(m_advanced, &AdvancedOptions::changed, this, &ConnectionDialog::validate);
}

ConnectionDialog::SignIn ConnectionDialog::signIn() const
{
    return SignIn(m_signIn->currentData().toInt());
}

void ConnectionDialog::showSignInFields()
{
    const bool typed = signIn() == SignIn::Password;
    const QWidgetList fields{m_user, m_password, m_storage};
    for (QWidget *field : fields)
        m_signInForm->setRowVisible(field, typed);
}

void ConnectionDialog::setProfile(const Profile &profile, bool passwordStored)
{
    m_profile = profile;
    m_passwordStored = passwordStored;
    const ConnectionOptions &options = profile.options;
    m_host->setEditText(addressText(options));
    m_user->setText(options.userName);
    m_password->clear();
    m_password->setPlaceholderText(passwordStored ? tr("stored; type to replace it") : QString());
    m_clearText->setChecked(options.allowClearText);
    m_storage->setStorage(profile.summary.id.isEmpty() ? SecretStorage::UntilQuit
                                                       : profile.storage);
    int row = m_signIn->findData(int(SignIn::Password));
    if (!profile.credentialId.isEmpty())
        row = std::max(row, m_signIn->findData(profile.credentialId, Qt::UserRole + 1));
    else if (options.authentication == Authentication::None)
        row = m_signIn->findData(int(SignIn::Nobody));
    m_signIn->setCurrentIndex(row);
    m_profileFields->setSummary(profile.summary);
    m_advanced->setOptions(options, profile.readOnly);
    if (!profile.summary.id.isEmpty())
        setWindowTitle(tr("Edit %1").arg(profile.summary.name));
    showSignInFields();
    validate();
}

Result<ConnectionOptions> ConnectionDialog::options() const
{
    ConnectionOptions options = m_profile.options;
    m_advanced->apply(options);
    auto parsed = parseConnection(m_host->currentText().trimmed(), options);
    if (!parsed)
        return parsed;
    parsed->allowClearText = m_clearText->isChecked() && !parsed->tls;
    switch (signIn()) {
    case SignIn::Password:
        parsed->userName = m_user->text();
        parsed->authentication = Authentication::Basic;
        break;
    case SignIn::Saved:
        for (const SavedCredential &credential : m_store.credentials()) {
            if (credential.id == m_signIn->currentData(Qt::UserRole + 1).toString())
                parsed->userName = credential.userName;
        }
        parsed->authentication = Authentication::Basic;
        break;
    case SignIn::Nobody:
        parsed->userName.clear();
        parsed->authentication = Authentication::None;
        break;
    }
    return parsed;
}

void ConnectionDialog::validate()
{
    m_complete = false;
    const bool empty = m_host->currentText().trimmed().isEmpty();
    const auto parsed = options();
    m_clearText->setVisible(parsed && !parsed->tls);
    if (!parsed) {
        m_url->clear();
        if (empty)
            m_findings->setFindings({});
        else
            m_findings->setProblem(explain(parsed.error()).sentence);
    } else {
        m_url->setText(parsed->url().toString());
        const bool incomplete = signIn() == SignIn::Password && m_user->text().isEmpty();
        const CredentialFacts facts{
            .hasPassword = m_passwordStored || !m_password->text().isEmpty(), .willAsk = true};
        auto findings = checkRules(*parsed, facts);
        const bool refused = std::ranges::any_of(
            findings, [](const auto &f) { return f.verdict == Verdict::Refused; });
        // While the user name is still to be typed, its absence is no news.
        if (incomplete)
            std::erase_if(findings, [](const auto &f) { return f.field == "userName"_L1; });
        m_findings->setFindings(findings);
        m_complete = !refused && !incomplete;
    }
    const bool nameMissing = isToBeSaved() && m_profileFields->summary().name.trimmed().isEmpty();
    m_connect->setEnabled(m_complete && !nameMissing);
    m_save->setEnabled(m_complete && isToBeSaved() && !nameMissing);
    m_profileFields->setSuggestedName(parsed ? parsed->displayHost() : QString());
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
    profile.storage = m_storage->storage();
    profile.credentialId = signIn() == SignIn::Saved
        ? m_signIn->currentData(Qt::UserRole + 1).toString()
        : QString();
    profile.readOnly = m_advanced->isReadOnly();
    return profile;
}

Credential ConnectionDialog::credential() const
{
    if (signIn() != SignIn::Password || m_password->text().isEmpty())
        return {};
    return {.userName = m_user->text(), .password = Secret(m_password->text())};
}

bool ConnectionDialog::isToBeSaved() const
{
    return m_profileFields->isToBeSaved();
}
