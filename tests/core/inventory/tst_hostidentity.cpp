#include "core/protocol/corpus.h"
#include "inventory/hostidentity.h"
#include "protocol/message.h"

#include <QDirIterator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Certainty = HostIdentity::Certainty;

IdentifyReply reply(const QString &vendor, const QString &version, const QString &server = {})
{
    return {.vendor = vendor, .version = version, .server = server};
}

QString capturesFolder()
{
    const QString named = qEnvironmentVariable("WSMAN_CAPTURES");
    const QString beside = QStringLiteral(WINRM_SOURCE_DIR "/../shared/captures");
    return !named.isEmpty() ? named : QDir(beside).exists() ? beside : QString();
}

/// Reads whatever Identify reply stands in a file: a message, or one behind an HTTP head.
std::optional<IdentifyReply> identifyReplyIn(const QByteArray &bytes)
{
    const qsizetype begin = bytes.indexOf('<');
    if (!bytes.contains("IdentifyResponse") || begin < 0)
        return std::nullopt;
    const auto message = readMessage(bytes.mid(begin));
    const auto read = message ? readIdentifyReply(*message)
                              : Result<IdentifyReply>(message.error());
    return read ? std::optional(*read) : std::nullopt;
}

} // namespace

class TestHostIdentity : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void byReply_data();
    void byReply();
    void recordedReplies();
    void capturedReplies();
    void whatIsToldIsKept();
    void namesOfKinds();
};

void TestHostIdentity::byReply_data()
{
    QTest::addColumn<IdentifyReply>("told");
    QTest::addColumn<HostKind>("kind");
    QTest::addColumn<Certainty>("certainty");
    const QString windows = u"OS: 10.0.20348 SP: 0.0 Stack: 3.0"_s;
    const QString amt = u"Intel(R) Active Management Technology 15.0.23.1706"_s;
    QTest::newRow("windows") << reply(u"Microsoft Corporation"_s, windows) << HostKind::Windows
                             << Certainty::Told;
    QTest::newRow("omi") << reply(u"Open Management Infrastructure"_s, u"1.0.8-6"_s)
                         << HostKind::Omi << Certainty::Told;
    QTest::newRow("openwsman, or a device on it")
        << reply(u"Openwsman Project"_s, u"2.0.0"_s) << HostKind::Openwsman << Certainty::Guessed;
    QTest::newRow("openwsman twice") << reply(u"Openwsman Project"_s, u"2.8"_s, u"openwsman/2.8"_s)
                                     << HostKind::Openwsman << Certainty::Guessed;
    QTest::newRow("amt") << reply(u"Intel(R)"_s, u"AMT 12.0"_s) << HostKind::Amt << Certainty::Told;
    QTest::newRow("amt by its server alone")
        << reply({}, {}, amt) << HostKind::Amt << Certainty::Told;
    QTest::newRow("amt that is built on openwsman")
        << reply(u"Openwsman Project"_s, u"1"_s, amt) << HostKind::Amt << Certainty::Told;
    QTest::newRow("idrac") << reply(u"Dell Inc."_s, u"4.40"_s) << HostKind::Idrac
                           << Certainty::Told;
    QTest::newRow("windows by its server alone")
        << reply({}, {}, u"Microsoft-HTTPAPI/2.0"_s) << HostKind::Windows << Certainty::Guessed;
    QTest::newRow("nobody knows") << reply(u"Example Ltd"_s, u"1"_s, u"nginx"_s) << HostKind::Other
                                  << Certainty::Unknown;
    QTest::newRow("nothing") << reply({}, {}) << HostKind::Other << Certainty::Unknown;
    QTest::newRow("a name in the middle is none")
        << reply(u"not by Microsoft"_s, {}) << HostKind::Other << Certainty::Unknown;
}

void TestHostIdentity::byReply()
{
    QFETCH(IdentifyReply, told);
    const HostIdentity identity = hostIdentity(told);
    QTEST(identity.kind, "kind");
    QTEST(identity.certainty, "certainty");
}

