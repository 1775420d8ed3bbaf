#include "dialogs/savedcredentialsdialog.h"

#include "dialogs/credentialeditdialog.h"
#include "dialogs/keptpasswords.h"
#include "dialogs/notelabel.h"
#include "hosts/hostlist.h"
#include "look/emptyhint.h"
#include "look/icons.h"
#include "models/celltext.h"
#include "prompts.h"
#include "text/sentences.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;
using Task = CredentialEditDialog::Task;

namespace {

enum ColumnNumber { NameColumn, UserColumn, KeptColumn, UsedColumn };
/// QStringList: credential, profile, name, user, "untilQuit" or empty.
constexpr int RowRole = Qt::UserRole;

} // namespace

SavedCredentialsDialog::SavedCredentialsDialog(HostList &hosts, QWidget *parent)
    : QDialog(parent)
    , m_hosts(hosts)
    , m_store(hosts.store())
    , m_kept(new KeptPasswords(hosts.store(), this))
{
    setObjectName(u"savedCredentialsDialog"_s);
    setWindowTitle(tr("Saved credentials"));
    setModal(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(Look::Groups);
    columns->addWidget(makeList(), 1);
    columns->addLayout(makeButtons());
    layout->addLayout(columns, 1);
    layout->addWidget(makeMessage());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false); // Enter is the list's
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(&m_store, &ProfileStore::changed, m_kept, &KeptPasswords::read);
    connect(&m_store, &ProfileStore::keychainStateChanged, this,
            &SavedCredentialsDialog::showKeychain);
    connect(m_kept, &KeptPasswords::changed, this, &SavedCredentialsDialog::fill);
    resize(840, 440);
    fill();
    m_kept->read();
}

QWidget *SavedCredentialsDialog::makeList()
{
    m_tree = new QTreeWidget(this);
    m_tree->setObjectName(u"credentialTree"_s);
    m_tree->setAccessibleName(tr("Saved credentials"));
    m_tree->setHeaderLabels({tr("Name"), tr("User name"), tr("Kept"), tr("Used by")});
    Look::prepareTree(m_tree);
    Look::prepareHeader(m_tree->header());
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(NameColumn, 190);
    m_tree->header()->resizeSection(UserColumn, 160);
    m_tree->header()->resizeSection(KeptColumn, 120);
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_tree->setExpandsOnDoubleClick(false);
    new EmptyHint(m_tree,
                  tr("Passwords that are kept stand here. A saved credential serves many "
                     "connections and is changed once for all of them."));
    connect(m_tree, &QTreeWidget::itemSelectionChanged, this,
            &SavedCredentialsDialog::showSelection);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this] {
        if (m_change->isEnabled())
            m_change->trigger();
    });
    return m_tree;
}

QAction *SavedCredentialsDialog::makeAction(const QString &name, QStringView icon,
                                            const QString &text, const QString &tip)
{
    auto *action = new QAction(Icons::get(icon), text, m_tree);
    action->setObjectName(name);
    action->setToolTip(tip);
    action->setWhatsThis(tip);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addAction(action);
    return action;
}

QLayout *SavedCredentialsDialog::makeButtons()
{
    m_change = makeAction(u"changePassword"_s, u"key", tr("Change &password..."),
                          tr("For every connection that uses it, once"));
    QAction *add = makeAction(u"newCredential"_s, u"connect", tr("&New..."),
                              tr("A user name and password that connections can share"));
    m_rename = makeAction(u"editCredential"_s, u"edit", tr("&Edit..."),
                          tr("Change the name or the user; the password stays"));
    m_rename->setShortcut(Qt::Key_F2);
    m_forget = makeAction(u"forgetCredential"_s, u"delete", tr("&Forget..."),
                          tr("Remove the password; who uses it asks for one from then on"));
    m_forget->setShortcut(QKeySequence::Delete);
    QAction *lock = makeAction(u"lockPasswords"_s, u"lock-closed", tr("&Lock..."),
                               tr("Forget the passwords that are kept until quit"));
    connect(add, &QAction::triggered, this, &SavedCredentialsDialog::add);
    connect(m_rename, &QAction::triggered, this, &SavedCredentialsDialog::rename);
    connect(m_change, &QAction::triggered, this, &SavedCredentialsDialog::changePassword);
    connect(m_forget, &QAction::triggered, this, &SavedCredentialsDialog::forget);
    connect(lock, &QAction::triggered, this, &SavedCredentialsDialog::lockRequested);

    auto *column = new QVBoxLayout;
    column->setSpacing(Look::Between);
    for (QAction *action : {add, m_rename, m_change, m_forget, lock}) {
        auto *button = new QPushButton(action->text(), this);
        button->setObjectName(action->objectName() + u"Button"_s);
        button->setToolTip(action->toolTip());
        button->setAutoDefault(false);
        button->setEnabled(action->isEnabled());
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
        if (action == lock)
            column->addSpacing(Look::Groups);
        column->addWidget(button);
    }
    column->addStretch();
    return column;
}

