#include "dialogs/profilefields.h"

#include "look/form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct NamedColor
{
    const char *name;
    QLatin1StringView value;
};
/// Red is for production: the window draws it as a band.
constexpr std::array colors{
    NamedColor{QT_TRANSLATE_NOOP("ProfileFields", "No color"), ""_L1},
    NamedColor{QT_TRANSLATE_NOOP("ProfileFields", "Red (production)"), "#c6262e"_L1},
    NamedColor{QT_TRANSLATE_NOOP("ProfileFields", "Orange"), "#d9730d"_L1},
    NamedColor{QT_TRANSLATE_NOOP("ProfileFields", "Green"), "#2e7d32"_L1},
    NamedColor{QT_TRANSLATE_NOOP("ProfileFields", "Blue"), "#2f6fde"_L1},
    NamedColor{QT_TRANSLATE_NOOP("ProfileFields", "Violet"), "#7b4fc4"_L1},
};

QIcon swatch(const QString &color)
{
    QPixmap pixmap(32, 32);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    if (color.isEmpty())
        return pixmap;
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(color));
    painter.drawRoundedRect(QRectF(2, 2, 12, 12), 3, 3);
    return pixmap;
}

} // namespace

void addProfileColors(QComboBox *box)
{
    for (const NamedColor &color : colors)
        box->addItem(swatch(color.value), ProfileFields::tr(color.name), QString(color.value));
}

QStringList foldersOf(const std::vector<ProfileSummary> &profiles)
{
    QStringList folders;
    for (const ProfileSummary &profile : profiles) {
        if (!profile.folder.isEmpty() && !folders.contains(profile.folder))
            folders.append(profile.folder);
    }
    folders.sort(Qt::CaseInsensitive);
    return folders;
}

ProfileFields::ProfileFields(QWidget *parent)
    : QWidget(parent)
    , m_save(new QCheckBox(tr("Save the co&nnection"), this))
    , m_form(Form::make(this))
    , m_name(new QLineEdit(this))
    , m_folder(new QComboBox(this))
    , m_tags(new QLineEdit(this))
    , m_color(new QComboBox(this))
{
    m_save->setObjectName(u"saveProfile"_s);
    m_name->setObjectName(u"profileName"_s);
    m_folder->setObjectName(u"profileFolder"_s);
    m_folder->setEditable(true);
    m_folder->setInsertPolicy(QComboBox::NoInsert);
    m_folder->lineEdit()->setPlaceholderText(tr("none; levels with /"));
    m_tags->setObjectName(u"profileTags"_s);
    m_tags->setPlaceholderText(tr("iis, dmz"));
    m_color->setObjectName(u"profileColor"_s);
    addProfileColors(m_color);

    m_form->addRow(new QLabel(this), m_save); // keeps the column while no other label is shown
    m_form->addRow(tr("&Name"), m_name);
    m_form->addRow(tr("&Folder"), m_folder);
    m_form->addRow(tr("&Tags"), m_tags);
    m_form->addRow(tr("Co&lor"), m_color);

    connect(m_save, &QCheckBox::toggled, this, [this] {
        showFields();
        Q_EMIT changed();
    });
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameTyped = true; });
    connect(m_name, &QLineEdit::textChanged, this, &ProfileFields::changed);
    showFields();
}

void ProfileFields::setKnown(const std::vector<ProfileSummary> &profiles)
{
    m_folder->addItem(QString());
    m_folder->addItems(foldersOf(profiles));
}

void ProfileFields::setSummary(const ProfileSummary &summary)
{
    m_summary = summary;
    m_nameTyped = !summary.name.isEmpty();
    m_name->setText(summary.name);
    m_folder->setEditText(summary.folder);
    m_tags->setText(summary.tags.join(u", "_s));
    int color = m_color->findData(summary.color);
    if (color < 0) {
        m_color->addItem(swatch(summary.color), summary.color, summary.color);
        color = m_color->count() - 1;
    }
    m_color->setCurrentIndex(color);
    const bool saved = !summary.id.isEmpty();
    m_save->setChecked(saved);
    m_form->setRowVisible(m_save, !saved);
    showFields();
}

ProfileSummary ProfileFields::summary() const
{
    ProfileSummary summary = m_summary;
    summary.name = m_name->text();
    summary.folder = m_folder->currentText().trimmed();
    summary.color = m_color->currentData().toString();
    summary.tags.clear();
    for (const QString &tag : m_tags->text().split(u',', Qt::SkipEmptyParts)) {
        if (!tag.trimmed().isEmpty())
            summary.tags.append(tag.trimmed());
    }
    return summary;
}

bool ProfileFields::isToBeSaved() const
{
    return m_save->isChecked();
}

void ProfileFields::setSuggestedName(const QString &name)
{
    if (!m_nameTyped && m_name->text() != name)
        m_name->setText(name);
}

void ProfileFields::showFields()
{
    const QWidgetList fields{m_name, m_folder, m_tags, m_color};
    for (QWidget *field : fields)
        m_form->setRowVisible(field, m_save->isChecked());
}
