#include "dialogs/lockdialog.h"

#include "dialogs/notelabel.h"
#include "hosts/hostlist.h"
#include "look/form.h"
#include "look/look.h"
#include "text/sentences.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

int connectedHosts(const HostList &hosts)
{
    return int(std::ranges::count(hosts.hosts(), HostConnection::State::Connected,
                                  &HostConnection::state));
}

} // namespace

LockDialog::LockDialog(HostList &hosts, QWidget *parent)
    : QDialog(parent)
    , m_hosts(hosts)
    , m_disconnect(new QCheckBox(this))
    , m_keychain(
          new QCheckBox(tr("Lock the desktop's &keychain, for other programs as well"), this))
    , m_message(new NoteLabel(QString(), this))
{
    setObjectName(u"lockDialog"_s);
    setWindowTitle(tr("Lock passwords"));
    setModal(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    layout->addWidget(new NoteLabel(
        tr("The passwords that are kept until quit are removed from memory. Who connects next is "
           "asked for them again. Saved passwords stay in the keychain."),
        this));

    auto *boxes = new QVBoxLayout;
    boxes->setSpacing(Look::Between);
    const int connected = connectedHosts(hosts);
    m_disconnect->setObjectName(u"lockDisconnect"_s);
    m_disconnect->setText(
        tr("&Disconnect %n hosts, which keep their password while connected", nullptr, connected));
    m_disconnect->setChecked(connected > 0);
    m_disconnect->setVisible(connected > 0);
    m_keychain->setObjectName(u"lockKeychain"_s);
    m_keychain->setToolTip(tr("The desktop asks for the keychain's password when a program needs "
                              "it the next time"));
    boxes->addWidget(m_disconnect);
    boxes->addWidget(m_keychain);
    layout->addLayout(boxes);
    m_message->setObjectName(u"message"_s);
    m_message->hide();
    layout->addWidget(m_message);
    layout->addStretch();

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_lock = buttons->addButton(tr("Lock"), QDialogButtonBox::AcceptRole);
    m_lock->setObjectName(u"lockNow"_s);
    m_lock->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &LockDialog::lock);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    Form::fitHeight(this, 460);
}

void LockDialog::lock()
{
    m_lock->setEnabled(false);
    QStringList done;
    const int forgotten = m_hosts.forgetPasswords();
    done << (forgotten > 0 ? tr("%n passwords removed from memory.", nullptr, forgotten)
                           : tr("No password was kept until quit."));
    if (m_disconnect->isChecked() && connectedHosts(m_hosts) > 0) {
        done << tr("%n hosts disconnected.", nullptr, connectedHosts(m_hosts));
        for (HostConnection *host : m_hosts.hosts())
            host->disconnectFromHost();
    }
    if (!m_keychain->isChecked()) {
        finish(done.join(u' '));
        return;
    }
    m_hosts.store().lockKeychain([self = QPointer(this), done](const Done &locked) {
        if (!self)
            return;
        if (locked) {
            self->finish(done.join(u' ') + u' ' + tr("The keychain is locked."));
            return;
        }
        const Explanation why = explain(locked.error());
        self->m_message->setText(done.join(u' ') + u' ' + tr("The keychain could not be locked.")
                                 + u' ' + why.sentence);
        Look::setMeaning(self->m_message, Meaning::Error);
        self->m_message->show();
        self->m_keychain->setChecked(false);
        self->m_lock->setEnabled(true);
    });
}

void LockDialog::finish(const QString &what)
{
    accept();
    Q_EMIT locked(what);
}
