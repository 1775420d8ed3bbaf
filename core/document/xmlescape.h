#pragma once

#include <QByteArray>

#include <string_view>

void appendEscapedText(QByteArray &out, std::string_view utf8);
void appendEscapedAttribute(QByteArray &out, std::string_view utf8);
