#include "corpus.h"

#include "protocol/writereplies.h"
#include "protocol/xmltext.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// `Name=value` pairs of what stands in a body, of its plain values only.
QHash<QString, QString> plainSamples(const CorpusRow &row)
{
    QHash<QString, QString> samples;
    for (const QString &sample : row[u"samples"_s].split(u" ;; "_s)) {
        const auto equals = sample.indexOf(u'=');
        const QString value = sample.mid(equals + 1);
        if (equals > 0 && !value.startsWith(u'{') && !value.startsWith(u'['))
            samples.insert(sample.first(equals), value);
    }
    return samples;
}

struct Recorded
{
    CorpusRow row;
    Message message;
};

std::vector<Recorded> recorded(const QString &folder, QStringView operation)
{
    std::vector<Recorded> found;
    for (const CorpusRow &row : readCorpusTable(folder + u"/EXPECT.tsv"_s).rows) {
        if (row[u"well_formed"_s] != u"yes" || row[u"kind"_s] != u"response"
            || !row[u"operation"_s].startsWith(operation))
            continue;
        auto message = readMessage(readFile(folder + u'/' + row[u"file"_s]));
        if (message && message->body)
            found.push_back({row, message.value()});
    }
    return found;
}

} // namespace

/// What we read of replies is held against what is known of recorded ones.
class TestRecordedReplies final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void invoke();
    void put();
    void create();

private:
    QString m_folder;
};

void TestRecordedReplies::initTestCase()
{
    m_folder = corpusFolder();
    if (m_folder.isEmpty())
        QSKIP("No folder of recorded messages: set WSMAN_CORPUS to one.");
}

void TestRecordedReplies::invoke()
{
    int returned = 0;
    const auto replies = recorded(m_folder, u"InvokeResponse:");
    for (const auto &[row, message] : replies) {
        const auto reply = readInvokeReply(message);
        QVERIFY2(reply.ok(), qPrintable(row[u"file"_s]));
        QCOMPARE(toText(reply->node.localName()), row[u"body_element"_s]);
        const auto samples = plainSamples(row);
        if (samples.contains(u"ReturnValue"_s)) {
            QCOMPARE(reply->returnText, samples[u"ReturnValue"_s]);
            ++returned;
        }
        for (auto it = samples.begin(); it != samples.end(); ++it) {
            const Property *const property = findProperty(reply->parameters, it.key());
            if (it.key() == u"ReturnValue" || !property || !property->value())
                continue;
            if (property->value()->kind == Value::Kind::Text)
                QCOMPARE(property->value()->text.simplified(), it.value().simplified());
        }
    }
    qInfo("%zu replies to methods, %d with a return value", replies.size(), returned);
    QVERIFY(returned > 50);
}

void TestRecordedReplies::put()
{
    const auto replies = recorded(m_folder, u"PutResponse");
    for (const auto &[row, message] : replies) {
        const auto reply = readPutReply(message);
        QVERIFY(reply.ok());
        const bool empty = row[u"body_element"_s] == u"(empty)";
        QCOMPARE(empty ? u"(empty)"_s : toText(reply->node.localName()), row[u"body_element"_s]);
        QCOMPARE(!reply->node, empty);
    }
    QVERIFY(replies.size() > 10);
}

void TestRecordedReplies::create()
{
    const auto replies = recorded(m_folder, u"CreateResponse");
    for (const auto &[row, message] : replies) {
        const auto created = readCreateReply(message);
        QVERIFY2(created.ok(), qPrintable(row[u"file"_s]));
        QVERIFY2(!created->resource.uri.isEmpty(), qPrintable(row[u"file"_s]));
        QVERIFY2(!created->resource.selectors.empty(), qPrintable(row[u"file"_s]));
    }
    qInfo("%zu replies to Create", replies.size());
    QVERIFY(replies.size() > 10);
}

QTEST_APPLESS_MAIN(TestRecordedReplies)
#include "tst_recordedreplies.moc"
