#include "dialogs/profilesdialog.h"

#include "dialogs/bulkeditdialog.h"
#include "dialogs/importdialog.h"
#include "look/icons.h"
#include "look/rowdelegate.h"
#include "prompts.h"
#include "text/sentences.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QShortcut>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <functional>

using namespace Qt::StringLiterals;

namespace {

constexpr int IdRole = Qt::UserRole;
constexpr int FolderRole = Qt::UserRole + 1;
constexpr qint64 maxImport = 16 << 20;
enum ColumnNumber { NameColumn, TagsColumn, StateColumn };

QString stateText(ProfileSummary::State state)
{
    switch (state) {
    case ProfileSummary::State::Ready:
        return {};
    case ProfileSummary::State::Pending:
        return ProfilesDialog::tr("not finished saving");
    case ProfileSummary::State::Damaged:
        break;
    }
    return ProfilesDialog::tr("damaged");
}

} // namespace

ProfilesDialog::ProfilesDialog(ProfileStore &store, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
{
    setObjectName(u"profilesDialog"_s);
    setWindowTitle(tr("Saved connections"));
    setModal(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(Look::Groups);
    columns->addWidget(makeList(), 1);
    columns->addLayout(makeButtons());
    layout->addLayout(columns);
    m_message = new QLabel(this);
    m_message->setObjectName(u"message"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->hide();
    layout->addWidget(m_message);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_connect = buttons->addButton(tr("&Connect"), QDialogButtonBox::AcceptRole);
    m_connect->setObjectName(u"connectProfile"_s);
    m_connect->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QString id = currentId();
        accept();
        Q_EMIT connectRequested(id);
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    connect(&m_store, &ProfileStore::changed, this, &ProfilesDialog::fill);
    fill();
    resize(640, 440);
}

ProfilesDialog::~ProfilesDialog() = default;

QWidget *ProfilesDialog::makeList()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Between);
    m_filter = new QLineEdit(box);
    m_filter->setObjectName(u"profileFilter"_s);
    m_filter->setPlaceholderText(tr("Filter by name, folder or tag"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(Icons::get(u"filter", Meaning::Muted), QLineEdit::LeadingPosition);
    m_tree = new QTreeWidget(box);
    m_tree->setObjectName(u"profileTree"_s);
    m_tree->setAccessibleName(tr("Saved connections"));
    m_tree->setHeaderLabels({tr("Name"), tr("Tags"), tr("State")});
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    Look::prepareTree(m_tree);
    Look::prepareHeader(m_tree->header());
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->resizeSection(NameColumn, 240);
    m_tree->header()->resizeSection(TagsColumn, 140);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);

    connect(m_filter, &QLineEdit::textChanged, this, &ProfilesDialog::filter);
    connect(m_tree, &QTreeWidget::itemSelectionChanged, this, &ProfilesDialog::showSelection);
    connect(m_tree, &QTreeWidget::itemChanged, this, &ProfilesDialog::renamed);
    connect(m_tree, &QTreeWidget::itemActivated, this, [this] {
        if (!currentId().isEmpty() && m_connect->isEnabled())
            m_connect->click();
    });
    auto *removeKey = new QShortcut(QKeySequence::Delete, m_tree, this, &ProfilesDialog::remove);
    removeKey->setContext(Qt::WidgetShortcut);
    return box;
}

QLayout *ProfilesDialog::makeButtons()
{
    auto *column = new QVBoxLayout;
    column->setSpacing(Look::Between);
    const auto add = [this, column](const QString &text, const QString &name, auto slot) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, slot);
        column->addWidget(button);
        return button;
    };
    add(tr("&New..."), u"newProfile"_s, [this] { Q_EMIT newRequested(); });
    QPushButton *edit = add(tr("&Edit..."), u"editProfile"_s, [this] { this->edit(); });
    edit->setToolTip(tr("Several at once, too: folder, tags, color, sign-in"));
    m_forOne = {add(tr("&Rename"), u"renameProfile"_s, [this] { rename(); }),
                add(tr("D&uplicate"), u"duplicateProfile"_s, [this] { duplicate(); })};
    m_forSome = {edit, add(tr("&Delete..."), u"deleteProfile"_s, [this] { remove(); })};
    column->addSpacing(Look::Groups);
    m_forSome.append(add(tr("E&xport..."), u"exportProfiles"_s, [this] { exportSelected(); }));
    add(tr("&Import..."), u"importProfiles"_s, [this] { importFile(); });
    column->addSpacing(Look::Groups);
    add(tr("Cre&dentials..."), u"profileCredentials"_s, [this] { Q_EMIT credentialsRequested(); });
    column->addStretch();
    return column;
}

