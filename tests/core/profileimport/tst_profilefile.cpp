#include "profileimport/profilefile.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const Profile *named(const ProfileFile &file, const QString &name)
{
    for (const ReadProfile &read : file.profiles) {
        if (read.profile.summary.name == name)
            return &read.profile;
    }
    return nullptr;
}

QList<ImportNote::Kind> notesOf(const ProfileFile &file, const QString &name)
{
    QList<ImportNote::Kind> kinds;
    for (const ReadProfile &read : file.profiles) {
        for (const ImportNote &note : read.notes) {
            if (read.profile.summary.name == name)
                kinds.append(note.kind);
        }
    }
    return kinds;
}

QString why(const Result<ProfileFile> &file)
{
    return file ? QString() : file.error().message;
}

QStringList leftNames(const ProfileFile &file)
{
    QStringList names;
    for (const LeftEntry &entry : file.left)
        names.append(entry.name);
    return names;
}

} // namespace

/// Connections of other programs become profiles, without secrets.
class TestProfileFile final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mRemoteNg();
    void ansible();
    void ansibleRanges();
    void ansibleJson();
    void ansibleGroupsThatNameEachOther();
    void adminCenterTable();
    void desktopManagerTable();
    void plainTable();
    void own();
    void refused_data();
    void refused();
};

void TestProfileFile::mRemoteNg()
{
    const auto file = readProfileFile(R"(<?xml version="1.0" encoding="utf-8"?>
<mrng:Connections xmlns:mrng="http://mremoteng.org" Name="Connections" FullFileEncryption="false">
  <Node Name="prod" Type="Container" Username="adm" Domain="CORP" Password="c2VjcmV0" Protocol="RDP">
    <Node Name="web/iis" Type="Container" InheritUsername="true" InheritDomain="true">
      <Node Name="web01" Type="Connection" Hostname="web01.example.com" Port="3389" Protocol="RDP"
            InheritUsername="true" InheritDomain="true" InheritPassword="true"/>
    </Node>
    <Node Name="shell" Type="Connection" Hostname="db.example.com" Protocol="PowerShell"
          Username="me@EXAMPLE.COM" Domain="CORP" Password=""/>
    <Node Name="linux" Type="Connection" Hostname="lin.example.com" Protocol="SSH2"/>
    <Node Name="nowhere" Type="Connection" Hostname="" Protocol="RDP"/>
  </Node>
</mrng:Connections>)");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->format, ProfileFile::Format::MRemoteNg);
    QCOMPARE(file->profiles.size(), std::size_t(2));
    const Profile *web = named(*file, u"web01"_s);
    QVERIFY(web);
    QCOMPARE(web->summary.folder, u"prod/web-iis"_s);
    QCOMPARE(web->options.host, u"web01.example.com"_s);
    QCOMPARE(web->options.userName, u"CORP\\adm"_s);
    QCOMPARE(web->options.port, std::uint16_t(0));
    QVERIFY(web->options.automaticScheme);
    QCOMPARE(web->storage, SecretStorage::Ask);
    QCOMPARE(notesOf(*file, u"web01"_s), (QList{ImportNote::Kind::OtherService}));
    QCOMPARE(named(*file, u"shell"_s)->options.userName, u"me@EXAMPLE.COM"_s);
    QCOMPARE(leftNames(*file), (QStringList{u"linux"_s, u"nowhere"_s}));
    QCOMPARE(file->left[0].detail, u"SSH2"_s);
    QCOMPARE(file->left[1].reason, LeftEntry::Reason::NoHost);
}

