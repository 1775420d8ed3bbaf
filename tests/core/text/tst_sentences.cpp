#include "text/catalogue.h"
#include "text/sentences.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

Error faultWith(std::vector<FaultLink> chain, Cause cause = Cause::FaultGeneric)
{
    FaultDetails fault;
    fault.code = u"Sender"_s;
    fault.chain = std::move(chain);
    for (const FaultLink &link : fault.chain)
        fault.number = link.code ? link.code : fault.number;
    Error error = Error::of(Error::Kind::Fault, cause, {}, fault);
    error.host = u"srv1.example.com"_s;
    return error;
}

/// Details that give every argument of a sentence something to say.
Error fullError(Cause cause, const QStringList &arguments)
{
    Error error = Error::of(Error::Kind::Local, cause, u"99"_s);
    error.host = u"srv1.example.com"_s;
    if (arguments.contains(u"file"_s))
        error.details = FileDetails{u"/tmp/a b.xml"_s, 2};
    else if (arguments.contains(u"profile"_s))
        error.details = KeychainDetails{u"Lab"_s, {}};
    else if (arguments.contains(u"mechanism"_s))
        error.details = AuthDetails{u"basic"_s, {u"Negotiate"_s, u"Kerberos"_s}};
    else
        error.details = HttpDetails{418, u"Teapot"_s, u"text/plain"_s, u"https://192.0.2.1/"_s, {}};
    return error;
}

} // namespace

Q_DECLARE_METATYPE(Error)
Q_DECLARE_METATYPE(Cause)

class tst_Sentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCauseHasASentence_data();
    void everyCauseHasASentence();
    void noSentenceWithoutKnownArguments();
    void wordsOfWindowsSaySo_data();
    void wordsOfWindowsSaySo();
    void fillsArguments_data();
    void fillsArguments();
    void unknownArguments_data();
    void unknownArguments();
    void hostTextIsNeverAPlaceMark();
    void codeText_data();
    void codeText();
    void describedCodeWins();
    void subcodesSpeakWithoutNumbers();
    void meaningJoinsTheGenericSentence();
    void faultWords();
    void numberDependsOnWhoWroteIt();
    void codeFacts_data();
    void codeFacts();
    void codeFactsNamed();
    void parsesCodes_data();
    void parsesCodes();
    void ruleSentences();
    void doubtComesBeforeTheRemedy();
    void noErrorSaysNothing();
};

void tst_Sentences::everyCauseHasASentence_data()
{
    QTest::addColumn<Cause>("cause");
    for (int i = 0; i <= int(Cause::OpenUnknownFormat); ++i)
        QTest::newRow(causeId(Cause(i)).data()) << Cause(i);
}

void tst_Sentences::everyCauseHasASentence()
{
    QFETCH(Cause, cause);
    QVERIFY(causeFromId(QString(causeId(cause))) == cause);
    const CauseText *text = causeText(cause);
    QVERIFY(text);
    QVERIFY(!text->sentence.isEmpty());
    QVERIFY(!text->remedy.isEmpty());
    const Explanation explanation = explain(fullError(cause, text->arguments));
    QVERIFY2(!explanation.sentence.contains(u'%'), qPrintable(explanation.sentence));
    QVERIFY(!explanation.sentence.contains(u"unknown reason"));
    if (cause != Cause::KrbAddress && text->arguments.contains(u"host"_s))
        QVERIFY(explanation.sentence.contains(u"srv1.example.com"));
    QVERIFY(!explanation.remedy.isEmpty());
    QVERIFY(!explanation.code.isEmpty());

    const QString title = causeTitle(cause);
    const auto words = title.split(u' ').size();
    QVERIFY2(words >= 2 || cause == Cause::LocalDiskFull, qPrintable(title));
    QVERIFY2(words <= 5, qPrintable(title));
}

