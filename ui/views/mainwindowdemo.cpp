#include "views/mainwindow.h"
#include "views/startpage.h"

using namespace Qt::StringLiterals;

void MainWindow::startDemo()
{
    if (!m_parts.demo)
        return;
    m_start->setDemoBusy(true);
    m_parts.demo([guard = QPointer(this)](const Result<DemoAccess> &demo) {
        if (!guard)
            return;
        guard->m_start->setDemoBusy(false);
        if (!demo) {
            guard->say(demo.error());
            return;
        }
        for (HostConnection *host : guard->m_hosts->hosts()) {
            if (!host->isSaved() && host->profile().options.url() == demo->url) {
                guard->connectTo(host);
                return;
            }
        }
        Profile profile;
        profile.summary.name = tr("Demo host");
        profile.options.host = demo->url.host();
        profile.options.port = std::uint16_t(demo->url.port());
        profile.options.tls = demo->url.scheme() == u"https"_s;
        profile.options.path = demo->url.path();
        profile.options.authentication = Authentication::Basic;
        profile.options.userName = demo->userName;
        profile.options.pinSha256 = demo->pinSha256;
        guard->connectTo(guard->m_hosts->add(
            profile, Credential{.userName = demo->userName, .password = demo->password}));
    });
}
