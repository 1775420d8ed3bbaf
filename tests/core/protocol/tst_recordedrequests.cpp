#include "corpus.h"

#include "document/xmlreader.h"
#include "document/xmlwriter.h"
#include "protocol/message.h"
#include "protocol/namespaces.h"
#include "protocol/representation.h"
#include "protocol/writerequests.h"
#include "protocol/xmltext.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// Requests that nobody should write, and why.
struct Exception
{
    QStringView file;
    QStringView reason;
};

constexpr std::array exceptions{
    Exception{u"openpegasus/Release/Release_MissingContext01-request.xml",
              u"deliberately wrong: a Release that names no context, answered with a fault"},
    Exception{u"openpegasus/Pull/Pull_MaxEnvSize02-request.xml",
              u"MaxElements stands in the wsman namespace; DSP0226 and Windows want it in that of "
              u"the Pull"},
    Exception{u"openpegasus/EnumerateAssociation/EnumerateAssociation_Success03-request.xml",
              u"EnumerationMode EnumerateObject: DSP0226 has no such value, its absence says the "
              u"same"},
};

QStringView exceptionFor(const QString &file)
{
    for (const Exception &exception : exceptions) {
        if (file == exception.file)
            return exception.reason;
    }
    return {};
}

/// The value of xsi:type with its prefix resolved. Windows' own client leaves the prefix "cim"
/// undeclared, which is an error of its: what it means is known.
QString typeName(Node node, std::string_view value)
{
    const auto colon = std::min(value.find(':'), value.size());
    const auto prefix = colon < value.size() ? value.substr(0, colon) : std::string_view();
    const auto bound = node.resolvePrefix(prefix).value_or(prefix == "cim" ? ns::cimCommon : "");
    return u'{' + toText(bound) + u'}'
        + toText(colon < value.size() ? value.substr(colon + 1) : value);
}

/// An element as text in which equal trees are equal: prefixes gone, attributes sorted, white space
/// at the ends of text gone. Left out: mustUnderstand (clients differ, and it says nothing about
/// what is asked). The children of Enumerate and Pull are sorted: DSP0226 gives them no order, and
/// clients differ.
QString canonical(Node node)
{
    QStringList attributes;
    for (std::uint32_t i = 0; i < node.attributeCount(); ++i) {
        const AttributeView attribute = node.attribute(i);
        if (attribute.name.local == "mustUnderstand")
            continue;
        const QString value = attribute.name.is(ns::xsi, "type") ? typeName(node, attribute.value)
                                                                 : toText(attribute.value);
        attributes.append(u'{' + toText(attribute.name.namespaceUri) + u'}'
                          + toText(attribute.name.local) + u'=' + value);
    }
    attributes.sort();
    QStringList children;
    for (const Node child : node.children())
        children.append(canonical(child));
    if (node.namespaceUri() == ns::enumeration
        && (node.localName() == "Enumerate" || node.localName() == "Pull"))
        children.sort();
    return u"<{"_s + toText(node.namespaceUri()) + u'}' + toText(node.localName()) + u' '
        + attributes.join(u' ') + u'>' + toText(node.trimmedText()) + children.join(QString())
        + u"</>"_s;
}

QString text(Node node)
{
    return toText(node.trimmedText());
}

Option readOption(Node element)
{
    Option option{.name = toText(element.attribute("Name").value_or("")),
                  .type = toText(element.attribute("Type").value_or("")),
                  .mustComply = element.attribute("MustComply") == "true"};
    if (!element.isNil())
        option.value = text(element).isNull() ? u""_s : text(element);
    return option;
}

RequestSettings readSettings(const Message &message)
{
    RequestSettings settings{.to = message.to};
    if (const Node session = message.header.child("SessionId"))
        settings.sessionId = text(session);
    return settings;
}

ResourceLocator readResource(const Message &message)
{
    ResourceLocator resource{.uri = message.resourceUri,
                             .selectors = readSelectors(message.header.child("SelectorSet"))};
    for (const Node option : message.header.child("OptionSet").children())
        resource.options.push_back(readOption(option));
    resource.fragmentPath = text(message.header.child("FragmentTransfer"));
    resource.fragmentDialect = toText(
        message.header.child("FragmentTransfer").attribute("Dialect").value_or(""));
    resource.mustUnderstandOptions =
        message.header.child("OptionSet").attribute(ns::soap, "mustUnderstand") == "true";
    return resource;
}

Filter readFilter(Node element)
{
    Filter filter{.dialect = toText(element.attribute("Dialect").value_or(""))};
    if (const Node selectors = element.child("SelectorSet"))
        filter.selectors = readSelectors(selectors);
    else if (const Node first = element.firstChild())
        filter.text = QString::fromUtf8(writeXml(first, {.declaration = false}));
    else
        filter.text = text(element);
    return filter;
}

EnumerateParameters readParameters(const Message &message)
{
    EnumerateParameters parameters{.resource = readResource(message)};
    const Node content = message.content;
    parameters.optimize = bool(content.child("OptimizeEnumeration"));
    parameters.maxElements = text(content.child("MaxElements")).toUInt();
    const QString mode = text(content.child("EnumerationMode"));
    if (mode == u"EnumerateEPR")
        parameters.mode = EnumerationMode::Reference;
    else if (mode == u"EnumerateObjectAndEPR")
        parameters.mode = EnumerationMode::ObjectAndReference;
    const QString polymorphism = text(content.child("PolymorphismMode"));
    if (polymorphism == u"IncludeSubClassProperties")
        parameters.polymorphism = PolymorphismMode::Deep;
    else if (polymorphism == u"ExcludeSubClassProperties")
        parameters.polymorphism = PolymorphismMode::BaseOnly;
    else if (polymorphism == u"None")
        parameters.polymorphism = PolymorphismMode::Shallow;
    parameters.expires = text(content.child(ns::enumeration, "Expires"));
    if (const Node filter = content.child("Filter"))
        parameters.filter = readFilter(filter);
    return parameters;
}

