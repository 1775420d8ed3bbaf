#include "ctl/verb.h"

#include "connection/connectionoptions.h"
#include "ctl/terminal.h"
#include "text/sentences.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView kindName(Error::Kind kind)
{
    static constexpr std::array names{"none"_L1,    "cancelled"_L1,   "connection"_L1,
                                      "timeout"_L1, "certificate"_L1, "authentication"_L1,
                                      "fault"_L1,   "protocol"_L1,    "local"_L1};
    return names.at(std::size_t(kind));
}

bool addsToSentence(const Explanation &explanation)
{
    return !explanation.hostWords.isEmpty()
        && !explanation.sentence.contains(explanation.hostWords);
}

QString hostSays(const Explanation &explanation)
{
    return u"The host says: %1"_s.arg(explanation.hostWords.simplified());
}

/// What core/text says, in the words of the command line where it has more to offer.
Explanation explained(const Error &error)
{
    Explanation explanation = explain(error);
    const auto *tls = std::get_if<TlsDetails>(&error.details);
    if (error.kind == Error::Kind::Certificate && tls && !tls->leafSha256.isEmpty()) {
        explanation.remedy += u" The host showed the one that this accepts: --pin %1"_s.arg(
            pinText(tls->leafSha256));
    }
    if (error.cause == Cause::ExportFormat && !error.message.isEmpty()) {
        explanation.sentence = u"The rows do not fit into one table: %1."_s.arg(error.message);
        explanation.remedy = u"Name the columns with --columns, or choose json or jsonl."_s;
    }
    return explanation;
}

QByteArray errorJson(const Error &error, const Explanation &explanation)
{
    QString message = explanation.sentence;
    if (addsToSentence(explanation))
        message += u' ' + hostSays(explanation);
    QJsonObject object{{"kind"_L1, kindName(error.kind)},
                       {"cause"_L1, causeId(error.cause)},
                       {"message"_L1, message}};
    if (const FaultDetails *fault = error.fault(); fault && fault->number) {
        object.insert("code"_L1, u"0x%1"_s.arg(*fault->number, 8, 16, QLatin1Char('0')));
        const auto known = codeFacts(*fault->number);
        // Small numbers mean one thing to Windows and another to CIM: the one that was explained.
        const QString meant = explanation.code.section(u' ', 1);
        const auto fits = std::ranges::find(known, meant, &CodeFacts::symbol);
        if (!known.empty())
            object.insert("symbol"_L1, fits == known.end() ? known.front().symbol : fits->symbol);
    } else {
        object.insert("code"_L1, QJsonValue::Null);
    }
    if (!object.contains("symbol"_L1))
        object.insert("symbol"_L1, QJsonValue::Null);
    object.insert("remedy"_L1, explanation.remedy);
    if (error.maybeExecuted)
        object.insert("maybeExecuted"_L1, true);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

void sayError(const Error &error, bool asJson)
{
    const Explanation explanation = explained(error);
    if (asJson) {
        terminal::say(QString::fromUtf8(errorJson(error, explanation)));
        return;
    }
    terminal::say(u"winrmctl: "_s + explanation.sentence);
    if (addsToSentence(explanation))
        terminal::say(u"  "_s + hostSays(explanation));
    if (!explanation.remedy.isEmpty())
        terminal::say(u"  "_s + explanation.remedy);
    if (!explanation.code.isEmpty())
        terminal::say(u"  ("_s + explanation.code + u')');
}

ExitCode Verb::fail(const Error &error, std::uint64_t rows) const
{
    if (error.kind != Error::Kind::Cancelled || error.maybeExecuted || !m_arguments.quiet)
        sayError(error, m_arguments.jsonErrors);
    return exitCodeFor(Outcome{.error = error, .rows = rows});
}

void Verb::note(const QString &line) const
{
    if (!m_arguments.quiet && !m_arguments.jsonErrors)
        terminal::say(line);
}