QWidget *SavedCredentialsDialog::makeMessage()
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins({});
    layout->setSpacing(Look::Between);
    m_message = new NoteLabel(QString(), line);
    m_message->setObjectName(u"message"_s);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_unlock = new QPushButton(tr("&Unlock..."), line);
    m_unlock->setObjectName(u"unlockKeychain"_s);
    m_unlock->setAutoDefault(false);
    m_unlock->setToolTip(tr("The desktop asks for the keychain's password"));
    connect(m_unlock, &QPushButton::clicked, this, [this] {
        m_said = false;
        m_kept->read();
    });
    layout->addWidget(m_message, 1);
    layout->addWidget(m_unlock, 0, Qt::AlignTop);
    return line;
}

// --- the list ---

void SavedCredentialsDialog::fill()
{
    const auto before = current();
    m_tree->clear();
    for (const SavedCredential &credential : m_store.credentials())
        addShared(credential);
    for (const KeptPasswords::Kept &kept : m_kept->kept()) {
        const auto summary = m_store.find(kept.profileId);
        if (summary)
            addOwn({.profileId = kept.profileId,
                    .name = summary->name,
                    .userName = kept.userName,
                    .untilQuit = kept.storage == SecretStorage::UntilQuit});
    }
    restore(before ? before->credentialId + before->profileId : QString());
    showSelection();
    showKeychain();
}

void SavedCredentialsDialog::addShared(const SavedCredential &credential)
{
    const QStringList users = m_store.profilesUsing(credential.id);
    auto *item = new QTreeWidgetItem(
        m_tree,
        {credential.label, credential.userName, tr("In the keychain"),
         users.isEmpty() ? tr("No connection") : tr("%n connections", nullptr, int(users.size()))});
    item->setIcon(NameColumn, Icons::get(u"key"));
    item->setData(NameColumn, RowRole,
                  QStringList{credential.id, {}, credential.label, credential.userName, {}});
    item->setToolTip(UsedColumn, plainTip(names(users, 30)));
    for (const QString &id : users) {
        const auto summary = m_store.find(id);
        auto *child = new QTreeWidgetItem(item, {summary ? summary->name : id});
        child->setIcon(NameColumn, Icons::get(u"profile", Meaning::Muted));
        child->setFlags(Qt::ItemIsEnabled);
        child->setFirstColumnSpanned(true);
    }
    item->setExpanded(users.size() <= 5);
}

void SavedCredentialsDialog::addOwn(const Row &row)
{
    auto *item = new QTreeWidgetItem(m_tree,
                                     {row.name, row.userName,
                                      row.untilQuit ? tr("Until quit") : tr("In the keychain"),
                                      tr("This connection only")});
    item->setIcon(NameColumn, Icons::get(u"profile"));
    item->setData(
        NameColumn, RowRole,
        QStringList{{}, row.profileId, row.name, row.userName, row.untilQuit ? u"q"_s : QString()});
}

void SavedCredentialsDialog::restore(const QString &key)
{
    QTreeWidgetItem *chosen = m_tree->topLevelItem(0);
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        const QStringList row = m_tree->topLevelItem(i)->data(NameColumn, RowRole).toStringList();
        if (row[0] + row[1] == key)
            chosen = m_tree->topLevelItem(i);
    }
    m_tree->setCurrentItem(chosen);
}

