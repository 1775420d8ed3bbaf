#include "models/copyrows.h"
#include "models/exportjob.h"
#include "models/filecontent.h"
#include "models/rowtablemodel.h"
#include "rowsamples.h"

#include <QFile>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestExportJob : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }

    void writesRowsInTheirOrder()
    {
        RowSource source;
        RowSet rows;
        rows.append(source.many(1000));
        const QString file = m_folder.filePath(u"rows.jsonl"_s);
        const ExportResult result = run({.file = file, .format = ExportFormat::JsonLines},
                                        [&](ExportJob &job) {
                                            job.writeRows(rows, {5, 6, 7, 2, 999});
                                        });
        QVERIFY(!result.error);
        QCOMPARE(result.rows, 5u);
        QCOMPARE(result.bytes, QFile(file).size());
        QVERIFY(!QFile::exists(file + u".partial"_s));
        QCOMPARE(int(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther)), 0);
        QVERIFY(exportSummary(result).startsWith(u"5 rows"_s));
        const FileContent read = readFile(file);
        QVERIFY(!read.error);
        QVERIFY(read.rows);
        QCOMPARE(read.rows->rowCount(), 5u);
        const auto name = *read.rows->columnNamed("Name");
        const auto original = *rows.columnNamed("Name");
        QCOMPARE(read.rows->cell(3, name).text(), rows.cell(2, original).text());
        QCOMPARE(read.rows->cell(4, name).text(), rows.cell(999, original).text());
    }

    void writesNoRows()
    {
        const QString file = m_folder.filePath(u"none.json"_s);
        const ExportResult result = run({.file = file, .format = ExportFormat::Json},
                                        [](ExportJob &job) { job.writeRows({}, {}); });
        QVERIFY(!result.error);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll().simplified().replace(' ', ""), QByteArray("[]"));
    }

    void writesATree()
    {
        const auto document = readXml("<Config><A>1</A><B><C x='y'>2</C></B></Config>");
        QVERIFY(document);
        const QString file = m_folder.filePath(u"tree.xml"_s);
        const ExportResult result = run(
            {.file = file, .format = ExportFormat::Xml},
            [&](ExportJob &job) { job.writeTree(*document, (*document)->root()); });
        QVERIFY(!result.error);
        const FileContent read = readFile(file);
        QVERIFY(read.document);
        QVERIFY(sameContent(read.root, (*document)->root()));
    }

    void keepsWhatIsThereOnCancel()
    {
        RowSource source;
        RowSet rows;
        rows.append(source.many(2000));
        std::vector<std::uint32_t> order;
        for (int i = 0; i < 400'000; ++i)
            order.push_back(std::uint32_t(i * 7 % 2000));
        const QString file = m_folder.filePath(u"kept.csv"_s);
        QFile before(file);
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.write("before");
        before.close();
        const ExportResult result = run(
            {.file = file, .format = ExportFormat::Json, .overwrite = true}, [&](ExportJob &job) {
                job.writeRows(rows, order);
                job.cancel();
            });
        QCOMPARE(result.error.kind, Error::Kind::Cancelled);
        QVERIFY(result.partial);
        QVERIFY(result.rows < 400'000);
        QVERIFY(before.open(QIODevice::ReadOnly));
        QCOMPARE(before.readAll(), QByteArray("before"));
        QVERIFY(QFile::exists(result.partialFile));
        const FileContent read = readFile(result.partialFile);
        QVERIFY2(!read.error, qPrintable(read.error.message));
    }

    void saysWhenTheFolderIsNotThere()
    {
        const ExportResult result = run({.file = m_folder.filePath(u"no/such/folder.csv"_s)},
                                        [](ExportJob &job) { job.writeRows({}, {}); });
        QCOMPARE(result.error.kind, Error::Kind::Local);
        QVERIFY(!result.partial);
    }

    void copiesInSeveralFormats()
    {
        RowSource source;
        RowTableModel model;
        model.append(
            source.batch("<A><N>a\tb</N><V>=1+1</V></A><A><N>c</N><V xsi:nil='true'/></A>"));
        const std::unique_ptr<QMimeData> text(copyRows(model, {0, 1}, {1, 0}, CopyFormat::Text));
        QCOMPARE(text->text(), u"V\tN\n=1+1\ta b\n\tc\n"_s);
        QVERIFY(text->hasHtml());
        QVERIFY(text->data(u"text/csv"_s).startsWith("V,N\r\n"));
        const std::unique_ptr<QMimeData> json(copyRows(model, {1}, {0, 1}, CopyFormat::Json));
        QVERIFY(json->text().contains(u"null"_s));
        QVERIFY(!json->text().contains(u"1+1"_s));
    }

    void refusesWhatIsNoMessage()
    {
        const QString file = m_folder.filePath(u"other.txt"_s);
        QFile other(file);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("just words");
        other.close();
        QVERIFY(readFile(file).error);
        QCOMPARE(readFile(m_folder.filePath(u"absent"_s)).error.cause, Cause::LocalFile);
    }

    void readsASavedMessage()
    {
        const QByteArray envelope =
            "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'"
            " xmlns:n='http://schemas.xmlsoap.org/ws/2004/09/enumeration'><s:Header/><s:Body>"
            "<n:PullResponse><n:EnumerationContext/><n:Items><p:Thing xmlns:p='urn:t'><p:A>1</p:A>"
            "</p:Thing></n:Items><n:EndOfSequence/></n:PullResponse></s:Body></s:Envelope>";
        const QString file = m_folder.filePath(u"reply.txt"_s);
        QFile saved(file);
        QVERIFY(saved.open(QIODevice::WriteOnly));
        saved.write("HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n" + envelope);
        saved.close();
        const FileContent content = readFile(file);
        QVERIFY2(!content.error, qPrintable(content.error.message));
        QCOMPARE(content.kind, FileContent::Kind::Message);
        QVERIFY(content.rows);
        QCOMPARE(content.rows->rowCount(), 1u);
        QCOMPARE(content.root.localName(), std::string_view("PullResponse"));
    }

private:
    template<typename Start>
    ExportResult run(const ExportTarget &target, Start start)
    {
        ExportResult result;
        bool done = false;
        auto *job = new ExportJob(target, this);
        connect(job, &ExportJob::finished, this, [&](const ExportResult &ended) {
            result = ended;
            done = true;
        });
        start(*job);
        if (!QTest::qWaitFor([&] { return done; }, 60'000))
            qFatal("the export never ended");
        return result;
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestExportJob)
#include "tst_exportjob.moc"
