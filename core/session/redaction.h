#pragma once

#include <QByteArray>

/// Takes secrets out of the text of an envelope before it is kept or shown: the content of every
/// element, and the value of every attribute, whose local name says that it is a password or
/// passphrase (Password, RunAsPassword, sPassword, passphrase ...). Works on text as it is, so that
/// a malformed message is covered too. UTF-16 input comes back as UTF-8.
QByteArray redactedEnvelope(const QByteArray &envelope);

/// Head lines of a request or reply without the values of Authorization, Proxy-Authorization,
/// Cookie and Set-Cookie, and without the tokens (not the schemes and realms) of WWW-Authenticate
/// and Proxy-Authenticate.
QByteArray redactedHead(const QByteArray &head);
