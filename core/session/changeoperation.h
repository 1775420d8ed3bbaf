#pragma once

#include "protocol/patch.h"
#include "protocol/writereplies.h"
#include "session/compositeoperation.h"

/// How a change goes to the host.
enum class ChangeWay {
    ModifiedOnly, ///< Put of keys and touched properties, with the list of these: WMI of Windows
                  ///< 8 / Server 2012 and later
    Fragment,     ///< fragment Put of one property: WMI of earlier Windows
    Whole,        ///< Put of all that Get gave, with the patches over it
};

struct ChangeParameters
{
    ResourceLocator resource;
    std::vector<Patch> patches;
    std::optional<ChangeWay> way; ///< unset: by changeWay()
    bool readBack = true;
};

/// What suits this host (once it is identified), resource and patches. Nothing but Whole is sent to
/// hosts that would not honour it: they would set the rest of the instance to null.
ChangeWay changeWay(const Session &session, const ChangeParameters &parameters);

/// True when a Put of this way writes properties nobody touched, with the values that Get gave a
/// moment ago: worth saying before it happens (openwsman, OMI, AMT, iDRAC; Windows' configuration).
bool replacesWholeInstance(ChangeWay way);

/// Changes one resource: Get, lay the patches over it, Put, and Get again to see what came of it.
/// The Put is sent once. A failed read-back is no failure of the change.
class ChangeOperation final : public CompositeOperation
{
    Q_OBJECT
public:
    ChangeOperation(Session *session, const ChangeParameters &parameters);
    ~ChangeOperation() override;
    bool mayHaveExecuted() const override;

    ChangeWay way() const;         ///< from the Put on
    const Message &before() const; ///< reply to the first Get
    const PutReply &reply() const; ///< to the Put
    const Message &after() const;  ///< reply to the last Get; without document where there is none
    const Error &readBackError() const;
    const QStringList &unapplied() const; ///< paths that read differently from what was wished
    const QByteArray &rawReply() const;   ///< to the Put, or to the Get that failed

protected:
    void run() override;

private:
    void got(class GetOperation *get, const Outcome &outcome);
    void put(const Representation &read);
    void written(class PutOperation *put, const Outcome &outcome);
    void readBack();
    struct Private;
    std::unique_ptr<Private> d;
};