void TestProfileFile::ansible()
{
    const auto file = readProfileFile(R"(# hosts
lin.example.com

[iis]
web01.example.com ansible_user='CORP\adm' # the first
web02 ansible_host=192.0.2.7 ansible_winrm_transport=ntlm ansible_password="a # b"
old:5985

[sql]
db ansible_host="{{ lookup('env', 'DB') }}"

[windows:children]
iis
sql

[windows:vars]
ansible_connection = winrm
ansible_user = "deploy"
ansible_winrm_transport = kerberos,ntlm
ansible_winrm_server_cert_validation = ignore
ansible_winrm_operation_timeout_sec=40
ansible_winrm_read_timeout_sec=50
ansible_winrm_cert_pem=/etc/x.pem

[all:vars]
ansible_winrm_kerberos_delegation=yes
)");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->format, ProfileFile::Format::AnsibleInventory);
    QCOMPARE(file->profiles.size(), std::size_t(4));
    const ConnectionOptions first = named(*file, u"web01.example.com"_s)->options;
    QCOMPARE(first.userName, u"CORP\\adm"_s);
    QCOMPARE(first.authentication, Authentication::Negotiate);
    QVERIFY(first.skipCaCheck && first.skipCnCheck && first.delegate);
    QCOMPARE(first.operationTimeout, std::chrono::milliseconds(40000));
    QCOMPARE(first.networkDelay, std::chrono::milliseconds(10000));
    QCOMPARE(notesOf(*file, u"web01.example.com"_s),
             (QList{ImportNote::Kind::ChecksOff, ImportNote::Kind::Unsupported}));
    const Profile *second = named(*file, u"web02"_s);
    QCOMPARE(second->options.host, u"192.0.2.7"_s);
    QCOMPARE(second->options.userName, u"deploy"_s);
    QCOMPARE(second->options.authentication, Authentication::Ntlm);
    QCOMPARE(second->summary.folder, u"windows/iis"_s);
    QCOMPARE(second->summary.tags, QStringList{u"iis"_s});
    QVERIFY(notesOf(*file, u"web02"_s).contains(ImportNote::Kind::SecretLeft));
    const ConnectionOptions old = named(*file, u"old"_s)->options;
    QCOMPARE(old.port, std::uint16_t(5985));
    QVERIFY(!old.tls && !old.automaticScheme);
    QCOMPARE(file->left.size(), std::size_t(1));
    QCOMPARE(file->left[0].name, u"db"_s);
    QCOMPARE(file->left[0].reason, LeftEntry::Reason::Unresolved);
}

void TestProfileFile::ansibleRanges()
{
    const auto file = readProfileFile("[w]\nweb[08:10].example.com\ndb-[a:c:2]\n"
                                      "[w:vars]\nansible_user=me\nansible_connection=psrp\nansible_psrp_auth=basic\n"
                                      "ansible_psrp_protocol=http\n");
    QVERIFY(file);
    QStringList names;
    for (const ReadProfile &read : file->profiles)
        names.append(read.profile.summary.name);
    QCOMPARE(names,
             (QStringList{u"web08.example.com"_s, u"web09.example.com"_s, u"web10.example.com"_s,
                          u"db-a"_s, u"db-c"_s}));
    QVERIFY(file->profiles[0].profile.options.allowClearText);
    QCOMPARE(notesOf(*file, u"db-a"_s), (QList{ImportNote::Kind::ClearText}));
}

void TestProfileFile::ansibleJson()
{
    const auto file = readProfileFile(R"({"_meta":{"hostvars":{
        "w1":{"ansible_connection":"winrm","ansible_port":5986,
              "ansible_winrm_transport":["kerberos"],"ansible_password":"x"},
        "w2":{"ansible_connection":"ssh"}}},
        "all":{"children":["ungrouped","win"]},"win":{"hosts":["w1","w2"]}})");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->profiles.size(), std::size_t(1));
    const Profile &profile = file->profiles[0].profile;
    QCOMPARE(profile.options.port, std::uint16_t(5986));
    QVERIFY(profile.options.tls && !profile.options.automaticScheme);
    QCOMPARE(profile.options.authentication, Authentication::Kerberos);
    QCOMPARE(profile.summary.folder, u"win"_s);
    QCOMPARE(leftNames(*file), QStringList{u"w2"_s});
}

void TestProfileFile::ansibleGroupsThatNameEachOther()
{
    QByteArray text = "[a]\nweb ansible_connection=winrm\n[a:children]\n";
    text += "b\nb\nb\n[b:children]\na\na\na\n[c:children]\na\nb\n";
    const auto file = readProfileFile(text);
    QVERIFY(file);
    QCOMPARE(file->profiles.size(), std::size_t(1));
}

void TestProfileFile::adminCenterTable()
{
    const auto file = readProfileFile(
        "\"name\",\"type\",\"tags\",\"groupId\"\r\n"
        "\"web01.example.com\",\"msft.sme.connection-type!server\",\"prod|iis\",\"global\"\r\n"
        "\"pc7.example.com\",\"msft.sme.connection-type!windows-client\",\"\",\"\"\r\n");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->profiles.size(), std::size_t(2));
    QCOMPARE(file->profiles[0].profile.summary.tags, (QStringList{u"prod"_s, u"iis"_s}));
    QCOMPARE(file->profiles[0].profile.options.host, u"web01.example.com"_s);
    QVERIFY(file->profiles[0].notes.empty());
}

