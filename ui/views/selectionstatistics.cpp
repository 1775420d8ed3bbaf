#include "views/selectionstatistics.h"

#include "models/rowtablemodel.h"
#include "views/rowtableview.h"

#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <utility>

namespace {

constexpr int waitAfterMove = 40;         ///< ms: keys held down move through many selections
constexpr std::size_t rowsAtOnce = 1'000; ///< counted here; more by another thread

} // namespace

SelectionStatistics::SelectionStatistics(RowTableModel *model, RowTableView *view)
    : QObject(view)
    , m_model(model)
    , m_view(view)
    , m_wait(new QTimer(this))
    , m_wanted(std::make_shared<std::atomic<quint64>>(0))
{
    m_wait->setSingleShot(true);
    m_wait->setInterval(waitAfterMove);
    connect(m_wait, &QTimer::timeout, this, &SelectionStatistics::start);
    connect(view, &RowTableView::currentMoved, this, &SelectionStatistics::selectionMoved);
    connect(model, &QAbstractItemModel::modelReset, this, &SelectionStatistics::selectionMoved);
}

SelectionStatistics::~SelectionStatistics()
{
    ++*m_wanted; // a worker that still counts stops soon
}

void SelectionStatistics::selectionMoved()
{
    ++*m_wanted;
    m_wait->start();
    if (std::exchange(m_column, -1) >= 0)
        Q_EMIT changed(); // what was said is no longer true
}

void SelectionStatistics::start()
{
    const quint64 generation = ++*m_wanted;
    const int column = m_view->currentIndex().column();
    if (column < 0 || m_model->isClassColumn(column) || m_view->selectedRowCount() < 2)
        return;
    const auto source = m_model->rows().columnNamed(m_model->columnName(column).toStdString());
    if (!source)
        return;
    std::vector<std::uint32_t> rows;
    for (const int row : m_view->selectedRows())
        rows.push_back(m_model->sourceRow(row));
    m_column = column;
    if (rows.size() <= rowsAtOnce) {
        ready(generation, statisticsOf(m_model->rows(), rows, *source, *m_wanted, generation));
        return;
    }
    m_statistics = {};
    QThreadPool::globalInstance()->start([self = QPointer(this), set = m_model->rows(),
                                          rows = std::move(rows), source = *source, generation,
                                          wanted = m_wanted] {
        const RowStatistics made = statisticsOf(set, rows, source, *wanted, generation);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, generation, made] {
                if (self)
                    self->ready(generation, made);
            },
            Qt::QueuedConnection);
    });
}

void SelectionStatistics::ready(quint64 generation, const RowStatistics &statistics)
{
    if (generation != m_wanted->load())
        return;
    m_statistics = statistics;
    Q_EMIT changed();
}

QString SelectionStatistics::text() const
{
    if (m_column < 0 || m_column >= m_model->columnCount())
        return {};
    const CimProperty *property = m_model->property(m_column);
    return m_statistics.text(m_model->columnName(m_column),
                             property ? property->units() : QString());
}
