#include "views/viewpart.h"

#include "dialogs/exportdialog.h"
#include "inventory/ciminventory.h"
#include "look/icons.h"
#include "models/celltext.h"
#include "models/rowtablemodel.h"
#include "protocol/endpointreference.h"
#include "protocol/faultcause.h"
#include "session/session.h"
#include "text/sentences.h"
#include "text/valuetext.h"
#include "views/pagedetails.h"
#include "views/rowrefresh.h"
#include "views/rowtableview.h"
#include "views/rowtools.h"
#include "views/viewcard.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QUrlQuery>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

constexpr int tallestTable = 12;        ///< rows shown at once of one section among others
constexpr int shortReading = 200;       ///< ms
constexpr std::uint64_t gathered = 500; ///< rows that are shown before all have come

/// The host does not know the class or its namespace. In answers to queries WMI's own code stands
/// somewhere below that of the query.
bool isUnknownClass(const Error &error)
{
    const FaultDetails *const fault = error.fault();
    return error.cause == Cause::FaultUnknownResource
        || (fault && faultSays(*fault, Cause::FaultUnknownResource));
}

} // namespace

ViewPart::ViewPart(const ViewSection &section, bool alone, QWidget *parent)
    : QWidget(parent)
    , m_cells(std::make_shared<ViewCells>(section))
    , m_alone(alone)
    , m_model(new RowTableModel(this))
    , m_sentence(new QLabel(this))
    , m_readingSoon(new QTimer(this))
    , m_note(new NoteStrip(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Look::Inside);
    m_sentence->setObjectName(u"partSentence"_s);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    Look::setMeaning(m_sentence, Meaning::Muted);
    m_note->setObjectName(u"partNote"_s);
    m_readingSoon->setSingleShot(true);
    m_readingSoon->setInterval(shortReading);
    connect(m_readingSoon, &QTimer::timeout, this, [this] { say(tr("Reading\u2026")); });
    m_model->sortBy(section.sort, section.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    if (section.shape == ViewSection::Shape::Table) {
        m_model->setDress(m_cells);
        m_table = new RowTableView(m_model, this);
        m_tools = new RowTools(m_model, m_table,
                               alone ? RowTools::Shape::Line : RowTools::Shape::Folded, this);
        m_refresh = &m_tools->refresh();
    } else {
        m_card = new ViewCard(this);
        m_refresh = new RowRefresh({.model = m_model});
    }
    if (!alone)
        makeHead(layout);
    if (m_tools)
        layout->addWidget(m_tools);
    layout->addWidget(m_note);
    layout->addWidget(m_sentence);
    if (m_table)
        makeTable(layout);
    else
        layout->addWidget(m_card);
    connect(m_refresh, &RowRefresh::shown, this, [this] {
        say({});
        if (rowCount() == 0)
            sayNothing();
        showCard();
        fitTable();
        Q_EMIT changed();
    });
    say({});
}

ViewPart::~ViewPart()
{
    forgetOperations();
}

void ViewPart::makeHead(QVBoxLayout *layout)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::Between);
    auto *name = new QLabel(title(), this);
    name->setObjectName(u"partTitle"_s);
    name->setTextFormat(Qt::PlainText);
    name->setFont(Look::strongFont(font()));
    m_count = new QLabel(this);
    Look::setMeaning(m_count, Meaning::Muted);
    auto *more = new QToolButton(this);
    more->setObjectName(u"partMenu"_s);
    more->setIcon(Icons::get(u"more"));
    more->setAutoRaise(true);
    more->setToolTip(tr("Export, query"));
    more->setAccessibleName(tr("More of %1").arg(title()));
    connect(more, &QToolButton::clicked, this, [this, more] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(menu);
        menu->popup(more->mapToGlobal(QPoint(0, more->height())));
    });
    line->addWidget(name);
    line->addWidget(m_count);
    line->addStretch(1);
    if (m_tools)
        makeFilterButton(line);
    line->addWidget(more);
    layout->addLayout(line);
}

/// The filter of one table among others is folded away until it is asked for.
void ViewPart::makeFilterButton(QHBoxLayout *line)
{
    m_filterButton = new QToolButton(this);
    m_filterButton->setObjectName(u"partFilter"_s);
    m_filterButton->setIcon(Icons::get(u"filter"));
    m_filterButton->setAutoRaise(true);
    m_filterButton->setCheckable(true);
    m_filterButton->setFocusPolicy(Qt::TabFocus); // a click takes the cursor to the field only
    m_filterButton->setToolTip(tr("Filter these rows"));
    m_filterButton->setAccessibleName(tr("Filter %1").arg(title()));
    connect(m_filterButton, &QToolButton::clicked, this, [this](bool shown) {
        if (shown)
            m_tools->find();
        else
            m_tools->foldFilter();
    });
    connect(m_tools, &RowTools::filterShown, m_filterButton, &QToolButton::setChecked);
    line->addWidget(m_filterButton);
}