/// What any WS-Management host may bring about: a device's owner must not be sent to look for
/// what only Windows has.
void tst_Sentences::wordsOfWindowsSaySo_data()
{
    QTest::addColumn<QString>("text");
    for (const QString &id : causeTextIds()) {
        const auto group = id.section(u'.', 0, 0);
        if (group == u"krb" || group == u"local")
            continue;
        const CauseText *text = causeText(*causeFromId(id));
        QTest::addRow("%s", qPrintable(id)) << text->sentence;
        QTest::addRow("%s, remedy", qPrintable(id)) << text->remedy;
    }
    // What subcodes without a number are explained with.
    for (const std::uint32_t code :
         {0x8033800Fu, 0x80338010u, 0x80338011u, 0x80338013u, 0x80338014u, 0x80338015u, 0x80338018u,
          0x80338019u, 0x80338032u, 0x80338033u, 0x80338039u, 0x8033803Au, 0x80338041u, 0x80338042u,
          0x80338090u, 0x80338137u}) {
        const CodeText *text = ::codeText(u"wsman", code);
        QTest::addRow("%x", code) << text->cause;
        QTest::addRow("%x, remedy", code) << text->remedy;
    }
}

void tst_Sentences::wordsOfWindowsSaySo()
{
    QFETCH(QString, text);
    static const QRegularExpression words(
        u"WinRM|winrm|listener|MaxEnvelope|event log|registry|Group Policy|PowerShell"_s);
    if (words.match(text).hasMatch())
        QVERIFY2(text.contains(u"Windows"), qPrintable(text));
}

void tst_Sentences::noSentenceWithoutKnownArguments()
{
    const QStringList known{u"host"_s,   u"source"_s,   u"address"_s, u"file"_s,      u"profile"_s,
                            u"detail"_s, u"status"_s,   u"type"_s,    u"mechanism"_s, u"offered"_s,
                            u"format"_s, u"location"_s, u"seconds"_s};
    QVERIFY(causeTextIds().size() >= int(Cause::OpenUnknownFormat));
    for (const QString &id : causeTextIds()) {
        const std::optional<Cause> cause = causeFromId(id);
        QVERIFY2(cause, qPrintable(id)); // or nobody would ever read the sentence
        for (const QString &argument : causeText(*cause)->arguments)
            QVERIFY2(known.contains(argument), qPrintable(argument));
    }
}

void tst_Sentences::fillsArguments_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("part");
    Error error = Error::of(Error::Kind::Local, Cause::LocalFile, {},
                            FileDetails{u"a.xml"_s, ENOENT});
    QTest::newRow("errno") << error << u"The file a.xml could not be read or written: No such"_s;
    error.message = u"Is a directory."_s;
    QTest::newRow("message") << error << u"written: Is a directory."_s;
    error = Error::of(Error::Kind::Protocol, Cause::HttpStatus, {},
                      HttpDetails{418, u"Teapot"_s, {}, {}, {}});
    QTest::newRow("status") << error << u"status 418 Teapot and"_s;
    error = Error::of(Error::Kind::Protocol, Cause::HttpRedirect, {},
                      HttpDetails{302, {}, {}, u"https://192.0.2.1/x"_s, {}});
    QTest::newRow("location") << error << u": https://192.0.2.1/x."_s;
    error = Error::of(Error::Kind::Authentication, Cause::AuthNotOffered, {},
                      AuthDetails{u"basic"_s, {u"Negotiate"_s, u"Kerberos"_s}});
    QTest::newRow("offered") << error << u"which offers: Negotiate, Kerberos."_s;
    error = Error::of(Error::Kind::Timeout, Cause::TimeoutDeadline, u"62.5"_s);
    QTest::newRow("seconds") << error << u"within 62.5 seconds"_s;
    error = Error::of(Error::Kind::Connection, Cause::NetTlsHandshake, {},
                      TlsDetails{{}, {}, {}, {u"wrong version number"_s}});
    QTest::newRow("tls words") << error << u": wrong version number."_s;
    error = Error::of(Error::Kind::Local, Cause::LocalProfileUnknown, u"Lab"_s);
    QTest::newRow("profile by message") << error << u"has the name Lab."_s;
    error = Error::of(Error::Kind::Local, Cause::ExportFormat, u"csv"_s);
    QTest::newRow("format") << error << u"in the format csv."_s;
    error = Error::of(Error::Kind::Protocol, Cause::SoapMalformed, {},
                      FileDetails{u"saved.xml"_s, 0});
    QTest::newRow("source file") << error << u"The message from saved.xml is"_s;
    error = Error::of(Error::Kind::Connection, Cause::NetRefused);
    error.host = u"a\nb\x1b"_s;
    QTest::newRow("one line") << error << u"answered at a↵b␛, but"_s;
}

