#pragma once

#include "document/rowset.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>

class AutoRefresh;
class NoteStrip;
class QLabel;
class RowTableModel;

/// The second and later readings of a table: rows are gathered aside, compared, and take the place
/// of those shown without moving what one looks at. It says what changed since when. All parts
/// belong to the caller and live longer; all but the model may be null.
class RowRefresh final : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        RowTableModel *model;
        NoteStrip *note = nullptr;     ///< what changed, with a button that hides it
        AutoRefresh *button = nullptr; ///< stopped by a failure
        QLabel *age = nullptr;         ///< "Read at 14:02:11"
    };
    explicit RowRefresh(const Parts &parts);

    /// A reading begins. True: rows go to `add`, those shown stay. False: the table is empty or was
    /// never read whole, and fills as the rows come.
    bool begin();
    bool isGathering() const { return m_gathering; }
    void add(const RowBatchPtr &batch) { m_rows.append(batch); }
    /// The reading ended with all rows; `keys` tell them apart (compareRows).
    void finish(const QStringList &keys);
    void fail();                ///< it did not: what is shown stays
    QString readAtText() const; ///< of what is shown
    /// "3 rows changed, 1 new since 14:02:11"; empty: nothing did, or it was read once.
    QString changesText() const;
    QString goneText() const; ///< the rows that are gone, a line each
    void forgetChanges();

Q_SIGNALS:
    void shown(); ///< the new rows stand in the table

private:
    void showChanges();
    void noteChanges();
    void noteRead();
    Parts m_parts;
    RowSet m_rows;
    QDateTime m_readAt, m_begunAt;
    QString m_since;      ///< of the reading before
    bool m_whole = false; ///< what is shown is all there was
    bool m_gathering = false;
};
