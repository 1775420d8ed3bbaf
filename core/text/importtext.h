#pragma once

#include "profileimport/profilefile.h"

#include <QString>

/// What is said of a connection that was read from another program's file: one sentence without a
/// full stop, translated.
QString importNoteText(const ImportNote &note);
/// Why an entry is no profile.
QString leftEntryText(const LeftEntry &entry);
/// "mRemoteNG", "Ansible inventory" ...
QString profileFileFormatName(ProfileFile::Format format);
