#include "export/exporter.h"

#include "export/csvexporter.h"
#include "export/jsonexporter.h"
#include "export/markupexporter.h"
#include "export/textexporter.h"
#include "export/treeexporter.h"
#include "export/xmlexporter.h"

std::unique_ptr<RowExporter> RowExporter::create(ExportFormat format, const ExportOptions &options,
                                                 ExportSink sink)
{
    if (format == ExportFormat::Text)
        return std::make_unique<TextExporter>(options, std::move(sink));
    if (format == ExportFormat::Tree)
        return std::make_unique<TreeExporter>(options, std::move(sink));
    if (options.terminal)
        sink = terminalSink(std::move(sink));
    switch (format) {
    case ExportFormat::Xml:
        return std::make_unique<XmlExporter>(options, std::move(sink));
    case ExportFormat::Json:
        return std::make_unique<JsonExporter>(false, options, std::move(sink));
    case ExportFormat::JsonLines:
        return std::make_unique<JsonExporter>(true, options, std::move(sink));
    case ExportFormat::Csv:
        return std::make_unique<CsvExporter>(options, std::move(sink));
    default:
        return std::make_unique<MarkupExporter>(format == ExportFormat::Markdown, options,
                                                std::move(sink));
    }
}
