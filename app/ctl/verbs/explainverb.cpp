#include "ctl/verbs/explainverb.h"

#include "ctl/output.h"
#include "text/sentences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace {

QString codeText(const CodeFacts &facts)
{
    const bool small = facts.group == "cim"_L1 || facts.group == "win32"_L1;
    return small ? QString::number(facts.code) : u"0x%1"_s.arg(facts.code, 8, 16, QLatin1Char('0'));
}

/// What --error-format json calls "cause", such as krb.clock_skew.
std::vector<CodeFacts> causeFacts(const QString &word)
{
    const auto cause = causeFromId(word);
    if (!cause)
        return {};
    return {{.group = u"cause"_s,
             .symbol = causeId(*cause),
             .remedy = explain(Error::of(Error::Kind::Local, *cause)).remedy,
             .meaning = causeTitle(*cause)}};
}

/// The group and how else the code is written.
QString otherForms(const CodeFacts &facts)
{
    if (facts.group == "cim"_L1)
        return facts.group;
    if (facts.group == "win32"_L1) // 16 bits in an HRESULT of FACILITY_WIN32
        return facts.code > 0xffff
            ? facts.group
            : u"%1, 0x8007%2"_s.arg(facts.group).arg(facts.code, 4, 16, QLatin1Char('0'));
    return u"%1, %2"_s.arg(facts.group, QString::number(facts.code));
}

QByteArray asText(const std::vector<CodeFacts> &all)
{
    QString text;
    for (const CodeFacts &facts : all) {
        if (!text.isEmpty())
            text += u'\n';
        text += facts.group == "cause"_L1
            ? facts.symbol + u'\n'
            : u"%1 %2 (%3)\n"_s.arg(codeText(facts), facts.symbol, otherForms(facts));
        for (const QString &line : {facts.meaning, facts.cause, facts.remedy}) {
            if (!line.isEmpty())
                text += u"  "_s + line + u'\n';
        }
    }
    return text.toUtf8();
}

QByteArray asJson(const std::vector<CodeFacts> &all)
{
    QJsonArray array;
    for (const CodeFacts &facts : all) {
        QJsonObject object{{"group"_L1, facts.group}, {"symbol"_L1, facts.symbol}};
        if (facts.group != "cause"_L1) {
            object.insert("code"_L1, codeText(facts));
            object.insert("number"_L1, qint64(facts.code));
        }
        const std::pair<QLatin1StringView, QString> texts[] = {
            {"meaning"_L1, facts.meaning}, {"cause"_L1, facts.cause}, {"remedy"_L1, facts.remedy}};
        for (const auto &[name, value] : texts) {
            if (!value.isEmpty())
                object.insert(name, value);
        }
        array.append(object);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Indented);
}

} // namespace

void ExplainVerb::start()
{
    const auto usage = [this](const QString &message) {
        Q_EMIT finished(fail(Error::of(Error::Kind::Local, Cause::LocalUsage, message)));
    };
    if (arguments().words.size() != 1)
        return usage(u"explain takes one code, symbol or cause, for instance 0x80338000 or "
                     "krb.clock_skew"_s);
    const QString &word = arguments().words.first();
    const auto number = parseCode(word);
    auto all = number ? codeFacts(*number) : std::vector<CodeFacts>();
    if (all.empty())
        all = codeFactsNamed(word);
    std::ranges::move(causeFacts(word), std::back_inserter(all));
    if (all.empty())
        return usage(u"nothing is known of %1"_s.arg(word));
    const bool json = arguments().exportFormat() == ExportFormat::Json;
    if (!json && !arguments().format.isEmpty() && arguments().format != "text"_L1)
        return usage(u"explain writes text or json"_s);
    Output output(arguments());
    Done written = output.open();
    if (written) {
        if (!output.write(json ? asJson(all) : asText(all)) && !output.readerGone())
            written = output.error();
        if (written)
            written = output.finish();
    }
    Q_EMIT finished(written ? ExitCode::Done : fail(written.error()));
}
