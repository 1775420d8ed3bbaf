#include "peer/process/realmprocess.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace {

constexpr int kWaitMs = 30000;

} // namespace

RealmProcess::RealmProcess(const QStringList &arguments)
{
    m_process.start(
        QStringLiteral(WINRM_PYTHON),
        QStringList{u"-B"_s, QStringLiteral(WINRM_SOURCE_DIR) + u"/tests/peer/realm.py"_s}
            + arguments);
    m_facts = readLine();
    if (m_facts.isEmpty())
        m_error = m_process.readAllStandardError();
}

RealmProcess::~RealmProcess()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(kWaitMs))
        m_process.kill();
}

QString RealmProcess::password(const QString &user) const
{
    return m_facts.value("passwords"_L1).toObject().value(user).toString();
}

QJsonObject RealmProcess::command(const QJsonObject &command)
{
    m_process.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
    return readLine();
}

QString RealmProcess::kinit(const QString &user, const QString &life)
{
    QJsonObject words{{u"command"_s, u"kinit"_s}, {u"who"_s, user}};
    if (!life.isEmpty())
        words.insert(u"life"_s, life);
    return command(words).value("cache"_L1).toString();
}

QStringList RealmProcess::hostArguments(const QString &schemes) const
{
    return {u"--sign-in"_s, schemes,           u"--krb5-conf"_s,  fact("krb5Conf"_L1),
            u"--keytab"_s,  fact("keytab"_L1), u"--ntlm-users"_s, fact("ntlmUsers"_L1)};
}

void RealmProcess::enter(const QString &cache) const
{
    const QString file = cache.isEmpty() ? fact("folder"_L1) + u"/cc-none"_s : cache;
    qputenv("KRB5_CONFIG", fact("krb5Conf"_L1).toLocal8Bit());
    qputenv("KRB5CCNAME", "FILE:" + file.toLocal8Bit());
    for (const char *name : {"KRB5_KTNAME", "KRB5_CLIENT_KTNAME", "NTLM_USER_FILE"})
        qunsetenv(name);
}

QJsonObject RealmProcess::readLine()
{
    while (m_process.state() != QProcess::NotRunning && !m_process.canReadLine()
           && m_process.waitForReadyRead(kWaitMs)) { }
    return QJsonDocument::fromJson(m_process.readLine()).object();
}
