#pragma once

#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>

/// A private Kerberos realm (tests/peer/realm.py) with its KDC, for the life of the object.
/// README.md beside the script names its arguments, facts and commands.
class RealmProcess
{
public:
    explicit RealmProcess(const QStringList &arguments = {});
    ~RealmProcess();

    bool isRunning() const { return !m_facts.isEmpty(); }
    QByteArray startError() const { return m_error; }
    /// "krb5Conf", "keytab", "ntlmUsers", "passwords" ...
    const QJsonObject &facts() const { return m_facts; }
    QString fact(QLatin1StringView name) const { return m_facts.value(name).toString(); }
    QString password(const QString &user) const;

    /// Sends a command and returns its answer; waits for it (up to 30 s).
    QJsonObject command(const QJsonObject &command);
    /// The path of a new ticket file of `user`; empty if there is none to be had.
    QString kinit(const QString &user, const QString &life = {});
    void stopKdc() { command({{QStringLiteral("command"), QStringLiteral("stop")}}); }
    void startKdc() { command({{QStringLiteral("command"), QStringLiteral("start")}}); }
    /// Arguments for PeerProcess: a host of this realm that takes these schemes
    /// ("negotiate,kerberos").
    QStringList hostArguments(const QString &schemes) const;
    /// Makes this process a client of the realm: KRB5_CONFIG, and KRB5CCNAME = `cache`, or a file
    /// that is not there.
    void enter(const QString &cache = {}) const;

private:
    QJsonObject readLine();

    QProcess m_process;
    QJsonObject m_facts;
    QByteArray m_error;
};
