#include "dialogs/signinfields.h"

#include "dialogs/notelabel.h"
#include "dialogs/storagebox.h"
#include "look/form.h"
#include "look/icons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

struct Mechanism
{
    Authentication value;
    const char *name;
    const char *meaning;
};
constexpr std::array mechanisms{
    Mechanism{Authentication::Automatic, QT_TRANSLATE_NOOP("SignInFields", "Automatic"),
              QT_TRANSLATE_NOOP("SignInFields",
                                "HTTPS first, else Kerberos or NTLM with message encryption; "
                                "never plain")},
    Mechanism{Authentication::Kerberos, QT_TRANSLATE_NOOP("SignInFields", "Kerberos"),
              QT_TRANSLATE_NOOP("SignInFields", "User and host prove themselves; never NTLM")},
    Mechanism{Authentication::Negotiate, QT_TRANSLATE_NOOP("SignInFields", "Negotiate"),
              QT_TRANSLATE_NOOP("SignInFields", "Kerberos, or NTLM where that is not possible")},
    Mechanism{Authentication::Ntlm, QT_TRANSLATE_NOOP("SignInFields", "NTLM"),
              QT_TRANSLATE_NOOP("SignInFields",
                                "With a password; for local accounts and hosts without a domain")},
    Mechanism{Authentication::Basic, QT_TRANSLATE_NOOP("SignInFields", "Basic"),
              QT_TRANSLATE_NOOP("SignInFields",
                                "Sends the password itself; for https and local accounts")},
    Mechanism{Authentication::None, QT_TRANSLATE_NOOP("SignInFields", "None"),
              QT_TRANSLATE_NOOP("SignInFields", "Signs nobody in; only Identify is answered")},
};

/// A quiet line under a field.
QLabel *underline(QWidget *parent)
{
    auto *label = new NoteLabel(QString(), parent);
    Look::setMeaning(label, Meaning::Muted);
    return label;
}

} // namespace

void addMechanisms(QComboBox *box)
{
    for (const Mechanism &mechanism : mechanisms)
        box->addItem(SignInFields::tr(mechanism.name), int(mechanism.value));
}

SignInFields::SignInFields(const std::vector<SavedCredential> &saved, QWidget *parent)
    : QWidget(parent)
    , m_saved(saved)
    , m_form(Form::make(this))
    , m_mechanism(new QComboBox(this))
    , m_meaning(underline(this))
    , m_who(new QComboBox(this))
    , m_user(new QLineEdit(this))
    , m_password(new QLineEdit(this))
    , m_storage(new StorageBox(this))
    , m_unverified(new QCheckBox(tr("&I cannot verify this host"), this))
    , m_unverifiedText(underline(this))
    , m_clearText(new QCheckBox(tr("Let the password and all data travel unencrypt&ed"), this))
{
    makeForm();
    fillMechanisms();
    fillWho();
    const auto tell = [this] { Q_EMIT changed(); };
    connect(m_mechanism, &QComboBox::currentIndexChanged, this, [this] {
        fillWho();
        showFields();
        Q_EMIT changed();
    });
    connect(m_mechanism, &QComboBox::activated, this, [this] { m_chosen = true; });
    connect(m_who, &QComboBox::activated, this, [this] { m_chosen = true; });
    connect(m_who, &QComboBox::currentIndexChanged, this, [this] {
        showFields();
        Q_EMIT changed();
    });
    for (QLineEdit *field : {m_user, m_password}) {
        connect(field, &QLineEdit::textEdited, this, [this] { m_chosen = true; });
        connect(field, &QLineEdit::textChanged, this, tell);
    }
    for (QCheckBox *box : {m_unverified, m_clearText})
        connect(box, &QCheckBox::toggled, this, tell);
}

