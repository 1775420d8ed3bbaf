#pragma once

#include "auth/securitycontext.h"
#include "peer/process/realmprocess.h"

/// A realm, in which this process is client and host at once.
class SignInRealm
{
public:
    explicit SignInRealm(const QStringList &arguments = {})
        : m_realm(arguments)
    { }

    RealmProcess &process() { return m_realm; }
    bool isRunning() const { return m_realm.isRunning(); }

    /// Client with the tickets of `cache` (none: no file at all) and, if named, another krb5.conf;
    /// host with the realm's keytab and NTLM users.
    void enter(const QString &cache = {}, const QString &config = {}) const
    {
        m_realm.enter(cache);
        if (!config.isEmpty())
            qputenv("KRB5_CONFIG", config.toLocal8Bit());
        qputenv("KRB5_KTNAME", fact("keytab").toLocal8Bit());
        qputenv("NTLM_USER_FILE", fact("ntlmUsers").toLocal8Bit());
        qputenv("KRB5RCACHENAME", "none:");
    }
    QString fact(const char *name) const { return m_realm.fact(QLatin1StringView(name)); }

    SignIn ticket() const
    {
        SignIn signIn;
        signIn.host = QStringLiteral("localhost");
        return signIn;
    }
    /// `who`: whose password; the user's name may be written differently.
    SignIn password(const QString &user, const QString &who) const
    {
        SignIn signIn = ticket();
        signIn.userName = user;
        signIn.password = Secret(m_realm.password(who));
        return signIn;
    }
    SignIn ntlm(const QString &user, const QString &who) const
    {
        SignIn signIn = password(user, who);
        signIn.allowKerberos = false;
        signIn.allowNtlm = true;
        return signIn;
    }
    /// A new krb5.conf; the words are those of realm.py's command "config".
    QString config(QJsonObject words)
    {
        words.insert(QStringLiteral("command"), QStringLiteral("config"));
        return m_realm.command(words).value(QStringLiteral("krb5Conf")).toString();
    }
    int asked()
    {
        return m_realm.command({{QStringLiteral("command"), QStringLiteral("counts")}})
            .value(QStringLiteral("requests"))
            .toInt();
    }
    int refusedPasswords()
    {
        return m_realm.command({{QStringLiteral("command"), QStringLiteral("counts")}})
            .value(QStringLiteral("refusedPasswords"))
            .toInt();
    }

private:
    RealmProcess m_realm;
};
