#include "connection/profilestore.h"
#include "hosts/hostconnection.h"
#include "look/rowdelegate.h"
#include "models/hoststreemodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using Kind = HostsTreeModel::Kind;

namespace {

Profile profile(const QString &name, const QString &folder = {}, const QStringList &tags = {})
{
    Profile made;
    made.summary.id = name;
    made.summary.name = name;
    made.summary.folder = folder;
    made.summary.tags = tags;
    made.options.host = name + u".example.com"_s;
    return made;
}

/// The tree as lines, two spaces a level.
QStringList lines(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        all << QString(depth * 2, u' ') + index.data().toString();
        all += lines(model, index, depth + 1);
    }
    return all;
}

} // namespace

class HostsTreeModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void hostsStandInFolders();
    void hostMovesWithItsFolder();
    void removedHostTakesItsFolder();
    void stateIsAWord();
    void namespacesAreAskedForOnce();
    void failedNamespacesSaySo();
    void recentClassesStandFirst();
    void groupsStandForWhatCannotBeAsked();

private:
    HostConnection *add(const Profile &value);
    Trace m_trace;
    std::vector<std::unique_ptr<HostConnection>> m_hosts;
    std::unique_ptr<HostsTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void HostsTreeModelTest::init()
{
    m_model = std::make_unique<HostsTreeModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void HostsTreeModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_hosts.clear();
}

HostConnection *HostsTreeModelTest::add(const Profile &value)
{
    m_hosts.push_back(
        std::make_unique<HostConnection>(value, CredentialSource(), refuseUntrusted(), m_trace));
    m_model->addHost(m_hosts.back().get());
    return m_hosts.back().get();
}

void HostsTreeModelTest::hostsStandInFolders()
{
    add(profile(u"lab"_s));
    add(profile(u"web02"_s, u"prod/web"_s, {u"iis"_s}));
    add(profile(u"db01"_s, u"prod"_s));
    add(profile(u"ad"_s, u"office"_s));
    QCOMPARE(lines(*m_model),
             QStringList({u"office"_s, u"  ad"_s, u"prod"_s, u"  web"_s, u"    web02"_s,
                          u"  db01"_s, u"lab"_s}));
    const QModelIndex web = m_model->indexOf(m_hosts[1].get());
    QCOMPARE(web.data(ChipsRole).toStringList(), QStringList(u"iis"_s));
    QCOMPARE(m_model->kind(web.parent()), Kind::Folder);
    QCOMPARE(web.parent().data(HostsTreeModel::NameRole).toString(), u"prod/web"_s);
}

void HostsTreeModelTest::hostMovesWithItsFolder()
{
    HostConnection *host = add(profile(u"web01"_s, u"prod"_s));
    host->setProfile(profile(u"web01"_s, u"dmz/front"_s));
    m_model->updateHost(host);
    QCOMPARE(lines(*m_model), QStringList({u"dmz"_s, u"  front"_s, u"    web01"_s}));
}

void HostsTreeModelTest::removedHostTakesItsFolder()
{
    HostConnection *host = add(profile(u"web01"_s, u"prod/web"_s));
    add(profile(u"lab"_s));
    m_model->removeHost(host);
    QCOMPARE(lines(*m_model), QStringList(u"lab"_s));
}

void HostsTreeModelTest::stateIsAWord()
{
    HostConnection *host = add(profile(u"web01"_s));
    const QModelIndex index = m_model->indexOf(host);
    QCOMPARE(index.data(MutedRole).toString(), u"not connected"_s);
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), u"web01, not connected"_s);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    host->fail(Error::of(Error::Kind::Connection, Cause::NetRefused));
    m_model->updateHost(host);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(index.data(MutedRole).toString(), u"failed"_s);
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(u"web01"_s));
    QCOMPARE(m_model->rowCount(index), 0);
}

void HostsTreeModelTest::namespacesAreAskedForOnce()
{
    HostConnection *host = add(profile(u"web01"_s));
    QSignalSpy wanted(m_model.get(), &HostsTreeModel::namespacesWanted);
    m_model->showConnected(host, true);
    QCOMPARE(lines(*m_model),
             QStringList({u"web01"_s, u"  Configuration"_s, u"    Client"_s, u"    Service"_s,
                          u"    Remote shells"_s, u"    Listeners"_s, u"    Plug-ins"_s,
                          u"    Certificate mappings"_s, u"  CIM"_s}));
    const QModelIndex cim = m_model->indexOf(host, Kind::Cim, u"root"_s);
    // The model tester fetches by itself, as a view does that shows the branch.
    m_model->fetchMore(cim);
    m_model->fetchMore(cim);
    QVERIFY(!m_model->canFetchMore(cim));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][1].toString(), u"root"_s);
    QCOMPARE(cim.data(MutedRole).toString(), u"reading"_s);
    m_model->setNamespaces(host, u"root"_s, {u"root/cimv2"_s, u"root/StandardCimv2"_s});
    QCOMPARE(m_model->rowCount(cim), 2);
    QVERIFY(!m_model->canFetchMore(cim));
    QVERIFY(cim.data(MutedRole).toString().isEmpty());
    const QModelIndex space = m_model->indexOf(host, Kind::Namespace, u"root/cimv2"_s);
    QCOMPARE(space.data().toString(), u"cimv2"_s);
    m_model->fetchMore(space);
    m_model->setNamespaces(host, u"root/cimv2"_s, {});
    QVERIFY(!m_model->hasChildren(space));
    wanted.clear();
    m_model->forgetNamespaces(cim);
    QCOMPARE(m_model->rowCount(cim), 0);
    m_model->fetchMore(cim);
    QCOMPARE(wanted.size(), 1);
    m_model->showConnected(host, false);
    QCOMPARE(lines(*m_model), QStringList(u"web01"_s));
}

