#pragma once

#include "hosts/hostclasses.h"
#include "views/hostpage.h"

class ClassHitModel;
class FilterField;
class QLabel;
class QTimer;
class QTreeView;
struct ClassHit;

/// Searches the classes of a host while one types: names of classes, properties and methods and
/// their descriptions, as far as they were read (HostClasses). Says which namespaces were not, and
/// reads them when asked to. Enter opens the instances of the class, Shift+Enter its schema. Works
/// on what is in the cache while the host is not connected.
class SearchPage final : public HostPage
{
    Q_OBJECT
public:
    SearchPage(HostConnection *host, HostClasses &classes, QWidget *parent = nullptr);

    static QString keyOf() { return QStringLiteral("search"); }
    void setWords(const QString &words);

    QString title() const override;
    QIcon icon() const override;
    QString key() const override { return keyOf(); }
    QStringList breadcrumb() const override;
    void refresh() override; ///< namespaces, and the classes of those that were read
    bool canFind() const override { return true; }
    void find() override;
    void copy() override;
    Details details() const override;
    QString statusText() const override;

Q_SIGNALS:
    void chosen(const ClassHit &hit); ///< show the instances

protected:
    void read() override;
    bool hasContent() const override;
    void stateActed() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *createTools();
    QWidget *createContent();
    void search();
    void showResult();
    void showNothing();
    void showScope();
    void offerUnread(const QStringList &unread);
    void readClasses(const QStringList &namespaces);
    QString scopeText();
    const ClassHit *current() const;
    void openInstances();
    void openSchema();
    void showMenu(const QPoint &at);

    HostClasses &m_classes;
    ClassHitModel *m_model;
    QTreeView *m_list;
    FilterField *m_words;
    QLabel *m_count;
    QLabel *m_scope; ///< what is searched, and from when that is
    NoteStrip *m_unread;
    QTimer *m_again;       ///< more is known: the search is made anew
    QStringList m_next;    ///< namespaces to read once it is known which there are
    QStringList m_offered; ///< what the button of the empty state reads
};
