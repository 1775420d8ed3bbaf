#include "session/changeoperation.h"

#include "protocol/namespaces.h"
#include "protocol/xmltext.h"
#include "session/getoperation.h"
#include "session/putoperation.h"
#include "session/session.h"
#include "session/writerules.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr double stackOfWindows8 = 3.0;

bool isWmi(const ResourceLocator &resource)
{
    return resource.uri.startsWith(toText(uri::wmi) + u'/')
        || resource.uri.startsWith(toText(uri::cimSchema) + u'/');
}

/// A single property, named without a way into it: what a fragment Put can say.
bool isOneProperty(const std::vector<Patch> &patches)
{
    if (patches.size() != 1 || patches.front().change != Patch::Change::Set)
        return false;
    const QString &path = patches.front().path;
    return !path.contains(u'/') && !path.contains(u'@') && !path.contains(u'[');
}

/// Keys and touched properties as they are to be, the others nil, arrays left out: as Windows' own
/// client fills an instance of which it sends the list of modified properties.
Representation modifiedOnly(Representation patched, const QStringList &touched,
                            const ResourceLocator &resource)
{
    std::erase_if(patched.content.properties, [&](const Property &property) {
        return property.shape != Property::Shape::Single && !touched.contains(property.name);
    });
    for (Property &property : patched.content.properties) {
        if (!touched.contains(property.name) && !resource.selector(property.name))
            property.values = {Value::null()};
    }
    return patched;
}

} // namespace

ChangeWay changeWay(const Session &session, const ChangeParameters &parameters)
{
    if (parameters.way)
        return *parameters.way;
    const bool wmi = isWmi(parameters.resource) && parameters.resource.fragmentPath.isEmpty();
    if (!session.identity() || !session.isWindows() || !wmi)
        return ChangeWay::Whole;
    const double stack = session.identity()->windowsStack();
    if (stack >= stackOfWindows8)
        return ChangeWay::ModifiedOnly;
    return stack > 0 && isOneProperty(parameters.patches) ? ChangeWay::Fragment : ChangeWay::Whole;
}

bool replacesWholeInstance(ChangeWay way)
{
    return way == ChangeWay::Whole;
}

/// Hosts that are not Windows answer a Get by the WMI form of a class with an instance in the DMTF
/// form, and take a Put of it by that form only (openwsman).
ResourceLocator asNamedBy(const Representation &read, const ResourceLocator &asked)
{
    if (!asked.uri.startsWith(toText(uri::wmi) + u'/')
        || !read.ns.startsWith(toText(uri::cimSchema) + u'/'))
        return asked;
    ResourceLocator named = asked;
    named.uri = read.ns;
    if (!named.selector(u"__cimnamespace"))
        named.setSelector(u"__cimnamespace"_s, asked.cimNamespace());
    return named;
}

struct ChangeOperation::Private
{
    ChangeParameters parameters;
    ChangeWay way = ChangeWay::Whole;
    Message before, after;
    PutReply reply;
    QByteArray raw;
    bool written = false;
    Error readBackError;
    QStringList unapplied;
};

ChangeOperation::ChangeOperation(Session *session, const ChangeParameters &parameters)
    : CompositeOperation(session, u"Change "_s + shortResource(parameters.resource))
    , d(std::make_unique<Private>())
{
    d->parameters = parameters;
}

ChangeOperation::~ChangeOperation() = default;

ChangeWay ChangeOperation::way() const
{
    return d->way;
}

const Message &ChangeOperation::before() const
{
    return d->before;
}

const PutReply &ChangeOperation::reply() const
{
    return d->reply;
}

const Message &ChangeOperation::after() const
{
    return d->after;
}

const Error &ChangeOperation::readBackError() const
{
    return d->readBackError;
}

const QStringList &ChangeOperation::unapplied() const
{
    return d->unapplied;
}

const QByteArray &ChangeOperation::rawReply() const
{
    return d->raw;
}

bool ChangeOperation::mayHaveExecuted() const
{
    return d->written || CompositeOperation::mayHaveExecuted();
}

void ChangeOperation::run()
{
    if (const Error readOnly = readOnlyRefusal(*session())) {
        finish({.error = readOnly});
        return;
    }
    auto *get = new GetOperation(session(), d->parameters.resource);
    connect(get, &Operation::finished, this,
            [this, get](const Outcome &outcome) { got(get, outcome); });
    startPart(get);
}

void ChangeOperation::got(GetOperation *get, const Outcome &outcome)
{
    d->raw = get->rawReply();
    if (outcome.error) {
        finish(outcome);
        return;
    }
    d->before = get->reply();
    const auto read = readRepresentation(d->before.content);
    if (read)
        put(forPut(read.value()));
    else
        finish({.error = Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                                   read.error().message)});
}

void ChangeOperation::put(const Representation &read)
{
    const auto patched = applyPatches(read, d->parameters.patches);
    if (!patched) {
        finish({.error = patched.error()});
        return;
    }
    d->way = changeWay(*session(), d->parameters);
    const QStringList touched = touchedProperties(read, d->parameters.patches);
    PutParameters parameters{.resource = asNamedBy(read, d->parameters.resource),
                             .representation = patched.value()};
    const Property *const only = patched->property(touched.value(0));
    if (d->way == ChangeWay::ModifiedOnly) {
        parameters.representation = modifiedOnly(patched.value(), touched, parameters.resource);
        parameters.modified = touched;
    } else if (d->way == ChangeWay::Fragment && only) {
        parameters.representation = fragmentOf(*only);
        parameters.resource.fragmentPath = only->name;
    }
    auto *put = new PutOperation(session(), parameters);
    connect(put, &Operation::finished, this,
            [this, put](const Outcome &outcome) { written(put, outcome); });
    startPart(put);
}

void ChangeOperation::written(PutOperation *put, const Outcome &outcome)
{
    d->raw = put->rawReply();
    if (outcome.error) {
        finish(outcome);
        return;
    }
    d->written = true;
    d->reply = put->reply();
    if (d->parameters.readBack)
        readBack();
    else
        finish({});
}

void ChangeOperation::readBack()
{
    auto *get = new GetOperation(session(), d->parameters.resource);
    connect(get, &Operation::finished, this, [this, get](const Outcome &outcome) {
        d->readBackError = outcome.error;
        if (!outcome.error) {
            d->after = get->reply();
            if (const auto after = readRepresentation(d->after.content))
                d->unapplied = unappliedPatches(after.value(), d->parameters.patches);
        }
        finish({});
    });
    startPart(get);
}
