#include "dialogs/exportdialog.h"

#include "look/form.h"
#include "look/icons.h"
#include "look/look.h"
#include "prompts.h"
#include "session/enumerateoperation.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

struct Offer
{
    ExportFormat format;
    const char *label;
};
constexpr Offer offers[] = {
    {ExportFormat::Csv, QT_TRANSLATE_NOOP("ExportDialog", "CSV, for spreadsheets")},
    {ExportFormat::Json, QT_TRANSLATE_NOOP("ExportDialog", "JSON")},
    {ExportFormat::JsonLines, QT_TRANSLATE_NOOP("ExportDialog", "JSON Lines, one object a line")},
    {ExportFormat::Xml, QT_TRANSLATE_NOOP("ExportDialog", "XML, as the host sent it")},
    {ExportFormat::Html, QT_TRANSLATE_NOOP("ExportDialog", "HTML, to read in a browser")},
    {ExportFormat::Markdown, QT_TRANSLATE_NOOP("ExportDialog", "Markdown")},
    {ExportFormat::Text, QT_TRANSLATE_NOOP("ExportDialog", "Plain text")},
};

/// A name that every file system takes.
QString fileNameFor(QString name)
{
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && c != u'-' && c != u'_' && c != u'.')
            c = u'-';
    }
    return name.left(80);
}

} // namespace

ExportDialog::ExportDialog(ExportSubject subject, QWidget *parent)
    : QDialog(parent)
    , m_subject(std::move(subject))
    , m_format(new QComboBox(this))
    , m_guard(new QCheckBox(tr("Guard against formulas"), this))
    , m_shownColumns(new QCheckBox(tr("Only the columns shown, in their order"), this))
    , m_form(new QWidget(this))
{
    setObjectName(u"exportDialog"_s);
    setWindowTitle(tr("Export"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    for (const Offer &offer : offers)
        m_format->addItem(tr(offer.label), int(offer.format));
    m_format->setObjectName(u"exportFormat"_s);
    if (isTree())
        m_format->setCurrentIndex(m_format->findData(int(ExportFormat::Xml)));
    m_guard->setChecked(true);
    m_guard->setObjectName(u"formulaGuard"_s);
    m_guard->setToolTip(tr("Puts an apostrophe before texts that a spreadsheet would run as a "
                           "formula (= + - @). Numbers stay as they are."));
    m_shownColumns->setChecked(true);
    m_shownColumns->setVisible(!isTree());
    QFormLayout *form = Form::make(m_form);
    form->addRow(tr("What"), createScope());
    form->addRow(tr("Format"), m_format);
    form->addRow(QString(), m_guard);
    if (!isTree())
        form->addRow(tr("Columns"), m_shownColumns);
    form->addRow(tr("File"), createFile());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Look::Groups, Look::Groups, Look::Groups, Look::Groups);
    layout->setSpacing(Look::Groups);
    layout->addWidget(m_form);
    createProgress();
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::formatChanged);
    m_file->setText(suggestedFile());
    formatChanged();
    setMinimumWidth(520);
}

QWidget *ExportDialog::createScope()
{
    auto *scope = new QWidget(this);
    auto *layout = new QVBoxLayout(scope);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Inside);
    const auto add = [&](const QString &text, const QString &name) {
        auto *button = new QRadioButton(text, scope);
        button->setObjectName(name);
        layout->addWidget(button);
        return button;
    };
    if (isTree()) {
        m_all = add(m_subject.wholeName, u"scopeWhole"_s);
        if (m_subject.branch && m_subject.branch != m_subject.whole)
            m_branch = add(m_subject.branchName, u"scopeBranch"_s);
    } else {
        m_all = add(tr("Rows shown (%L1)").arg(m_subject.shown.size()), u"scopeShown"_s);
        if (m_subject.selected.size() > 0)
            m_selected = add(tr("Rows selected (%L1)").arg(m_subject.selected.size()),
                             u"scopeSelected"_s);
        if (m_subject.again)
            m_again = add(tr("All rows: ask the host again"), u"scopeAgain"_s);
    }
    m_all->setChecked(true);
    if (m_selected && m_subject.selected.size() > 1)
        m_selected->setChecked(true);
    return scope;
}

QWidget *ExportDialog::createFile()
{
    auto *row = new QWidget(this);
    m_file = new QLineEdit(row);
    m_file->setObjectName(u"exportFile"_s);
    m_file->setAccessibleName(tr("File"));
    m_choose = new QPushButton(tr("Choose\u2026"), row);
    m_choose->setAutoDefault(false);
    m_choose->setObjectName(u"chooseFile"_s);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Inside);
    layout->addWidget(m_file, 1);
    layout->addWidget(m_choose);
    connect(m_choose, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_file, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (m_export)
            m_export->setEnabled(!text.trimmed().isEmpty());
    });
    m_export = nullptr;
    return row;
}

void ExportDialog::createProgress()
{
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(Look::Inside);
    m_text = new QLabel(this);
    m_text->setObjectName(u"exportText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *buttons = new QDialogButtonBox(this);
    m_openFolder = buttons->addButton(tr("Open folder"), QDialogButtonBox::ActionRole);
    m_export = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    m_export->setObjectName(u"exportButton"_s);
    m_export->setDefault(true);
    m_close->setObjectName(u"exportClose"_s);
    m_openFolder->setObjectName(u"openFolder"_s);
    m_openFolder->setAutoDefault(false);
    m_bar->hide();
    m_text->hide();
    m_openFolder->hide();
    layout()->addWidget(m_bar);
    layout()->addWidget(m_text);
    layout()->addWidget(buttons);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::accepted);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_openFolder, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_file->text()).absolutePath()));
    });
}

