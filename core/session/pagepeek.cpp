#include "session/pagepeek.h"

namespace {

constexpr qsizetype headSize = 8 << 10;
constexpr qsizetype tailSize = 4 << 10;

/// Text of the element whose start tag ends in `name` (any prefix, any attributes); null when there
/// is none in `text` or its content is more than text.
QByteArrayView elementText(QByteArrayView text, QByteArrayView name)
{
    const qsizetype tag = text.indexOf(name);
    if (tag < 1 || (text[tag - 1] != '<' && text[tag - 1] != ':'))
        return {};
    const qsizetype start = text.indexOf('>', tag);
    if (start < 0 || text[start - 1] == '/')
        return {};
    const qsizetype end = text.indexOf('<', start);
    if (end < 0 || end + 1 >= text.size() || text[end + 1] != '/')
        return {};
    const QByteArrayView content = text.sliced(start + 1, end - start - 1).trimmed();
    return content.contains('&') ? QByteArrayView() : content;
}

} // namespace

std::optional<PagePeek> peekPage(const QByteArray &page)
{
    const auto head = QByteArrayView(page).first(std::min(headSize, page.size()));
    if (head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff") || head.contains("<!"))
        return std::nullopt;
    const qsizetype items = head.indexOf("Items>");
    const auto beforeItems = items < 0 ? head : head.first(items);
    if (beforeItems.contains("Fault>"))
        return std::nullopt;
    const QByteArrayView context = elementText(beforeItems, "EnumerationContext");
    const auto tail = QByteArrayView(page).last(std::min(tailSize, page.size()));
    const qsizetype lastItems = tail.lastIndexOf("Items>");
    if (context.isEmpty() || items < 0 || lastItems < 0)
        return std::nullopt;
    PagePeek peek;
    peek.context = QString::fromUtf8(context);
    peek.endOfSequence = tail.sliced(lastItems).contains("EndOfSequence")
        || beforeItems.contains("EndOfSequence");
    return peek;
}
