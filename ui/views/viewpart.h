#pragma once

#include "models/viewcells.h"
#include "protocol/request.h"
#include "session/enumerateoperation.h"
#include "views/page.h"

#include <QPointer>

#include <optional>

class NoteStrip;
class PageState;
class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;
class QTimer;
class RowRefresh;
class RowTableModel;
class RowTableView;
class RowTools;
class ViewCard;
struct ExportSubject;

/// One section of a ready view: asks its own question, shows what came as a table or a card, and
/// says in its place why nothing did. Whoever owns it says when to read.
class ViewPart final : public QWidget
{
    Q_OBJECT
public:
    /// `alone`: it is the whole of its view, and fills the page.
    ViewPart(const ViewSection &section, bool alone, QWidget *parent = nullptr);
    ~ViewPart() override;

    /// `again`: the same was asked before. What is shown stays until the new rows are here, and
    /// what changed is marked.
    void read(Session *session, const ViewValues &sent, bool again = false);
    void stop();
    bool isBusy() const;
    bool wasRead() const { return m_wasRead; }
    quint32 rowCount() const;
    /// Of a part that is alone, in place of its table: the failure, or that there is nothing.
    void showStateIn(PageState *state) const;
    QString sentence() const; ///< what is said in place of rows, or beside them; empty: nothing
    bool isMissing() const { return m_missing; } ///< the host does not have what is asked for

    const ViewSection &section() const { return m_cells->section(); }
    QString title() const; ///< its own, else the name of what is asked
    RowTableModel *model() const { return m_model; }
    RowTableView *table() const { return m_table; } ///< null: a card
    RowTools *tools() const { return m_tools; }     ///< the same
    const Error &error() const { return m_error; }  ///< of the last reading
    const EnumerateParameters &question() const { return m_question; }
    QString queryText() const { return m_queryText; }
    QString countText() const;
    ExportSubject exportSubject(const QString &host) const;
    Details details() const;
    QString plainText() const; ///< of a card

Q_SIGNALS:
    void busyChanged();
    void progress(qint64 bytes, qint64 rows, qint64 estimate);
    void changed(); ///< rows, or what is said
    void currentMoved();
    void openResource(const ResourceLocator &resource);
    void openAssociations(const ResourceLocator &object);
    void openAddress(const QString &address);
    void openQuery(const EnumerateParameters &question);
    void exportRequested();
    void readRequested();
    void showExchange(quint64 traceId);

private:
    void makeHead(QVBoxLayout *layout);
    void makeTable(QVBoxLayout *layout);
    void makeFilterButton(QHBoxLayout *line);
    void forgetOperations();
    void received(const RowBatchPtr &rows);
    void showReceived();
    void finished(const Outcome &outcome);
    bool askWhetherMissing(const Error &error);
    void sayFailure(const Error &error);
    void sayOldRows(const Error &error);
    void sayNothing();
    void addNoteButtons(const Error &error);
    void showCard();
    void showCount();
    void say(const QString &sentence);
    void fitTable();
    void fillMenu(QMenu *menu);
    void showMenu(const QPoint &at);
    void addLinks(QMenu *menu, int row);
    void openCurrent();
    std::optional<ResourceLocator> locatorOf(int row) const;
    QString valueOf(int row, const QString &property) const;

    std::shared_ptr<const ViewCells> m_cells;
    bool m_alone;
    RowTableModel *m_model;
    RowTableView *m_table = nullptr;
    RowTools *m_tools = nullptr;
    RowRefresh *m_refresh; ///< of the tools, or of the card
    ViewCard *m_card = nullptr;
    QLabel *m_count = nullptr;
    QToolButton *m_filterButton = nullptr;
    QLabel *m_sentence;
    QTimer *m_readingSoon; ///< a short reading is not worth a word
    NoteStrip *m_note;
    QPointer<EnumerateOperation> m_operation;
    QPointer<class SchemaOperation> m_asking; ///< whether the class is there
    QPointer<Session> m_session;
    std::vector<RowBatchPtr> m_received; ///< and not in the table yet
    EnumerateParameters m_question;
    QString m_queryText;
    bool m_wasRead = false;
    bool m_missing = false;
    Error m_error;
};
