#include "session/writerules.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "session/session.h"

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct ReadMethod
{
    QLatin1StringView className;
    QLatin1StringView method; ///< ending in '*': all that begin so
};

// Only what its documentation describes as pure reading. Left out on purpose: InterrogateService
// (talks to the service), PositionToFirstRecord and the like (move an iterator on the device),
// CheckCertificate and other methods that contact third machines.
constexpr std::array readMethods{
    // Registry: values and keys are read, CheckAccess compares a mask.
    ReadMethod{"StdRegProv"_L1, "GetBinaryValue"_L1},
    ReadMethod{"StdRegProv"_L1, "GetDWORDValue"_L1},
    ReadMethod{"StdRegProv"_L1, "GetExpandedStringValue"_L1},
    ReadMethod{"StdRegProv"_L1, "GetMultiStringValue"_L1},
    ReadMethod{"StdRegProv"_L1, "GetQWORDValue"_L1},
    ReadMethod{"StdRegProv"_L1, "GetStringValue"_L1},
    ReadMethod{"StdRegProv"_L1, "GetSecurityDescriptor"_L1},
    ReadMethod{"StdRegProv"_L1, "EnumKey"_L1},
    ReadMethod{"StdRegProv"_L1, "EnumValues"_L1},
    ReadMethod{"StdRegProv"_L1, "CheckAccess"_L1},
    // winrm/config/service: what quickconfig would do, without doing it.
    ReadMethod{"service"_L1, "Analyze"_L1},
    ReadMethod{"service"_L1, "AnalyzeService"_L1},
    // Windows: who owns, who may.
    ReadMethod{"Win32_Process"_L1, "GetOwner"_L1},
    ReadMethod{"Win32_Process"_L1, "GetOwnerSid"_L1},
    ReadMethod{"Win32_Process"_L1, "GetAvailableVirtualSize"_L1},
    ReadMethod{"Win32_Service"_L1, "GetSecurityDescriptor"_L1},
    ReadMethod{"Win32_Share"_L1, "GetAccessMask"_L1},
    ReadMethod{"Win32_LogicalFileSecuritySetting"_L1, "GetSecurityDescriptor"_L1},
    ReadMethod{"Win32_LogicalShareSecuritySetting"_L1, "GetSecurityDescriptor"_L1},
    ReadMethod{"Win32_Printer"_L1, "GetSecurityDescriptor"_L1},
    ReadMethod{"__SystemSecurity"_L1, "GetSD"_L1},
    ReadMethod{"__SystemSecurity"_L1, "GetSecurityDescriptor"_L1},
    ReadMethod{"__SystemSecurity"_L1, "GetCallerAccessRights"_L1},
    ReadMethod{"CIM_DataFile"_L1, "GetEffectivePermission"_L1},
    ReadMethod{"Win32_Directory"_L1, "GetEffectivePermission"_L1},
    ReadMethod{"Win32_EncryptableVolume"_L1, "GetProtectionStatus"_L1},
    ReadMethod{"Win32_EncryptableVolume"_L1, "GetConversionStatus"_L1},
    ReadMethod{"Win32_EncryptableVolume"_L1, "GetLockStatus"_L1},
    // Intel AMT: states and lists.
    ReadMethod{"AMT_AuthorizationService"_L1, "Enumerate*"_L1},
    ReadMethod{"AMT_AuthorizationService"_L1, "Get*"_L1},
    ReadMethod{"AMT_SetupAndConfigurationService"_L1, "GetUuid"_L1},
    ReadMethod{"AMT_TimeSynchronizationService"_L1, "GetLowAccuracyTimeSynch"_L1},
    ReadMethod{"AMT_KerberosSettingData"_L1, "GetCredentialCacheState"_L1},
    ReadMethod{"AMT_AuditLog"_L1, "ReadRecords"_L1},
    // Dell iDRAC: readiness.
    ReadMethod{"DCIM_LCService"_L1, "GetRemoteServicesAPIStatus"_L1},
    ReadMethod{"DCIM_LCService"_L1, "GetRSStatus"_L1},
};

bool fits(QLatin1StringView pattern, QStringView method)
{
    if (pattern.endsWith('*'_L1))
        return method.startsWith(pattern.chopped(1), Qt::CaseInsensitive);
    return method.compare(pattern, Qt::CaseInsensitive) == 0;
}

} // namespace

bool isReadMethod(const ResourceLocator &resource, const QString &method)
{
    // An action URI names a method of its own class, which need not be the resource's.
    const qsizetype slash = method.lastIndexOf(u'/');
    if (slash >= 0 && method.first(slash).compare(resource.uri, Qt::CaseInsensitive) != 0)
        return false;
    const QStringView name = QStringView(method).mid(slash + 1);
    const QString className = resource.className();
    if (className.compare("service"_L1, Qt::CaseInsensitive) == 0
        && !resource.uri.startsWith(toText(uri::config), Qt::CaseInsensitive))
        return false;
    for (const ReadMethod &known : readMethods) {
        if (className.compare(known.className, Qt::CaseInsensitive) == 0
            && fits(known.method, name))
            return true;
    }
    return false;
}

Protection protectionOf(const Session &session)
{
    const ConnectionOptions &options = session.options();
    if (options.tls && !options.automaticScheme)
        return Protection::Encrypted;
    const SecurityState security = session.security();
    if (security.mechanism.isEmpty())
        return Protection::Unknown;
    return security.clearText() ? Protection::Clear : Protection::Encrypted;
}

bool leavesDoubt(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::None:
    case Error::Kind::Certificate:
    case Error::Kind::Authentication: // the host turned the request away
    case Error::Kind::Local:
        return false;
    case Error::Kind::Fault: // it worked too long, or the answer did not fit
        return error.cause == Cause::FaultTimedOut || error.cause == Cause::FaultEncodingLimit;
    case Error::Kind::Cancelled:
    case Error::Kind::Connection:
    case Error::Kind::Timeout:
    case Error::Kind::Protocol:
        return true;
    }
    return true;
}

Error readOnlyRefusal(const Session &session)
{
    if (!session.options().readOnly)
        return {};
    Error error = Error::of(Error::Kind::Local, Cause::OptionsReadOnly);
    error.host = session.options().displayHost();
    return error;
}
