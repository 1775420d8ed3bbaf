#pragma once

#include "document/document.h"
#include "protocol/resourcelocator.h"

#include <QIcon>
#include <QString>
#include <QWidget>

#include <vector>

class HostConnection;
struct EnumerateParameters;
struct ReadyView;

/// What the Details pane shows of the one thing selected. Values are plain text from the host.
struct Details
{
    struct Row
    {
        QString name, value;
        QString note; ///< muted, behind the value: unit, "null", the documented default
        bool monospace = false;
    };
    struct Section
    {
        QString title; ///< empty for the first
        std::vector<Row> rows;
        QString prose; ///< a description in place of, or under, the rows
    };
    QIcon icon;
    QString title;     ///< "StartMode"
    QString subtitle;  ///< "string, key"
    QString value;     ///< the one value in full, for the value view; may be long
    QString valueNote; ///< what it is when it has no text: "null", "not sent"
    QStringList items; ///< of a value that is an array, as shown
    Node object;       ///< a value that is an embedded object or a reference, of `document`
    std::vector<Section> sections;
    DocumentPtr document; ///< keeps `raw` alive
    Node raw;             ///< shown as XML
    bool isEmpty() const { return title.isEmpty(); }
};

/// One tab: one resource, class or message. A page owns its widgets and its business and takes what
/// it needs in its constructor. The window asks it through these few functions and listens to its
/// signals.
class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual QString title() const = 0; ///< of the tab, short
    virtual QIcon icon() const = 0;
    virtual QString key()
        const = 0; ///< same key = same thing: an open tab is shown instead of a second one
    virtual HostConnection *host() const { return nullptr; }
    virtual QString address() const
    {
        return {};
    } ///< what the address bar shows: a resource, short form
    virtual QStringList breadcrumb() const { return {}; }

    virtual bool canRefresh() const { return false; }
    virtual void refresh() { }
    virtual bool isBusy() const { return false; }
    virtual void stop() { }
    virtual bool canExport() const { return false; }
    virtual void exportContent() { } ///< opens the export dialog for what is shown
    virtual bool canFind() const { return false; }
    virtual void find() { } ///< puts the cursor into the page's filter
    virtual void copy() { }
    virtual Details details() const { return {}; }    ///< of the present selection
    virtual QString statusText() const { return {}; } ///< "1,284 rows, 1 selected"
    virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray &) { }
    /// How the user arranged the columns, which the window keeps for the next page with the same
    /// key, in whatever tab and on whatever host. Empty: nothing to keep.
    virtual QString layoutKey() const { return {}; }
    virtual QByteArray saveLayout() const { return {}; }
    virtual void restoreLayout(const QByteArray &) { }

Q_SIGNALS:
    void titleChanged();
    void busyChanged();
    void statusChanged();
    void detailsChanged();
    void layoutChanged();                               ///< saveLayout() gives something else
    void openResource(const ResourceLocator &resource); ///< the user followed a link: show it in a
                                                        ///< tab of the same host
    void openAssociations(
        const ResourceLocator &object);       ///< the same for what it is associated with
    void openAddress(const QString &address); ///< the same, for what has an address of our own
    void openQuery(const EnumerateParameters &question); ///< the instances it gives
    void showExchange(quint64 traceId);
    void saveView(const ReadyView &view); ///< as one of the user's own, without an id yet
    /// "Exported services.csv", "10,000 rows, 3.1 MB, 0.8 s": for the activity list.
    void finishedWork(const QString &what, const QString &result);
};