void tst_Sentences::fillsArguments()
{
    QFETCH(Error, error);
    QFETCH(QString, part);
    QLocale::setDefault(QLocale::c());
    const QString sentence = explain(error).sentence;
    QVERIFY2(sentence.contains(part), qPrintable(sentence));
}

void tst_Sentences::unknownArguments_data()
{
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("host") << Cause::HttpEmpty << u"The reply from the host was empty."_s;
    QTest::newRow("file") << Cause::LocalFilePermission
                          << u"Your account may not read or write the file."_s;
    QTest::newRow("file, detail") << Cause::LocalFile
                                  << u"The file could not be read or written: unknown reason."_s;
    QTest::newRow("seconds")
        << Cause::TimeoutDeadline
        << u"The answer from the host did not arrive within the given number of seconds."_s;
    QTest::newRow("status")
        << Cause::HttpStatus
        << u"The request was turned down by the web server of the host with the "
           "HTTP status unknown and without a WS-Management message."_s;
    QTest::newRow("profile") << Cause::LocalProfileUnknown << u"No saved profile has the name."_s;
}

void tst_Sentences::unknownArguments()
{
    QFETCH(Cause, cause);
    QFETCH(QString, sentence);
    QCOMPARE(explain(Error::of(Error::Kind::Local, cause)).sentence, sentence);
}

void tst_Sentences::hostTextIsNeverAPlaceMark()
{
    Error error = Error::of(Error::Kind::Authentication, Cause::AuthNotOffered, {},
                            AuthDetails{u"%1%3"_s, {u"%2"_s}});
    error.host = u"%2 %3"_s;
    QCOMPARE(explain(error).sentence,
             u"The way of signing in that was chosen (%1%3) is not offered by %2 %3, which offers: "
             "%2."_s);
}

void tst_Sentences::codeText_data()
{
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("code");
    using Form = FaultLink::Form;
    QTest::newRow("cause") << Error::of(Error::Kind::Local, Cause::KrbAddress) << u"krb.address"_s;
    QTest::newRow("http") << Error::of(Error::Kind::Protocol, Cause::HttpNotFound, {},
                                       HttpDetails{404, {}, {}, {}, {}})
                          << u"HTTP 404"_s;
    QTest::newRow("wsman") << faultWith({{Form::Soap}, {Form::WSManFault, 0x80338000}})
                           << u"0x80338000 ERROR_WSMAN_RESOURCE_NOT_FOUND"_s;
    QTest::newRow("low word") << faultWith({{Form::WSManFault, 32768}})
                              << u"0x80338000 ERROR_WSMAN_RESOURCE_NOT_FOUND"_s;
    QTest::newRow("win32") << faultWith({{Form::WSManFault, 5}}) << u"5 ERROR_ACCESS_DENIED"_s;
    QTest::newRow("hresult") << faultWith({{Form::WSManFault, 0x80070005}})
                             << u"0x80070005 ERROR_ACCESS_DENIED"_s;
    QTest::newRow("unknown number")
        << faultWith({{Form::WSManFault, 0x8ABC0001}}) << u"0x8ABC0001"_s;
    Error named = faultWith({{Form::Soap}});
    std::get<FaultDetails>(named.details).subcode = u"AccessDenied"_s;
    QTest::newRow("subcode") << named << u"AccessDenied"_s;
    QTest::newRow("rule") << Error::of(Error::Kind::Local, Cause::OptionsRefused, {},
                                       RuleDetails{u"basic.needs_user"_s, 0x80338005})
                          << u"0x80338005 ERROR_WSMAN_CONFIG_CORRUPTED"_s;
}

void tst_Sentences::codeText()
{
    QFETCH(Error, error);
    QFETCH(QString, code);
    QCOMPARE(explain(error).code, code);
}

