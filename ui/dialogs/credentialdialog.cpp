#include "dialogs/credentialdialog.h"

#include "dialogs/storagebox.h"
#include "look/form.h"
#include "look/look.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

CredentialDialog::CredentialDialog(const QString &name, const CredentialRequest &request,
                                   SecretStorage storage, bool savedProfile, QWidget *parent)
    : QDialog(parent)
    , m_user(new QLineEdit(request.userName, this))
    , m_password(new QLineEdit(this))
    , m_storage(new StorageBox(this))
{
    setObjectName(u"credentialDialog"_s);
    setWindowTitle(tr("Sign in"));
    setModal(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);

    auto *title = new QLabel(tr("Sign in to %1").arg(name), this);
    title->setObjectName(u"signInTitle"_s);
    title->setTextFormat(Qt::PlainText);
    Look::setTitle(title);
    layout->addWidget(title);
    if (request.host != name) {
        auto *address = new QLabel(request.host, this);
        address->setObjectName(u"signInAddress"_s);
        address->setTextFormat(Qt::PlainText);
        Look::setMeaning(address, Meaning::Muted);
        layout->addWidget(address);
    }
    if (request.previousRefused) {
        auto *refused = new QLabel(tr("The host refused this user name and password."), this);
        refused->setObjectName(u"refused"_s);
        refused->setWordWrap(true);
        Look::setMeaning(refused, Meaning::Error);
        layout->addWidget(refused);
    }

    m_user->setObjectName(u"user"_s);
    m_password->setObjectName(u"password"_s);
    m_password->setEchoMode(QLineEdit::Password);
    m_storage->setStorage(storage);
    auto *fields = new QWidget(this);
    QFormLayout *form = Form::make(fields);
    form->addRow(tr("User name"), m_user);
    form->addRow(tr("Password"), m_password);
    form->addRow(QString(), m_storage);
    form->setRowVisible(m_storage, savedProfile);
    layout->addWidget(fields);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton *signIn = buttons->addButton(tr("Sign in"), QDialogButtonBox::AcceptRole);
    signIn->setObjectName(u"signIn"_s);
    signIn->setDefault(true);
    const auto check = [this, signIn] {
        signIn->setEnabled(!m_user->text().isEmpty() && !m_password->text().isEmpty());
    };
    connect(m_user, &QLineEdit::textChanged, signIn, check);
    connect(m_password, &QLineEdit::textChanged, signIn, check);
    check();
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { answer(true); });
    connect(this, &QDialog::rejected, this, [this] { answer(false); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    (request.userName.isEmpty() ? m_user : m_password)->setFocus();
    resize(sizeHint().expandedTo({420, 0}));
}

SecretStorage CredentialDialog::storage() const
{
    return m_storage->storage();
}

void CredentialDialog::answer(bool given)
{
    if (m_answered)
        return;
    m_answered = true;
    std::optional<Credential> credential;
    if (given)
        credential = Credential{.userName = m_user->text(), .password = Secret(m_password->text())};
    m_password->clear();
    Q_EMIT answered(credential);
    if (given)
        accept();
}
