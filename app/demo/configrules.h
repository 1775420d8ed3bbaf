#pragma once

#include <string>
#include <string_view>

/// What Windows allows in the values of its WinRM configuration. Sources: MS-WSMV 2.2.4 and
/// 3.1.4.1.29 to 3.1.4.1.34, the texts of the error codes. All of these throw SoapFault.

/// A value of the tree, by its path ("Service/MaxConnections"). Called for values that differ from
/// what the host has. Refuses read-only and deprecated settings, wrong types and values out of
/// range.
void checkConfigValue(std::string_view path, std::string_view value);

/// `*`, `IP:address` or `MAC:xx-xx-xx-xx-xx-xx`.
void checkListenerAddress(std::string_view address);
/// "HTTP" or "HTTPS" from any spelling of case.
std::string listenerTransport(std::string_view transport);
/// One property of a listener but its keys.
void checkListenerValue(std::string_view name, std::string_view value);

/// Issuer, Subject, URI, UserName, Password or Enabled of a certificate mapping.
void checkMappingValue(std::string_view name, std::string_view value);

/// The demo host's certificate store: a server certificate by thumbprint and the name it is for;
/// empty when there is none.
std::string storedCertificateName(std::string_view thumbprint);
bool isStoredIssuer(std::string_view thumbprint);
bool isThumbprint(std::string_view text); ///< 40 hexadecimal digits
