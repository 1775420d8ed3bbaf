#pragma once

#include "demo/personality.h"
#include "demo/soapfault.h"

#include <string>

/// A fault as another server than Windows writes it.
struct DeviceFault
{
    int status = 500;
    std::string envelope; ///< empty: the answer has no body (openwsman's to SOAP 1.1)
};

/// The same refusal in that server's subcode, detail and HTTP status. `relatesTo` may be empty. Not
/// for Windows.
DeviceFault deviceFault(const SoapFault &fault, std::string_view relatesTo, const Personality &as);
