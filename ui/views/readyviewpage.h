#pragma once

#include "inventory/readyview.h"
#include "views/hostpage.h"

class AutoRefresh;
class QLabel;
class QHBoxLayout;
class QMenu;
class QToolButton;
class QVBoxLayout;
class ViewParameters;
class ViewPart;

/// A ready view of a host: its parameters as a line of fields, its sections one under another, or
/// one table. Each section asks for itself and fails in its place.
class ReadyViewPage final : public HostPage
{
    Q_OBJECT
public:
    /// `values` go before the view's own; a view that asks runs at once when some are given.
    ReadyViewPage(HostConnection *host, const ReadyView &view, const ViewValues &values = {},
                  QWidget *parent = nullptr);
    ~ReadyViewPage() override;

    QString title() const override;
    QIcon icon() const override;
    QString key() const override { return address(); }
    QString address() const override; ///< "view:windows.processes?pid=4"
    QStringList breadcrumb() const override;
    void refresh() override;
    bool isBusy() const override;
    void stop() override;
    bool canExport() const override;
    void exportContent() override;
    bool canFind() const override { return toFilter(); }
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;
    QByteArray saveState() const override;
    void restoreState(const QByteArray &state) override;
    QString layoutKey() const override;
    QByteArray saveLayout() const override;
    void restoreLayout(const QByteArray &layout) override;

    const ReadyView &view() const { return m_view; }
    void setName(const QString &title); ///< the user gave the view another one
    const std::vector<ViewPart *> &parts() const { return m_parts; }

Q_SIGNALS:
    void ownMenuShown(QMenu *menu); ///< of a view of the user's: what one does with it

protected:
    void read() override;
    bool hasContent() const override;
    void stateActed() override;

private:
    QWidget *makeTools();
    QToolButton *makeQueryButton(QWidget *parent);
    QToolButton *makeOwnButton(QWidget *parent);
    void makeAutoRefresh(QHBoxLayout *line);
    QWidget *makeContent();
    void addPart(const ViewSection &section, QVBoxLayout *layout);
    void watch(ViewPart *part);
    void startNext();
    void finishedReading();
    void readPart(ViewPart *part);
    void partChanged();
    void exportPart(ViewPart *part);
    ViewPart *present() const;  ///< the one worked with, else the first with rows; may be null
    ViewPart *toFilter() const; ///< the same of those with a table
    bool isAlone() const { return m_view.sections.size() == 1; }

    ReadyView m_view;
    ViewValues m_given;
    std::vector<ViewPart *> m_parts;
    std::vector<ViewPart *> m_waiting; ///< to be read
    ViewValues m_sent;
    ViewValues m_asked; ///< by the user, for what is shown
    ViewPart *m_present = nullptr;
    ViewParameters *m_parameters = nullptr;
    AutoRefresh *m_auto = nullptr; ///< of several sections; a table alone has its own
    QLabel *m_age = nullptr;       ///< the same
    bool m_run = false;            ///< a view that asks was run
    bool m_reading = false;
    bool m_again = false; ///< the next reading asks the same as the one before
};
