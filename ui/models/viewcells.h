#pragma once

#include "inventory/readyview.h"
#include "look/look.h"
#include "models/rowdress.h"

#include <QCoreApplication>

/// Texts, units and marks of a ready view's section, for its table or its card.
class ViewCells final : public RowDress
{
    Q_DECLARE_TR_FUNCTIONS(ViewCells)
public:
    explicit ViewCells(const ViewSection &section);

    QStringList columns() const override { return m_columns; }
    QString title(const QString &column) const override;
    QString word(const QString &column, const QString &value) const override;
    bool hasWords(const QString &column) const override;
    bool isRight(const QString &column) const override;
    QVariant data(const RowSet &rows, std::uint32_t row, const QString &column,
                  int role) const override;

    /// One value with its unit, its word of the mark behind it. Empty for what is not there.
    QString text(const RowSet &rows, std::uint32_t row, const ViewColumn &column) const;
    /// The first mark of that column whose tests hold; null: none.
    const ViewMark *mark(const RowSet &rows, std::uint32_t row, const QString &column) const;
    const ViewSection &section() const { return m_section; }

    static Meaning meaning(ViewMark::Sign sign);
    static QString spanText(double seconds); ///< "3 d 9 h", "4 min 10 s"
    static QString bytesText(double bytes);  ///< in steps of 1024, as Windows shows them

private:
    const ViewColumn *column(const QString &property) const;
    ViewSection m_section;
    QStringList m_columns;
};
