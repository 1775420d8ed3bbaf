#include "inventory/readyviews.h"

#include "inventory/inventory.h"
#include "protocol/namespaces.h"
#include "session/session.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The views that are brought along, what is refused as one, users' own, and what is asked.
class ReadyViewsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void shipped_data();
    void shipped();
    void linksLead();
    void classesAreKnown();
    void icons();
    void everyKindHasViews();
    void refused_data();
    void refused();
    void usersOwn();
    void saved();
    void writtenWhole();
    void renamedAndRemoved();
    void freeIds();
    void question();
    void escapes();
    void spans();
    void deviceQuestion();

private:
    static QByteArray changed(const QByteArray &from, const QByteArray &to);
};

namespace {

const QByteArray sample = R"({
  "format": "winrm-console view", "version": 1, "id": "windows.sample", "title": "Sample",
  "icon": "table", "group": "System", "description": "A sample.", "hosts": ["windows"],
  "parameters": [
    {"name": "text", "title": "Text", "type": "text"},
    {"name": "pid", "title": "Process", "type": "number"},
    {"name": "kind", "title": "Kind", "type": "choice", "default": "a", "choices": [["a", "A"]]},
    {"name": "since", "title": "Time", "type": "span", "default": "60"}],
  "sections": [
    {"class": "Win32_Process", "where": ["ProcessId = {pid}", "Name LIKE '%{text}%'",
      "Kind = '{kind}'", "CreationDate >= '{since}'"],
     "columns": [{"property": "Name"}, {"property": "WorkingSetSize", "unit": "bytes"}],
     "marks": [{"on": "Name", "sign": "warning", "when": {"WorkingSetSize": ">10"}}],
     "links": [{"title": "Go", "address": "registry:HKLM\\{Name}"}], "sort": "-Name"}]
})";

Session *anySession(QObject *parent)
{
    return new Session({.host = u"srv1.example.com"_s}, {}, {}, nullptr, parent);
}

} // namespace

void ReadyViewsTest::shipped_data()
{
    QTest::addColumn<QString>("path");
    const QDir dir(u":/views"_s);
    const QStringList names = dir.entryList({u"*.json"_s});
    QVERIFY(names.size() >= 40);
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << dir.filePath(name);
}

void ReadyViewsTest::shipped()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto view = readReadyView(file.readAll());
    QVERIFY2(view, view ? "" : qPrintable(view.error().message));
    QCOMPARE(view->id + u".json"_s, QFileInfo(path).fileName());
    QVERIFY(!view->description.isEmpty() && view->description.endsWith(u'.'));
    QVERIFY(!view->icon.isEmpty());
    QCOMPARE(view->hosts, std::vector{*hostKindNamed(view->id.section(u'.', 0, 0))});
    for (const ViewSection &section : view->sections) {
        QVERIFY(!section.columns.empty());
        QVERIFY(view->sections.size() == 1 || !section.title.isEmpty());
        // A log is never read as a whole.
        if (section.className.contains(u"NTLogEvent"_s)
            || section.className == u"DCIM_LCLogEntry"_s)
            QVERIFY(view->asks && section.most <= 2000 && !section.where.isEmpty());
        // Accounts of a domain are never walked.
        if (section.className == u"Win32_UserAccount"_s || section.className == u"Win32_Group"_s)
            QVERIFY(section.where.contains(u"LocalAccount = TRUE"_s));
        QVERIFY(section.className != u"Win32_Product"_s);
    }
}

void ReadyViewsTest::linksLead()
{
    const ReadyViews &views = ReadyViews::builtIn();
    QVERIFY(views.problems().empty());
    for (const ReadyView &view : views.views()) {
        for (const ViewSection &section : view.sections) {
            for (const ViewLink &link : section.links) {
                const ReadyView *target = views.find(link.view);
                QVERIFY2(!link.address.isEmpty() || target, qPrintable(view.id));
                for (const auto &[name, property] : link.parameters.asKeyValueRange())
                    QVERIFY2(std::ranges::find(target->parameters, name, &ViewParameter::name)
                                 != target->parameters.end(),
                             qPrintable(view.id + u' ' + name));
            }
        }
    }
}

/// What devices are asked for is named by their catalogues: they cannot be asked themselves.
void ReadyViewsTest::classesAreKnown()
{
    for (const ReadyView &view : ReadyViews::builtIn().views()) {
        const HostCatalogue &catalogue = Inventory::builtIn().of(view.hosts.front());
        for (const ViewSection &section : view.sections) {
            if (!section.className.isEmpty())
                QVERIFY2(catalogue.locate(section.className, section.cimNamespace),
                         qPrintable(view.id + u' ' + section.className));
        }
    }
}

