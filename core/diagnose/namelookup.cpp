#include "diagnose/namelookup.h"

#include "connection/connectionoptions.h"

#include <QHostInfo>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int MostReversed = 4;

QString bare(QString name)
{
    while (name.endsWith(u'.'))
        name.chop(1);
    return name.toLower();
}

bool agrees(const QString &typed, const QString &found)
{
    const QString host = bare(typed);
    const QString name = bare(found);
    return name == host || (!host.contains(u'.') && name.startsWith(host + u'.'));
}

} // namespace

NameLookup::NameLookup(const QString &host, QObject *parent)
    : QObject(parent)
    , m_host(host)
{
    m_facts.isAddress = isAddressLiteral(host);
}

NameLookup::~NameLookup()
{
    for (const int lookup : m_lookups)
        QHostInfo::abortHostLookup(lookup);
}

void NameLookup::start()
{
    const int lookup = QHostInfo::lookupHost(m_host, this, [this](const QHostInfo &info) {
        if (m_facts.isAddress)
            m_facts.addresses = {QHostAddress(m_host)};
        else
            m_facts.addresses = info.addresses();
        if (m_facts.addresses.empty()) {
            Error error = Error::of(Error::Kind::Connection, Cause::NetDns, info.errorString());
            error.host = m_host;
            finish(error);
        } else {
            lookBack();
        }
    });
    m_lookups.push_back(lookup);
}

void NameLookup::lookBack()
{
    const int count = std::min(MostReversed, int(m_facts.addresses.size()));
    m_open = count;
    QTimer::singleShot(5s, this, [this] { finish(m_facts); });
    for (int i = 0; i < count; ++i) {
        const QString address = m_facts.addresses.at(i).toString();
        m_lookups.push_back(
            QHostInfo::lookupHost(address, this, [this, address](const QHostInfo &info) {
                // Without a name, the resolver gives the address back.
                const QString name = info.hostName();
                addName(isAddressLiteral(name) || name == address ? QString() : name);
            }));
    }
}

void NameLookup::addName(const QString &name)
{
    if (!name.isEmpty() && !m_facts.reverseNames.contains(name, Qt::CaseInsensitive))
        m_facts.reverseNames.append(name);
    if (!name.isEmpty() && (m_facts.isAddress || agrees(m_host, name)))
        m_facts.agree = true;
    if (--m_open == 0)
        finish(m_facts);
}

void NameLookup::finish(const Result<NameFacts> &facts)
{
    if (std::exchange(m_done, true))
        return;
    Q_EMIT finished(facts);
}