void HostsTreeModelTest::failedNamespacesSaySo()
{
    HostConnection *host = add(profile(u"web01"_s));
    m_model->showConnected(host, false);
    m_model->showConnected(host, true);
    const QModelIndex cim = m_model->indexOf(host, Kind::Cim, u"root"_s);
    m_model->fetchMore(cim);
    m_model->setNamespacesFailed(host, u"root"_s, u"Access was denied."_s);
    QCOMPARE(cim.data(MutedRole).toString(), u"cannot be read"_s);
    QCOMPARE(cim.data(Qt::ToolTipRole).toString(), u"Access was denied."_s);
    QSignalSpy wanted(m_model.get(), &HostsTreeModel::namespacesWanted);
    QVERIFY(!m_model->canFetchMore(cim)); // not by itself again
    m_model->forgetNamespaces(cim);
    m_model->fetchMore(cim);
    QCOMPARE(wanted.size(), 1);
}

void HostsTreeModelTest::recentClassesStandFirst()
{
    HostConnection *host = add(profile(u"web01"_s));
    m_model->noteClass(host, u"root/cimv2"_s, u"Win32_Service"_s);
    m_model->showConnected(host, true);
    const QModelIndex cim = m_model->indexOf(host, Kind::Cim, u"root"_s);
    m_model->fetchMore(cim);
    m_model->setNamespaces(host, u"root"_s, {u"root/cimv2"_s});
    const QModelIndex space = m_model->indexOf(host, Kind::Namespace, u"root/cimv2"_s);
    QCOMPARE(m_model->rowCount(space), 1);
    for (int i = 0; i < 10; ++i)
        m_model->noteClass(host, u"ROOT/cimv2"_s, u"Class_%1"_s.arg(i));
    QCOMPARE(m_model->rowCount(space), HostsTreeModel::MaxRecent);
    QCOMPARE(m_model->index(0, 0, space).data().toString(), u"Class_9"_s);
    m_model->fetchMore(space);
    m_model->setNamespaces(host, u"root/cimv2"_s, {u"root/cimv2/ms_409"_s});
    QCOMPARE(m_model->kind(m_model->index(HostsTreeModel::MaxRecent, 0, space)), Kind::Namespace);
    QCOMPARE(m_model->recentClasses(host).last(), u"ROOT/cimv2:Class_9"_s);
    const QModelIndex first = m_model->index(0, 0, space);
    QCOMPARE(first.data(HostsTreeModel::NamespaceRole).toString(), u"root/cimv2"_s);
}

void HostsTreeModelTest::groupsStandForWhatCannotBeAsked()
{
    HostConnection *host = add(profile(u"amt01"_s));
    m_model->showConnected(host, true);
    const QModelIndex cim = m_model->indexOf(host, Kind::Cim, u"root"_s);
    m_model->fetchMore(cim);
    const CatalogueClass fan{.name = u"EX_Fan"_s,
                             .meaning = u"Fans & their <b>speed</b>."_s,
                             .cimNamespace = u"root/ex"_s};
    m_model->setGroups(
        host,
        {{u"Hardware"_s, u"What is built in."_s, {fan}}, {u"Logs"_s, {}, {{.name = u"EX_Log"_s}}}});
    QCOMPARE(lines(*m_model, cim),
             QStringList({u"Hardware"_s, u"  EX_Fan"_s, u"Logs"_s, u"  EX_Log"_s}));
    QVERIFY(cim.data(MutedRole).toString().isEmpty());
    const QModelIndex group = m_model->index(0, 0, cim);
    QCOMPARE(m_model->kind(group), Kind::Group);
    const QModelIndex fans = m_model->index(0, 0, group);
    QCOMPARE(m_model->kind(fans), Kind::Class);
    QCOMPARE(fans.data(HostsTreeModel::NamespaceRole).toString(), u"root/ex"_s);
    QCOMPARE(fans.data(Qt::ToolTipRole).toString(),
             u"<p>Fans &amp; their &lt;b&gt;speed&lt;/b&gt;.</p>"_s);
    m_model->setGroups(host, {{u"Late"_s, {}, {fan}}}); // nobody asked
    QCOMPARE(m_model->rowCount(cim), 2);
    m_model->forgetNamespaces(cim);
    QCOMPARE(m_model->rowCount(cim), 0);
}

QTEST_MAIN(HostsTreeModelTest)
#include "tst_hoststreemodel.moc"