void ReadyViewsTest::icons()
{
    QFile list(QStringLiteral(WINRM_SOURCE_DIR) + u"/resources/icons/CMakeLists.txt"_s);
    QVERIFY(list.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(list.readAll());
    for (const ReadyView &view : ReadyViews::builtIn().views())
        QVERIFY2(text.contains(u"/%1.svg"_s.arg(view.icon)), qPrintable(view.id));
}

void ReadyViewsTest::everyKindHasViews()
{
    const ReadyViews &views = ReadyViews::builtIn();
    QVERIFY(views.of(HostKind::Windows).size() >= 20);
    QVERIFY(views.of(HostKind::Amt).size() >= 6);
    QVERIFY(views.of(HostKind::Idrac).size() >= 7);
    QVERIFY(views.of(HostKind::Omi).size() >= 3);
    QVERIFY(views.of(HostKind::Openwsman).size() >= 2);
    QVERIFY(views.of(HostKind::Other).empty());
    QCOMPARE(views.of(HostKind::Windows).front()->group, u"Overview"_s);
}

QByteArray ReadyViewsTest::changed(const QByteArray &from, const QByteArray &to)
{
    QByteArray text = sample;
    if (!text.contains(from))
        qFatal("the sample has no %s", from.constData());
    return text.replace(from, to);
}

void ReadyViewsTest::refused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("cut") << sample.left(sample.size() / 2);
    QTest::newRow("large") << QByteArray("{\"a\":\"" + QByteArray(300 * 1024, 'x') + "\"}");
    QTest::newRow("deep") << QByteArray(5000, '[');
    QTest::newRow("format") << changed("winrm-console view", "other");
    QTest::newRow("version") << changed("\"version\": 1", "\"version\": 2");
    QTest::newRow("id with a path") << changed("windows.sample", "../evil");
    QTest::newRow("id empty") << changed("windows.sample", "");
    QTest::newRow("title missing") << changed("\"title\": \"Sample\"", "\"titel\": 1");
    QTest::newRow("title number") << changed("\"title\": \"Sample\"", "\"title\": 1");
    QTest::newRow("line break") << changed("A sample.", "A\\nsample.");
    QTest::newRow("hosts") << changed("[\"windows\"]", "[\"beos\"]");
    QTest::newRow("no hosts") << changed("[\"windows\"]", "[]");
    QTest::newRow("icon with a path") << changed("\"icon\": \"table\"", "\"icon\": \"../x\"");
    QTest::newRow("class") << changed("\"Win32_Process\"", "\"Win32 Process\"");
    QTest::newRow("class and resource")
        << changed("\"class\": \"Win32_Process\"",
                   "\"class\": \"Win32_Process\", \"resource\": \"winrm/config\"");
    QTest::newRow("where and query")
        << changed("\"sort\"", "\"query\": \"SELECT * FROM A\", \"sort\"");
    QTest::newRow("namespace") << changed("\"sort\"", "\"namespace\": \"root/ evil\", \"sort\"");
    QTest::newRow("text without quotes") << changed("'%{text}%'", "{text}");
    QTest::newRow("number in quotes") << changed("{pid}", "'{pid}'");
    QTest::newRow("unknown parameter") << changed("{pid}", "{nobody}");
    QTest::newRow("type") << changed("\"type\": \"number\"", "\"type\": \"eval\"");
    QTest::newRow("choice without choices") << changed(", \"choices\": [[\"a\", \"A\"]]", "");
    QTest::newRow("parameter twice") << changed("\"name\": \"pid\"", "\"name\": \"text\"");
    QTest::newRow("unit") << changed("\"unit\": \"bytes\"", "\"unit\": \"furlongs\"");
    QTest::newRow("column twice") << changed(
        "{\"property\": \"Name\"}, ", "{\"property\": \"Name\"}, {\"property\": \"Name\"}, ");
    QTest::newRow("property") << changed("{\"property\": \"Name\"}", "{\"property\": \"a b\"}");
    QTest::newRow("mark on no column") << changed("\"on\": \"Name\"", "\"on\": \"Other\"");
    QTest::newRow("mark without test") << changed("{\"WorkingSetSize\": \">10\"}", "{}");
    QTest::newRow("mark with no number") << changed("\">10\"", "\">ten\"");
    QTest::newRow("sign") << changed("\"sign\": \"warning\"", "\"sign\": \"blinking\"");
    QTest::newRow("link to the web") << changed("registry:HKLM", "https://example.com");
    QTest::newRow("sort") << changed("\"-Name\"", "\"-Na me\"");
    QTest::newRow("most") << changed("\"sort\"", "\"most\": 0, \"sort\"");
    QTest::newRow("no sections") << changed("\"sections\"", "\"parts\"");
    QTest::newRow("both") << changed("\"hosts\"", "\"address\": \"registry:HKLM\", \"hosts\"");
    QTest::newRow("address") << changed("\"hosts\"", "\"address\": \"http://x\", \"hosts\"");
}

