#include "models/shorttitle.h"

#include "protocol/endpointreference.h"
#include "protocol/resourcelocator.h"
#include "text/valuetext.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace {

QString shortName(const QString &name, const QString &query)
{
    QStringList kept;
    for (const QString &selector : query.split(u'+', Qt::SkipEmptyParts)) {
        const QString value = selector.section(u'=', 1);
        if (name == u"*"_s && selector.startsWith(u"ClassName="_s))
            return QCoreApplication::translate("ActivityModel", "%1 schema", "class").arg(value);
        if (!selector.startsWith(u"__cimnamespace="_s))
            kept << selector;
    }
    return kept.isEmpty() ? name : name + u'?' + kept.join(u'+');
}

} // namespace

QString shortTitle(const QString &title)
{
    static const QRegularExpression uri(u"https?://[^?\\s]*/([^/?\\s]+)(?:\\?(.*))?$"_s);
    const auto match = uri.match(title);
    if (!match.hasMatch())
        return title;
    return title.left(match.capturedStart()) + shortName(match.captured(1), match.captured(2));
}

QString objectTitle(const ResourceLocator &object)
{
    for (const Selector &selector : object.selectors) {
        if (!isNamespaceSelector(selector) && !selector.value.isEmpty())
            return u"%1 %2"_s.arg(object.className(), oneLine(selector.value, 40));
    }
    return object.className();
}
