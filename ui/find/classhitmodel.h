#pragma once

#include "inventory/classindex.h"

#include <QAbstractTableModel>
#include <QIcon>

/// What a search in the classes of a host has found: one row a hit, the best first.
class ClassHitModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ClassColumn, NamespaceColumn, DescriptionColumn, ColumnCount };

    explicit ClassHitModel(QObject *parent = nullptr);
    void setHits(ClassHits hits, const QString &words);
    const ClassHits &hits() const { return m_hits; }
    const ClassHit *hit(const QModelIndex &index) const; ///< null for an invalid one
    int rowOf(const ClassHit &hit) const;                ///< -1: not among them

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

    static QIcon icon(ClassHit::Kind kind);
    static QString kindText(ClassHit::Kind kind); ///< "class", "property", "method"

private:
    ClassHits m_hits;
    QStringList m_words;
};

/// About `length` characters of a description around the first of the words, whole words at both
/// ends, with dots where something is left out.
QString excerpt(const QString &text, const QStringList &words, qsizetype length);