void ReadyViewsTest::refused()
{
    QVERIFY(readReadyView(sample));
    QFETCH(QByteArray, json);
    const auto view = readReadyView(json);
    QVERIFY(!view);
    QCOMPARE(view.error().kind, Error::Kind::Local);
    QCOMPARE(view.error().cause, Cause::LocalFile);
    QVERIFY(!view.error().message.isEmpty());
}

void ReadyViewsTest::usersOwn()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    write(u"a.json"_s, sample);
    write(u"b.json"_s, "{ broken");
    write(u"c.json"_s, changed("windows.sample", "windows.services"));
    write(u"d.txt"_s, "no view");
    const ReadyViews views = ReadyViews::withFolder(folder.path());
    QCOMPARE(views.views().size(), ReadyViews::builtIn().views().size() + 1);
    QVERIFY(views.find(u"windows.sample") && views.find(u"windows.sample")->own);
    QCOMPARE(views.find(u"windows.services")->title, u"Sample"_s);
    QCOMPARE(ReadyViews::builtIn().find(u"windows.services")->title, u"Services"_s);
    QCOMPARE(views.problems().size(), std::size_t(1));
    const auto *file = std::get_if<FileDetails>(&views.problems().front().details);
    QVERIFY(file && file->path.endsWith(u"b.json"_s));
    QVERIFY(ReadyViews::withFolder(folder.filePath(u"nowhere"_s)).problems().empty());
}

void ReadyViewsTest::saved()
{
    QTemporaryDir folder;
    ReadyView view{.id = u"my.view"_s, .title = u"Mine"_s, .group = u"My views"_s};
    view.hosts = {HostKind::Windows};
    ViewSection section{.className = u"Win32_Service"_s, .cimNamespace = u"root/cimv2"_s};
    section.query = u"SELECT * FROM Win32_Service WHERE State = 'Stopped'"_s;
    section.columns = {{.property = u"Name"_s}, {.property = u"ProcessId"_s, .unit = ViewUnit::Id}};
    section.sort = u"Name"_s;
    view.sections = {section};
    const QString own = folder.filePath(u"views"_s);
    const auto file = ReadyViews::save(view, own);
    QVERIFY2(file, file ? "" : qPrintable(file.error().message));
    QCOMPARE(QFile::permissions(*file) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    const ReadyViews views = ReadyViews::withFolder(own);
    view.own = true;
    QVERIFY(views.find(u"my.view"));
    QVERIFY(*views.find(u"my.view") == view);
    QVERIFY(ReadyViews::remove(u"my.view"_s, own));
    QVERIFY(!ReadyViews::withFolder(own).find(u"my.view"));
    view.id = u"../evil"_s;
    QVERIFY(!ReadyViews::save(view, own));
}

/// Whatever a view has is there again when it was written and read.
void ReadyViewsTest::writtenWhole()
{
    for (const ReadyView &view : ReadyViews::builtIn().views()) {
        const auto again = readReadyView(writeReadyView(view));
        QVERIFY2(again, again ? "" : qPrintable(again.error().message));
        QVERIFY2(*again == view, qPrintable(view.id));
    }
}

/// Whatever the file is called, and without losing what else is in it.
void ReadyViewsTest::renamedAndRemoved()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"by hand.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(changed("windows.sample", "windows.services"));
    file.close();
    const ReadyView before = *ReadyViews::withFolder(folder.path()).find(u"windows.services");
    QVERIFY(ReadyViews::rename(before.id, u"Mine \u00e9"_s, folder.path()));
    ReadyView after = *ReadyViews::withFolder(folder.path()).find(u"windows.services");
    QCOMPARE(after.title, u"Mine \u00e9"_s);
    after.title = before.title;
    QVERIFY(after == before);
    QVERIFY(!ReadyViews::rename(before.id, u"two\nlines"_s, folder.path()));
    QVERIFY(!ReadyViews::rename(before.id, {}, folder.path()));
    QVERIFY(!ReadyViews::rename(u"my.other"_s, u"Other"_s, folder.path()));
    QVERIFY(ReadyViews::remove(before.id, folder.path()));
    QVERIFY(!QFile::exists(path));
    QVERIFY(!ReadyViews::withFolder(folder.path()).find(u"windows.services")->own);
    QVERIFY(ReadyViews::remove(before.id, folder.path())); // nothing is there any more
}

