#include "export/exporter.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct FormatName
{
    ExportFormat format;
    QLatin1StringView name;
    QLatin1StringView suffix;
};

constexpr std::array formats{
    FormatName{ExportFormat::Text, QLatin1StringView("text"), QLatin1StringView("txt")},
    FormatName{ExportFormat::Tree, QLatin1StringView("tree"), QLatin1StringView("txt")},
    FormatName{ExportFormat::Xml, QLatin1StringView("xml"), QLatin1StringView("xml")},
    FormatName{ExportFormat::Json, QLatin1StringView("json"), QLatin1StringView("json")},
    FormatName{ExportFormat::JsonLines, QLatin1StringView("jsonl"), QLatin1StringView("jsonl")},
    FormatName{ExportFormat::Csv, QLatin1StringView("csv"), QLatin1StringView("csv")},
    FormatName{ExportFormat::Html, QLatin1StringView("html"), QLatin1StringView("html")},
    FormatName{ExportFormat::Markdown, QLatin1StringView("md"), QLatin1StringView("md")},
};

} // namespace

std::optional<ExportFormat> exportFormatNamed(QStringView name)
{
    for (const FormatName &known : formats) {
        if (name == known.name)
            return known.format;
    }
    return std::nullopt;
}

QString exportFormatName(ExportFormat format)
{
    return formats[std::size_t(format)].name;
}

QString exportSuffix(ExportFormat format)
{
    return formats[std::size_t(format)].suffix;
}

ExportFormat exportFormatForFile(const QString &fileName, ExportFormat otherwise)
{
    const QString lower = fileName.toLower();
    for (const FormatName &known : formats) {
        if (lower.endsWith(u'.' + known.suffix))
            return known.format;
    }
    if (lower.endsWith(".htm"_L1))
        return ExportFormat::Html;
    if (lower.endsWith(".markdown"_L1))
        return ExportFormat::Markdown;
    return lower.endsWith(".ndjson"_L1) ? ExportFormat::JsonLines : otherwise;
}
