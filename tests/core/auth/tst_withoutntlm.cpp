#include "auth/securitycontext.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// A computer whose GSSAPI has no NTLM. The library looks once in a process, so this is one.
class TestWithoutNtlm final : public QObject
{
    Q_OBJECT
private slots:
    void namesThePlugin();
};

void TestWithoutNtlm::namesThePlugin()
{
    QTemporaryDir folder;
    QFile mechanisms(folder.filePath(u"mech"_s)), config(folder.filePath(u"krb5.conf"_s));
    QVERIFY(mechanisms.open(QIODevice::WriteOnly) && config.open(QIODevice::WriteOnly));
    qputenv("GSS_MECH_CONFIG", mechanisms.fileName().toLocal8Bit());
    qputenv("KRB5_CONFIG", config.fileName().toLocal8Bit());
    SignIn signIn;
    signIn.host = u"web01.example.com"_s;
    signIn.userName = u"EXAMPLE\\alice"_s;
    signIn.password = Secret(u"open sesame"_s);
    signIn.allowKerberos = false;
    signIn.allowNtlm = true;
    SecurityContext context(signIn);
    Error error;
    context.step({}, [&error](const Result<AuthLeg> &leg) {
        error = leg ? Error::of(Error::Kind::Local, Cause::Unknown) : leg.error();
    });
    QTRY_VERIFY(error);
    QCOMPARE(error.kind, Error::Kind::Authentication);
    QCOMPARE(error.cause, Cause::AuthUnavailable);
    QVERIFY(error.message.contains("gss-ntlmssp"_L1));
}

QTEST_GUILESS_MAIN(TestWithoutNtlm)
#include "tst_withoutntlm.moc"
