#include "dialogs/importdialog.h"

#include "look/icons.h"
#include "look/look.h"
#include "text/importtext.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

enum ColumnNumber { NameColumn, HostColumn, FolderColumn, UserColumn, NotesColumn };

/// With the port where the file gives one, the usual ones as well: it is what will be used.
QString addressText(const ConnectionOptions &options)
{
    if (options.port == 0)
        return options.host;
    return (options.host.contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s)
        .arg(options.host)
        .arg(options.port);
}

QString notesText(const ReadProfile &read)
{
    QStringList notes;
    for (const ImportNote &note : read.notes)
        notes.append(importNoteText(note));
    return notes.join(u"; "_s);
}

/// A weaker connection than a new one would be.
bool isWarning(const ReadProfile &read)
{
    return std::any_of(read.notes.begin(), read.notes.end(), [](const ImportNote &note) {
        return note.kind == ImportNote::Kind::ChecksOff || note.kind == ImportNote::Kind::ClearText;
    });
}

} // namespace

ImportDialog::ImportDialog(const ProfileFile &file, const ProfileStore &store, QWidget *parent)
    : QDialog(parent)
    , m_file(file)
    , m_list(makeList())
    , m_count(new QLabel(this))
{
    setObjectName(u"importDialog"_s);
    setWindowTitle(tr("Import connections"));
    setModal(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    auto *title = new QLabel(tr("%n connections in this %1", nullptr, int(m_file.profiles.size()))
                                 .arg(profileFileFormatName(m_file.format)),
                             this);
    title->setTextFormat(Qt::PlainText);
    Look::setTitle(title);
    layout->addWidget(title);
    layout->addWidget(m_list, 1);
    m_count->setObjectName(u"count"_s);
    m_count->setWordWrap(true);
    Look::setMeaning(m_count, Meaning::Muted);
    layout->addWidget(m_count);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    const auto select = [&](const QString &text, const QString &name, bool checked) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ResetRole);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, checked] { checkAll(checked); });
    };
    select(tr("Select &all"), u"selectAll"_s, true);
    select(tr("Select &none"), u"selectNone"_s, false);
    m_import = buttons->addButton(tr("&Import"), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(u"importChecked"_s);
    m_import->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT importRequested(checked());
        accept();
    });
    layout->addWidget(buttons);

    addProfiles(store);
    addLeft();
    connect(m_list, &QTreeWidget::itemChanged, this, &ImportDialog::showCount);
    showCount();
    resize(960, 520);
}

QTreeWidget *ImportDialog::makeList()
{
    auto *list = new QTreeWidget(this);
    list->setObjectName(u"importList"_s);
    list->setAccessibleName(tr("Connections in the file"));
    list->setHeaderLabels({tr("Name"), tr("Host"), tr("Folder"), tr("User name"), tr("Notes")});
    list->setUniformRowHeights(true);
    Look::prepareList(list);
    Look::prepareHeader(list->header());
    list->header()->setStretchLastSection(true);
    list->header()->resizeSection(NameColumn, 190);
    list->header()->resizeSection(HostColumn, 170);
    list->header()->resizeSection(FolderColumn, 110);
    list->header()->resizeSection(UserColumn, 160);
    return list;
}

void ImportDialog::addProfiles(const ProfileStore &store)
{
    for (const ReadProfile &read : m_file.profiles) {
        const ProfileSummary &summary = read.profile.summary;
        const auto existing = store.find(summary.name);
        const bool there = existing && existing->name == summary.name;
        QString notes = notesText(read);
        if (there)
            notes = tr("a connection of this name is there already")
                + (notes.isEmpty() ? notes : u"; "_s + notes);
        auto *item = new QTreeWidgetItem(m_list,
                                         {summary.name, addressText(read.profile.options),
                                          summary.folder, read.profile.options.userName, notes});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                       | Qt::ItemNeverHasChildren);
        item->setCheckState(NameColumn, there ? Qt::Unchecked : Qt::Checked);
        item->setToolTip(NotesColumn, notes);
        if (isWarning(read))
            item->setIcon(NotesColumn, Icons::get(u"warning", Meaning::Warning));
        else if (!notes.isEmpty())
            item->setIcon(NotesColumn, Icons::get(u"info", Meaning::Muted));
    }
}

void ImportDialog::addLeft()
{
    for (const LeftEntry &left : m_file.left) {
        const QString text = tr("not imported: %1").arg(leftEntryText(left));
        auto *item = new QTreeWidgetItem(m_list, {left.name, {}, {}, {}, text});
        item->setFlags(Qt::ItemIsSelectable | Qt::ItemNeverHasChildren);
        item->setToolTip(NotesColumn, text);
    }
}

void ImportDialog::checkAll(bool checked)
{
    for (std::size_t i = 0; i < m_file.profiles.size(); ++i)
        m_list->topLevelItem(int(i))->setCheckState(NameColumn,
                                                    checked ? Qt::Checked : Qt::Unchecked);
}

std::vector<Profile> ImportDialog::checked() const
{
    std::vector<Profile> profiles;
    for (std::size_t i = 0; i < m_file.profiles.size(); ++i) {
        if (m_list->topLevelItem(int(i))->checkState(NameColumn) == Qt::Checked)
            profiles.push_back(m_file.profiles[i].profile);
    }
    return profiles;
}

void ImportDialog::showCount()
{
    const int count = int(checked().size());
    m_import->setEnabled(count > 0);
    QString text = tr("%n of them selected. Passwords are never imported; they are asked for when "
                      "they are needed.",
                      nullptr, count);
    if (!m_file.left.empty())
        text += u' ' + tr("%n entries cannot be imported.", nullptr, int(m_file.left.size()));
    m_count->setText(text);
}
