#pragma once

#include "demo/demohost.h"
#include "hosts/hostconnection.h"

#include <memory>

/// A connection to the demo host over TLS that nobody has to be asked about.
inline std::unique_ptr<HostConnection> demoConnection(const DemoHost &demo, const QString &password,
                                                      Trace &trace)
{
    Profile profile;
    profile.summary.name = QStringLiteral("demo01");
    profile.options = *parseConnection(demo.url().toString());
    profile.options.authentication = Authentication::Basic;
    profile.options.userName = demo.userName();
    profile.options.pinSha256 = demo.pinSha256();
    const Credential credential{demo.userName(), Secret(password)};
    const CredentialSource source = [credential](const CredentialRequest &,
                                                 const CredentialAnswer &answer) {
        answer(credential);
    };
    return std::make_unique<HostConnection>(profile, source, refuseUntrusted(), trace);
}
