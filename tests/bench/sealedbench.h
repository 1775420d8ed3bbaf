#pragma once

#include <QObject>

/// The verb `sealed`: what sealing costs. Gets of a small and of a large document from a host in
/// the same process, plain, sealed by Kerberos and sealed by NTLM, in turns; medians. Makes a realm
/// of its own (tests/peer/realm.py).
class SealedBench final : public QObject
{
    Q_OBJECT
public:
    static int run();
};
