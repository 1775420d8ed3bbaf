#include "corpus.h"
#include "samples.h"

#include "http/httpreply.h"
#include "protocol/enumerationreader.h"
#include "protocol/summary.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace {

/// Values of EXPECT.tsv that are held to be wrong: file and column, with the proof.
struct Exception
{
    QStringView file;
    QStringView column;
    QStringView proof;
};

constexpr std::array<Exception, 0> exceptions{};

bool isExcepted(const QString &file, const QString &column)
{
    for (const Exception &exception : exceptions) {
        if (exception.file == file && exception.column == column)
            return true;
    }
    return false;
}

class Checker
{
public:
    explicit Checker(const QString &folder)
        : m_folder(folder)
    { }

    void run()
    {
        const CorpusTable table = readCorpusTable(m_folder + u"/EXPECT.tsv"_s);
        QVERIFY2(!table.rows.isEmpty(), "EXPECT.tsv is empty or missing");
        for (const CorpusRow &row : table.rows)
            checkMessage(table, row);
        const QString line =
            u"%1 messages, %2 columns checked, %3 pages streamed, %4 mismatches, %5 excepted"_s
                .arg(table.rows.size())
                .arg(m_checked)
                .arg(m_streamed)
                .arg(m_mismatches.size())
                .arg(m_excepted);
        qInfo().noquote() << line;
        for (const QString &mismatch :
             m_mismatches.first(std::min<qsizetype>(m_shown, m_mismatches.size())))
            qWarning().noquote() << mismatch;
        QVERIFY2(m_mismatches.isEmpty(), qPrintable(line));
    }

private:
    void checkMessage(const CorpusTable &table, const CorpusRow &row)
    {
        const QString file = row[u"file"_s];
        QByteArray bytes = readFile(m_folder + u'/' + file);
        QString prefix;
        if (file.endsWith(u".http")) {
            const Result<HttpReplyFile> reply = readHttpReply(bytes);
            if (!reply) {
                m_mismatches.append(file + u": not an HTTP reply: "_s + reply.error().message);
                return;
            }
            prefix = QString::number(reply.value().head.status);
            bytes = reply.value().body;
        }
        for (const auto &[column, value] : summarize(bytes, prefix)) {
            if (table.columns.contains(column))
                compare(file, column, row[column], value.isNull() ? u"-"_s : value);
        }
        if (table.columns.contains(u"samples"_s))
            checkSamples(file, row[u"samples"_s], bytes);
        checkStream(row, bytes);
    }

    void compare(const QString &file, const QString &column, const QString &expected,
                 const QString &actual)
    {
        ++m_checked;
        const bool same = expected == actual;
        if (same)
            return;
        if (isExcepted(file, column))
            ++m_excepted;
        else
            m_mismatches.append(file + u' ' + column + u"\n  expected "_s + expected
                                + u"\n  actual   "_s + actual);
    }

    /// A page read in pieces, as it comes from a connection, has the items that the table counts.
    void checkStream(const CorpusRow &row, const QByteArray &bytes)
    {
        const QString body = row[u"body_element"_s];
        if (body != u"EnumerateResponse" && body != u"PullResponse")
            return;
        ++m_streamed;
        RowSetBuilder rows;
        EnumerationReader reader(rows);
        for (qsizetype at = 0; at < bytes.size(); at += 61)
            reader.feed(bytes.mid(at, 61));
        const Result<EnumerationPage> page = reader.finish();
        const QString file = row[u"file"_s];
        if (!page) {
            m_mismatches.append(file + u" as a stream: "_s + page.error().message);
            return;
        }
        const uint expected = row[u"item_count"_s].toUInt();
        if (page.value().items != expected || rows.pendingRows() != expected
            || page.value().endOfSequence != row[u"end_of_sequence"_s].startsWith(u"yes"))
            m_mismatches.append(file
                                + u" as a stream: %1 items, %2 rows"_s.arg(page.value().items)
                                      .arg(rows.pendingRows()));
    }

    void checkSamples(const QString &file, const QString &expected, const QByteArray &bytes)
    {
        ++m_checked;
        if (expected == u"-")
            return;
        const Result<Message> message = readMessage(bytes);
        Samples actual = message ? samplesOf(message.value()) : Samples();
        for (const QString &sample : expected.split(u" ;; "_s)) {
            const qsizetype equals = sample.indexOf(u'=');
            const QString name = sample.first(equals);
            const QString value = sample.sliced(equals + 1);
            const auto found = std::ranges::find_if(actual, [&](const auto &candidate) {
                return candidate.first == name && sameSample(name, value, candidate.second);
            });
            if (found != actual.end()) {
                actual.erase(found);
                continue;
            }
            QStringList others;
            for (const auto &[otherName, otherValue] : actual) {
                if (otherName == name)
                    others.append(otherValue);
            }
            if (isExcepted(file, u"samples"_s))
                ++m_excepted;
            else
                m_mismatches.append(file + u" samples\n  expected "_s + sample + u"\n  actual   "_s
                                    + others.join(u" / "_s));
        }
    }

    QString m_folder;
    QStringList m_mismatches;
    qsizetype m_shown = 60;
    int m_checked = 0;
    int m_excepted = 0;
    int m_streamed = 0;
};

} // namespace

/// Every message of a folder against every column of its EXPECT.tsv.
class TestCorpus : public QObject
{
    Q_OBJECT

private slots:
    void ownMessages()
    {
        Checker(QStringLiteral(WINRM_SOURCE_DIR) + u"/tests/data/messages"_s).run();
    }
    void recordedMessages();
};

void TestCorpus::recordedMessages()
{
    const QString folder = corpusFolder();
    if (folder.isEmpty())
        QSKIP("No folder of recorded messages: set WSMAN_CORPUS to one.");
    Checker(folder).run();
}

QTEST_APPLESS_MAIN(TestCorpus)
#include "tst_corpus.moc"