std::optional<SavedCredentialsDialog::Row> SavedCredentialsDialog::current() const
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    if (item && item->parent())
        item = item->parent();
    const QStringList row = item ? item->data(NameColumn, RowRole).toStringList() : QStringList();
    if (row.size() != 5)
        return std::nullopt;
    return Row{row[0], row[1], row[2], row[3], !row[4].isEmpty()};
}

void SavedCredentialsDialog::showSelection()
{
    const auto row = current();
    m_change->setEnabled(row.has_value());
    m_forget->setEnabled(row.has_value());
    m_rename->setEnabled(row && !row->credentialId.isEmpty());
}

void SavedCredentialsDialog::showKeychain()
{
    const auto state = m_store.keychainState();
    const bool locked = state == ProfileStore::KeychainState::Locked;
    m_unlock->setVisible(locked);
    if (locked)
        say(tr("The keychain is locked. Which connections keep a password of their own is known "
               "when it is unlocked."));
    else if (state == ProfileStore::KeychainState::Absent)
        say(tr("No keychain is running: passwords are kept until quit at most. Start a keychain "
               "service such as GNOME Keyring or KWallet to keep them."));
    else if (!m_said)
        say(m_kept->isReading() ? tr("Reading what the connections keep...") : QString());
    m_said = m_said && !locked;
}

QStringList SavedCredentialsDialog::usersOf(const Row &row) const
{
    return row.credentialId.isEmpty() ? QStringList(row.profileId)
                                      : m_store.profilesUsing(row.credentialId);
}

/// "lab, web01 and 3 more".
QString SavedCredentialsDialog::names(const QStringList &profileIds, int most) const
{
    QStringList all;
    for (const QString &id : profileIds) {
        const auto summary = m_store.find(id);
        all << (summary ? summary->name : id);
    }
    all.sort(Qt::CaseInsensitive);
    const int more = int(all.size()) - most;
    if (more <= 0)
        return all.join(u", "_s);
    all.resize(most);
    return tr("%1 and %n more", "names", more).arg(all.join(u", "_s));
}

/// A connected host goes on with what it has signed in with: said, where it is so.
QString SavedCredentialsDialog::stillConnected(const QStringList &profileIds) const
{
    QStringList ids;
    for (const QString &id : profileIds) {
        const HostConnection *host = m_hosts.forProfile(id);
        if (host && host->state() == HostConnection::State::Connected)
            ids << id;
    }
    return ids.isEmpty() ? QString()
                         : u' '
            + tr("Still connected with the old password until disconnected: %1.")
                  .arg(names(ids, 5));
}

// --- what is done ---

CredentialEditDialog *SavedCredentialsDialog::edit(int task, const SavedCredential &credential,
                                                   const QString &note)
{
    auto *dialog = new CredentialEditDialog(Task(task), credential, note, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    return dialog;
}

void SavedCredentialsDialog::add()
{
    auto *dialog = edit(int(Task::New), {},
                        tr("Any connection can sign in with it: choose it there under \"Sign in "
                           "as\". You are asked before it is used on a new host."));
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { save(dialog->credential(), dialog->takePassword()); });
}

/// Without a password, the one that is kept stays.
void SavedCredentialsDialog::save(const SavedCredential &credential, const Secret &password)
{
    m_store.saveCredential(credential, password,
                           [self = QPointer(this), credential](const Result<QString> &id) {
                               if (self)
                                   self->ended(id ? Done() : Done(id.error()),
                                               tr("Saved \"%1\".").arg(credential.label));
                           });
}

void SavedCredentialsDialog::rename()
{
    const auto row = current();
    const auto &all = m_store.credentials();
    const auto found = row ? std::ranges::find(all, row->credentialId, &SavedCredential::id)
                           : all.end();
    if (found == all.end())
        return;
    const QStringList users = m_store.profilesUsing(found->id);
    auto *dialog = edit(int(Task::Edit), *found,
                        users.isEmpty() ? QString() : tr("Used by %1.").arg(names(users, 10)));
    connect(dialog, &QDialog::accepted, this, [this, dialog] { save(dialog->credential(), {}); });
}

