#include "dialogs/bulkeditdialog.h"

#include "dialogs/notelabel.h"
#include "dialogs/profilefields.h"
#include "dialogs/signinfields.h"
#include "dialogs/tagchecklist.h"
#include "look/form.h"
#include "look/look.h"
#include "text/sentences.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

BulkEditDialog::BulkEditDialog(ProfileStore &store, const QStringList &ids, QWidget *parent)
    : QDialog(parent)
    , m_store(store)
    , m_ids(ids)
{
    setObjectName(u"bulkEditDialog"_s);
    setModal(true);
    QStringList names;
    for (const QString &id : ids) {
        if (const auto summary = store.find(id)) {
            m_profiles.push_back(*summary);
            names << summary->name;
        }
    }
    setWindowTitle(tr("Edit %n connections", nullptr, int(m_profiles.size())));
    names.sort(Qt::CaseInsensitive);
    const int more = int(names.size()) - 6;
    auto *who = new NoteLabel(
        more > 0 ? tr("%1 and %n more", "names", more).arg(names.first(6).join(u", "_s))
                 : names.join(u", "_s),
        this);
    who->setToolTip(names.join(u'\n').toHtmlEscaped().replace(u'\n', u"<br>"_s));
    Look::setMeaning(who, Meaning::Muted);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Around, Look::Around, Look::Around, Look::Groups);
    layout->setSpacing(Look::Groups);
    layout->addWidget(who);
    layout->addWidget(makeFields(), 1);
    m_message = new NoteLabel(QString(), this);
    m_message->setObjectName(u"message"_s);
    layout->addWidget(m_message);
    layout->addLayout(makeEnd());
    fillFields();
    showCount();
    resize(sizeHint().expandedTo({480, 500}));
}

BulkEditDialog::Field BulkEditDialog::addField(QFormLayout *form, const QString &name,
                                               const QString &title)
{
    const Field field{.box = new QCheckBox(title, m_fields), .value = new QComboBox(m_fields)};
    field.box->setObjectName(name + u"Box"_s);
    field.value->setObjectName(name);
    field.value->setAccessibleName(QString(title).remove(u'&'));
    form->addRow(field.box, field.value);
    // What is edited is meant to change.
    connect(field.value, &QComboBox::activated, field.box, [field] {
        field.box->setChecked(field.value->currentIndex() >= 0 || field.value->isEditable());
    });
    connect(field.value, &QComboBox::currentTextChanged, this, &BulkEditDialog::showCount);
    connect(field.box, &QCheckBox::toggled, this, [this, field](bool on) {
        if (on && field.value->currentIndex() < 0 && !field.value->isEditable())
            field.value->setCurrentIndex(0);
        showCount();
    });
    return field;
}

QWidget *BulkEditDialog::makeFields()
{
    m_fields = new QWidget(this);
    QFormLayout *form = Form::make(m_fields);
    m_folder = addField(form, u"bulkFolder"_s, tr("&Folder"));
    m_folder.value->setEditable(true);
    m_folder.value->setInsertPolicy(QComboBox::NoInsert);
    connect(m_folder.value->lineEdit(), &QLineEdit::textEdited, m_folder.box,
            [this] { m_folder.box->setChecked(true); });
    m_color = addField(form, u"bulkColor"_s, tr("Co&lor"));
    m_readOnly = addField(form, u"bulkReadOnly"_s, tr("&Read-only"));
    m_mechanism = addField(form, u"bulkMechanism"_s, tr("Securit&y"));
    m_credential = addField(form, u"bulkCredential"_s, tr("Sign in &as"));
    m_tags = new TagCheckList(m_store.profiles(), m_profiles, m_fields);
    auto *tags = new QLabel(tr("&Tags"), m_fields);
    tags->setMinimumWidth(tags->sizeHint().width() + Look::Inside);
    tags->setBuddy(m_tags->findChild<QWidget *>(u"tagList"_s));
    form->addRow(tags, m_tags);
    connect(m_tags, &TagCheckList::changed, this, &BulkEditDialog::showCount);
    return m_fields;
}

QLayout *BulkEditDialog::makeEnd()
{
    m_bar = new QProgressBar(this);
    m_bar->setObjectName(u"bulkProgress"_s);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(6);
    m_bar->hide();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_cancel->setObjectName(u"bulkCancel"_s);
    m_change = buttons->addButton(tr("Change"), QDialogButtonBox::AcceptRole);
    m_change->setObjectName(u"bulkChange"_s);
    m_change->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &BulkEditDialog::change);
    connect(buttons, &QDialogButtonBox::rejected, this, &BulkEditDialog::reject);
    auto *layout = new QVBoxLayout;
    layout->setSpacing(Look::Between);
    layout->addWidget(m_bar);
    layout->addWidget(buttons);
    return layout;
}

/// Shows what all have in common; where they differ, nothing.
void BulkEditDialog::showCommon(const Field &field, const QString &value, bool same)
{
    const QSignalBlocker quiet(field.value);
    if (field.value->isEditable()) {
        field.value->setEditText(same ? value : QString());
        field.value->lineEdit()->setPlaceholderText(same ? tr("none; levels with /")
                                                         : tr("different; levels with /"));
        return;
    }
    field.value->setPlaceholderText(tr("different"));
    field.value->setCurrentIndex(same ? field.value->findData(value) : -1);
}

