#include "protocol/enumerationreader.h"

#include "document/documentbuilder.h"
#include "document/xmlreader.h"
#include "protocol/enumerationpage.h"
#include "protocol/messagereading.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

namespace {

/// How deep the Items element stands: Envelope, Body, PullResponse, Items.
constexpr int itemsDepth = 4;

/// Sends the children of Items to the rows, everything else to a document.
class PageSink final : public XmlSink
{
public:
    PageSink(RowSetBuilder &rows, const QString &messageId)
        : m_rows(rows)
        , m_messageId(messageId)
    { }

    bool startElement(const NameView &name, std::span<const AttributeView> attributes,
                      std::span<const Declaration> declarations) override
    {
        ++m_depth;
        if (m_inItems && m_depth > itemsDepth) {
            if (m_depth == itemsDepth + 1)
                ++m_items;
            return m_rows.startElement(name, attributes, declarations);
        }
        followPath(name);
        if (m_inItems && isReplyToAnother())
            return false;
        m_readsRelatesTo = m_depth == 3 && name.is(ns::addressing, "RelatesTo");
        m_builder.startElement(name.namespaceUri, name.local, name.prefix);
        for (const Declaration &declaration : declarations)
            m_builder.declareNamespace(declaration.prefix, declaration.uri);
        for (const AttributeView &attribute : attributes)
            m_builder.attribute(attribute.name.namespaceUri, attribute.name.local, attribute.value,
                                attribute.name.prefix);
        return true;
    }

    bool text(std::string_view utf8) override
    {
        if (m_inItems && m_depth > itemsDepth)
            return m_rows.text(utf8);
        if (m_readsRelatesTo)
            m_relatesTo += utf8;
        m_builder.text(utf8);
        return true;
    }

    bool endElement() override
    {
        const int depth = m_depth--;
        if (m_inItems && depth > itemsDepth)
            return m_rows.endElement();
        if (depth == itemsDepth)
            m_inItems = false;
        if (depth == m_onPath)
            --m_onPath;
        m_readsRelatesTo = false;
        m_builder.endElement();
        return true;
    }

    /// The header, which comes before the items, names another message than the one we sent.
    bool isReplyToAnother() const
    {
        return !m_messageId.isEmpty() && !m_relatesTo.empty() && toText(m_relatesTo).trimmed() != m_messageId;
    }
    DocumentPtr takeDocument() { return m_builder.finish(); }
    std::uint32_t items() const { return m_items; }

private:
    /// Keeps how many of the open elements are Envelope, Body, response, Items in that order.
    void followPath(const NameView &name)
    {
        if (m_depth != m_onPath + 1 || m_depth > itemsDepth)
            return;
        const bool fits = m_depth == 1 ? name.is(ns::soap, "Envelope")
            : m_depth == 2             ? name.is(ns::soap, "Body")
            : m_depth == 3             ? isEnumerationResponse(name)
                                       : isItems(name);
        if (!fits)
            return;
        m_onPath = m_depth;
        m_inItems = m_depth == itemsDepth;
    }

    RowSetBuilder &m_rows;
    QString m_messageId;
    std::string m_relatesTo;
    bool m_readsRelatesTo = false;
    DocumentBuilder m_builder;
    int m_depth = 0;
    int m_onPath = 0;
    bool m_inItems = false;
    std::uint32_t m_items = 0;
};

} // namespace

struct EnumerationReader::Private
{
    Private(RowSetBuilder &rows, const QString &id)
        : sink(rows, id)
        , reader(sink)
        , messageId(id)
    { }
    PageSink sink;
    XmlReader reader;
    QString messageId;
    Message message;
};

EnumerationReader::EnumerationReader(RowSetBuilder &rows, const QString &messageId)
    : d(std::make_unique<Private>(rows, messageId))
{ }

EnumerationReader::~EnumerationReader() = default;

bool EnumerationReader::feed(const QByteArray &bytes)
{
    return d->reader.feed(bytes);
}

Result<EnumerationPage> EnumerationReader::finish()
{
    if (d->reader.stopped() && d->sink.isReplyToAnother())
        return Error::of(Error::Kind::Protocol, Cause::SoapWrongReply);
    if (!d->reader.finish()) {
        // The rows refuse nothing by themselves; should they stop the reader, that is an error too.
        return d->reader.error() ? d->reader.error()
                                 : Error::of(Error::Kind::Protocol, Cause::SoapUnexpected);
    }
    d->message = toMessage(d->sink.takeDocument());
    const Result<Message> reply = requireReply(d->message, d->messageId);
    if (!reply)
        return reply.error();
    if (!isEnumerationResponse(d->message.content.name()))
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                         toText(d->message.content.localName()));
    EnumerationPage page = readPage(d->message);
    page.items = d->sink.items();
    return page;
}

const Message &EnumerationReader::message() const
{
    return d->message;
}

Result<MessageRows> readRows(const Message &message)
{
    if (!message.content || message.isFault())
        return Error::of(Error::Kind::Protocol, Cause::SoapUnexpected,
                         toText(message.content.localName()));
    RowSetBuilder builder;
    MessageRows result;
    if (isEnumerationResponse(message.content.name())) {
        result.page = readPage(message);
        for (const Node child : message.content.children()) {
            if (!isItems(child.name()))
                continue;
            for (const Node item : child.children()) {
                builder.addRow(item);
                ++result.page.items;
            }
        }
    } else {
        builder.addRow(message.content);
        result.page.items = 1;
    }
    if (const RowBatchPtr batch = builder.takeBatch())
        result.rows.append(batch);
    return result;
}
