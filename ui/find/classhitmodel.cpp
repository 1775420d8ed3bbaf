#include "find/classhitmodel.h"

#include "look/icons.h"
#include "models/celltext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

QString excerpt(const QString &text, const QStringList &words, qsizetype length)
{
    if (text.size() <= length)
        return text;
    qsizetype first = -1;
    for (const QString &word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at >= 0 && (first < 0 || at < first))
            first = at;
    }
    qsizetype begin = first < length * 2 / 3 ? 0 : first - length / 3;
    if (begin > 0)
        begin = text.indexOf(u' ', begin) + 1;
    qsizetype end = std::min(begin + length, text.size());
    if (end < text.size())
        end = std::max(text.lastIndexOf(u' ', end), begin + length / 2);
    return (begin > 0 ? u"... "_s : QString()) + text.mid(begin, end - begin)
        + (end < text.size() ? u" ..."_s : QString());
}

ClassHitModel::ClassHitModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void ClassHitModel::setHits(ClassHits hits, const QString &words)
{
    beginResetModel();
    m_hits = std::move(hits);
    m_words = words.split(u' ', Qt::SkipEmptyParts);
    endResetModel();
}

const ClassHit *ClassHitModel::hit(const QModelIndex &index) const
{
    const auto row = std::size_t(index.row());
    return index.isValid() && row < m_hits.hits.size() ? &m_hits.hits[row] : nullptr;
}

int ClassHitModel::rowOf(const ClassHit &hit) const
{
    const auto found = std::ranges::find_if(m_hits.hits, [&hit](const ClassHit &other) {
        return other.className == hit.className && other.member == hit.member
            && other.kind == hit.kind && other.cimNamespace == hit.cimNamespace;
    });
    return found == m_hits.hits.end() ? -1 : int(found - m_hits.hits.begin());
}

int ClassHitModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_hits.hits.size());
}

int ClassHitModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QIcon ClassHitModel::icon(ClassHit::Kind kind)
{
    switch (kind) {
    case ClassHit::Kind::Class:
        return Icons::get(u"class", Meaning::Muted);
    case ClassHit::Kind::Property:
        return Icons::get(u"property", Meaning::Muted);
    case ClassHit::Kind::Method:
        return Icons::get(u"method", Meaning::Muted);
    }
    return {};
}

QString ClassHitModel::kindText(ClassHit::Kind kind)
{
    switch (kind) {
    case ClassHit::Kind::Class:
        return tr("class");
    case ClassHit::Kind::Property:
        return tr("property");
    case ClassHit::Kind::Method:
        return tr("method");
    }
    return {};
}

QVariant ClassHitModel::data(const QModelIndex &index, int role) const
{
    const ClassHit *const found = hit(index);
    if (!found)
        return {};
    const bool isClass = found->kind == ClassHit::Kind::Class;
    if (role == Qt::DecorationRole && index.column() == NameColumn)
        return icon(found->kind);
    if (role == Qt::ToolTipRole && !found->description.isEmpty())
        return plainTip(found->description);
    if (role == Qt::AccessibleTextRole && index.column() == NameColumn)
        return isClass ? tr("class %1").arg(found->className)
                       : tr("%1 %2 of %3", "property Name of Win32_Service")
                             .arg(kindText(found->kind), found->member, found->className);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return isClass ? found->className : found->member;
    case ClassColumn:
        return isClass ? QString() : found->className;
    case NamespaceColumn:
        return found->cimNamespace;
    default:
        return excerpt(found->description, m_words, 140);
    }
}

QVariant ClassHitModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Found");
    case ClassColumn:
        return tr("In class");
    case NamespaceColumn:
        return tr("Namespace");
    default:
        return tr("Description");
    }
}
