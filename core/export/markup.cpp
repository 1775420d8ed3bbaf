#include "export/markup.h"

#include "export/markuptext.h"

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

constexpr std::string_view style =
    ":root{color-scheme:light dark}"
    "body{font:14px/1.4 system-ui,sans-serif;margin:1.5em;background:#fff;color:#1b1b1b}"
    "table{border-collapse:collapse}"
    "th,td{border:1px solid #c8c8c8;padding:.25em .6em;text-align:left;vertical-align:top}"
    "th{background:#efefef;position:sticky;top:0}"
    ".null{color:#6a6a6a;font-style:italic}"
    "@media(prefers-color-scheme:dark){body{background:#1e1e1e;color:#e6e6e6}"
    "th,td{border-color:#4a4a4a}th{background:#2b2b2b}.null{color:#a0a0a0}}"sv;

} // namespace

Markup::Markup(bool markdown, ExportBuffer &out)
    : m_markdown(markdown)
    , m_out(out)
{ }

void Markup::beginPage(const ExportOptions &options)
{
    const std::string title = options.title.toStdString();
    const std::string source = options.source.toStdString();
    if (m_markdown) {
        if (!title.empty()) {
            m_out.append("# "sv);
            appendMarkdownText(m_out, title);
            m_out.append("\n\n"sv);
        }
        if (!source.empty()) {
            appendMarkdownText(m_out, source);
            m_out.append("\n\n"sv);
        }
        return;
    }
    m_out.append("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>"sv);
    appendHtmlText(m_out, options.title.simplified().toStdString());
    m_out.append("</title>\n<style>"sv);
    m_out.append(style);
    m_out.append("</style>\n</head>\n<body>\n"sv);
    if (!title.empty()) {
        m_out.append("<h1>"sv);
        appendHtmlText(m_out, title);
        m_out.append("</h1>\n"sv);
    }
    if (!source.empty()) {
        m_out.append("<p>"sv);
        appendHtmlText(m_out, source);
        m_out.append("</p>\n"sv);
    }
}

void Markup::beginTable(const QStringList &header)
{
    m_out.append(m_markdown ? "|"sv : "<table>\n<thead><tr>"sv);
    for (const QString &name : header) {
        if (m_markdown) {
            m_out.append(' ');
            appendMarkdownText(m_out, name.toStdString());
            m_out.append(" |"sv);
        } else {
            m_out.append("<th>"sv);
            appendHtmlText(m_out, name.toStdString());
            m_out.append("</th>"sv);
        }
    }
    if (!m_markdown) {
        m_out.append("</tr></thead>\n<tbody>\n"sv);
        return;
    }
    m_out.append("\n|"sv);
    for (qsizetype i = 0; i < header.size(); ++i)
        m_out.append(" --- |"sv);
    m_out.append('\n');
}

void Markup::beginRow()
{
    m_out.append(m_markdown ? "|"sv : "<tr>"sv);
}

void Markup::cell(std::string_view utf8)
{
    if (m_markdown) {
        m_out.append(' ');
        appendMarkdownText(m_out, utf8);
        m_out.append(utf8.empty() ? "|"sv : " |"sv);
        return;
    }
    m_out.append("<td>"sv);
    appendHtmlText(m_out, utf8);
    m_out.append("</td>"sv);
}

void Markup::nullCell()
{
    m_out.append(m_markdown ? " *null* |"sv : "<td class=\"null\">null</td>"sv);
}

void Markup::endRow()
{
    m_out.append(m_markdown ? "\n"sv : "</tr>\n"sv);
}

void Markup::endTable()
{
    m_out.append(m_markdown ? "\n"sv : "</tbody>\n</table>\n"sv);
}

void Markup::endPage()
{
    if (!m_markdown)
        m_out.append("</body>\n</html>\n"sv);
}