/// The list of modified properties, taken out of the options: it is a value of its own for Put.
QStringList takeModified(ResourceLocator &resource)
{
    QStringList modified;
    std::erase_if(resource.options, [&modified](const Option &option) {
        if (option.name != u"wmiarray:__MIInstanceModifiedPropertiesList")
            return false;
        modified.append(option.value);
        return true;
    });
    return modified;
}

QString methodOf(const Message &message)
{
    const QString start = message.resourceUri + u'/';
    return message.action.startsWith(start) ? message.action.mid(start.size()) : message.action;
}

Request writeAgain(const Message &recorded)
{
    const std::string_view body = recorded.content.localName();
    const RequestSettings settings = readSettings(recorded);
    if (body == "Identify")
        return writeIdentify(settings);
    if (body == "Enumerate")
        return writeEnumerate(settings, readParameters(recorded));
    const QString context = text(recorded.content.child("EnumerationContext"));
    if (body == "Pull")
        return writePull(settings, readParameters(recorded), context);
    if (body == "Release")
        return writeRelease(settings, readParameters(recorded), context);
    ResourceLocator resource = readResource(recorded);
    if (recorded.action == toText(action::get))
        return writeGet(settings, resource);
    if (recorded.action == toText(action::remove))
        return writeDelete(settings, resource);
    const auto read = readRepresentation(recorded.content);
    const Representation representation = read ? read.value() : Representation();
    if (recorded.action == toText(action::create))
        return writeCreate(settings, resource, representation);
    if (recorded.action != toText(action::put))
        return writeInvoke(
            settings,
            {.resource = resource, .method = methodOf(recorded), .input = representation});
    const QStringList modified = takeModified(resource);
    return writePut(settings,
                    {.resource = resource, .representation = representation, .modified = modified});
}

/// What must be equal, part by part.
QStringList parts(const Message &message)
{
    return {u"Action "_s + message.action,
            u"To "_s + message.to,
            u"ResourceURI "_s + message.resourceUri,
            u"SelectorSet "_s + canonical(message.header.child("SelectorSet")),
            u"FragmentTransfer "_s + canonical(message.header.child("FragmentTransfer")),
            u"OptionSet "_s + canonical(message.header.child("OptionSet")),
            u"Body "_s + canonical(message.body)};
}

bool isOurs(const Message &message, const QString &operation)
{
    static const QStringList written{u"Identify"_s, u"Get"_s, u"Enumerate"_s, u"Pull"_s,
                                     u"Release"_s,  u"Put"_s, u"Create"_s,    u"Delete"_s};
    return message.envelope && (written.contains(operation) || operation.startsWith(u"Invoke:"_s));
}

} // namespace

/// What we write is held against what recorded clients sent.
class TestRecordedRequests : public QObject
{
    Q_OBJECT

private slots:
    void writesWhatClientsSent();
};

void TestRecordedRequests::writesWhatClientsSent()
{
    const QString folder = corpusFolder();
    if (folder.isEmpty())
        QSKIP("No folder of recorded messages: set WSMAN_CORPUS to one.");
    QHash<QString, CorpusRow> expected;
    for (const CorpusRow &row : readCorpusTable(folder + u"/EXPECT.tsv"_s).rows)
        expected.insert(row[u"file"_s], row);
    int compared = 0;
    int excepted = 0;
    QStringList mismatches;
    for (const CorpusRow &row : readCorpusTable(folder + u"/INDEX.tsv"_s).rows) {
        const QString file = row[u"file"_s];
        const CorpusRow facts = expected.value(file);
        if (row[u"kind"_s] != u"request" || !row[u"note"_s].startsWith(u"recorded")
            || facts[u"well_formed"_s] != u"yes")
            continue;
        const Result<Message> recorded = readMessage(readFile(folder + u'/' + file));
        QVERIFY2(recorded.ok(), qPrintable(file));
        if (!isOurs(recorded.value(), facts[u"operation"_s]))
            continue;
        const Request request = writeAgain(recorded.value());
        const Result<Message> written = readMessage(request.envelope);
        QVERIFY2(written.ok(), qPrintable(file));
        const QStringList theirs = parts(recorded.value());
        const QStringList ours = parts(written.value());
        ++compared;
        if (theirs == ours)
            continue;
        if (!exceptionFor(file).isEmpty()) {
            ++excepted;
            continue;
        }
        for (qsizetype i = 0; i < ours.size(); ++i) {
            if (ours[i] != theirs[i])
                mismatches.append(file + u"\n  theirs "_s + theirs[i] + u"\n  ours   "_s + ours[i]);
        }
    }
    qInfo().noquote() << u"%1 recorded requests compared, %2 excepted, %3 differences"_s
                             .arg(compared)
                             .arg(excepted)
                             .arg(mismatches.size());
    for (const QString &mismatch : mismatches)
        qWarning().noquote() << mismatch;
    QVERIFY(compared > 0);
    QVERIFY(mismatches.isEmpty());
}

QTEST_APPLESS_MAIN(TestRecordedRequests)
#include "tst_recordedrequests.moc"
