#pragma once

/// Why an enumeration may hurt the host it asks (inventory/costly.h finds it, text/costtext.h says
/// it).
enum class Costly {
    SoftwareCheck, ///< Windows Installer checks every package, and may repair some
    Accounts,      ///< every account of the domain, not of this computer alone
    EventLog,      ///< every record of every log
    FileSystem,    ///< every file of every disk
    EveryObject,   ///< a base class: whatever is derived from it, files included
    Catalogued,    ///< slow or very long, as the catalogue of its kind of host says
};
