#include "profileimport/ansiblevariables.h"

#include "profileimport/profilefileformats.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Kind = ImportNote::Kind;

bool isTrue(const QString &value)
{
    const QString word = value.toLower();
    return word == "true"_L1 || word == "yes"_L1 || word == "on"_L1 || word == "1"_L1;
}

/// Reads variables into options, and says what it could not.
class VariableReader
{
public:
    VariableReader(ReadProfile &read, const AnsibleVariables &variables)
        : m_read(read)
        , m_options(read.profile.options)
        , m_variables(variables)
    { }

    void read(const QString &name)
    {
        m_options.automaticScheme = true;
        m_options.host = name;
        take({u"ansible_host"_s, u"ansible_winrm_host"_s, u"ansible_psrp_host"_s},
             [this](const QString &value) { m_options.host = value; });
        readPlace();
        readSignIn();
        readTrust();
        readTimes();
        readUnsupported();
    }

private:
    /// The first of `names` that is there and usable is given to `use`.
    template<typename Use>
    void take(const QStringList &names, Use &&use)
    {
        for (const QString &name : names) {
            const QString value = m_variables.value(name).trimmed();
            if (value.isEmpty())
                continue;
            if (value.contains(u"{{"_s) && name != names.front())
                note(Kind::UnusableValue, name);
            else
                use(value);
            return;
        }
    }

    void note(Kind kind, const QString &detail = {})
    {
        const ImportNote note{kind, detail};
        if (std::find(m_read.notes.begin(), m_read.notes.end(), note) == m_read.notes.end())
            m_read.notes.push_back(note);
    }

    void readPlace()
    {
        take({u"ansible_port"_s, u"ansible_winrm_port"_s, u"ansible_psrp_port"_s},
             [this](const QString &value) { setPort(m_read, value); });
        take({u"ansible_winrm_scheme"_s, u"ansible_psrp_protocol"_s}, [this](const QString &value) {
            m_options.tls = value.compare("http"_L1, Qt::CaseInsensitive) != 0;
            m_options.automaticScheme = false;
        });
        take({u"ansible_winrm_path"_s, u"ansible_psrp_path"_s}, [this](const QString &value) {
            const QString path = value.startsWith(u'/') ? value : u'/' + value;
            if (isPossiblePath(path))
                m_options.path = path;
            else
                note(Kind::UnusableValue, u"ansible_winrm_path"_s);
        });
    }

    void readSignIn()
    {
        take({u"ansible_user"_s, u"ansible_winrm_user"_s, u"ansible_psrp_user"_s},
             [this](const QString &value) { m_options.userName = value; });
        take({u"ansible_winrm_realm"_s}, [this](const QString &value) {
            if (!m_options.userName.isEmpty() && !m_options.userName.contains(u'@')
                && !m_options.userName.contains(u'\\'))
                m_options.userName += u'@' + value;
        });
        take({u"ansible_winrm_transport"_s, u"ansible_psrp_auth"_s},
             [this](const QString &value) { setTransport(value); });
        take({u"ansible_winrm_kerberos_delegation"_s, u"ansible_psrp_negotiate_delegate"_s},
             [this](const QString &value) { m_options.delegate = isTrue(value); });
        QString service;
        take({u"ansible_winrm_service"_s, u"ansible_psrp_negotiate_service"_s},
             [&](const QString &value) { service = value; });
        m_options.servicePrincipal = service;
        take({u"ansible_winrm_kerberos_hostname_override"_s,
              u"ansible_psrp_negotiate_hostname_override"_s},
             [&](const QString &value) {
                 m_options.servicePrincipal = (service.isEmpty() ? u"HTTP"_s : service) + u'/'
                     + value;
             });
        for (const auto name :
             {"ansible_password"_L1, "ansible_winrm_password"_L1, "ansible_winrm_pass"_L1,
              "ansible_psrp_password"_L1, "ansible_ssh_pass"_L1, "ansible_pass"_L1}) {
            if (!m_variables.value(name).isEmpty())
                note(Kind::SecretLeft);
        }
    }

