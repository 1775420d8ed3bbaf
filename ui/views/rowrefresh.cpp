#include "views/rowrefresh.h"

#include "models/rowtablemodel.h"
#include "widgets/autorefresh.h"
#include "widgets/notestrip.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <utility>

using namespace Qt::StringLiterals;

RowRefresh::RowRefresh(const Parts &parts)
    : QObject(parts.model)
    , m_parts(parts)
{
    connect(parts.model, &RowTableModel::refreshed, this, &RowRefresh::showChanges);
    connect(parts.model, &QAbstractItemModel::modelReset, this, [this] {
        m_whole = false;
        if (m_parts.note)
            m_parts.note->hide();
    });
}

bool RowRefresh::begin()
{
    m_begunAt = QDateTime::currentDateTime();
    m_rows = RowSet();
    m_gathering = m_whole && m_parts.model->totalRows() > 0;
    return m_gathering;
}

void RowRefresh::finish(const QStringList &keys)
{
    if (std::exchange(m_gathering, false)) {
        m_parts.model->refreshWith(std::exchange(m_rows, RowSet()), keys);
        return;
    }
    m_whole = true;
    noteRead();
}

void RowRefresh::fail()
{
    m_gathering = false;
    m_rows = RowSet();
    if (m_parts.button)
        m_parts.button->stop();
}

void RowRefresh::noteRead()
{
    m_readAt = m_begunAt;
    if (m_parts.age)
        m_parts.age->setText(tr("Read at %1").arg(readAtText()));
    if (m_parts.button)
        m_parts.button->wasRead();
}

QString RowRefresh::readAtText() const
{
    return QLocale().toString(m_readAt.time(), u"HH:mm:ss"_s);
}

QString RowRefresh::changesText() const
{
    const RowChanges *changes = m_parts.model->changes();
    QStringList parts;
    if (changes && changes->changedRows > 0)
        parts << tr("%Ln rows changed", nullptr, int(changes->changedRows));
    if (changes && changes->newRows > 0)
        parts << tr("%Ln new", "rows", int(changes->newRows));
    if (changes && changes->goneRows > 0)
        parts << tr("%Ln gone", "rows", int(changes->goneRows));
    return parts.isEmpty()
        ? QString()
        : tr("%1 since %2", "3 rows changed, 1 new; time").arg(parts.join(u", "_s), m_since);
}

QString RowRefresh::goneText() const
{
    const RowChanges *changes = m_parts.model->changes();
    return changes && !changes->gone.isEmpty() ? tr("Gone:") + u'\n' + changes->gone.join(u'\n')
                                               : QString();
}

void RowRefresh::showChanges()
{
    m_since = readAtText();
    noteRead();
    if (m_parts.note)
        noteChanges();
    Q_EMIT shown();
}

void RowRefresh::noteChanges()
{
    const QString changed = changesText();
    if (changed.isEmpty())
        m_parts.note->showNote(Meaning::Muted, tr("Nothing changed since %1.").arg(m_since));
    else
        m_parts.note->showNote(Meaning::Warning, changed + u'.', plainTip(goneText()));
    QPushButton *hide = m_parts.note->addButton(tr("Hide"));
    hide->setObjectName(u"hideChanges"_s);
    connect(hide, &QPushButton::clicked, this, &RowRefresh::forgetChanges);
}

void RowRefresh::forgetChanges()
{
    if (m_parts.note)
        m_parts.note->hide();
    m_parts.model->forgetChanges();
}
