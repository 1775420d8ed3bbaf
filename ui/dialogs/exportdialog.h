#pragma once

#include "export/exporter.h"
#include "models/exportjob.h"
#include "protocol/cimclass.h"

#include <QDialog>
#include <QPointer>

#include <functional>
#include <vector>

class EnumerateOperation;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QRadioButton;

/// What a page offers to the export dialog: rows, or a document.
struct ExportSubject
{
    QString name;   ///< for the file name: "web01 Win32_Service"
    QString source; ///< "web01, 3 Apr 2024 14:45"

    RowSet rows;
    std::vector<std::uint32_t> shown, selected; ///< rows of the set, in the order shown
    QStringList columns;                        ///< as shown
    std::shared_ptr<const CimClass> schema;
    /// Asks the host for all rows again; null where there is no host.
    std::function<EnumerateOperation *()> again;

    DocumentPtr document; ///< set: a tree
    Node whole, branch;   ///< `branch` null or the same: only the whole is offered
    QString wholeName, branchName;
    LeafTypes types;
};

/// Asks what, how and where to, then shows the writing: progress, rate, Cancel, and at the end
/// "10,000 rows, 3.1 MB, 0.8 s" with the folder to open. Opened with open(); deletes itself.
class ExportDialog final : public QDialog
{
    Q_OBJECT
public:
    explicit ExportDialog(ExportSubject subject, QWidget *parent = nullptr);
    void reject() override; ///< cancels a running export first

Q_SIGNALS:
    /// "Exported services.csv", "10,000 rows, 3.1 MB, 0.8 s"
    void exported(const QString &what, const QString &result);

private:
    QWidget *createScope();
    QWidget *createFile();
    void createProgress();
    bool isTree() const { return m_subject.document != nullptr; }
    ExportFormat format() const;
    QString suggestedFile() const;
    void formatChanged();
    void chooseFile();
    void accepted();
    void start(bool overwrite);
    void startRows(const ExportTarget &target);
    void showProgress(quint64 rows, qint64 bytes);
    void finished(const ExportResult &result);
    void setWriting(bool writing);
    ExportSubject m_subject;
    QRadioButton *m_all = nullptr, *m_selected = nullptr, *m_again = nullptr, *m_branch = nullptr;
    QComboBox *m_format;
    QCheckBox *m_guard, *m_shownColumns;
    QLineEdit *m_file;
    QPushButton *m_choose, *m_export, *m_close, *m_openFolder;
    QWidget *m_form;
    QProgressBar *m_bar;
    QLabel *m_text;
    QPointer<ExportJob> m_job;
    QElapsedTimer m_clock;
    quint64 m_expected = 0;
    QString m_agreedFile; ///< the user agreed to replace this one
};