void ReadyViewsTest::freeIds()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"x.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(changed("windows.sample", "my.big-processes"));
    file.close();
    const ReadyViews views = ReadyViews::withFolder(folder.path());
    QCOMPARE(views.freeId(u"Big processes"_s), u"my.big-processes-2"_s);
    QCOMPARE(views.freeId(u"  ../..  "_s), u"my.view"_s);
    QCOMPARE(views.freeId(u"Gro\u00dfe \u0663"_s).toLatin1().toStdString().substr(0, 6), "my.gro");
}

void ReadyViewsTest::question()
{
    const auto view = readReadyView(sample);
    Session *session = anySession(this);
    const ViewSection &section = view->sections.front();
    EnumerateParameters asked = viewQuestion(*session, section, {});
    QVERIFY(asked.filter.isEmpty());
    QCOMPARE(asked.resource, wmiClass(u"root/cimv2"_s, u"Win32_Process"_s));
    QCOMPARE(viewQueryText(section, {}), u"SELECT * FROM Win32_Process"_s);

    asked = viewQuestion(*session, section, {{u"pid"_s, u"44"_s}, {u"kind"_s, u"a"_s}});
    QCOMPARE(asked.resource, wmiClass(u"root/cimv2"_s, u"*"_s));
    QCOMPARE(asked.filter.text,
             u"SELECT * FROM Win32_Process WHERE ProcessId = 44 AND Kind = 'a'"_s);
    QCOMPARE(asked.filter.dialect,
             QString::fromLatin1(uri::wql.data(), qsizetype(uri::wql.size())));
    QCOMPARE(asked.mode, EnumerationMode::ObjectAndReference);
}

/// Nothing that is typed changes the question it stands in.
void ReadyViewsTest::escapes()
{
    const auto view = readReadyView(sample);
    const ViewSection &section = view->sections.front();
    const auto query = [&section](const QString &name, const QString &value) {
        return viewQueryText(section, {{name, value}}).section(u" WHERE "_s, 1);
    };
    QCOMPARE(query(u"kind"_s, u"a' OR Name <> '"_s), u"Kind = 'a\\' OR Name <> \\''"_s);
    QCOMPARE(query(u"kind"_s, u"C:\\x"_s), u"Kind = 'C:\\\\x'"_s);
    QCOMPARE(query(u"text"_s, u"100%_[a]"_s), u"Name LIKE '%100[%][_][[]a]%'"_s);
    QCOMPARE(query(u"pid"_s, u"1 OR 1=1"_s), QString());
    QCOMPARE(query(u"text"_s, u"{pid}"_s), u"Name LIKE '%{pid}%'"_s);
}

void ReadyViewsTest::spans()
{
    const auto view = readReadyView(sample);
    const QDateTime now(QDate(2025, 1, 17), QTime(12, 30), Qt::UTC);
    QCOMPARE(sentValues(*view, initialValues(*view), now).value(u"since"_s),
             u"20250117113000.000000+000"_s);
    QCOMPARE(sentValues(*view, {{u"since"_s, u"0"_s}}, now).value(u"since"_s), QString());
    QCOMPARE(sentValues(*view, {{u"since"_s, u"x"_s}}, now).value(u"since"_s), QString());
}

void ReadyViewsTest::deviceQuestion()
{
    Session *session = anySession(this);
    ViewSection section{.resource = u"winrm/config/listener"_s};
    QCOMPARE(viewQuestion(*session, section, {}).resource,
             *parseResource(u"winrm/config/listener"_s));
    section = {.className = u"Linux_UnixProcess"_s, .cimNamespace = u"root/cimv2"_s};
    section.selectors = {{.name = u"Name"_s, .value = u"init"_s}};
    const Filter filter = viewQuestion(*session, section, {}).filter;
    QCOMPARE(filter.selectors, section.selectors);
    QVERIFY(filter.dialect.endsWith(u"SelectorFilter"_s));
}

QTEST_GUILESS_MAIN(ReadyViewsTest)
#include "tst_readyviews.moc"