void ViewPart::makeTable(QVBoxLayout *layout)
{
    m_table->setObjectName(u"viewTable"_s);
    m_table->setAccessibleName(title());
    layout->addWidget(m_table, m_alone ? 1 : 0);
    connect(m_table, &RowTableView::currentMoved, this, &ViewPart::currentMoved);
    connect(m_table, &QTableView::activated, this, &ViewPart::openCurrent);
    connect(m_table, &QTableView::customContextMenuRequested, this, &ViewPart::showMenu);
    connect(m_tools, &RowTools::exportWanted, this, &ViewPart::exportRequested);
    connect(m_tools, &RowTools::refreshWanted, this, &ViewPart::readRequested);
    for (auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &ViewPart::fitTable);
    connect(m_model, &RowTableModel::arranged, this, [this] {
        fitTable();
        Q_EMIT changed();
    });
    if (!m_alone)
        m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
}

QString ViewPart::title() const
{
    if (!section().title.isEmpty())
        return catalogueText(section().title);
    return section().className.isEmpty() ? section().resource : section().className;
}

bool ViewPart::isBusy() const
{
    return m_operation || m_asking;
}

quint32 ViewPart::rowCount() const
{
    return m_model->totalRows();
}

QString ViewPart::sentence() const
{
    return m_note->isHidden() ? m_sentence->text() : m_note->text();
}

void ViewPart::showStateIn(PageState *state) const
{
    if (m_error.kind == Error::Kind::Cancelled)
        state->showStopped(sentence());
    else if (m_error && !m_missing)
        state->showFailure(m_error);
    else
        state->showEmpty(m_missing ? u"info" : u"empty", m_sentence->text());
}

QString ViewPart::countText() const
{
    return m_tools ? m_tools->countText() : QString();
}

// --- reading ---

void ViewPart::read(Session *session, const ViewValues &sent, bool again)
{
    forgetOperations();
    m_session = session;
    m_question = viewQuestion(*session, section(), sent);
    m_queryText = viewQueryText(section(), sent);
    m_received.clear();
    if (!again) {
        m_model->clear();
        if (m_card)
            m_card->forget();
    }
    if (!m_refresh->begin()) {
        m_model->clear();
        m_missing = false;
        m_note->hide();
        say({});
        m_readingSoon->start();
    }
    m_operation = new EnumerateOperation(session, m_question,
                                         {.maxRows = std::uint64_t(section().most)});
    connect(m_operation, &EnumerateOperation::rowsReceived, this, &ViewPart::received);
    connect(m_operation, &Operation::progress, this, &ViewPart::progress);
    connect(m_operation, &Operation::finished, this, &ViewPart::finished);
    connect(m_operation, &QObject::destroyed, this, [this] { // with its session, perhaps unfinished
        m_readingSoon->stop();
        if (!m_operation)
            Q_EMIT busyChanged();
    });
    m_operation->start();
    Q_EMIT busyChanged();
}

void ViewPart::stop()
{
    if (m_operation)
        m_operation->cancel();
    if (m_asking)
        m_asking->cancel();
}

/// Nothing of theirs is wanted any more.
void ViewPart::forgetOperations()
{
    for (Operation *operation : {static_cast<Operation *>(m_operation.data()),
                                 static_cast<Operation *>(m_asking.data())}) {
        if (!operation)
            continue;
        operation->disconnect(this);
        operation->cancel();
    }
    m_operation = nullptr;
    m_asking = nullptr;
    m_readingSoon->stop();
}

void ViewPart::received(const RowBatchPtr &rows)
{
    if (m_refresh->isGathering()) {
        m_refresh->add(rows);
        return;
    }
    // A page of few rows appears as a whole, in its order; of many the first ones at once.
    m_received.push_back(rows);
    std::uint64_t waiting = 0;
    for (const RowBatchPtr &batch : m_received)
        waiting += ::rowCount(batch);
    if (waiting >= gathered)
        showReceived();
}

void ViewPart::showReceived()
{
    m_model->append(std::exchange(m_received, {}));
    say({});
    fitTable();
    Q_EMIT changed();
}