void SignInFields::makeForm()
{
    const std::initializer_list<std::pair<QWidget *, QString>> names{
        {m_mechanism, u"mechanism"_s}, {m_meaning, u"mechanismMeaning"_s},
        {m_who, u"signInAs"_s},        {m_user, u"user"_s},
        {m_password, u"password"_s},   {m_unverified, u"unverifiedHost"_s},
        {m_clearText, u"clearText"_s}, {m_unverifiedText, u"unverifiedText"_s}};
    for (const auto &[widget, name] : names)
        widget->setObjectName(name);
    m_password->setEchoMode(QLineEdit::Password);
    m_unverified->setIcon(Icons::get(u"warning", Meaning::Warning));
    m_unverifiedText->setText(tr("NTLM over http shows the host who you are, but not you who "
                                 "answers. Another machine could pose as the host."));
    m_unverified->setAccessibleDescription(m_unverifiedText->text());
    m_clearText->setIcon(Icons::get(u"lock-open", Meaning::ClearText));
    m_form->addRow(tr("Secu&rity"), m_mechanism);
    m_form->addRow(QString(), m_meaning);
    m_form->addRow(tr("Sign in &as"), m_who);
    m_form->addRow(tr("&User name"), m_user);
    m_form->addRow(tr("Pass&word"), m_password);
    m_form->addRow(QString(), m_storage);
    m_form->addRow(QString(), m_unverified);
    m_form->addRow(QString(), m_unverifiedText);
    m_form->addRow(QString(), m_clearText);
}

void SignInFields::fillMechanisms()
{
    addMechanisms(m_mechanism);
}

void SignInFields::fillWho()
{
    const QSignalBlocker quiet(m_who);
    const QVariant before = m_who->currentData();
    const QString credential = credentialId();
    const Authentication way = mechanism();
    const bool tickets = way != Authentication::Ntlm && way != Authentication::Basic;
    m_who->clear();
    if (tickets)
        m_who->addItem(m_ticket.isEmpty() ? tr("Current ticket")
                                          : tr("Current ticket: %1").arg(m_ticket),
                       int(Who::Ticket));
    for (const SavedCredential &saved : m_saved) {
        m_who->addItem(tr("Saved credential: %1 (%2)").arg(saved.label, saved.userName),
                       int(Who::Saved));
        m_who->setItemData(m_who->count() - 1, saved.id, Qt::UserRole + 1);
    }
    m_who->addItem(tr("Other user"), int(Who::Typed));
    int row = credential.isEmpty() ? m_who->findData(before)
                                   : m_who->findData(credential, Qt::UserRole + 1);
    if (row < 0 || !before.isValid())
        row = m_who->count() - 1;
    m_who->setCurrentIndex(row);
}

SignInFields::Who SignInFields::who() const
{
    return Who(m_who->currentData().toInt());
}

Authentication SignInFields::mechanism() const
{
    return Authentication(m_mechanism->currentData().toInt());
}

bool SignInFields::usesTicket() const
{
    return mechanism() != Authentication::None && who() == Who::Ticket;
}

bool SignInFields::mayBeNtlmOverHttp() const
{
    const Authentication way = mechanism();
    const bool ntlm = way == Authentication::Ntlm || way == Authentication::Negotiate
        || way == Authentication::Automatic;
    return ntlm && !usesTicket() && (!m_tls || m_automatic);
}

bool SignInFields::mayBeClear() const
{
    const Authentication way = mechanism();
    const bool plain = way == Authentication::Basic || way == Authentication::None;
    return !m_tls && (plain || (way == Authentication::Automatic && m_clearBefore));
}

void SignInFields::showFields()
{
    const Authentication way = mechanism();
    const auto found = std::ranges::find(mechanisms, way, &Mechanism::value);
    m_meaning->setText(tr(found->meaning));
    m_meaning->setAccessibleName(m_meaning->text());
    m_mechanism->setAccessibleDescription(m_meaning->text());
    const bool signsIn = way != Authentication::None;
    const bool typed = signsIn && who() == Who::Typed;
    m_form->setRowVisible(m_who, signsIn);
    for (QWidget *field : std::initializer_list<QWidget *>{m_user, m_password, m_storage})
        m_form->setRowVisible(field, typed);
    // Where HTTPS may still come about, and other ways too, it is one of the advanced options.
    const bool asked = !m_tls || way == Authentication::Ntlm || m_unverifiedBefore || m_all;
    const bool unverified = mayBeNtlmOverHttp() && asked;
    m_form->setRowVisible(m_unverified, unverified);
    m_form->setRowVisible(m_unverifiedText, unverified);
    m_form->setRowVisible(m_clearText, mayBeClear());
}

