#include "views/viewparameters.h"

#include "look/icons.h"
#include "text/sentences.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t perLine = 3; ///< fields; more do not fit beside the docks

struct Span
{
    int minutes;
    const char *title;
};
constexpr Span spans[] = {
    {60, QT_TRANSLATE_NOOP("ViewParameters", "last hour")},
    {6 * 60, QT_TRANSLATE_NOOP("ViewParameters", "last 6 hours")},
    {24 * 60, QT_TRANSLATE_NOOP("ViewParameters", "last 24 hours")},
    {3 * 24 * 60, QT_TRANSLATE_NOOP("ViewParameters", "last 3 days")},
    {7 * 24 * 60, QT_TRANSLATE_NOOP("ViewParameters", "last 7 days")},
    {30 * 24 * 60, QT_TRANSLATE_NOOP("ViewParameters", "last 30 days")},
    {365 * 24 * 60, QT_TRANSLATE_NOOP("ViewParameters", "last year")},
    {0, QT_TRANSLATE_NOOP("ViewParameters", "any time")},
};

} // namespace

ViewParameters::ViewParameters(const ReadyView &view, QWidget *parent)
    : QWidget(parent)
{
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins({});
    lines->setSpacing(Look::Inside);
    QHBoxLayout *line = nullptr;
    for (const ViewParameter &parameter : view.parameters) {
        if (m_fields.size() % perLine == 0) {
            if (line)
                line->addStretch(1);
            line = new QHBoxLayout;
            line->setSpacing(Look::Inside);
            lines->addLayout(line);
        }
        QWidget *field = makeField(parameter);
        field->setObjectName(u"parameter-"_s + parameter.name);
        auto *label = new QLabel(catalogueText(parameter.title), this);
        label->setBuddy(field);
        line->addWidget(label);
        line->addWidget(field, qobject_cast<QLineEdit *>(field) ? 1 : 0);
        line->addSpacing(Look::Inside);
        m_fields.emplace_back(parameter.name, field);
    }
    auto *button = new QPushButton(tr("Show"), this);
    button->setObjectName(u"runView"_s);
    button->setDefault(true);
    connect(button, &QPushButton::clicked, this, &ViewParameters::run);
    line->addWidget(button);
    line->addStretch(1);
    setValues(initialValues(view));
}

QWidget *ViewParameters::makeField(const ViewParameter &parameter)
{
    using Type = ViewParameter::Type;
    if (parameter.type == Type::Choice || parameter.type == Type::Span) {
        auto *box = new QComboBox(this);
        box->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        for (const auto &[value, title] : parameter.choices)
            box->addItem(catalogueText(title), value);
        for (const Span &span : spans) {
            if (parameter.type == Type::Span)
                box->addItem(tr(span.title), QString::number(span.minutes));
        }
        return box;
    }
    auto *line = new QLineEdit(this);
    line->setClearButtonEnabled(true);
    line->setMinimumWidth(100);
    line->setMaximumWidth(320);
    line->setMaxLength(200);
    if (parameter.type == Type::Number)
        line->setValidator(
            new QRegularExpressionValidator(QRegularExpression(u"[0-9]{0,18}"_s), line));
    connect(line, &QLineEdit::returnPressed, this, &ViewParameters::run);
    return line;
}

ViewValues ViewParameters::values() const
{
    ViewValues values;
    for (const auto &[name, field] : m_fields) {
        if (const auto *box = qobject_cast<QComboBox *>(field))
            values.insert(name, box->currentData().toString());
        else
            values.insert(name, static_cast<QLineEdit *>(field)->text().trimmed());
    }
    return values;
}

void ViewParameters::setValues(const ViewValues &values)
{
    for (const auto &[name, field] : m_fields) {
        const auto value = values.constFind(name);
        if (value == values.constEnd())
            continue;
        if (auto *box = qobject_cast<QComboBox *>(field)) {
            if (const int index = box->findData(*value); index >= 0)
                box->setCurrentIndex(index);
        } else {
            static_cast<QLineEdit *>(field)->setText(*value);
        }
    }
}
