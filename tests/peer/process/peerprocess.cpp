#include "peer/process/peerprocess.h"

#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

PeerProcess::PeerProcess(const QStringList &arguments, bool tls)
{
    const QString file = m_folder.filePath(u"password"_s);
    QFile passwordFile(file);
    if (!passwordFile.open(QIODevice::WriteOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return;
    passwordFile.write(password().toUtf8() + '\n');
    passwordFile.close();
    QStringList all{u"-B"_s,
                    QStringLiteral(WINRM_SOURCE_DIR) + u"/tests/peer/wsmanpeer.py"_s,
                    u"--user"_s,
                    u"tester"_s,
                    u"--password-file"_s,
                    file};
    if (tls)
        all.append(u"--tls"_s);
    m_process.start(QStringLiteral(WINRM_PYTHON), all + arguments);
    while (m_process.state() != QProcess::NotRunning && !m_process.canReadLine()
           && m_process.waitForReadyRead(20000)) { }
    m_facts = QJsonDocument::fromJson(m_process.readLine()).object();
    if (m_facts.isEmpty())
        m_error = m_process.readAllStandardError();
}

PeerProcess::~PeerProcess()
{
    m_process.terminate();
    m_process.waitForFinished(5000);
}

ConnectionOptions PeerProcess::options() const
{
    auto options = parseConnection(m_facts.value("url"_L1).toString());
    if (!options)
        return {};
    options->authentication = Authentication::Basic;
    options->userName = u"tester"_s;
    options->allowClearText = !options->tls;
    if (const auto pin = parsePin(m_facts.value("pin"_L1).toString()))
        options->pinSha256 = *pin;
    return *options;
}

QJsonObject PeerProcess::stats() const
{
    QUrl url = options().url();
    url.setPath(u"/stats"_s);
    QNetworkAccessManager manager;
    QNetworkRequest request(url);
    QNetworkReply *reply = manager.get(request);
    QObject::connect(
        reply, &QNetworkReply::sslErrors, reply, [reply](const QList<QSslError> &errors) {
            reply->ignoreSslErrors(errors); // this host's certificate is made for the test
        });
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const QJsonObject stats = QJsonDocument::fromJson(reply->readAll()).object();
    delete reply;
    return stats;
}
