#include "protocol/wellformed.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

bool looksLikeHtml(const QByteArray &bytes)
{
    const QByteArray start = bytes.left(1024).trimmed().toLower();
    return start.startsWith("<!doctype html") || start.contains("<html");
}

/// Where `offset` of UTF-8 text stands.
QString place(const QByteArray &bytes, qsizetype offset)
{
    const QByteArray before = bytes.first(offset);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return u"line %1, column %2"_s.arg(before.count('\n') + 1)
        .arg(QString::fromUtf8(before.sliced(lineStart)).size());
}

/// The offset of a line and a column that both count from 1; -1 when the text has no such place.
qsizetype offsetOf(const QByteArray &bytes, int line, int column)
{
    qsizetype offset = 0;
    for (int i = 1; i < line; ++i) {
        offset = bytes.indexOf('\n', offset) + 1;
        if (offset == 0)
            return -1;
    }
    offset += column - 1;
    return offset <= bytes.size() ? offset : -1;
}

/// The name of the end tag that ends just before `offset`; -1 when none does.
qsizetype endTagName(const QByteArray &bytes, qsizetype offset)
{
    if (offset < 1)
        return -1;
    const qsizetype tag = bytes.lastIndexOf('<', offset - 1);
    const QByteArray markup = tag < 0 ? QByteArray() : bytes.sliced(tag, offset - tag);
    return markup.startsWith("</") && markup.indexOf('>') == markup.size() - 1 ? tag + 2 : -1;
}

QString declaredEncoding(const QByteArray &bytes)
{
    static const QRegularExpression declaration(
        u"^<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']*)"_s);
    const QRegularExpressionMatch match = declaration.match(QString::fromUtf8(bytes.left(200)));
    if (!match.hasMatch())
        return {};
    return u"encoding specified in XML declaration is incorrect: line 1, column %1"_s.arg(
        match.capturedStart(1));
}

} // namespace

QString malformedReason(const QByteArray &bytes, const Error &error)
{
    if (looksLikeHtml(bytes))
        return u"HTML body"_s;
    if (bytes.trimmed().isEmpty())
        return u"empty"_s;
    if (error.cause == Cause::SoapEncoding) {
        const QString encoding = declaredEncoding(bytes);
        if (!encoding.isEmpty())
            return encoding;
    }
    // XmlReader's place is behind the tag that it could not take; libxml2's words are in brackets.
    static const QRegularExpression problem(u"^line (\\d+), column (\\d+): ([^(]*[^ (])"_s);
    const QRegularExpressionMatch match = problem.match(error.message);
    if (!match.hasMatch())
        return error.message;
    const int line = match.capturedView(1).toInt();
    const int column = match.capturedView(2).toInt();
    const QString words = match.captured(3);
    const bool mismatch = words == "mismatched tag"_L1;
    const qsizetype name = mismatch ? endTagName(bytes, offsetOf(bytes, line, column)) : -1;
    if (name >= 0)
        return words + u": "_s + place(bytes, name);
    return u"%1: line %2, column %3"_s.arg(words).arg(line).arg(std::max(column - 1, 0));
}
