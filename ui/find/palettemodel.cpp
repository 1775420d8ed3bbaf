#include "find/palettemodel.h"

#include "look/rowdelegate.h"
#include "models/celltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Steps of a fit. Between those of commands stand those of classes.
enum Fit : int {
    Same = 0,
    SameName = 1,
    Begins = 2,
    NameBegins = 3,
    BeginsWord = 4,
    WithinName = 5,
    Within = 6,
    Described = 7,
    OtherWords = 8,
    Letters = 9,
    No = -1
};

bool beginsWord(const QString &text, const QString &word)
{
    for (qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
        if (at == 0 || !text[at - 1].isLetterOrNumber()
            || (text[at].isUpper() && text[at - 1].isLower()))
            return true;
    }
    return false;
}

bool hasLetters(const QString &text, const QString &letters)
{
    qsizetype at = 0;
    for (const QChar letter : letters) {
        at = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

int wordFit(const PaletteItem &item, const QString &word)
{
    if (beginsWord(item.title, word))
        return BeginsWord;
    if (item.title.contains(word, Qt::CaseInsensitive))
        return Within;
    return item.searched.contains(word, Qt::CaseInsensitive) ? int(OtherWords) : int(No);
}

} // namespace

int paletteFit(const PaletteItem &item, const QString &typed)
{
    const QString wanted = typed.simplified();
    if (item.title.compare(wanted, Qt::CaseInsensitive) == 0)
        return Same;
    if (item.title.startsWith(wanted, Qt::CaseInsensitive))
        return Begins;
    int worst = No;
    for (const QString &word : wanted.split(u' ')) {
        const int fit = wordFit(item, word);
        if (fit == No)
            return wanted.size() > 1 && hasLetters(item.title, QString(wanted).remove(u' '))
                ? int(Letters)
                : int(No);
        worst = std::max(worst, fit);
    }
    return worst;
}

int paletteFit(const ClassHit &hit, const QString &typed)
{
    const QString wanted = typed.simplified();
    const QString name = hit.member.isEmpty() ? hit.className : hit.member;
    const QString plain = hit.member.isEmpty() ? hit.className.section(u'_', 1) : name;
    for (const QString &one : {name, plain}) {
        if (one.compare(wanted, Qt::CaseInsensitive) == 0)
            return SameName;
    }
    if (name.startsWith(wanted, Qt::CaseInsensitive)
        || plain.startsWith(wanted, Qt::CaseInsensitive))
        return NameBegins;
    const QStringList words = wanted.split(u' ');
    const bool named = std::ranges::all_of(words, [&hit](const QString &word) {
        return hit.className.contains(word, Qt::CaseInsensitive)
            || hit.member.contains(word, Qt::CaseInsensitive);
    });
    return named ? WithinName : Described;
}

void PaletteModel::setItems(std::vector<PaletteItem> items, Search search)
{
    m_items = std::move(items);
    m_search = std::move(search);
    setTyped({});
}

void PaletteModel::setTyped(const QString &typed)
{
    const QString wanted = typed.simplified();
    std::vector<std::pair<int, PaletteItem>> found;
    for (const PaletteItem &item : m_items) {
        const int fit = wanted.isEmpty() || item.always ? 0 : paletteFit(item, wanted);
        if (fit >= 0)
            found.emplace_back(item.always ? 100 : fit, item);
    }
    if (wanted.size() > 1 && m_search) {
        for (auto &hit : m_search(wanted))
            found.push_back(std::move(hit));
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, PaletteItem>::first);
    if (found.size() > MostRows)
        found.erase(found.begin() + MostRows - 1, found.end() - 1);
    beginResetModel();
    m_shown.clear();
    for (auto &[fit, item] : found)
        m_shown.push_back(std::move(item));
    endResetModel();
}

const PaletteItem *PaletteModel::item(const QModelIndex &index) const
{
    const auto row = std::size_t(index.row());
    return index.isValid() && row < m_shown.size() ? &m_shown[row] : nullptr;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteItem *const shown = item(index);
    if (!shown)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return shown->title;
    case Qt::DecorationRole:
        return shown->icon;
    case MutedRole:
        return shown->note;
    case Qt::AccessibleTextRole:
        return shown->note.isEmpty() ? shown->title
                                     : tr("%1, %2", "what, where").arg(shown->title, shown->note);
    case Qt::ToolTipRole:
        return shown->searched.isEmpty() ? QVariant() : QVariant(plainTip(shown->searched));
    default:
        return {};
    }
}
