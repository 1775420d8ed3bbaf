#pragma once

#include "session/compositeoperation.h"

#include "document/document.h"

/// The whole WinRM configuration of a host as one document: `Config` as Get("winrm/config") gives
/// it, with `Listeners`, `Plugins` and `CertMappings` elements appended (children as the host sent
/// them), in our namespace "urn:winrmconsole:configuration:1". A part that cannot be read (access
/// denied, not offered) has an `Unavailable` element with the cause's id and the host's words
/// instead.
///
/// Works through Session operations: Get config, then Enumerate listener, plugin and certmapping.
class ConfigurationOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    explicit ConfigurationOperation(Session *session);
    ~ConfigurationOperation() override;
    DocumentPtr configuration()
        const; ///< valid when finished without error (partial: some parts are Unavailable)

Q_SIGNALS:
    void partReceived(); ///< configuration() has grown: show what is there

protected:
    void run() override;

private:
    void listParts();
    void partListed();
    struct Private;
    std::unique_ptr<Private> d;
};

/// Path of a node of that document as the catalogue names it ("Service/Auth/Basic",
/// "Listener/Port"); attributes are "PlugInConfiguration/@Name".
QString configPath(Node node);
/// The value of Source ("GPO") on the node or, for listeners, on its root.
bool isSetByPolicy(Node node);
