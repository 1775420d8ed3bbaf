#include "dialogs/preflightlist.h"

#include "dialogs/notelabel.h"
#include "look/form.h"
#include "look/icons.h"
#include "widgets/signlabel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace {

QString wordOf(const PreflightLine &line)
{
    if (line.sign.isEmpty())
        return PreflightList::tr("Under way");
    switch (line.meaning) {
    case Meaning::Ok:
        return PreflightList::tr("Found");
    case Meaning::Warning:
        return PreflightList::tr("Warning");
    case Meaning::Error:
        return PreflightList::tr("Not possible");
    default:
        return PreflightList::tr("Note");
    }
}

QWidget *commandRow(const QString &command, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Between);
    auto *text = new QLabel(command, row);
    text->setObjectName(u"command"_s);
    text->setTextFormat(Qt::PlainText);
    text->setFont(Look::monospace());
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(PreflightList::tr("Command: %1").arg(command));
    auto *copy = new QToolButton(row);
    copy->setObjectName(u"copyCommand"_s);
    copy->setIcon(Icons::get(u"copy"));
    copy->setAutoRaise(true);
    copy->setToolTip(PreflightList::tr("Copy the command"));
    copy->setAccessibleName(copy->toolTip());
    copy->setFocusPolicy(Qt::StrongFocus);
    QObject::connect(copy, &QToolButton::clicked, row,
                     [command] { QGuiApplication::clipboard()->setText(command); });
    layout->addWidget(text);
    layout->addWidget(copy);
    layout->addStretch();
    return row;
}

} // namespace

PreflightList::PreflightList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(u"preflight"_s);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Look::Inside);
    m_layout->addWidget(Form::heading(tr("Before connecting"), this));
    hide();
}

QWidget *PreflightList::makeRow(const PreflightLine &line)
{
    auto *row = new QWidget(this);
    row->setObjectName(u"preflight-"_s + line.name);
    row->setToolTip(line.tip.isEmpty()
                        ? QString()
                        : u"<p>%1</p>"_s.arg(line.tip.toHtmlEscaped().replace(u'\n', u"<br>"_s)));
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Between);
    const QIcon icon = line.sign.isEmpty() ? QIcon() : Icons::get(line.sign, line.meaning);
    auto *sign = new SignLabel(icon, Look::IconSize, row);
    sign->setAccessibleName(wordOf(line));
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *text = new NoteLabel(line.sentence, row);
    text->setObjectName(u"sentence"_s);
    text->setAccessibleDescription(line.tip);
    if (line.meaning == Meaning::Muted)
        Look::setMeaning(text, Meaning::Muted);
    column->addWidget(text);
    if (!line.command.isEmpty())
        column->addWidget(commandRow(line.command, row));
    layout->addWidget(sign, 0, Qt::AlignTop);
    layout->addLayout(column, 1);
    return row;
}

void PreflightList::drop(QWidget *row)
{
    m_layout->removeWidget(row);
    row->setObjectName({});
    row->hide();
    row->deleteLater(); // its button may be the one that is being clicked
}

void PreflightList::setLines(const std::vector<PreflightLine> &lines)
{
    if (lines == m_lines)
        return;
    std::vector<QWidget *> rows;
    for (std::size_t i = 0; i < std::max(lines.size(), m_lines.size()); ++i) {
        const bool old = i < m_lines.size();
        const bool now = i < lines.size();
        if (old && now && lines[i] == m_lines[i]) {
            rows.push_back(m_rows[i]);
            continue;
        }
        if (old)
            drop(m_rows[i]);
        if (now) {
            rows.push_back(makeRow(lines[i]));
            m_layout->insertWidget(int(i) + 1, rows.back()); // below the heading
        }
    }
    m_rows = std::move(rows);
    m_lines = lines;
    setVisible(!lines.empty());
}
