#include "text/catalogue.h"
#include "text/sentences.h"
#include "text/valuetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Sentences)
};

template<typename T>
const T &detailsOf(const Error &error)
{
    static const T none;
    const T *details = std::get_if<T>(&error.details);
    return details ? *details : none;
}

QString orUnknown(const QString &text)
{
    return text.isEmpty() ? Words::tr("unknown") : text;
}

/// The host as a sentence can hold it. "[2001:db8::1]:5986" stays as it is.
QString hostWord(const Error &error)
{
    return error.host.isEmpty() ? Words::tr("the host") : error.host;
}

QString detailWord(const Error &error)
{
    QString words = error.message;
    if (words.isEmpty())
        words = detailsOf<TlsDetails>(error).problems.join(u"; "_s);
    if (words.isEmpty())
        words = detailsOf<KeychainDetails>(error).backend;
    if (words.isEmpty())
        words = detailsOf<RuleDetails>(error).rule;
    if (const int code = detailsOf<FileDetails>(error).systemError; words.isEmpty() && code != 0)
        words = QString::fromLocal8Bit(std::strerror(code));
    words = words.trimmed();
    while (words.endsWith(u'.'))
        words.chop(1);
    return words.isEmpty() ? Words::tr("unknown reason") : words;
}

QString secondsWord(const Error &error)
{
    bool ok = false;
    const double seconds = error.message.toDouble(&ok);
    return ok ? QLocale().toString(seconds, 'g', 6) : Words::tr("the given number of");
}

QString statusWord(const HttpDetails &http)
{
    if (http.status == 0)
        return Words::tr("unknown");
    return http.reason.isEmpty() ? QString::number(http.status)
                                 : QString::number(http.status) + u' ' + http.reason;
}

/// Words that come from one member: a name the program put into the details, else the message.
QString nameWord(const Error &error, const QString &name)
{
    if (!name.isEmpty())
        return name;
    const QString &rule = detailsOf<RuleDetails>(error).rule;
    return rule.isEmpty() ? error.message : rule;
}

QString argumentText(QStringView argument, const Error &error)
{
    if (argument == u"host")
        return hostWord(error);
    if (argument == u"address")
        return error.host.isEmpty() ? Words::tr("the address") : error.host;
    if (argument == u"source") {
        const QString &path = detailsOf<FileDetails>(error).path;
        return path.isEmpty() ? hostWord(error) : path;
    }
    if (argument == u"file")
        return detailsOf<FileDetails>(error).path;
    if (argument == u"profile")
        return nameWord(error, detailsOf<KeychainDetails>(error).entry);
    if (argument == u"detail")
        return detailWord(error);
    if (argument == u"mechanism")
        return orUnknown(detailsOf<AuthDetails>(error).mechanism);
    if (argument == u"offered")
        return orUnknown(detailsOf<AuthDetails>(error).offered.join(u", "_s));
    if (argument == u"status")
        return statusWord(detailsOf<HttpDetails>(error));
    if (argument == u"type")
        return orUnknown(detailsOf<HttpDetails>(error).contentType);
    if (argument == u"location")
        return orUnknown(detailsOf<HttpDetails>(error).location);
    if (argument == u"format")
        return orUnknown(nameWord(error, {}));
    return argument == u"seconds" ? secondsWord(error) : Words::tr("unknown");
}

/// All arguments in one pass, so that what a host wrote is never read as a place mark. An empty one
/// goes together with the space before it.
QString filled(const CauseText &text, const Error &error)
{
    const QString sentence = catalogueText(text.sentence);
    QString out;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const bool mark = sentence[i] == u'%' && i + 1 < sentence.size();
        const int number = mark ? sentence[i + 1].digitValue() : 0;
        if (number < 1 || number > text.arguments.size()) {
            out += sentence[i];
            continue;
        }
        ++i;
        const QString words = oneLine(argumentText(text.arguments[number - 1], error));
        if (words.isEmpty() && out.endsWith(u' '))
            out.chop(1);
        out += words;
    }
    return out;
}

const CodeText *firstOf(std::initializer_list<QStringView> groups, std::uint32_t code)
{
    for (const QStringView group : groups) {
        if (const CodeText *text = codeText(group, code))
            return text;
    }
    return nullptr;
}

/// Which code a number stands for depends on who wrote it: a small one is a Windows error in a
/// WSManFault and a CIM status in a CIM error.
const CodeText *codeOf(std::uint32_t number, FaultLink::Form form)
{
    if (number >= 0x8000 && number <= 0x81ff)
        return codeText(u"wsman", 0x80330000 | number);
    if ((number & 0xffff0000) == 0x80070000)
        return codeText(u"win32", number & 0xffff);
    const bool cim = form == FaultLink::Form::CimError || form == FaultLink::Form::OmiError
        || form == FaultLink::Form::WmiError;
    if (number < 0x8000)
        return cim ? firstOf({u"cim"}, number) : firstOf({u"win32"}, number);
    return firstOf({u"wsman", u"wmi", u"sspi"}, number);
}

struct FaultCode
{
    std::optional<std::uint32_t> number; ///< the most specific one, known or not
    const CodeText *text = nullptr;      ///< the most specific one that the catalogue describes
};

FaultCode codeOf(const FaultDetails &fault)
{
    FaultCode found;
    const CodeText *known = nullptr;
    for (auto link = fault.chain.rbegin(); link != fault.chain.rend(); ++link) {
        if (!link->code)
            continue;
        if (!found.number)
            found.number = link->code;
        const CodeText *text = codeOf(*link->code, link->form);
        if (text && !text->cause.isEmpty()) {
            found.text = text;
            return found;
        }
        known = known ? known : text;
    }
    if (!found.number && fault.number) {
        found.number = fault.number;
        known = codeOf(*fault.number, FaultLink::Form::WSManFault);
    }
    found.text = known;
    return found;
}

