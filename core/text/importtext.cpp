#include "text/importtext.h"

#include <QCoreApplication>

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Import)
};

} // namespace

QString importNoteText(const ImportNote &note)
{
    using Kind = ImportNote::Kind;
    switch (note.kind) {
    case Kind::SecretLeft:
        return Words::tr("the password in the file is not taken");
    case Kind::ChecksOff:
        return Words::tr("the certificate is not checked, as the file says");
    case Kind::ClearText:
        return Words::tr("messages travel in the clear, as the file says");
    case Kind::OtherService:
        return Words::tr("was a connection of type %1: its port is not taken").arg(note.detail);
    case Kind::Unsupported:
        return Words::tr("%1 has no counterpart here").arg(note.detail);
    case Kind::UnusableValue:
        return Words::tr("the value of %1 cannot be used").arg(note.detail);
    }
    return {};
}

QString leftEntryText(const LeftEntry &entry)
{
    using Reason = LeftEntry::Reason;
    switch (entry.reason) {
    case Reason::OtherProtocol:
        return Words::tr("not a Windows host: %1").arg(entry.detail);
    case Reason::NoHost:
        return Words::tr("names no host");
    case Reason::BadHost:
        return Words::tr("what it names cannot be a host");
    case Reason::Unresolved:
        return Words::tr("the host is a template that only the other program can fill in");
    case Reason::BadOptions:
        return Words::tr("its settings contradict each other: %1").arg(entry.detail);
    }
    return {};
}

QString profileFileFormatName(ProfileFile::Format format)
{
    switch (format) {
    case ProfileFile::Format::Own:
        return Words::tr("profile export");
    case ProfileFile::Format::MRemoteNg:
        return Words::tr("mRemoteNG connections");
    case ProfileFile::Format::AnsibleInventory:
        return Words::tr("Ansible inventory");
    case ProfileFile::Format::Table:
        break;
    }
    return Words::tr("table of connections");
}