void TestProfileFile::desktopManagerTable()
{
    const auto file = readProfileFile(
        "Name;Host;ConnectionType;Group;Username;Domain;Password;Port\n"
        "web 01;web01.example.com;RDPConfigured;Prod\\Web;adm;CORP;hunter2;3389\n"
        "switch;192.0.2.9;SSHShell;Net;;;;22\n"
        "ps;ps.example.com;PowerShellRemoteConsole;;;;;5986\n");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->profiles.size(), std::size_t(2));
    const Profile *web = named(*file, u"web 01"_s);
    QCOMPARE(web->summary.folder, u"Prod/Web"_s);
    QCOMPARE(web->options.userName, u"CORP\\adm"_s);
    QCOMPARE(web->options.port, std::uint16_t(0));
    QCOMPARE(notesOf(*file, u"web 01"_s),
             (QList{ImportNote::Kind::OtherService, ImportNote::Kind::SecretLeft}));
    QCOMPARE(named(*file, u"ps"_s)->options.port, std::uint16_t(5986));
    QCOMPARE(leftNames(*file), QStringList{u"switch"_s});
}

void TestProfileFile::plainTable()
{
    const auto file = readProfileFile("\xEF\xBB\xBFhost,user name,auth,tags\n"
                                      "https://a.example.com:8443,\"x\"\"y\",basic,\"p,q\"\n"
                                      "b.example.com,,magic,\n"
                                      "http://user:hunter2@c,,,\n");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->profiles.size(), std::size_t(2));
    const Profile &a = file->profiles[0].profile;
    QCOMPARE(a.summary.name, u"a.example.com"_s);
    QCOMPARE(a.options.port, std::uint16_t(8443));
    QCOMPARE(a.options.userName, u"x\"y"_s);
    QCOMPARE(a.options.authentication, Authentication::Basic);
    QCOMPARE(a.summary.tags, (QStringList{u"p"_s, u"q"_s}));
    QCOMPARE(notesOf(*file, u"b.example.com"_s), (QList{ImportNote::Kind::UnusableValue}));
    QCOMPARE(file->left.size(), std::size_t(1));
    QVERIFY(!file->left[0].detail.contains(u"hunter2"_s));
}

void TestProfileFile::own()
{
    const auto file = readProfileFile(
        R"({"format":"winrm-console profile export","version":1,"profiles":[
           {"name":"one","folder":"f","options":{"host":"one.example.com"},"new":1}]})");
    QVERIFY2(file, qPrintable(why(file)));
    QCOMPARE(file->format, ProfileFile::Format::Own);
    QCOMPARE(file->profiles.size(), std::size_t(1));
    QCOMPARE(file->profiles[0].profile.options.host, u"one.example.com"_s);
}

void TestProfileFile::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    row("nothing", "");
    row("prose", "hello there\nhow are you\n");
    row("not UTF-8", "host\n\xff\n");
    row("other JSON", "{\"a\":1}");
    row("no JSON", "{");
    row("newer", "{\"format\":\"winrm-console profile export\",\"version\":9,\"profiles\":[]}");
    row("no list", "{\"format\":\"winrm-console profile export\",\"version\":1}");
    row("bad profile",
        "{\"format\":\"winrm-console profile export\",\"version\":1,\"profiles\":[{}]}");
    row("other XML", "<a/>");
    row("XML cut off", "<Connections><Node Type='Container'>");
    row("document type", "<!DOCTYPE a [<!ENTITY b 'c'>]><Connections/>");
    row("encrypted", "<Connections FullFileEncryption='true'>aGVsbG8=</Connections>");
    row("too deep",
        "<Connections>" + QByteArray("<Node Type='Container'>").repeated(200)
            + QByteArray("</Node>").repeated(200) + "</Connections>");
    row("open quote", "host,user\n\"a,b\n");
    row("group without an end", "[web\nansible_user=x\n");
    row("huge range", "[w]\nh[1:99999999999] ansible_connection=winrm\n");
    row("ranges of ranges", "[w]\nh[1:9999]x[1:9999] ansible_connection=winrm\n");
    row("large", QByteArray((16 << 20) + 1, 'x'));
}

void TestProfileFile::refused()
{
    QFETCH(QByteArray, bytes);
    const auto file = readProfileFile(bytes);
    QVERIFY(!file);
    QCOMPARE(file.error().cause, Cause::LocalProfileCorrupt);
}

QTEST_GUILESS_MAIN(TestProfileFile)
#include "tst_profilefile.moc"
