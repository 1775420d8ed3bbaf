#include "dialogs/credentialeditdialog.h"

#include "dialogs/notelabel.h"
#include "look/form.h"
#include "look/look.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

CredentialEditDialog::CredentialEditDialog(Task task, const SavedCredential &credential,
                                           const QString &note, QWidget *parent)
    : QDialog(parent)
    , m_task(task)
    , m_credential(credential)
    , m_label(new QLineEdit(credential.label, this))
    , m_user(new QLineEdit(credential.userName, this))
    , m_password(new QLineEdit(this))
{
    setObjectName(u"credentialEditDialog"_s);
    setModal(true);
    setWindowTitle(task == Task::New        ? tr("New saved credential")
                       : task == Task::Edit ? tr("Edit a saved credential")
                                            : tr("Change a password"));
    makeForm(note);
    (task == Task::Password ? m_password : m_label)->setFocus();
    m_label->selectAll();
    Form::fitHeight(this, 440);
}

void CredentialEditDialog::makeForm(const QString &note)
{
    m_label->setObjectName(u"credentialLabel"_s);
    m_label->setMaxLength(255);
    m_label->setPlaceholderText(tr("such as Domain administrators"));
    m_user->setObjectName(u"credentialUser"_s);
    m_user->setMaxLength(1024);
    m_user->setPlaceholderText(tr("DOMAIN\\user, user@DOMAIN or user"));
    m_password->setObjectName(u"credentialPassword"_s);
    m_password->setEchoMode(QLineEdit::Password);
    auto *show = new QCheckBox(tr("&Show the password"), this);
    show->setObjectName(u"showPassword"_s);
    connect(show, &QCheckBox::toggled, m_password, [this](bool shown) {
        m_password->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    });
    for (QLineEdit *field : {m_label, m_user}) {
        field->setReadOnly(m_task == Task::Password);
        field->setFocusPolicy(m_task == Task::Password ? Qt::NoFocus : Qt::StrongFocus);
        field->setFrame(m_task != Task::Password);
    }

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    auto *fields = new QWidget(this);
    QFormLayout *form = Form::make(fields);
    form->addRow(tr("&Name"), m_label);
    form->addRow(tr("&User name"), m_user);
    form->addRow(m_task == Task::Password ? tr("New pass&word") : tr("Pass&word"), m_password);
    form->addRow(QString(), show);
    form->setRowVisible(m_password, m_task != Task::Edit);
    form->setRowVisible(show, m_task != Task::Edit);
    layout->addWidget(fields);
    if (!note.isEmpty()) {
        auto *label = new NoteLabel(note, this);
        label->setObjectName(u"credentialNote"_s);
        Look::setMeaning(label, Meaning::Muted);
        layout->addWidget(label);
    }
    layout->addStretch();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(m_task == Task::Password ? tr("Change password") : tr("Save"),
                                QDialogButtonBox::AcceptRole);
    m_save->setObjectName(u"saveCredential"_s);
    m_save->setDefault(true);
    layout->addWidget(buttons);
    const auto check = [this] { m_save->setEnabled(isComplete()); };
    for (QLineEdit *field : {m_label, m_user, m_password})
        connect(field, &QLineEdit::textChanged, this, check);
    check();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

bool CredentialEditDialog::isComplete() const
{
    const bool named = !m_label->text().trimmed().isEmpty() && !m_user->text().isEmpty();
    return m_task == Task::Edit ? named
        : m_task == Task::New   ? named && !m_password->text().isEmpty()
                                : !m_password->text().isEmpty();
}

SavedCredential CredentialEditDialog::credential() const
{
    SavedCredential edited = m_credential;
    edited.label = m_label->text().trimmed();
    edited.userName = m_user->text();
    return edited;
}

Secret CredentialEditDialog::takePassword()
{
    const Secret password(m_password->text());
    m_password->clear();
    return password;
}