ExportFormat ExportDialog::format() const
{
    return ExportFormat(m_format->currentData().toInt());
}

QString ExportDialog::suggestedFile() const
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo(folder).isDir()) // named by the desktop, made by nobody
        folder = QDir::homePath();
    return QDir(folder).filePath(fileNameFor(m_subject.name) + u'.' + exportSuffix(format()));
}

void ExportDialog::formatChanged()
{
    m_guard->setVisible(format() == ExportFormat::Csv);
    const QFileInfo file(m_file->text());
    if (!file.completeBaseName().isEmpty())
        m_file->setText(
            QDir(file.path()).filePath(file.completeBaseName() + u'.' + exportSuffix(format())));
}

void ExportDialog::chooseFile()
{
    const QString suffix = exportSuffix(format());
    QPointer<ExportDialog> self(this);
    Prompts::current().saveFile(this, tr("Export to"), m_file->text(),
                                {u"%1 (*.%1)"_s.arg(suffix), tr("All files (*)")},
                                [self](const QString &file) {
                                    if (!self || file.isEmpty())
                                        return;
                                    self->m_file->setText(file);
                                    self->m_agreedFile = file;
                                });
}

void ExportDialog::accepted()
{
    const QString file = m_file->text().trimmed();
    if (const bool there = QFileInfo::exists(file); !there || file == m_agreedFile) {
        start(there);
        return;
    }
    QPointer<ExportDialog> self(this);
    Prompts::current().confirm(this, tr("Replace the file?"), tr("%1 is there already.").arg(file),
                               tr("Replace"), [self](bool replace) {
                                   if (self && replace)
                                       self->start(true);
                               });
}

void ExportDialog::start(bool overwrite)
{
    ExportTarget target{
        .file = m_file->text().trimmed(), .format = format(), .overwrite = overwrite};
    target.options.formulaGuard = m_guard->isChecked();
    target.options.title = m_subject.name;
    target.options.source = m_subject.source;
    if (!isTree() && m_shownColumns->isChecked())
        target.options.columns = m_subject.columns;
    m_job = new ExportJob(target, this);
    connect(m_job, &ExportJob::progress, this, &ExportDialog::showProgress);
    connect(m_job, &ExportJob::finished, this, &ExportDialog::finished);
    m_clock.start();
    setWriting(true);
    if (!isTree())
        startRows(target);
    else
        m_job->writeTree(m_subject.document,
                         m_branch && m_branch->isChecked() ? m_subject.branch : m_subject.whole,
                         m_subject.types);
}

void ExportDialog::startRows(const ExportTarget &)
{
    if (m_again && m_again->isChecked()) {
        m_expected = 0;
        if (EnumerateOperation *operation = m_subject.again()) {
            m_job->writeEnumeration(operation, m_subject.schema);
            return;
        }
        delete m_job;
        setWriting(false);
        m_text->setText(tr("The host is not connected, so it cannot be asked again."));
        return;
    }
    const auto &rows = m_selected && m_selected->isChecked() ? m_subject.selected : m_subject.shown;
    m_expected = rows.size();
    m_job->writeRows(m_subject.rows, rows);
}

void ExportDialog::showProgress(quint64 rows, qint64 bytes)
{
    m_bar->setRange(0, int(m_expected));
    m_bar->setValue(int(rows));
    const double seconds = double(qMax<qint64>(1, m_clock.elapsed())) / 1000;
    m_text->setText(
        tr("%1 rows, %2 rows/s, %3")
            .arg(QLocale().toString(rows), rateText(double(rows) / seconds), bytesText(bytes)));
}

void ExportDialog::setWriting(bool writing)
{
    m_form->setEnabled(!writing);
    m_export->setVisible(!writing);
    m_openFolder->hide();
    m_bar->setRange(0, 0);
    m_bar->setVisible(writing);
    m_text->setText(writing ? tr("Writing\u2026") : QString());
    m_text->show();
    m_close->setText(tr("Cancel"));
}

void ExportDialog::finished(const ExportResult &result)
{
    m_job = nullptr;
    setWriting(false);
    const QString name = QFileInfo(result.file).fileName();
    if (result.error) {
        QString text = result.error.kind == Error::Kind::Cancelled
            ? tr("Cancelled.")
            : explain(result.error).sentence + u' ' + explain(result.error).remedy;
        if (result.partial)
            text += u'\n'
                + tr("What was written until then (%1) is in %2.")
                      .arg(exportSummary(result), QFileInfo(result.partialFile).fileName());
        m_text->setText(text);
        m_openFolder->setVisible(result.partial);
        m_close->setText(tr("Close"));
        return;
    }
    m_export->hide();
    m_text->setText(tr("%1: %2").arg(name, exportSummary(result)));
    m_openFolder->show();
    m_close->setText(tr("Close"));
    m_close->setDefault(true);
    m_close->setFocus();
    Q_EMIT exported(tr("Exported %1").arg(name), exportSummary(result));
}

void ExportDialog::reject()
{
    if (m_job) {
        m_text->setText(tr("Cancelling\u2026"));
        m_job->cancel();
        return;
    }
    QDialog::reject();
}