void tst_Sentences::describedCodeWins()
{
    using Form = FaultLink::Form;
    const Explanation described = explain(
        faultWith({{Form::Soap}, {Form::WSManFault, 0x80338000}}, Cause::FaultUnknownResource));
    const CodeText *text = ::codeText(u"wsman", 0x80338000);
    QVERIFY(text);
    QCOMPARE(described.sentence, text->cause);
    QCOMPARE(described.remedy, text->remedy);
    QVERIFY(described.sentence != causeText(Cause::FaultUnknownResource)->sentence);

    // The inner link is the more specific one; where nothing is known of it, the next one speaks.
    const Explanation inner = explain(
        faultWith({{Form::WSManFault, 0x80338003}, {Form::WmiError, 0x80041010}}));
    QCOMPARE(inner.sentence, ::codeText(u"wmi", 0x80041010)->cause);
    const Explanation outer = explain(
        faultWith({{Form::WSManFault, 0x80338003}, {Form::WmiError, 0x8ABC0001}}));
    QCOMPARE(outer.sentence, ::codeText(u"wsman", 0x80338003)->cause);
}

void tst_Sentences::subcodesSpeakWithoutNumbers()
{
    const auto said = [](const QString &code, const QString &subcode, Cause cause) {
        Error error = faultWith({{FaultLink::Form::Soap}}, cause);
        FaultDetails details = *error.fault();
        details.code = code;
        details.subcode = subcode;
        error.details = details;
        return explain(error);
    };
    const Explanation action = said(u"Sender"_s, u"ActionNotSupported"_s, Cause::FaultGeneric);
    QCOMPARE(action.sentence, ::codeText(u"wsman", 0x80338013)->cause);
    QCOMPARE(action.remedy, ::codeText(u"wsman", 0x80338013)->remedy);
    QCOMPARE(action.code, u"ActionNotSupported"_s); // the host sent no number
    QCOMPARE(said(u"MustUnderstand"_s, {}, Cause::FaultGeneric).sentence,
             ::codeText(u"wsman", 0x80338010)->cause);
    QCOMPARE(said(u"Sender"_s, u"FilterDialectRequestedUnavailable"_s, Cause::FaultFilter).sentence,
             ::codeText(u"wsman", 0x80338019)->cause);
    // A cause of its own says more than a subcode.
    QCOMPARE(said(u"Sender"_s, u"DestinationUnreachable"_s, Cause::FaultUnknownResource).sentence,
             explain(faultWith({{FaultLink::Form::Soap}}, Cause::FaultUnknownResource)).sentence);
    QCOMPARE(said(u"Sender"_s, u"Unheard"_s, Cause::FaultGeneric).sentence,
             explain(faultWith({{FaultLink::Form::Soap}}, Cause::FaultGeneric)).sentence);
}

void tst_Sentences::meaningJoinsTheGenericSentence()
{
    const Explanation explanation = explain(faultWith({{FaultLink::Form::WSManFault, 0x80338001}}));
    QCOMPARE(
        explanation.sentence,
        u"The request reached srv1.example.com, but was answered with an error. The action URI "
        "is not valid."_s);
    QVERIFY(!explanation.remedy.isEmpty());
}

void tst_Sentences::faultWords()
{
    FaultLink soap{FaultLink::Form::Soap};
    soap.message = u" The service cannot find it. "_s;
    FaultLink again{FaultLink::Form::WSManFault, 0x80338000};
    again.message = u"The service cannot find it."_s;
    FaultLink provider{FaultLink::Form::ProviderFault};
    provider.message = u"Invalid <class>"_s;
    QCOMPARE(explain(faultWith({soap, again, provider})).hostWords,
             u"The service cannot find it.\nInvalid <class>"_s);
    QVERIFY(explain(Error::of(Error::Kind::Connection, Cause::NetReset, u"words of Qt"_s))
                .hostWords.isEmpty());
}

void tst_Sentences::numberDependsOnWhoWroteIt()
{
    using Form = FaultLink::Form;
    QCOMPARE(explain(faultWith({{Form::WSManFault, 2}})).code, u"2 ERROR_FILE_NOT_FOUND"_s);
    QCOMPARE(explain(faultWith({{Form::OmiError, 2}})).code, u"2 CIM_ERR_ACCESS_DENIED"_s);
    QCOMPARE(explain(faultWith({{Form::WmiError, 2}})).code, u"2 CIM_ERR_ACCESS_DENIED"_s);
}