void SignInFields::setProfile(const Profile &profile, bool passwordStored)
{
    const ConnectionOptions &options = profile.options;
    m_passwordStored = passwordStored;
    m_isNew = options.host.isEmpty();
    m_clearBefore = options.allowClearText;
    m_unverifiedBefore = options.unverifiedHost;
    m_mechanism->setCurrentIndex(m_mechanism->findData(int(options.authentication)));
    m_user->setText(options.userName);
    m_password->clear();
    m_password->setPlaceholderText(passwordStored ? tr("stored; type to replace it") : QString());
    m_unverified->setChecked(options.unverifiedHost);
    m_clearText->setChecked(options.allowClearText);
    m_storage->setStorage(profile.summary.id.isEmpty() ? SecretStorage::UntilQuit
                                                       : profile.storage);
    fillWho();
    const int ticket = m_who->findData(int(Who::Ticket));
    int row = m_who->findData(int(Who::Typed));
    if (!profile.credentialId.isEmpty())
        row = std::max(row, m_who->findData(profile.credentialId, Qt::UserRole + 1));
    else if (!m_isNew && options.userName.isEmpty() && ticket >= 0)
        row = ticket;
    m_who->setCurrentIndex(row);
    showFields();
}

void SignInFields::setScheme(bool tls, bool automatic)
{
    if (m_tls == tls && m_automatic == automatic)
        return;
    m_tls = tls;
    m_automatic = automatic;
    showFields();
}

void SignInFields::setAllShown(bool all)
{
    m_all = all;
    showFields();
}

void SignInFields::setTicket(const QString &principal)
{
    m_ticket = principal;
    fillWho();
    const int ticket = m_who->findData(int(Who::Ticket));
    if (m_isNew && !m_chosen && m_suggested.isEmpty() && !principal.isEmpty() && ticket >= 0)
        m_who->setCurrentIndex(ticket);
}

void SignInFields::suggestUser(const QString &name)
{
    if (m_chosen || m_user->text() != m_suggested)
        return;
    m_suggested = name;
    m_user->setText(name);
    if (!name.isEmpty())
        m_who->setCurrentIndex(m_who->findData(int(Who::Typed)));
}

void SignInFields::apply(ConnectionOptions &options) const
{
    options.authentication = mechanism();
    options.userName.clear();
    if (mechanism() != Authentication::None && who() == Who::Typed)
        options.userName = m_user->text();
    if (mechanism() != Authentication::None && who() == Who::Saved) {
        const auto saved = std::ranges::find(m_saved, credentialId(), &SavedCredential::id);
        options.userName = saved == m_saved.end() ? QString() : saved->userName;
    }
    options.unverifiedHost = mayBeNtlmOverHttp() && m_unverified->isChecked();
    options.allowClearText = mayBeClear() && m_clearText->isChecked();
}

bool SignInFields::isComplete() const
{
    return mechanism() == Authentication::None || who() != Who::Typed || !m_user->text().isEmpty();
}

bool SignInFields::hasPassword() const
{
    if (mechanism() == Authentication::None || who() == Who::Ticket)
        return false;
    return who() == Who::Saved || m_passwordStored || !m_password->text().isEmpty();
}

QString SignInFields::credentialId() const
{
    const bool saved = mechanism() != Authentication::None && who() == Who::Saved;
    return saved ? m_who->currentData(Qt::UserRole + 1).toString() : QString();
}

Credential SignInFields::credential() const
{
    if (mechanism() == Authentication::None || who() != Who::Typed || m_password->text().isEmpty())
        return {};
    return {.userName = m_user->text(), .password = Secret(m_password->text())};
}

SecretStorage SignInFields::storage() const
{
    return m_storage->storage();
}
