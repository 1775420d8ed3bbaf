#include "look/form.h"

#include "look/look.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace {

/// Calls use for every label of every form below a widget.
template<typename Use>
void eachLabel(QWidget *dialog, Use use)
{
    for (QFormLayout *form : dialog->findChildren<QFormLayout *>()) {
        for (int row = 0; row < form->rowCount(); ++row) {
            const QLayoutItem *item = form->itemAt(row, QFormLayout::LabelRole);
            if (auto *label = item ? qobject_cast<QLabel *>(item->widget()) : nullptr)
                use(label, form);
        }
    }
}

void alignLabels(QWidget *dialog)
{
    int widest = 0;
    eachLabel(dialog, [&widest](const QLabel *label, const QFormLayout *) {
        widest = std::max(widest, label->sizeHint().width());
    });
    eachLabel(dialog, [widest](QLabel *label, const QFormLayout *form) {
        label->setMinimumWidth(widest);
        label->setAlignment(form->labelAlignment() | Qt::AlignVCenter);
    });
}

/// Aligns again when what the labels' widths hang on has changed.
class Aligner final : public QObject
{
public:
    explicit Aligner(QWidget *dialog)
        : QObject(dialog)
        , m_dialog(dialog)
    {
        setObjectName(u"formAligner"_s);
        dialog->installEventFilter(this);
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::Show:
        case QEvent::FontChange:
        case QEvent::StyleChange:
        case QEvent::LanguageChange:
            alignLabels(m_dialog);
            break;
        default:
            break;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QWidget *m_dialog;
};

} // namespace

QFormLayout *Form::make(QWidget *parent)
{
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(Look::Groups);
    form->setVerticalSpacing(Look::Between);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QLabel *Form::heading(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setFont(Look::strongFont(label->font()));
    return label;
}

void Form::align(QWidget *dialog)
{
    alignLabels(dialog);
    if (!dialog->findChild<QObject *>(u"formAligner"_s, Qt::FindDirectChildrenOnly))
        new Aligner(dialog);
}

void Form::fitHeight(QWidget *dialog, int width)
{
    dialog->resize(width, dialog->height());
    for (int pass = 0; pass < 2; ++pass) {
        dialog->layout()->activate();
        for (QWidget *child : dialog->findChildren<QWidget *>())
            child->updateGeometry(); // its layout forgets what the former width led to
        dialog->resize(width, dialog->layout()->minimumSize().height());
    }
}
