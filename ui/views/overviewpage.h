#pragma once

#include "views/page.h"

#include <QPointer>

class PageState;
class PinMismatchView;
class QFormLayout;
class QLabel;
class QPushButton;

/// One host at a glance: what it says it is, how the connection is protected, and the ways into its
/// data. While there is no connection, why not and what to do.
class OverviewPage final : public Page
{
    Q_OBJECT
public:
    explicit OverviewPage(HostConnection *host, QWidget *parent = nullptr);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override { return QStringLiteral("overview"); }
    HostConnection *host() const override { return m_host; }
    QStringList breadcrumb() const override;
    void copy() override;
    void setViews(const std::vector<const struct ReadyView *> &views); ///< the ways into them
    bool isBusy() const override;
    void stop() override;

Q_SIGNALS:
    void connectRequested(HostConnection *host);
    void editRequested(HostConnection *host);
    void configurationRequested(HostConnection *host);
    void namespaceRequested(HostConnection *host, const QString &cimNamespace);
    void addressRequested(HostConnection *host, const QString &address); ///< of a ready view

private:
    void refreshState();
    void fillFacts();
    void showLost();
    void addTicket(const struct SecurityState &security);
    void addFact(const QString &name, const QString &value, bool monospace = false);

    QPointer<HostConnection> m_host;
    PageState *m_state;
    PinMismatchView *m_stop;
    class NoteStrip *m_lost;   ///< while the host does not answer
    class NoteStrip *m_ticket; ///< while the sign-in ends or has ended
    class QTimer *m_minute;
    QLabel *m_title;
    QFormLayout *m_facts;
    QFormLayout *m_views;
    QWidget *m_ways;
    QPushButton *m_configuration;
    QPushButton *m_classes;
    QString m_classesOf; ///< namespace
    QPushButton *m_edit;
    std::vector<std::pair<QString, QString>> m_rows; ///< what Copy writes
};
