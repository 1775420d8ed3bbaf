#pragma once

#include "common/result.h"

#include <QHostAddress>
#include <QObject>
#include <QStringList>

#include <vector>

/// What the resolver says of a host, forwards and back. Never used for trust.
struct NameFacts
{
    QList<QHostAddress> addresses; ///< in the resolver's order; of an address, itself
    QStringList reverseNames;      ///< of the first four addresses, each once
    /// Whether one of the names is the host as typed (or begins with it, where it was typed
    /// without its domain). Of an address: whether it has a name.
    bool agree = false;
    bool isAddress = false; ///< the host was given as an address
};

/// Looks up a host's addresses, then the names of the first four. Destroying it cancels it.
class NameLookup final : public QObject
{
    Q_OBJECT
public:
    explicit NameLookup(const QString &host, QObject *parent = nullptr);
    ~NameLookup() override;
    void start(); ///< returns before anything happens

Q_SIGNALS:
    /// Once. Cause::NetDns, or the facts; also 5 s after the addresses came, when a name is late.
    void finished(const Result<NameFacts> &facts);

private:
    void finish(const Result<NameFacts> &facts);
    void lookBack();
    void addName(const QString &name);

    QString m_host;
    NameFacts m_facts;
    std::vector<int> m_lookups;
    int m_open = 0;
    bool m_done = false;
};
