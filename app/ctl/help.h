#pragma once

#include <QString>

QString helpText();
QString versionText();
