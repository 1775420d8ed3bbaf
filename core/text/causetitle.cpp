#include "text/sentences.h"

#include <QCoreApplication>

namespace {

class Titles
{
    Q_DECLARE_TR_FUNCTIONS(CauseTitle)
};

} // namespace

// One switch without default: the compiler misses a new Cause aloud.
QString causeTitle(Cause cause)
{
    switch (cause) {
    case Cause::Unknown:
        return Titles::tr("Unknown error");
    case Cause::Cancelled:
        return Titles::tr("Operation cancelled");
    case Cause::LocalUsage:
        return Titles::tr("Input not valid");
    case Cause::LocalFile:
        return Titles::tr("File not readable or writable");
    case Cause::LocalFilePermission:
        return Titles::tr("No permission for the file");
    case Cause::LocalFileExists:
        return Titles::tr("File exists already");
    case Cause::LocalPasswordFileMode:
        return Titles::tr("Password file not private");
    case Cause::LocalDiskFull:
        return Titles::tr("Disk full");
    case Cause::LocalNoPassword:
        return Titles::tr("Password needed");
    case Cause::LocalProfileUnknown:
        return Titles::tr("Profile not found");
    case Cause::LocalProfileCorrupt:
        return Titles::tr("Profile damaged");
    case Cause::KeychainAbsent:
        return Titles::tr("No keychain");
    case Cause::KeychainLocked:
        return Titles::tr("Keychain locked");
    case Cause::KeychainDenied:
        return Titles::tr("Keychain access refused");
    case Cause::KeychainEntryMissing:
        return Titles::tr("Keychain entry missing");
    case Cause::KeychainCorrupt:
        return Titles::tr("Keychain entry damaged");
    case Cause::OptionsRefused:
        return Titles::tr("Options contradict each other");
    case Cause::OptionsClearText:
        return Titles::tr("Connection would be unencrypted");
    case Cause::OptionsSecretClearText:
        return Titles::tr("Password would be unencrypted");
    case Cause::OptionsReadOnly:
        return Titles::tr("Session is read-only");
    case Cause::NetDns:
        return Titles::tr("Host name not found");
    case Cause::NetRefused:
        return Titles::tr("Connection refused");
    case Cause::NetTimeout:
        return Titles::tr("Host does not answer");
    case Cause::NetUnreachable:
        return Titles::tr("No way to the host");
    case Cause::NetClosed:
        return Titles::tr("Connection closed");
    case Cause::NetReset:
        return Titles::tr("Connection broken off");
    case Cause::NetTlsHandshake:
        return Titles::tr("No encrypted connection");
    case Cause::NetNoCommonTls:
        return Titles::tr("No TLS version in common");
    case Cause::NetHttpsExpected:
        return Titles::tr("HTTPS is gone");
    case Cause::TlsUntrusted:
        return Titles::tr("Certificate not trusted");
    case Cause::TlsSelfSigned:
        return Titles::tr("Self-signed certificate");
    case Cause::TlsExpired:
        return Titles::tr("Certificate expired");
    case Cause::TlsNotYetValid:
        return Titles::tr("Certificate not valid yet");
    case Cause::TlsNameMismatch:
        return Titles::tr("Certificate for another name");
    case Cause::TlsPinMismatch:
        return Titles::tr("Certificate has changed");
    case Cause::TlsChangedDuringSession:
        return Titles::tr("Certificate changed meanwhile");
    case Cause::TlsTrustRefused:
        return Titles::tr("Certificate refused by you");
    case Cause::AuthRejected:
        return Titles::tr("Sign-in refused");
    case Cause::AuthNotOffered:
        return Titles::tr("Sign-in method not offered");
    case Cause::AuthRequired:
        return Titles::tr("Sign-in required");
    case Cause::AuthBasicOverHttp:
        return Titles::tr("Password would be readable");
    case Cause::AuthUnverifiedHost:
        return Titles::tr("Host cannot be verified");
    case Cause::AuthHostUnproven:
        return Titles::tr("Host did not prove itself");
    case Cause::AuthMalformed:
        return Titles::tr("Sign-in not understood");
    case Cause::AuthClosed:
        return Titles::tr("Connection closed during sign-in");
    case Cause::AuthUserForm:
        return Titles::tr("User name cannot be used");
    case Cause::AuthUnavailable:
        return Titles::tr("Sign-in method missing here");
    case Cause::AuthFailed:
        return Titles::tr("Sign-in failed");
    case Cause::KrbNoTicket:
        return Titles::tr("No Kerberos ticket");
    case Cause::KrbTicketExpired:
        return Titles::tr("Kerberos ticket expired");
    case Cause::KrbForeignTicket:
        return Titles::tr("Somebody else's ticket");
    case Cause::KrbAddress:
        return Titles::tr("Kerberos needs a name");
    case Cause::KrbRealmUnknown:
        return Titles::tr("Kerberos realm unknown");
    case Cause::KrbKdcUnreachable:
        return Titles::tr("Domain controller not reached");
    case Cause::KrbUserUnknown:
        return Titles::tr("User unknown");
    case Cause::KrbWrongPassword:
        return Titles::tr("Wrong password");
    case Cause::KrbPasswordExpired:
        return Titles::tr("Password expired");
    case Cause::KrbAccountLocked:
        return Titles::tr("Account locked");
    case Cause::KrbServiceUnknown:
        return Titles::tr("Service name unknown");
    case Cause::KrbServiceKey:
        return Titles::tr("Service name of another account");
    case Cause::KrbClockSkew:
        return Titles::tr("Clocks differ");
    case Cause::KrbEncryptionType:
        return Titles::tr("No encryption type in common");
    case Cause::KrbConfiguration:
        return Titles::tr("Kerberos configuration damaged");
    case Cause::SealMissing:
        return Titles::tr("Reply not encrypted");
    case Cause::SealMalformed:
        return Titles::tr("Encrypted reply damaged");
    case Cause::SealBroken:
        return Titles::tr("Reply changed on the way");
    case Cause::SealOrder:
        return Titles::tr("Reply out of order");
    case Cause::HttpNotSoap:
        return Titles::tr("Not a WS-Management reply");
    case Cause::HttpHtml:
        return Titles::tr("Web page instead of reply");
    case Cause::HttpEmpty:
        return Titles::tr("Empty reply");
    case Cause::HttpNotFound:
        return Titles::tr("Path not found");
    case Cause::HttpStatus:
        return Titles::tr("Request turned down");
    case Cause::HttpMalformed:
        return Titles::tr("Not an HTTP reply");
    case Cause::HttpTruncated:
        return Titles::tr("Reply cut off");
    case Cause::HttpTooLarge:
        return Titles::tr("Reply too large");
    case Cause::HttpHeadTooLarge:
        return Titles::tr("Reply header too large");
    case Cause::HttpRedirect:
        return Titles::tr("Redirected to another address");
    case Cause::HttpServiceUnavailable:
        return Titles::tr("WinRM service not available");
    case Cause::HttpRequestTooLarge:
        return Titles::tr("Request too large");
    case Cause::TimeoutDeadline:
        return Titles::tr("No answer in time");
    case Cause::TimeoutIdle:
        return Titles::tr("Reply stopped arriving");
    case Cause::SoapMalformed:
        return Titles::tr("Message not well-formed");
    case Cause::SoapDtd:
        return Titles::tr("Forbidden document type");
    case Cause::SoapTooDeep:
        return Titles::tr("Message nested too deeply");
    case Cause::SoapNotEnvelope:
        return Titles::tr("Not a SOAP message");
    case Cause::SoapUnexpected:
        return Titles::tr("Unexpected message");
    case Cause::SoapWrongReply:
        return Titles::tr("Reply to another request");
    case Cause::SoapEncoding:
        return Titles::tr("Characters not readable");
    case Cause::FaultGeneric:
        return Titles::tr("Error from the host");
    case Cause::FaultAccessDenied:
        return Titles::tr("Access denied");
    case Cause::FaultTimedOut:
        return Titles::tr("Operation timed out");
    case Cause::FaultUnknownResource:
        return Titles::tr("Resource not found");
    case Cause::FaultInvalidSelectors:
        return Titles::tr("No object with these keys");
    case Cause::FaultFilter:
        return Titles::tr("Filter not accepted");
    case Cause::FaultQuota:
        return Titles::tr("Limit of the host reached");
    case Cause::FaultEncodingLimit:
        return Titles::tr("Reply over the size limit");
    case Cause::FaultContextLost:
        return Titles::tr("Enumeration no longer known");
    case Cause::EnumerationConnectionLost:
        return Titles::tr("Connection lost while reading");
    case Cause::EnumerationPartial:
        return Titles::tr("Incomplete results");
    case Cause::ExportFormat:
        return Titles::tr("Format does not fit");
    case Cause::OpenUnknownFormat:
        return Titles::tr("Unknown kind of file");
    }
    return Titles::tr("Unknown error");
}