void SavedCredentialsDialog::changePassword()
{
    const auto row = current();
    if (!row)
        return;
    const QStringList users = usersOf(*row);
    const QString note = row->credentialId.isEmpty() ? tr("Only this connection uses it.")
        : users.isEmpty()
        ? tr("No connection uses it yet.")
        : tr("Changed once for %1. The password on the hosts themselves stays as it is.")
              .arg(names(users, 10));
    auto *dialog = edit(int(Task::Password), {.label = row->name, .userName = row->userName}, note);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, row] { setPassword(*row, dialog->takePassword()); });
}

void SavedCredentialsDialog::setPassword(const Row &row, const Secret &password)
{
    const QStringList users = usersOf(row);
    const QString done = users.size() > 1
        ? tr("Changed for %n connections.", nullptr, int(users.size())) + stillConnected(users)
        : tr("Changed.") + stillConnected(users);
    const auto answer = [self = QPointer(this), done](const Result<QString> &id) {
        if (self)
            self->ended(id ? Done() : Done(id.error()), done);
    };
    if (row.untilQuit) {
        m_store.remember(row.profileId, {.userName = row.userName, .password = password});
        ended({}, done);
    } else if (row.credentialId.isEmpty()) {
        withProfile(row.profileId, [this, row, password, answer](const Profile &profile) {
            m_store.save(profile, {.userName = row.userName, .password = password}, false, answer);
        });
    } else {
        const auto &all = m_store.credentials();
        const auto found = std::ranges::find(all, row.credentialId, &SavedCredential::id);
        if (found != all.end())
            m_store.saveCredential(SavedCredential(*found), password, answer);
    }
}

void SavedCredentialsDialog::forget()
{
    const auto row = current();
    if (!row)
        return;
    const QStringList users = usersOf(*row);
    QString text = tr("Forget the password that \"%1\" keeps? The connection asks for it from then "
                      "on.")
                       .arg(row->name);
    if (!row->credentialId.isEmpty() && users.isEmpty())
        text = tr("Forget \"%1\" (%2)? No connection uses it.").arg(row->name, row->userName);
    else if (!row->credentialId.isEmpty())
        text = tr("Forget \"%1\" (%2)? These connections use it and ask for a password from then "
                  "on: %3.")
                   .arg(row->name, row->userName, names(users, 15));
    Prompts::current().confirm(this, tr("Forget a password"), text, tr("Forget"),
                               [self = QPointer(this), row = *row](bool yes) {
                                   if (self && yes)
                                       self->forgetNow(row);
                               });
}

void SavedCredentialsDialog::forgetNow(const Row &row)
{
    const QString done = tr("Forgotten: \"%1\".").arg(row.name) + stillConnected(usersOf(row));
    const auto answer = [self = QPointer(this), done](const Done &result) {
        if (self)
            self->ended(result, done);
    };
    if (row.untilQuit) {
        m_store.remember(row.profileId, {});
        ended({}, done);
    } else if (!row.credentialId.isEmpty()) {
        m_store.forgetCredential(row.credentialId, answer);
    } else {
        withProfile(row.profileId, [this, answer](Profile profile) {
            profile.storage = SecretStorage::Ask;
            m_store.save(profile, {}, true, [answer](const Result<QString> &id) {
                answer(id ? Done() : Done(id.error()));
            });
        });
    }
}

void SavedCredentialsDialog::withProfile(const QString &id,
                                         std::function<void(const Profile &)> work)
{
    m_store.load(id, [self = QPointer(this), work](const Result<ProfileStore::Loaded> &loaded) {
        if (!self)
            return;
        if (loaded)
            work(loaded->profile);
        else
            self->sayError(loaded.error());
    });
}

void SavedCredentialsDialog::ended(const Done &done, const QString &sentence)
{
    if (!done) {
        sayError(done.error());
        return;
    }
    m_said = true;
    say(sentence);
    m_kept->read();
}

void SavedCredentialsDialog::say(const QString &text)
{
    m_message->setText(text);
    Look::setMeaning(m_message, Meaning::Muted);
}

void SavedCredentialsDialog::sayError(const Error &error)
{
    const Explanation explanation = explain(error);
    m_said = true;
    m_message->setText(explanation.sentence + u' ' + explanation.remedy);
    Look::setMeaning(m_message, Meaning::Error);
}