QTreeWidgetItem *ProfilesDialog::folderItem(const QString &folder)
{
    QTreeWidgetItem *parent = m_tree->invisibleRootItem();
    QString path;
    for (const QString &name : folder.split(u'/', Qt::SkipEmptyParts)) {
        path += (path.isEmpty() ? QString() : u"/"_s) + name;
        QTreeWidgetItem *found = nullptr;
        for (int i = 0; i < parent->childCount() && !found; ++i) {
            if (parent->child(i)->data(NameColumn, FolderRole).toString() == path)
                found = parent->child(i);
        }
        if (!found) {
            found = new QTreeWidgetItem(parent, {name});
            found->setData(NameColumn, FolderRole, path);
            found->setIcon(NameColumn, Icons::get(u"folder"));
            found->setFlags(Qt::ItemIsEnabled);
            found->setExpanded(true);
        }
        parent = found;
    }
    return parent;
}

void ProfilesDialog::fill()
{
    const QStringList selected = selectedIds();
    m_filling = true;
    m_tree->clear();
    for (const ProfileSummary &summary : m_store.profiles()) {
        auto *item = new QTreeWidgetItem(
            folderItem(summary.folder),
            {summary.name, summary.tags.join(u", "_s), stateText(summary.state)});
        item->setData(NameColumn, IdRole, summary.id);
        item->setIcon(NameColumn, Icons::get(u"profile"));
        if (!summary.color.isEmpty())
            item->setData(NameColumn, BandRole, QColor(summary.color));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable);
        if (selected.contains(summary.id)) {
            if (selected.first() == summary.id)
                m_tree->setCurrentItem(item, NameColumn, QItemSelectionModel::NoUpdate);
            item->setSelected(true);
        }
    }
    m_tree->expandAll();
    m_filling = false;
    filter(m_filter->text());
    showSelection();
    if (m_store.keychainState() == ProfileStore::KeychainState::Absent)
        say(tr("No keychain is running: passwords are asked for each time and not kept."));
}

void ProfilesDialog::filter(const QString &text)
{
    for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
        const QString id = (*it)->data(NameColumn, IdRole).toString();
        if (id.isEmpty())
            continue;
        const auto summary = m_store.find(id);
        const QString all = summary
            ? summary->name + u' ' + summary->folder + u' ' + summary->tags.join(u' ')
            : QString();
        (*it)->setHidden(!all.contains(text, Qt::CaseInsensitive));
    }
    // A folder is shown while something in it is: children come before their parents here.
    const std::function<bool(QTreeWidgetItem *)> showFolder = [&](QTreeWidgetItem *item) {
        bool any = !item->data(NameColumn, IdRole).toString().isEmpty() && !item->isHidden();
        for (int i = 0; i < item->childCount(); ++i)
            any = showFolder(item->child(i)) || any;
        if (item->data(NameColumn, IdRole).toString().isEmpty())
            item->setHidden(!any);
        return any;
    };
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i)
        showFolder(m_tree->topLevelItem(i));
}

QStringList ProfilesDialog::selectedIds() const
{
    QStringList ids;
    for (const QTreeWidgetItem *item : m_tree->selectedItems()) {
        const QString id = item->data(NameColumn, IdRole).toString();
        if (!id.isEmpty())
            ids.append(id);
    }
    return ids;
}

QString ProfilesDialog::currentId() const
{
    return selectedIds().value(0);
}

void ProfilesDialog::showSelection()
{
    const qsizetype count = selectedIds().size();
    for (QPushButton *button : m_forOne)
        button->setEnabled(count == 1);
    for (QPushButton *button : m_forSome)
        button->setEnabled(count > 0);
    if (m_connect)
        m_connect->setEnabled(count == 1);
}

void ProfilesDialog::edit()
{
    const QStringList ids = selectedIds();
    if (ids.size() == 1) {
        Q_EMIT editRequested(ids.first());
        return;
    }
    auto *dialog = new BulkEditDialog(m_store, ids, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BulkEditDialog::changed, this, &ProfilesDialog::say);
    dialog->open();
}

