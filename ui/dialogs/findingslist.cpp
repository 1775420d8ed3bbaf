#include "dialogs/findingslist.h"

#include "dialogs/notelabel.h"
#include "look/icons.h"
#include "text/sentences.h"
#include "widgets/signlabel.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

Meaning meaningOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Refused:
        return Meaning::Error;
    case Verdict::Warned:
        return Meaning::Warning;
    case Verdict::NotApplicable:
        break;
    }
    return Meaning::Muted;
}

QString wordOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Refused:
        return FindingsList::tr("Not possible");
    case Verdict::Warned:
        return FindingsList::tr("Warning");
    case Verdict::NotApplicable:
        break;
    }
    return FindingsList::tr("Note");
}

} // namespace

FindingsList::FindingsList(QWidget *parent)
    : QWidget(parent)
    , m_lines(new QVBoxLayout(this))
{
    m_lines->setContentsMargins(0, 0, 0, 0);
    m_lines->setSpacing(Look::Inside);
    setObjectName(u"findings"_s);
    hide();
}

void FindingsList::clear()
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void FindingsList::addLine(Verdict verdict, const QString &sentence)
{
    auto *line = new QWidget(this);
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Look::Between);
    const Meaning meaning = meaningOf(verdict);
    const QString sign = verdict == Verdict::NotApplicable ? u"info"_s
                                                           : Icons::signOf(meaning).toString();
    auto *icon = new SignLabel(Icons::get(sign, meaning), Look::IconSize, line);
    icon->setAccessibleName(wordOf(verdict));
    auto *text = new NoteLabel(sentence, line);
    if (verdict == Verdict::NotApplicable)
        Look::setMeaning(text, Meaning::Muted);
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    m_lines->addWidget(line);
}

void FindingsList::setFindings(const std::vector<RuleFinding> &findings)
{
    clear();
    for (const RuleFinding &finding : findings)
        addLine(finding.verdict, ruleSentence(finding));
    setVisible(!findings.empty());
}

void FindingsList::setProblem(const QString &sentence)
{
    clear();
    addLine(Verdict::Refused, sentence);
    show();
}