void ViewPart::finished(const Outcome &outcome)
{
    m_operation = nullptr;
    m_readingSoon->stop();
    const bool capped = !outcome.error && outcome.partial;
    if (m_refresh->isGathering()) {
        m_error = outcome.error;
        m_note->hide();
        if (outcome.error) {
            m_refresh->fail();
            sayOldRows(outcome.error);
        } else {
            m_refresh->finish({}); // `shown` says the rest
        }
    } else {
        showReceived();
        if (askWhetherMissing(outcome.error))
            return;
        m_wasRead = true;
        m_error = outcome.error;
        if (outcome.error)
            m_refresh->fail();
        else
            m_refresh->finish({});
        say({});
        showCard();
        if (outcome.error)
            sayFailure(outcome.error);
        else if (rowCount() == 0)
            sayNothing();
    }
    if (capped)
        m_note->showNote(
            Meaning::Warning,
            tr("Only the first %L1 rows were read; there may be more.").arg(section().most));
    fitTable();
    Q_EMIT busyChanged();
    Q_EMIT changed();
}

void ViewPart::showCard()
{
    if (m_card)
        m_card->setRows(m_model->rows(), *m_cells);
}

void ViewPart::sayNothing()
{
    say(section().empty.isEmpty() ? tr("The host has nothing of this kind.")
                                  : catalogueText(section().empty));
}

/// A host that refuses a query does not say whether it knows the class: its schema does.
bool ViewPart::askWhetherMissing(const Error &error)
{
    if (error.kind != Error::Kind::Fault || m_question.filter.text.isEmpty() || rowCount() > 0
        || isUnknownClass(error) || !m_session || !m_session->isWindows())
        return false;
    m_asking = new SchemaOperation(m_session, m_question.resource.cimNamespace(),
                                   section().className);
    connect(m_asking, &Operation::finished, this, [this, error](const Outcome &outcome) {
        m_asking = nullptr;
        m_wasRead = true;
        m_error = isUnknownClass(outcome.error) ? outcome.error : error;
        say({});
        sayFailure(m_error);
        Q_EMIT busyChanged();
        Q_EMIT changed();
    });
    m_asking->start();
    return true;
}

void ViewPart::sayFailure(const Error &error)
{
    m_missing = isUnknownClass(error) && rowCount() == 0;
    if (m_missing) {
        say(section().missing.isEmpty()
                ? tr("This host does not have %1.")
                      .arg(section().className.isEmpty() ? section().resource : section().className)
                : catalogueText(section().missing));
        return;
    }
    if (error.kind == Error::Kind::Cancelled && rowCount() == 0) {
        m_note->showNote(Meaning::Muted, tr("Reading was stopped before anything arrived."));
        addNoteButtons(error);
        return;
    }
    const Explanation why = explain(error);
    if (rowCount() == 0) {
        // In place of the rows: what happened, why, and what to do.
        m_note->showNote(Meaning::Error,
                         why.remedy.isEmpty() ? why.sentence : why.sentence + u'\n' + why.remedy,
                         plainTip(why.code));
    } else {
        m_note->showNote(Meaning::Warning,
                         error.kind == Error::Kind::Cancelled
                             ? tr("Stopped: only a part was read.")
                             : tr("Not everything arrived. %1").arg(why.sentence),
                         plainTip(why.code));
    }
    addNoteButtons(error);
}

/// They were to be read again, which did not come to its end.
void ViewPart::sayOldRows(const Error &error)
{
    const QString since = m_refresh->readAtText();
    const Explanation why = explain(error);
    m_note->showNote(Meaning::Warning,
                     error.kind == Error::Kind::Cancelled
                         ? tr("Stopped: what is shown is still that of %1.").arg(since)
                         : tr("What is shown is still that of %1. %2").arg(since, why.sentence),
                     why.code);
    addNoteButtons(error);
}

void ViewPart::addNoteButtons(const Error &error)
{
    QPushButton *again = m_note->addButton(tr("Try again"));
    again->setObjectName(u"partAgain"_s);
    connect(again, &QPushButton::clicked, this, &ViewPart::readRequested);
    if (error.exchange == 0)
        return;
    QPushButton *show = m_note->addButton(tr("Show exchange"));
    connect(show, &QPushButton::clicked, this,
            [this, exchange = error.exchange] { Q_EMIT showExchange(exchange); });
}

void ViewPart::say(const QString &sentence)
{
    m_readingSoon->stop();
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty() && !m_alone);
    if (m_card)
        m_card->setVisible(rowCount() > 0);
    if (m_table && !m_alone)
        m_table->setVisible(rowCount() > 0);
}

/// A table among others is as high as its rows, up to a dozen.
void ViewPart::fitTable()
{
    showCount();
    if (m_alone || !m_table)
        return;
    m_table->setVisible(rowCount() > 0);
    m_filterButton->setVisible(rowCount() > 0);
    const int rows = std::clamp(m_model->rowCount(), 1, tallestTable);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + rows * m_table->verticalHeader()->defaultSectionSize()
                            + m_table->horizontalScrollBar()->sizeHint().height() + 2);
}