void ProfilesDialog::rename()
{
    const auto selected = m_tree->selectedItems();
    if (selected.size() == 1)
        m_tree->editItem(selected.front(), NameColumn);
}

void ProfilesDialog::renamed(QTreeWidgetItem *item)
{
    if (m_filling)
        return;
    auto summary = m_store.find(item->data(NameColumn, IdRole).toString());
    const QString name = item->text(NameColumn).trimmed();
    if (!summary || name == summary->name)
        return;
    if (name.isEmpty()) {
        m_filling = true;
        item->setText(NameColumn, summary->name);
        m_filling = false;
        return;
    }
    summary->name = name;
    // The store answers with changed(), which fills the tree anew: not while its editor closes.
    QMetaObject::invokeMethod(
        this,
        [this, changed = *summary] {
            if (const Done done = m_store.updateSummary(changed); !done)
                sayError(done.error());
        },
        Qt::QueuedConnection);
}

void ProfilesDialog::duplicate()
{
    const auto summary = m_store.find(currentId());
    if (!summary)
        return;
    m_store.duplicate(summary->id, tr("%1 (copy)").arg(summary->name),
                      [self = QPointer(this)](const Result<QString> &id) {
                          if (self && !id)
                              self->sayError(id.error());
                      });
}

void ProfilesDialog::remove()
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    const auto first = m_store.find(ids.first());
    const QString what = ids.size() == 1 && first ? first->name
                                                  : tr("%n connections", nullptr, int(ids.size()));
    Prompts::current().confirm(
        this, tr("Delete connections"), tr("Delete %1 with the passwords kept for it?").arg(what),
        tr("Delete"), [this, ids](bool yes) {
            for (const QString &id : yes ? ids : QStringList())
                m_store.remove(id, [self = QPointer(this)](const Done &done) {
                    if (self && !done)
                        self->sayError(done.error());
                });
        });
}

void ProfilesDialog::exportSelected()
{
    const QStringList ids = selectedIds();
    Prompts::current().saveFile(
        this, tr("Export connections"), u"winrm-profiles.json"_s, {tr("Profiles (*.json)")},
        [this, ids](const QString &path) {
            if (path.isEmpty())
                return;
            m_store.exportProfiles(
                ids, [self = QPointer(this), path](const Result<QByteArray> &json) {
                    if (!self)
                        return;
                    if (!json) {
                        self->sayError(json.error());
                        return;
                    }
                    QSaveFile file(path);
                    if (file.open(QIODevice::WriteOnly) && file.write(*json) == json->size()
                        && file.commit())
                        self->say(tr("Exported without passwords to %1").arg(path));
                    else
                        self->sayError(Error::of(Error::Kind::Local, Cause::LocalFile,
                                                 file.errorString(), FileDetails{.path = path}));
                });
        });
}

void ProfilesDialog::importFile()
{
    const QStringList filters{
        tr("Connections (*.json *.xml *.ini *.csv *.txt)"),
        tr("All files (*)"),
    };
    const QString title = tr("Import connections");
    Prompts::current().openFile(this, title, filters, [this](const QString &path) {
        if (path.isEmpty())
            return;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            sayError(Error::of(Error::Kind::Local, Cause::LocalFile, file.errorString(),
                               FileDetails{.path = path}));
            return;
        }
        const auto read = readProfileFile(file.read(maxImport + 1));
        if (!read)
            sayError(read.error());
        else
            preview(*read);
    });
}

void ProfilesDialog::preview(const ProfileFile &file)
{
    auto *dialog = new ImportDialog(file, m_store, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::importRequested, this, &ProfilesDialog::import);
    dialog->open();
}

void ProfilesDialog::import(const std::vector<Profile> &profiles)
{
    m_store.importProfiles(
        profiles, [self = QPointer(this)](const Result<ProfileStore::Import> &result) {
            if (!self)
                return;
            if (!result)
                self->sayError(result.error());
            else
                self->say(
                    tr("Imported %n connections, %1 were there already.", nullptr, result->added)
                        .arg(result->skipped.size()));
        });
}

void ProfilesDialog::say(const QString &text)
{
    m_message->setText(text);
    Look::setMeaning(m_message, Meaning::Muted);
    m_message->show();
}

void ProfilesDialog::sayError(const Error &error)
{
    const Explanation explanation = explain(error);
    m_message->setText(explanation.sentence + u' ' + explanation.remedy);
    Look::setMeaning(m_message, Meaning::Error);
    m_message->show();
}
