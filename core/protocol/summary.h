#pragma once

#include "protocol/message.h"

#include <utility>

/// What a message is, column by column: well_formed, kind, operation, action, message_id,
/// relates_to, resource_uri, body_element, class, class_namespace, item_kind, item_count,
/// end_of_sequence, enumeration_context, fault_code, fault_subcode, fault_codes_resolved,
/// fault_reason_start, wsman_code, fault_detail, machine, provider, inner_wsman_code. An absent
/// value is a null QString. Order as here.
using Summary = std::vector<std::pair<QString, QString>>;

/// Of bytes that may be a SOAP message, a body fragment, or no XML at all. `prefix` is put before
/// the operation (the status of a raw HTTP reply).
Summary summarize(const QByteArray &bytes, const QString &operationPrefix = {});