/// Beside the title: how many, and what the last reading changed.
void ViewPart::showCount()
{
    if (!m_count)
        return;
    const QString changed = m_tools ? m_refresh->changesText() : QString();
    const QString count = countText();
    m_count->setText(changed.isEmpty() ? count : count + u"  \u00b7  "_s + changed);
    m_count->setToolTip(plainTip(m_refresh->goneText()));
}

// --- what one does with a row ---

std::optional<ResourceLocator> ViewPart::locatorOf(int row) const
{
    const std::uint32_t source = m_model->sourceRow(row);
    const RowSet &rows = m_model->rows();
    if (source < rows.rowCount() && rows.hasReference(source))
        return toEndpointReference(rows.reference(source)).resource;
    return std::nullopt;
}

QString ViewPart::valueOf(int row, const QString &property) const
{
    const RowSet &rows = m_model->rows();
    const auto column = rows.columnNamed(property.toStdString());
    const std::uint32_t source = m_model->sourceRow(row);
    return column && source < rows.rowCount() ? ::plainText(rows.cell(source, *column)) : QString();
}

void ViewPart::openCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return;
    if (const auto resource = locatorOf(current.row()))
        Q_EMIT openResource(*resource);
}

void ViewPart::addLinks(QMenu *menu, int row)
{
    for (const ViewLink &link : section().links) {
        QString address = link.address;
        if (address.isEmpty()) {
            QUrlQuery query;
            for (const auto &[name, property] : link.parameters.asKeyValueRange())
                query.addQueryItem(
                    name, QString::fromLatin1(QUrl::toPercentEncoding(valueOf(row, property))));
            address = u"view:%1?%2"_s.arg(link.view, query.toString(QUrl::FullyEncoded));
        } else {
            for (const ViewColumn &column : section().columns)
                address.replace(u'{' + column.property + u'}', valueOf(row, column.property));
        }
        menu->addAction(Icons::get(u"forward"), catalogueText(link.title), this,
                        [this, address] { Q_EMIT openAddress(address); });
    }
}

void ViewPart::fillMenu(QMenu *menu)
{
    QAction *exporting = menu->addAction(Icons::get(u"export"), tr("Export\u2026"), this,
                                         &ViewPart::exportRequested);
    exporting->setEnabled(rowCount() > 0);
    if (!m_refresh->changesText().isEmpty())
        menu->addAction(tr("Hide what changed"), this, [this] {
            m_refresh->forgetChanges();
            showCard();
            showCount();
        });
    menu->addSeparator();
    const bool asked = !m_queryText.isEmpty();
    menu->addAction(Icons::get(u"table"), tr("Open the query in a tab of its own"), this,
                    [this] { Q_EMIT openQuery(m_question); })
        ->setEnabled(asked);
    menu->addAction(Icons::get(u"copy"), tr("Copy the query"), this,
                    [this] { QGuiApplication::clipboard()->setText(m_queryText); })
        ->setEnabled(asked);
}

void ViewPart::showMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"viewMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid()) {
        if (const auto resource = locatorOf(current.row())) {
            menu->setDefaultAction(menu->addAction(Icons::get(u"instance"), tr("Open details"),
                                                   this, &ViewPart::openCurrent));
            menu->addAction(Icons::get(u"association"), tr("Associations"), this,
                            [this, object = *resource] { Q_EMIT openAssociations(object); });
        }
        addLinks(menu, current.row());
        m_tools->fillRowMenu(menu, current);
    }
    fillMenu(menu);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

Details ViewPart::details() const
{
    return m_table ? cellDetails(*m_model, m_table->currentIndex()) : Details();
}

QString ViewPart::plainText() const
{
    return m_card ? m_card->plainText() : QString();
}

ExportSubject ViewPart::exportSubject(const QString &host) const
{
    ExportSubject subject;
    subject.name = host + u' ' + title();
    subject.source = host + u", "_s + localDateText(QDateTime::currentDateTime());
    subject.rows = m_model->rows();
    for (int row = 0; row < m_model->rowCount(); ++row)
        subject.shown.push_back(m_model->sourceRow(row));
    if (m_table) {
        for (const int row : m_table->selectedRows())
            subject.selected.push_back(m_model->sourceRow(row));
        subject.columns = m_table->visibleColumnNames();
    } else {
        subject.columns = m_cells->columns();
        subject.columns.removeDuplicates();
    }
    subject.again = [session = m_session, question = m_question]() -> EnumerateOperation * {
        return session
            ? new EnumerateOperation(
                session, question, {.streaming = true, .priority = Operation::Priority::Background})
            : nullptr;
    };
    return subject;
}
