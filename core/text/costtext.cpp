#include "text/costtext.h"

#include <QCoreApplication>

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Cost)
};

} // namespace

QString costText(Costly cost)
{
    switch (cost) {
    case Costly::SoftwareCheck:
        return Words::tr("Listing this class makes Windows Installer check every installed "
                         "package; that takes minutes, fills the event log and may start "
                         "repairs.");
    case Costly::Accounts:
        return Words::tr("On a member of a domain this class lists every account of the domain, "
                         "not only those of the computer. The filter LocalAccount = True leaves "
                         "the domain out.");
    case Costly::EventLog:
        return Words::tr("Without a filter this class returns every record of every event log. "
                         "Filter by Logfile, EventCode or TimeGenerated.");
    case Costly::FileSystem:
        return Words::tr("Without a filter the host walks through every folder of every disk. "
                         "Filter by Drive and Path, or by Name.");
    case Costly::EveryObject:
        return Words::tr("This is a base class: the answer holds every object of the classes "
                         "derived from it, all files among them. A derived class, or instances "
                         "of the class alone, are quicker.");
    case Costly::Catalogued:
        return Words::tr("Listing all of this class is slow, or very long. A filter, or a limit on "
                         "the rows, spares the host.");
    }
    return {};
}
