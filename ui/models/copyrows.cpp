#include "models/copyrows.h"

#include "models/celltext.h"
#include "models/rowtablemodel.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace {

/// A cell of tab-separated text: tabs and line breaks would end it.
QString tabbed(QString text)
{
    return text.replace(u'\t', u' ').replace(u'\r', u' ').replace(u'\n', u' ');
}

QString tabText(const RowTableModel &model, const std::vector<int> &rows,
                const std::vector<int> &columns)
{
    QStringList lines;
    QStringList cells;
    for (const int column : columns)
        cells << tabbed(model.columnName(column));
    lines << cells.join(u'\t');
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns)
            cells << tabbed(model.index(row, column).data(RawTextRole).toString());
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

QByteArray exported(const RowTableModel &model, const std::vector<int> &rows,
                    const std::vector<int> &columns, ExportFormat format)
{
    QByteArray bytes;
    ExportOptions options;
    for (const int column : columns) {
        if (!model.isClassColumn(column))
            options.columns << model.columnName(column);
    }
    const auto exporter = RowExporter::create(format, options, [&bytes](QByteArrayView part) {
        bytes.append(part);
        return true;
    });
    bool going = bool(exporter->begin());
    for (std::size_t i = 0; going && i < rows.size(); ++i) {
        const std::uint32_t row = model.sourceRow(rows[i]);
        going = bool(exporter->append(model.rows(), row, row + 1));
    }
    const Done ended = exporter->end();
    return ended ? bytes : QByteArray();
}

} // namespace

QMimeData *copyRows(const RowTableModel &model, const std::vector<int> &rows,
                    const std::vector<int> &columns, CopyFormat format)
{
    auto *data = new QMimeData;
    if (format == CopyFormat::Json) {
        const QByteArray json = exported(model, rows, columns, ExportFormat::Json);
        data->setText(QString::fromUtf8(json));
        data->setData(u"application/json"_s, json);
        return data;
    }
    const QByteArray csv = exported(model, rows, columns, ExportFormat::Csv);
    data->setData(u"text/csv"_s, csv);
    if (format == CopyFormat::Csv) {
        data->setText(QString::fromUtf8(csv));
        return data;
    }
    data->setText(tabText(model, rows, columns));
    data->setHtml(QString::fromUtf8(exported(model, rows, columns, ExportFormat::Html)));
    return data;
}