QString numberText(std::uint32_t number)
{
    if (number < 0x10000)
        return QString::number(number);
    return u"0x"_s + QString::number(number, 16).toUpper().rightJustified(8, u'0');
}

QString faultCodeText(const FaultDetails &fault, const FaultCode &code)
{
    if (code.text) {
        const bool hresult = code.text->group == u"win32" && code.number
            && (*code.number & 0xffff) == code.text->code;
        return numberText(hresult ? *code.number : code.text->code) + u' ' + code.text->symbol;
    }
    if (code.number)
        return numberText(*code.number);
    return fault.subcode.isEmpty() ? fault.code : fault.subcode;
}

/// What the links say, outermost first, each once.
QString faultWords(const FaultDetails &fault)
{
    QStringList words;
    for (const FaultLink &link : fault.chain) {
        const QString message = link.message.trimmed();
        if (!message.isEmpty() && !words.contains(message))
            words.append(message);
    }
    return words.join(u'\n');
}

void explainCause(const Error &error, Explanation &explanation)
{
    const CauseText *text = causeText(error.cause);
    if (!text)
        text = causeText(Cause::Unknown);
    if (!text)
        return;
    explanation.sentence = filled(*text, error);
    explanation.remedy = catalogueText(text->remedy);
}

/// What a fault without any number means by its subcode, as hosts other than Windows send it: the
/// sentence that Windows' number for the same has.
const CodeText *textOfSubcode(const FaultDetails &fault)
{
    struct Row
    {
        QLatin1StringView subcode;
        std::uint32_t code;
    };
    static constexpr std::array rows{
        Row{"ActionNotSupported"_L1, 0x80338013},
        Row{"AlreadyExists"_L1, 0x80338033},
        Row{"Concurrency"_L1, 0x80338032},
        Row{"EndpointUnavailable"_L1, 0x80338014},
        Row{"FilterDialectRequestedUnavailable"_L1, 0x80338019},
        Row{"FilteringNotSupported"_L1, 0x80338018},
        Row{"FragmentDialectNotSupported"_L1, 0x80338090},
        Row{"InvalidMessageInformationHeader"_L1, 0x8033800F},
        Row{"InvalidOptions"_L1, 0x80338039},
        Row{"InvalidParameter"_L1, 0x8033803A},
        Row{"InvalidRepresentation"_L1, 0x80338015},
        Row{"MessageInformationHeaderRequired"_L1, 0x80338011},
        Row{"MustUnderstand"_L1, 0x80338010}, // a SOAP code, which has no subcode
        Row{"PolymorphismModeNotSupported"_L1, 0x80338137},
        Row{"SchemaValidationError"_L1, 0x80338041},
        Row{"UnsupportedFeature"_L1, 0x80338042},
    };
    const QString &name = fault.subcode.isEmpty() ? fault.code : fault.subcode;
    for (const Row &row : rows) {
        if (name == row.subcode)
            return codeText(u"wsman", row.code);
    }
    return nullptr;
}

void explainFault(const Error &error, const FaultDetails &fault, Explanation &explanation)
{
    const FaultCode code = codeOf(fault);
    explanation.hostWords = faultWords(fault);
    if (explanation.hostWords.isEmpty())
        explanation.hostWords = error.message;
    if (const QString text = faultCodeText(fault, code); !text.isEmpty())
        explanation.code = text;
    const CodeText *named = nullptr;
    if (!code.number && (error.cause == Cause::FaultGeneric || error.cause == Cause::FaultFilter))
        named = textOfSubcode(fault);
    if (named && !named->cause.isEmpty()) {
        explanation.sentence = catalogueText(named->cause);
        explanation.remedy = catalogueText(named->remedy);
    }
    if (!code.text)
        return;
    if (!code.text->cause.isEmpty()) {
        explanation.sentence = catalogueText(code.text->cause);
        explanation.remedy = catalogueText(code.text->remedy);
    } else if (error.cause == Cause::FaultGeneric && !code.text->meaning.isEmpty()) {
        explanation.sentence += u' ' + catalogueText(code.text->meaning);
    }
}

} // namespace

QString catalogueText(const QString &english)
{
    if (english.isEmpty())
        return {};
    return QCoreApplication::translate("Catalogue", english.toUtf8().constData());
}

QString ruleSentence(const RuleFinding &finding)
{
    if (finding.sentence.isEmpty())
        return {};
    return QCoreApplication::translate("Rules", finding.sentence.toUtf8().constData());
}

Explanation explain(const Error &error)
{
    Explanation explanation;
    if (!error)
        return explanation;
    explainCause(error, explanation);
    explanation.code = causeId(error.cause);
    const HttpDetails &http = detailsOf<HttpDetails>(error);
    const RuleDetails &rule = detailsOf<RuleDetails>(error);
    if (const FaultDetails *fault = error.fault())
        explainFault(error, *fault, explanation);
    else if (error.kind == Error::Kind::Fault)
        explanation.hostWords = error.message;
    else if (http.status != 0)
        explanation.code = u"HTTP "_s + QString::number(http.status);
    else if (const CodeText *text = rule.code ? codeText(u"wsman", rule.code) : nullptr)
        explanation.code = numberText(text->code) + u' ' + text->symbol;
    // Before everything else that may be done: a remedy that says "again" would do it twice.
    if (error.maybeExecuted)
        explanation.remedy = (Words::tr("The host may have carried the request out nevertheless: "
                                        "look at the resource before you send it again.")
                              + u' ' + explanation.remedy)
                                 .trimmed();
    return explanation;
}
