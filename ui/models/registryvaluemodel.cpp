#include "models/registryvaluemodel.h"

#include "look/icons.h"
#include "look/look.h"
#include "text/valuetext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostBytes = 64; ///< of a binary value, in one line

QString hexText(const QStringList &bytes, qsizetype most)
{
    QStringList parts;
    for (const QString &byte : bytes.first(std::min(most, bytes.size())))
        parts << u"%1"_s.arg(byte.toUInt() & 0xff, 2, 16, QChar(u'0'));
    return parts.join(u' ') + (bytes.size() > most ? u" \u2026"_s : QString());
}

QString numberText(const QString &text, int digits)
{
    bool isNumber = false;
    const quint64 number = text.toULongLong(&isNumber);
    return isNumber ? u"%1 (0x%2)"_s.arg(text).arg(number, digits, 16, QChar(u'0')) : text;
}

} // namespace

QString RegistryValueModel::typeName(RegistryType type)
{
    switch (type) {
    case RegistryType::String:
        return u"REG_SZ"_s;
    case RegistryType::ExpandString:
        return u"REG_EXPAND_SZ"_s;
    case RegistryType::Binary:
        return u"REG_BINARY"_s;
    case RegistryType::DWord:
        return u"REG_DWORD"_s;
    case RegistryType::MultiString:
        return u"REG_MULTI_SZ"_s;
    case RegistryType::QWord:
        return u"REG_QWORD"_s;
    }
    return {};
}

void RegistryValueModel::setValues(const std::vector<RegistryValueName> &values)
{
    beginResetModel();
    m_values.clear();
    for (const RegistryValueName &value : values)
        m_values.push_back({.name = value, .data = {}, .problem = {}});
    std::ranges::sort(m_values, [](const Value &a, const Value &b) {
        return a.name.name.compare(b.name.name, Qt::CaseInsensitive) < 0;
    });
    endResetModel();
}

int RegistryValueModel::rowOf(const QString &name) const
{
    const auto found = std::ranges::find_if(
        m_values, [&name](const Value &value) { return value.name.name == name; });
    return found == m_values.end() ? -1 : int(found - m_values.begin());
}

void RegistryValueModel::setData(const QString &name, const QStringList &data)
{
    const int row = rowOf(name);
    if (row < 0)
        return;
    m_values[std::size_t(row)].data = data;
    Q_EMIT dataChanged(index(row, DataColumn), index(row, DataColumn));
}

void RegistryValueModel::setFailed(const QString &name, const QString &sentence)
{
    const int row = rowOf(name);
    if (row < 0)
        return;
    m_values[std::size_t(row)].problem = sentence;
    Q_EMIT dataChanged(index(row, DataColumn), index(row, DataColumn));
}

QString RegistryValueModel::shown(const Value &value) const
{
    if (!value.problem.isEmpty())
        return value.problem;
    if (!value.data)
        return u"\u2026"_s;
    switch (value.name.type) {
    case RegistryType::Binary:
        return value.data->isEmpty() ? tr("(no bytes)") : hexText(*value.data, mostBytes);
    case RegistryType::DWord:
        return numberText(value.data->value(0), 8);
    case RegistryType::QWord:
        return numberText(value.data->value(0), 16);
    case RegistryType::MultiString:
        return oneLine(value.data->join(u"; "_s));
    default:
        return oneLine(value.data->value(0));
    }
}

QString RegistryValueModel::fullText(int row) const
{
    const Value &value = m_values[std::size_t(row)];
    if (!value.data || !value.problem.isEmpty())
        return value.problem;
    return value.name.type == RegistryType::Binary ? hexText(*value.data, 65536)
                                                   : value.data->join(u'\n');
}

int RegistryValueModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_values.size());
}

int RegistryValueModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RegistryValueModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Value &value = m_values[std::size_t(index.row())];
    if (role == Qt::DisplayRole) {
        switch (index.column()) {
        case NameColumn:
            return value.name.name.isEmpty() ? tr("(Default)") : oneLine(value.name.name);
        case TypeColumn:
            return typeName(value.name.type);
        default:
            return shown(value);
        }
    }
    if (role == Qt::DecorationRole && index.column() == NameColumn) {
        const bool number = value.name.type == RegistryType::DWord
            || value.name.type == RegistryType::QWord;
        return Icons::get(number                                        ? u"number"
                              : value.name.type == RegistryType::Binary ? u"array"
                                                                        : u"text");
    }
    return {};
}

QVariant RegistryValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case TypeColumn:
        return tr("Type");
    case DataColumn:
        return tr("Data");
    default:
        return {};
    }
}