void tst_Sentences::codeFacts_data()
{
    QTest::addColumn<quint32>("code");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("wsman") << 0x80338000u
                           << QStringList{u"wsman ERROR_WSMAN_RESOURCE_NOT_FOUND 80338000"_s};
    QTest::newRow("low word") << 32768u
                              << QStringList{u"wsman ERROR_WSMAN_RESOURCE_NOT_FOUND 80338000"_s};
    QTest::newRow("several groups")
        << 5u << QStringList{u"win32 ERROR_ACCESS_DENIED 5"_s, u"cim CIM_ERR_INVALID_CLASS 5"_s};
    QTest::newRow("hresult") << 0x80070005u << QStringList{u"win32 ERROR_ACCESS_DENIED 5"_s};
    QTest::newRow("wmi") << 0x80041010u << QStringList{u"wmi WBEM_E_INVALID_CLASS 80041010"_s};
    QTest::newRow("none") << 0x12345678u << QStringList{};
}

void tst_Sentences::codeFacts()
{
    QFETCH(quint32, code);
    QFETCH(QStringList, found);
    QStringList facts;
    for (const CodeFacts &fact : ::codeFacts(code)) {
        facts.append(u"%1 %2 %3"_s.arg(fact.group, fact.symbol).arg(fact.code, 0, 16));
        QVERIFY(fact.cause.isEmpty() != fact.meaning.isEmpty());
    }
    QCOMPARE(facts, found);
}

void tst_Sentences::codeFactsNamed()
{
    const auto count = [](QStringView symbol) { return ::codeFactsNamed(symbol).size(); };
    QCOMPARE(count(u"ERROR_WSMAN_RESOURCE_NOT_FOUND"), 1u);
    QCOMPARE(count(u" wsman_resource_not_found "), 1u);
    QCOMPARE(count(u"wbem_e_invalid_class"), 1u);
    QCOMPARE(::codeFactsNamed(u"access_denied").at(0).code, 5u);
    QCOMPARE(count(u"ERROR_"), 0u);
    QCOMPARE(count(u""), 0u);
    for (const CodeText &text : codeTexts())
        QVERIFY2(count(text.symbol) >= 1, qPrintable(text.symbol));
    QVERIFY(codeTexts().size() > 600);
}

void tst_Sentences::parsesCodes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("code"); // -1: none
    const auto row = [](const char *text, qint64 code) {
        QTest::newRow(text) << QString::fromLatin1(text) << code;
    };
    row("0x80338000", 0x80338000);
    row("0X8033810a", 0x8033810a);
    row("2150858752", 0x80338000);
    row("-2144108544", 0x80338000);
    row("80338000", 0x80338000);
    row("8033810A", 0x8033810a);
    row(" 5 ", 5);
    row("10000000", 10000000);
    row("4294967295", 0xffffffff);
    row("4294967296", -1);
    row("-2147483649", -1);
    row("0x180338000", -1);
    row("0x", -1);
    row("0x-5", -1);
    row("+5", -1);
    row("-", -1);
    row("", -1);
    row("5x", -1);
    row("ERROR", -1);
}

void tst_Sentences::parsesCodes()
{
    QFETCH(QString, text);
    QFETCH(qint64, code);
    const auto parsed = parseCode(text);
    QCOMPARE(parsed ? qint64(*parsed) : -1, code);
}

void tst_Sentences::ruleSentences()
{
    RuleFinding finding;
    QVERIFY(ruleSentence(finding).isEmpty());
    finding.sentence = u"Basic needs a user name."_s;
    QCOMPARE(ruleSentence(finding), u"Basic needs a user name."_s);
}

void tst_Sentences::noErrorSaysNothing()
{
    const Explanation explanation = explain(Error());
    QVERIFY(explanation.sentence.isEmpty());
    QVERIFY(explanation.code.isEmpty());
}

void tst_Sentences::doubtComesBeforeTheRemedy()
{
    Error error = Error::of(Error::Kind::Connection, Cause::NetClosed);
    const Explanation sure = explain(error);
    error.maybeExecuted = true;
    const Explanation unsure = explain(error);
    QCOMPARE(unsure.sentence, sure.sentence);
    QVERIFY(unsure.remedy.size() > sure.remedy.size());
    QVERIFY(unsure.remedy.endsWith(sure.remedy));
}

QTEST_GUILESS_MAIN(tst_Sentences)
#include "tst_sentences.moc"
