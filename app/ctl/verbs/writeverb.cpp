#include "ctl/verbs/writeverb.h"

#include "ctl/resourceargument.h"
#include "ctl/verbs/schemalookup.h"
#include "document/documentbuilder.h"
#include "export/exportfile.h"
#include "protocol/inputs.h"
#include "session/writerules.h"

using namespace Qt::StringLiterals;

namespace {

Error usage(const QString &message)
{
    return Error::of(Error::Kind::Local, Cause::LocalUsage, message);
}

} // namespace

Done WriteVerb::prepare()
{
    Arguments target = arguments();
    target.words = targetWords().mid(0, 1);
    const auto resource = resourceArgument(target);
    if (!resource)
        return resource.error();
    m_resource = *resource;
    if (!takesBody() && (targetWords().size() > 1 || !arguments().input.isEmpty()))
        return usage(u"%1 takes a resource and nothing more"_s.arg(arguments().verb));
    if (needsBody() && targetWords().size() < 2 && arguments().input.isEmpty())
        return usage(u"%1 needs name=value or --input FILE"_s.arg(arguments().verb));
    const Done output = checkOutput();
    if (!output)
        return output;
    // The password is the first line of standard input, so that it is read before the body.
    return arguments().passwordFromStdin ? Done() : readBody();
}

/// A change whose answer cannot be written would be made all the same: it is tried first.
Done WriteVerb::checkOutput() const
{
    const QString &path = arguments().output;
    if (path.isEmpty() || path == "-"_L1 || ExportFile::isDevice(path))
        return {}; // a reader of a pipe would take the trial for the end
    ExportFile file;
    const Done opened = file.open(path, arguments().force);
    if (opened)
        file.discard();
    return opened;
}

Done WriteVerb::readBody()
{
    const auto body = givenBody(arguments(), targetWords().mid(1));
    if (!body)
        return body.error();
    m_body = *body;
    m_bodyRead = true;
    return {};
}

bool WriteVerb::wantsSchema() const
{
    const bool typed = arguments().exportFormat() == ExportFormat::Json
        || arguments().exportFormat() == ExportFormat::JsonLines;
    return !arguments().isRaw() && typed;
}

void WriteVerb::ask()
{
    const Done read = m_bodyRead ? Done() : readBody();
    if (!read) {
        endWith(read.error());
        return;
    }
    const Error readOnly = readOnlyRefusal(session());
    if (readOnly && !onlyReads()) {
        endWith(readOnly);
        return;
    }
    if (!wantsSchema()) {
        send();
        return;
    }
    lookUpSchema(session(), m_resource, {}, [this](const std::optional<CimClass> &schema) {
        m_schema = schema;
        if (isInterrupted())
            endWith(Error::cancelled());
        else
            send();
    });
}

Result<Representation> WriteVerb::bodyOver(const Representation &empty,
                                           const std::vector<CimProperty> &types) const
{
    const auto patches = typedInputs(m_body.patches, types);
    if (!patches)
        return patches.error();
    return applyPatches(m_body.whole.value_or(empty), *patches);
}

void WriteVerb::answer(Node node, const QString &name, const QByteArray &raw,
                       const LeafTypes &types)
{
    if (node) {
        writeDocument(node, raw, types);
        return;
    }
    DocumentBuilder builder;
    builder.startElement({}, name.toStdString());
    const DocumentPtr document = builder.finish();
    writeDocument(document->root(), raw);
}

void WriteVerb::warn(const QString &sentence) const
{
    note(u"winrmctl: note: "_s + sentence);
}