    /// A list in any of Ansible's notations; one way alone is kept, several are tried in turn.
    void setTransport(const QString &value)
    {
        QString names = value.toLower();
        for (const QChar mark : u"[]'\" "_s)
            names.remove(mark);
        QList<Authentication> ways;
        for (const QString &name : names.split(u',', Qt::SkipEmptyParts)) {
            const auto way = name == "plaintext"_L1 || name == "ssl"_L1
                ? std::optional(Authentication::Basic)
                : authenticationNamed(name);
            if (way)
                ways.append(*way);
            else
                note(Kind::Unsupported, name);
        }
        if (ways.size() == 1)
            m_options.authentication = ways.front();
        else if (!ways.isEmpty() && !ways.contains(Authentication::Basic))
            m_options.authentication = Authentication::Negotiate;
    }

    void readTrust()
    {
        take({u"ansible_winrm_server_cert_validation"_s, u"ansible_psrp_cert_validation"_s},
             [this](const QString &value) {
                 if (value.compare("ignore"_L1, Qt::CaseInsensitive) != 0)
                     return;
                 m_options.skipCaCheck = m_options.skipCnCheck = true;
                 note(Kind::ChecksOff);
             });
        take({u"ansible_winrm_ca_trust_path"_s, u"ansible_psrp_ca_cert"_s},
             [this](const QString &value) { m_options.caFile = value; });
        take({u"ansible_winrm_message_encryption"_s, u"ansible_psrp_message_encryption"_s},
             [this](const QString &value) {
                 if (value.compare("never"_L1, Qt::CaseInsensitive) != 0 || m_options.tls)
                     return;
                 m_options.allowClearText = true;
                 note(Kind::ClearText);
             });
        if (m_options.authentication == Authentication::Basic && !m_options.tls) {
            m_options.allowClearText = true;
            note(Kind::ClearText);
        }
        // Ansible sends NTLM over http to any host; that is what the file asks for.
        if (!m_options.tls && m_options.authentication == Authentication::Ntlm)
            m_options.unverifiedHost = true;
    }

    std::optional<std::chrono::milliseconds> seconds(const QStringList &names)
    {
        std::optional<std::chrono::milliseconds> result;
        take(names, [&](const QString &value) {
            bool ok = false;
            const int number = value.toInt(&ok);
            if (ok && number > 0 && number <= 86400)
                result = std::chrono::seconds(number);
            else
                note(Kind::UnusableValue, names.front());
        });
        return result;
    }

    void readTimes()
    {
        const auto operation = seconds(
            {u"ansible_winrm_operation_timeout_sec"_s, u"ansible_psrp_operation_timeout"_s});
        const auto read = seconds(
            {u"ansible_winrm_read_timeout_sec"_s, u"ansible_psrp_read_timeout"_s});
        if (operation)
            m_options.operationTimeout = *operation;
        if (read && *read > m_options.operationTimeout)
            m_options.networkDelay = *read - m_options.operationTimeout;
        if (const auto connecting = seconds(
                {u"ansible_winrm_connection_timeout"_s, u"ansible_psrp_connection_timeout"_s}))
            m_options.connectTimeout = *connecting;
    }

    void readUnsupported()
    {
        for (const auto name : {"ansible_winrm_cert_pem"_L1, "ansible_winrm_cert_key_pem"_L1,
                                "ansible_psrp_certificate_pem"_L1,
                                "ansible_psrp_certificate_key_pem"_L1, "ansible_psrp_proxy"_L1,
                                "ansible_winrm_proxy"_L1, "ansible_psrp_configuration_name"_L1}) {
            if (!m_variables.value(name).isEmpty())
                note(Kind::Unsupported, name);
        }
    }

    ReadProfile &m_read;
    ConnectionOptions &m_options;
    const AnsibleVariables &m_variables;
};

} // namespace

bool isWinRmHost(const AnsibleVariables &variables)
{
    const QString connection = variables.value(u"ansible_connection"_s).section(u'.', -1);
    if (!connection.isEmpty())
        return connection == "winrm"_L1 || connection == "psrp"_L1;
    const QString port = variables.value(u"ansible_port"_s);
    if (port == "5985"_L1 || port == "5986"_L1)
        return true;
    return std::any_of(variables.keyBegin(), variables.keyEnd(), [](const QString &name) {
        return name.startsWith("ansible_winrm_"_L1) || name.startsWith("ansible_psrp_"_L1);
    });
}

ReadProfile profileFromAnsible(const QString &name, const AnsibleVariables &variables)
{
    ReadProfile read;
    read.profile.summary.name = name;
    VariableReader(read, variables).read(name);
    return read;
}
