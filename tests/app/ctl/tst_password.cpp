#include "ctl/password.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

class TestPassword final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstLine_data();
    void firstLine();
    void onlyMine_data();
    void onlyMine();
    void noFile();
    void noRegularFile();
    void nothingGiven();

private:
    QString write(const QByteArray &content, QFileDevice::Permissions permissions);
    QTemporaryDir m_folder;
};

namespace {

constexpr QFileDevice::Permissions mine = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

} // namespace

QString TestPassword::write(const QByteArray &content, QFileDevice::Permissions permissions)
{
    const QString path = m_folder.filePath(u"password"_s);
    QFile::remove(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.setPermissions(permissions))
        qFatal("cannot write %s", qPrintable(path));
    return path;
}

void TestPassword::firstLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("password");
    QTest::newRow("no end of line") << "secret"_ba
                                    << "secret"_ba;
    QTest::newRow("LF") << "secret\n"_ba
                        << "secret"_ba;
    QTest::newRow("CR LF") << "secret\r\n"_ba
                           << "secret"_ba;
    QTest::newRow("one CR only") << "secret\r\r\n"_ba
                                 << "secret\r"_ba;
    QTest::newRow("CR without LF") << "secret\r"_ba
                                   << "secret\r"_ba;
    QTest::newRow("more lines") << "secret\nmore\n"_ba
                                << "secret"_ba;
    QTest::newRow("spaces") << "  two words \t\n"_ba
                            << "  two words \t"_ba;
    QTest::newRow("umlauts") << "schöne Grüße\n"_ba
                             << "schöne Grüße"_ba;
    QTest::newRow("empty line") << "\nsecret\n"_ba
                                << ""_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba;
}

void TestPassword::firstLine()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, password);
    const auto read = readPasswordFile(write(content, mine));
    QVERIFY(read);
    QCOMPARE(read->reveal(), password);
}

void TestPassword::onlyMine_data()
{
    QTest::addColumn<int>("more");
    QTest::newRow("group reads") << int(QFileDevice::ReadGroup);
    QTest::newRow("group writes") << int(QFileDevice::WriteGroup);
    QTest::newRow("others read") << int(QFileDevice::ReadOther);
    QTest::newRow("others write") << int(QFileDevice::WriteOther);
}

void TestPassword::onlyMine()
{
    QFETCH(int, more);
    const auto read = readPasswordFile(write("secret\n", mine | QFileDevice::Permission(more)));
    QVERIFY(!read);
    QCOMPARE(read.error().kind, Error::Kind::Local);
    QCOMPARE(read.error().cause, Cause::LocalPasswordFileMode);
    QVERIFY(readPasswordFile(write("secret\n", QFileDevice::ReadOwner)));
}

void TestPassword::noFile()
{
    const auto read = readPasswordFile(m_folder.filePath(u"missing"_s));
    QVERIFY(!read);
    QCOMPARE(read.error().cause, Cause::LocalFile);
}

void TestPassword::noRegularFile()
{
    const auto folder = readPasswordFile(m_folder.path());
    QVERIFY(!folder);
    QCOMPARE(folder.error().cause, Cause::LocalPasswordFileMode);
    // A pipe must not make the program wait.
    const QString pipe = m_folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const auto fifo = readPasswordFile(pipe);
    QVERIFY(!fifo);
    QCOMPARE(fifo.error().cause, Cause::LocalPasswordFileMode);
}

void TestPassword::nothingGiven()
{
    const auto none = givenPassword({});
    QVERIFY(none);
    QVERIFY(none->isEmpty());
    const auto file = givenPassword({.passwordFile = write("secret\n", mine)});
    QVERIFY(file && !file->isEmpty());
}

QTEST_GUILESS_MAIN(TestPassword)
#include "tst_password.moc"
