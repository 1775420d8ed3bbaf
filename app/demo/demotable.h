#pragma once

#include "demo/demoinstance.h"

#include <QJsonObject>

#include <memory>
#include <vector>

/// Instances from the files of :/demo/data, each named after its class: `{"defaults": {...},
/// "rows": [{...}, ...]}`, where a row's values go before the defaults. A value is a string, a
/// number, a boolean, null, an array of them, `{"class": "C", ...}` for an embedded object or
/// `{"ref": "C", "Key": "value"}` for a reference. `$Name` in a default stands for the row's Name.
/// Rows may hold `"repeat": n`: the row n times, with `{#}` in its texts counted from 1.
///
/// A device has one file, :/demo/devices/NAME.json: `{"namespaces": [...], "classes": [...]}`, its
/// classes in the form of :/demo/schema with "defaults" and "rows" beside.
std::vector<std::unique_ptr<InstanceSource>> readTables(const DemoSchema &schema,
                                                        const Personality &as);

QJsonObject readDevice(const Personality &as); ///< not for Windows
