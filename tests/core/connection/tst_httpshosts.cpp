#include "connection/httpshosts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class TestHttpsHosts final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void remembers();
    void isPrivate();
    void isBounded();
    void foreignBytesAreNoHosts();
};

void TestHttpsHosts::remembers()
{
    const QTemporaryDir folder;
    HttpsHosts hosts(folder.filePath(u"new/folder"_s));
    QVERIFY(!hosts.contains(u"web01.example.com"_s));
    QVERIFY(hosts.add(u"web01.example.com"_s));
    QVERIFY(hosts.add(u"web02.example.com"_s));
    QVERIFY(hosts.add(u"web01.example.com"_s));
    QVERIFY(hosts.add({}));
    const HttpsHosts other(folder.filePath(u"new/folder"_s));
    QVERIFY(other.contains(u"web01.example.com"_s));
    QVERIFY(other.contains(u"web02.example.com"_s));
    QVERIFY(!other.contains(u"web01"_s));
    QVERIFY(!other.contains({}));
}

void TestHttpsHosts::isPrivate()
{
    const QTemporaryDir folder;
    QVERIFY(HttpsHosts(folder.path()).add(u"h"_s));
    const auto mode = QFile::permissions(folder.filePath(u"https-hosts"_s));
    QCOMPARE(mode & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void TestHttpsHosts::isBounded()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"https-hosts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 0; i < 5000; ++i)
        file.write("host" + QByteArray::number(i) + '\n');
    file.close();
    HttpsHosts hosts(folder.path());
    QVERIFY(hosts.add(u"newest"_s));
    QVERIFY(hosts.contains(u"newest"_s));
    QVERIFY(hosts.contains(u"host4999"_s));
    QVERIFY(!hosts.contains(u"host0"_s));
}

void TestHttpsHosts::foreignBytesAreNoHosts()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"https-hosts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(3 << 20, 'x'));
    file.close();
    HttpsHosts hosts(folder.path());
    QVERIFY(!hosts.contains(u"h"_s));
    QVERIFY(!hosts.add(u"a\nb"_s) || !hosts.contains(u"b"_s));
}

QTEST_GUILESS_MAIN(TestHttpsHosts)
#include "tst_httpshosts.moc"
