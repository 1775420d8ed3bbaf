#include "profileimport/profilefileformats.h"

#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

constexpr int maxDepth = 64;

/// What a folder hands down to those in it that want it.
struct Node
{
    QString name, userName, domain, protocol;
    bool hasPassword = false;
};

Node nodeOf(const QXmlStreamAttributes &attributes, const Node &parent)
{
    const auto own = [&](QLatin1StringView name) { return attributes.value(name).toString(); };
    const auto inherits = [&](QLatin1StringView name) {
        return attributes.value(name).compare("true"_L1, Qt::CaseInsensitive) == 0;
    };
    Node node{.name = own("Name"_L1).trimmed()};
    node.userName = inherits("InheritUsername"_L1) ? parent.userName : own("Username"_L1);
    node.domain = inherits("InheritDomain"_L1) ? parent.domain : own("Domain"_L1);
    node.protocol = inherits("InheritProtocol"_L1) ? parent.protocol : own("Protocol"_L1);
    node.hasPassword = inherits("InheritPassword"_L1) ? parent.hasPassword
                                                      : !own("Password"_L1).isEmpty();
    return node;
}

class Reader
{
public:
    explicit Reader(const QByteArray &bytes)
        : m_xml(bytes)
    { }

    Result<ProfileFile> read()
    {
        m_file.format = ProfileFile::Format::MRemoteNg;
        if (!m_xml.readNextStartElement() || m_xml.name() != "Connections"_L1)
            return unreadableProfiles(u"the XML is no file of mRemoteNG's connections"_s);
        if (m_xml.attributes()
                .value("FullFileEncryption"_L1)
                .compare("true"_L1, Qt::CaseInsensitive)
            == 0)
            return unreadableProfiles(
                u"the file is encrypted as a whole: export it from mRemoteNG without encryption"_s);
        readChildren({}, {}, 0);
        if (m_xml.hasError())
            return unreadableProfiles(m_xml.errorString());
        return std::move(m_file);
    }

private:
    void readChildren(const Node &parent, const QString &folder, int depth)
    {
        if (depth > maxDepth) {
            m_xml.raiseError(u"folders are nested too deep"_s);
            return;
        }
        while (m_xml.readNextStartElement()) {
            if (m_file.profiles.size() + m_file.left.size() >= maxImportedProfiles) {
                m_xml.raiseError(u"the file has more than 10,000 connections"_s);
                return;
            }
            if (m_xml.name() != "Node"_L1) {
                m_xml.skipCurrentElement();
                continue;
            }
            const QXmlStreamAttributes attributes = m_xml.attributes();
            const Node node = nodeOf(attributes, parent);
            if (attributes.value("Type"_L1).compare("Container"_L1, Qt::CaseInsensitive) != 0) {
                add(node, attributes.value("Hostname"_L1).toString().trimmed(), folder);
                m_xml.skipCurrentElement();
                continue;
            }
            const QString name = QString(node.name).replace(u'/', u'-');
            readChildren(node, folder.isEmpty() ? name : folder + u'/' + name, depth + 1);
        }
    }

    void add(const Node &node, const QString &host, const QString &folder)
    {
        const bool desktop = node.protocol.startsWith("RDP"_L1, Qt::CaseInsensitive);
        if (!desktop && node.protocol.compare("PowerShell"_L1, Qt::CaseInsensitive) != 0) {
            m_file.left.push_back({node.name, LeftEntry::Reason::OtherProtocol, node.protocol});
            return;
        }
        ReadProfile read;
        read.profile.summary.name = node.name;
        read.profile.summary.folder = folder;
        read.profile.options.host = host;
        read.profile.options.automaticScheme = true;
        read.profile.options.userName = userName(node.domain, node.userName);
        if (desktop)
            read.notes.push_back({ImportNote::Kind::OtherService, u"RDP"_s});
        if (node.hasPassword)
            read.notes.push_back({ImportNote::Kind::SecretLeft, {}});
        addProfile(m_file, std::move(read));
    }

    QXmlStreamReader m_xml;
    ProfileFile m_file;
};

} // namespace

Result<ProfileFile> readMRemoteNg(const QByteArray &bytes)
{
    if (bytes.contains("<!DOCTYPE"))
        return unreadableProfiles(u"the XML has a document type"_s);
    return Reader(bytes).read();
}
