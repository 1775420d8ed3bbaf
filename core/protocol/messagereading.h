#pragma once

#include "protocol/message.h"

/// The views of a Message into a document that is read already. A private part of core/protocol.
Message toMessage(DocumentPtr document);
