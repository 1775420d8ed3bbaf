#include "prompts.h"

#include "look/icons.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace {

/// Answers once: with what was accepted, or with `otherwise` when the dialog goes away.
void showFileDialog(QFileDialog *dialog, const std::function<void(QString)> &answer)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    QObject::connect(dialog, &QDialog::finished, dialog, [dialog, answer](int result) {
        answer(result == QDialog::Accepted ? dialog->selectedFiles().value(0) : QString());
    });
    dialog->open();
}

class DesktopPrompts final : public Prompts
{
public:
    void saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                  const QStringList &filters, std::function<void(QString)> answer) override
    {
        auto *dialog = new QFileDialog(parent, title);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->setNameFilters(filters);
        dialog->selectFile(suggestion);
        dialog->setDefaultSuffix(QFileInfo(suggestion).suffix()); // of a name typed without one
        showFileDialog(dialog, answer);
    }

    void openFile(QWidget *parent, const QString &title, const QStringList &filters,
                  std::function<void(QString)> answer) override
    {
        auto *dialog = new QFileDialog(parent, title);
        dialog->setAcceptMode(QFileDialog::AcceptOpen);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters(filters);
        showFileDialog(dialog, answer);
    }

    void confirm(QWidget *parent, const QString &title, const QString &text, const QString &action,
                 std::function<void(bool)> answer) override
    {
        auto *box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::Cancel,
                                    parent);
        box->setTextFormat(Qt::PlainText);
        // Fusion's own picture is of another time.
        box->setIconPixmap(Icons::get(Icons::signOf(Meaning::Warning), Meaning::Warning)
                               .pixmap(QSize(32, 32), box->devicePixelRatio()));
        QPushButton *yes = box->addButton(action, QMessageBox::AcceptRole);
        box->setDefaultButton(QMessageBox::Cancel);
        box->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(box, &QDialog::finished, box,
                         [box, yes, answer] { answer(box->clickedButton() == yes); });
        box->open();
    }

    void askText(QWidget *parent, const QString &title, const QString &label, const QString &value,
                 std::function<void(std::optional<QString>)> answer) override
    {
        auto *dialog = new QInputDialog(parent);
        dialog->setWindowTitle(title);
        dialog->setLabelText(label);
        dialog->setTextValue(value);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(dialog, &QDialog::finished, dialog, [dialog, answer](int result) {
            answer(result == QDialog::Accepted ? std::optional(dialog->textValue()) : std::nullopt);
        });
        dialog->open();
    }
};

Prompts *s_current = nullptr;

} // namespace

Prompts &Prompts::current()
{
    static DesktopPrompts desktop;
    return s_current ? *s_current : desktop;
}

void Prompts::setCurrent(Prompts *prompts)
{
    s_current = prompts;
}