void BulkEditDialog::fillFields()
{
    const ProfileSummary first = m_profiles.empty() ? ProfileSummary() : m_profiles.front();
    const auto all = [this, &first](auto member) {
        return std::ranges::all_of(
            m_profiles, [&](const ProfileSummary &p) { return p.*member == first.*member; });
    };
    m_folder.value->addItem(QString());
    m_folder.value->addItems(foldersOf(m_store.profiles()));
    showCommon(m_folder, first.folder, all(&ProfileSummary::folder));
    addProfileColors(m_color.value);
    showCommon(m_color, first.color, all(&ProfileSummary::color));
    // What follows stands in the entries only, which nobody has read.
    m_readOnly.value->addItem(tr("Yes: change nothing on these hosts"), true);
    m_readOnly.value->addItem(tr("No: changes are allowed"), false);
    addMechanisms(m_mechanism.value);
    for (const SavedCredential &saved : m_store.credentials())
        m_credential.value->addItem(
            tr("Saved credential: %1 (%2)").arg(saved.label, saved.userName), saved.id);
    m_credential.value->addItem(tr("No saved credential: ask each time"), QString());
    for (const Field &field : {m_readOnly, m_mechanism, m_credential}) {
        const QSignalBlocker quiet(field.value);
        field.value->setPlaceholderText(tr("as in each"));
        field.value->setCurrentIndex(-1);
    }
}

ProfileChanges BulkEditDialog::changes() const
{
    ProfileChanges made;
    if (m_folder.box->isChecked())
        made.folder = m_folder.value->currentText().split(u'/', Qt::SkipEmptyParts).join(u'/');
    if (m_color.box->isChecked())
        made.color = m_color.value->currentData().toString();
    if (m_readOnly.box->isChecked())
        made.readOnly = m_readOnly.value->currentData().toBool();
    if (m_mechanism.box->isChecked())
        made.authentication = Authentication(m_mechanism.value->currentData().toInt());
    if (m_credential.box->isChecked()) {
        const auto &saved = m_store.credentials();
        const auto found = std::ranges::find(saved, m_credential.value->currentData().toString(),
                                             &SavedCredential::id);
        made.credential = found == saved.end() ? SavedCredential() : *found;
    }
    made.tags = m_tags->changes();
    return made;
}

void BulkEditDialog::showCount()
{
    if (!m_change || m_edit)
        return;
    const ProfileChanges wanted = changes();
    const int all = int(m_profiles.size());
    const int sure = int(std::ranges::count_if(m_profiles, [&](const ProfileSummary &profile) {
        return wanted.applied(profile) != profile;
    }));
    const int most = wanted.isSummaryOnly() ? sure : all;
    QString text = tr("Tick what is to change. Everything else stays as it is in each connection.");
    if (!wanted.isSummaryOnly())
        text = tr("Up to %n connections change: each is read from the keychain first.", nullptr,
                  all);
    else if (!wanted.isEmpty())
        text = sure == 0 ? tr("No connection changes: all of them are so already.")
                         : tr("%1 of %2 connections change.").arg(sure).arg(all);
    m_message->setText(text);
    Look::setMeaning(m_message, Meaning::Muted);
    m_change->setText(most > 0 ? tr("Change %n connections", nullptr, most) : tr("Change"));
    m_change->setEnabled(most > 0);
}

void BulkEditDialog::change()
{
    m_edit = new ProfileBulkEdit(m_store, m_ids, changes(), this);
    m_fields->setEnabled(false);
    m_change->setEnabled(false);
    m_cancel->setText(tr("Stop"));
    m_bar->setRange(0, m_edit->total());
    m_bar->setValue(0);
    m_bar->show();
    connect(m_edit, &ProfileBulkEdit::progress, this, [this](int done) {
        m_bar->setValue(done);
        m_message->setText(tr("%1 of %2 done").arg(done).arg(m_edit->total()));
    });
    connect(m_edit, &ProfileBulkEdit::finished, this, &BulkEditDialog::finished);
    m_edit->start();
}

void BulkEditDialog::reject()
{
    if (m_edit)
        m_edit->cancel();
    else
        QDialog::reject();
}

QString BulkEditDialog::reportText(const ProfileBulkEdit::Report &report) const
{
    QStringList parts{tr("%n connections changed.", nullptr, report.changed)};
    if (report.same > 0)
        parts << tr("%n were so already.", nullptr, report.same);
    if (report.error) {
        const Explanation why = explain(report.error);
        parts << tr("\"%1\" could not be changed: %2 %3")
                     .arg(report.failed, why.sentence, why.remedy);
    }
    if (report.left > 0)
        parts << tr("%n were not reached and are as before.", nullptr, report.left);
    return parts.join(u' ');
}

void BulkEditDialog::finished()
{
    const ProfileBulkEdit::Report report = m_edit->report();
    m_edit->deleteLater();
    m_edit = nullptr;
    if (!report.error && report.left == 0) {
        accept();
        Q_EMIT changed(reportText(report));
        return;
    }
    // What was done stays; what is left can be tried again with the same fields.
    m_bar->hide();
    m_fields->setEnabled(true);
    m_cancel->setText(tr("Close"));
    m_change->setText(tr("Change the others"));
    m_change->setEnabled(true);
    m_message->setText(reportText(report));
    Look::setMeaning(m_message, report.error ? Meaning::Error : Meaning::Warning);
}
