#pragma once

#include "demo/demosignin.h"
#include "demo/httplistener.h"
#include "demo/personality.h"

#include <optional>

/// What a server does with a request before it reads its message: address, method, sign-in, content
/// type.
class HttpGate
{
public:
    HttpGate(const Personality &as, QString userName, Secret password);

    /// How the server answers without reading the message; nullopt: it reads it. `signedIn` tells
    /// then whether credentials were accepted.
    std::optional<HttpAnswer> refuse(const ListenerRequest &request, bool &signedIn);
    HttpAnswer unauthorized();
    /// Content-Type of a SOAP answer to this request.
    QByteArray contentType(const ListenerRequest &request) const;
    static bool isWide(const ListenerRequest &request); ///< in UTF-16
    static HttpStyle styleOf(const Personality &as);

private:
    std::optional<HttpAnswer> refuseAddress(const ListenerRequest &request) const;
    std::optional<HttpAnswer> refuseMedia(const ListenerRequest &request) const;
    HttpAnswer plainError(int status) const;

    const Personality &m_as;
    DemoSignIn m_signIn;
};
