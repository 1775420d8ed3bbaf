#include "inventory/readyview.h"

#include "inventory/ciminventory.h"
#include "protocol/namespaces.h"
#include "session/session.h"

#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString latin(std::string_view text)
{
    return QString::fromLatin1(text.data(), qsizetype(text.size()));
}

/// What is typed cannot end the quoted text it stands in, nor be a pattern of LIKE. Source: WQL,
/// strings and LIKE.
QString escaped(const QString &value, bool pattern)
{
    QString out;
    for (const QChar c : value) {
        if (c == u'\\' || c == u'\'' || c == u'"')
            out += u'\\';
        if (pattern && (c == u'%' || c == u'_' || c == u'['))
            out += u'[' + QString(c) + u']';
        else
            out += c;
    }
    return out;
}

/// Empty: a value that is asked for is not there.
QString filled(const QString &clause, const ViewValues &values)
{
    static const QRegularExpression mark(u"\\{([a-z0-9]+)\\}"_s);
    const bool pattern = clause.contains(u" like "_s, Qt::CaseInsensitive);
    QString out;
    qsizetype done = 0;
    for (auto it = mark.globalMatch(clause); it.hasNext();) {
        const auto found = it.next();
        const QString value = values.value(found.captured(1));
        const bool quoted = QStringView(clause).first(found.capturedStart()).count(u'\'') % 2 == 1;
        const bool digits = std::ranges::all_of(value, [](QChar c) { return c.isDigit(); });
        if (value.isEmpty() || (!quoted && !digits))
            return {};
        out += QStringView(clause).mid(done, found.capturedStart() - done);
        out += escaped(value, pattern);
        done = found.capturedEnd();
    }
    return out + clause.mid(done);
}

QString wqlOf(const ViewSection &section, const ViewValues &values)
{
    if (!section.query.isEmpty())
        return filled(section.query, values);
    QStringList clauses;
    for (const QString &clause : section.where) {
        if (const QString text = filled(clause, values); !text.isEmpty())
            clauses << text;
    }
    return clauses.isEmpty()
        ? QString()
        : u"SELECT * FROM %1 WHERE %2"_s.arg(section.className, clauses.join(u" AND "_s));
}

} // namespace

bool ReadyView::isFor(HostKind kind) const
{
    return std::ranges::find(hosts, kind) != hosts.end();
}

ViewValues initialValues(const ReadyView &view)
{
    ViewValues values;
    for (const ViewParameter &parameter : view.parameters)
        values.insert(parameter.name, parameter.initial);
    return values;
}

ViewValues sentValues(const ReadyView &view, const ViewValues &values, const QDateTime &now)
{
    ViewValues sent = values;
    for (const ViewParameter &parameter : view.parameters) {
        if (parameter.type != ViewParameter::Type::Span)
            continue;
        const qint64 minutes = values.value(parameter.name).toLongLong();
        const QDateTime from = now.toUTC().addSecs(-60 * std::min<qint64>(minutes, 1 << 26));
        sent[parameter.name] = minutes > 0 ? from.toString(u"yyyyMMddHHmmss'.000000+000'"_s)
                                           : QString();
    }
    return sent;
}

EnumerateParameters viewQuestion(const Session &session, const ViewSection &section,
                                 const ViewValues &sent)
{
    EnumerateParameters question{.mode = EnumerationMode::ObjectAndReference};
    if (!section.resource.isEmpty()) {
        if (const auto resource = parseResource(section.resource))
            question.resource = *resource;
        question.mode = EnumerationMode::Object;
        return question;
    }
    const QString space = section.cimNamespace.isEmpty() && session.isWindows()
        ? u"root/cimv2"_s
        : section.cimNamespace;
    question.resource = classLocator(session, space, section.className);
    if (!section.selectors.empty()) {
        question.filter = {.dialect = latin(uri::selectorFilter), .selectors = section.selectors};
        return question;
    }
    const QString wql = wqlOf(section, sent);
    if (wql.isEmpty())
        return question;
    if (session.isWindows())
        question.resource = wmiClass(space, u"*"_s);
    question.filter = {.text = wql, .dialect = latin(uri::wql)};
    return question;
}

QString viewQueryText(const ViewSection &section, const ViewValues &sent)
{
    if (!section.resource.isEmpty())
        return section.resource;
    const QString wql = wqlOf(section, sent);
    return wql.isEmpty() ? u"SELECT * FROM "_s + section.className : wql;
}
