#include "widgets/valuelabel.h"

#include "look/icons.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace {

constexpr QChar breakHere(0x200b); ///< zero width space
constexpr int longWord = 16;       ///< characters; shorter ones fit in any card

/// With places to break behind the signs of paths and names, and in what has none of them.
QString breakable(const QString &value)
{
    const auto isLong = [&value](qsizetype from) {
        for (qsizetype i = from; i < value.size(); ++i) {
            if (value.at(i).isSpace())
                return i - from > longWord;
        }
        return value.size() - from > longWord;
    };
    QString out;
    bool inLong = false;
    int run = 0; // characters since one could break
    for (qsizetype i = 0; i < value.size(); ++i) {
        const QChar c = value.at(i);
        if (i == 0 || value.at(i - 1).isSpace()) {
            inLong = isLong(i);
            run = 0;
        }
        out += c;
        ++run;
        const bool sign = !c.isLetterOrNumber() && !c.isSpace() && !c.isSurrogate() && !c.isMark();
        if (inLong && !c.isHighSurrogate() && (sign || run >= longWord)) {
            out += breakHere;
            run = 0;
        }
    }
    return out;
}

} // namespace

ValueLabel::ValueLabel(const QString &value, QWidget *parent)
    : QLabel(breakable(value), parent)
    , m_value(value)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void ValueLabel::copy() const
{
    const QString selected = selectedText().remove(breakHere);
    QGuiApplication::clipboard()->setText(selected.isEmpty() ? m_value : selected);
}

void ValueLabel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        event->accept();
        return;
    }
    QLabel::keyPressEvent(event);
}

void ValueLabel::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"valueMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(Icons::get(u"copy"), tr("Copy"), this, &ValueLabel::copy);
    menu->popup(event->globalPos());
    event->accept();
}