void TestHostIdentity::recordedReplies()
{
    const QString folder = corpusFolder();
    if (folder.isEmpty())
        QSKIP("no recorded messages: set WSMAN_CORPUS");
    // By the folder, which is named after the machine. The iDRAC calls itself openwsman.
    const std::pair<QString, HostKind> sources[] = {{u"windows-"_s, HostKind::Windows},
                                                    {u"winrm-docs"_s, HostKind::Windows},
                                                    {u"idrac-"_s, HostKind::Openwsman}};
    int replies = 0;
    for (const CorpusRow &row : readCorpusTable(folder + u"/EXPECT.tsv"_s).rows) {
        if (!row[u"operation"_s].endsWith(u"IdentifyResponse"_s))
            continue;
        const QString file = row[u"file"_s];
        const auto read = identifyReplyIn(readFile(folder + u'/' + file));
        QVERIFY2(read, qPrintable(file));
        const auto source = std::ranges::find_if(
            sources, [&file](const auto &known) { return file.startsWith(known.first); });
        QVERIFY2(source != std::end(sources), qPrintable(file));
        QVERIFY2(hostIdentity(*read).kind == source->second, qPrintable(file));
        ++replies;
    }
    QVERIFY(replies >= 4);
}

void TestHostIdentity::capturedReplies()
{
    const QString folder = capturesFolder();
    if (folder.isEmpty())
        QSKIP("no recorded exchanges: set WSMAN_CAPTURES");
    int replies = 0;
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (file.endsWith(u".request.txt"_s) || file.endsWith(u".md"_s))
            continue;
        const auto read = identifyReplyIn(readFile(file));
        if (!read || read->vendor.isEmpty())
            continue; // sealed, cut, or chunked
        const HostIdentity identity = hostIdentity(*read);
        const bool omi = file.contains(u"/omi/"_s);
        QVERIFY2(identity.kind == (omi ? HostKind::Omi : HostKind::Openwsman), qPrintable(file));
        QVERIFY2(identity.certainty == (omi ? Certainty::Told : Certainty::Guessed),
                 qPrintable(file));
        ++replies;
    }
    QVERIFY(replies >= 10);
}

void TestHostIdentity::whatIsToldIsKept()
{
    const HostIdentity windows = hostIdentity(
        reply(u"Microsoft Corporation"_s, u"OS: 6.0.6002 SP: 2.0 Stack: 2.0"_s));
    QCOMPARE(windows.system, u"6.0.6002"_s);
    QCOMPARE(windows.stack, 2.0);
    const HostIdentity hidden = hostIdentity(
        reply(u"Microsoft Corporation"_s, u"OS: 0.0.0 SP: 0.0 Stack: 3.0"_s));
    QVERIFY(hidden.system.isEmpty());
    QCOMPARE(hidden.version, u"OS: 0.0.0 SP: 0.0 Stack: 3.0"_s);
    const HostIdentity omi = hostIdentity(
        reply(u"Open Management Infrastructure"_s, u"OS: 1.2.3 Stack: 3.0"_s));
    QVERIFY(omi.system.isEmpty()); // a version of Windows is Windows' alone
    QCOMPARE(omi.stack, 0.0);
    const QString endless(100'000, u'x');
    QCOMPARE(hostIdentity(reply(endless, endless, endless)).vendor.size(), 256);
}

void TestHostIdentity::namesOfKinds()
{
    for (const HostKind kind : {HostKind::Other, HostKind::Windows, HostKind::Amt, HostKind::Idrac,
                                HostKind::Omi, HostKind::Openwsman})
        QVERIFY(hostKindNamed(hostKindName(kind)) == kind);
    QVERIFY(!hostKindNamed(u"Windows"));
    QVERIFY(!hostKindNamed(u""));
}

QTEST_GUILESS_MAIN(TestHostIdentity)
#include "tst_hostidentity.moc"
