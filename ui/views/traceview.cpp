#include "views/traceview.h"

#include "document/xmlreader.h"
#include "document/xmlwriter.h"
#include "look/emptyhint.h"
#include "look/icons.h"
#include "look/look.h"
#include "models/tracemodel.h"
#include "prompts.h"
#include "views/timingdelegate.h"
#include "widgets/notestrip.h"
#include "widgets/textbutton.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QToolButton>
#include <QTreeView>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace {

/// More text than this makes a text view slow; Copy and Save have all of it.
constexpr qsizetype ShownAtMost = 256 * 1024;
/// Places of a word that are marked in an envelope.
constexpr std::size_t markedAtMost = 500;

QString envelopeText(const QByteArray &body, bool raw)
{
    if (!raw) {
        if (const auto document = readXml(body))
            return QString::fromUtf8(
                writeXml((*document)->root(), {.declaration = false, .indent = true}));
    }
    return QString::fromUtf8(body);
}

Done writeTrace(const QString &file, const std::vector<const TraceEntry *> &entries)
{
    QSaveFile out(file);
    bool good = out.open(QIODevice::WriteOnly)
        && out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    for (const TraceEntry *entry : entries) {
        QByteArray line = toJsonLine(*entry);
        if (!line.endsWith('\n'))
            line += '\n';
        good = good && out.write(line) == line.size();
    }
    if (good && out.commit())
        return {};
    return Error::of(Error::Kind::Local, Cause::LocalFile, out.errorString(),
                     FileDetails{.path = file});
}

/// Reads only: what may change something is never sent again by a click.
bool canRepeat(const TraceEntry &entry)
{
    return entry.action.endsWith(u"/transfer/Get"_s)
        || entry.action.endsWith(u"/enumeration/Enumerate"_s);
}

} // namespace

TraceView::TraceView(Trace &trace, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_trace(trace)
    , m_model(new TraceModel(trace, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_view(new QTreeView(this))
{
    setObjectName(u"traceSplitter"_s);
    // At most 500 rows (the trace's limit): a proxy is quick enough here.
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(TraceModel::SortRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setObjectName(u"traceView"_s);
    m_view->setAccessibleName(tr("Exchanges"));
    m_view->setModel(m_sorted);
    Look::prepareList(m_view);
    m_view->setItemDelegateForColumn(TraceModel::Duration, new TimingDelegate(m_view));
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(TraceModel::Time, Qt::AscendingOrder);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    const int widths[] = {100, 120, 200, 100, 70, 56, 90};
    for (int i = 0; i < int(std::size(widths)); ++i)
        m_view->header()->resizeSection(i, widths[i]);
    m_view->header()->setStretchLastSection(false);

    makeTools();
    setChildrenCollapsible(false);
    addWidget(makeList());
    addWidget(makeEnvelopes());
    setStretchFactor(0, 1);
    setStretchFactor(1, 1);
    setSizes({640, 640});

    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TraceView::showCurrent);
    connect(m_view, &QWidget::customContextMenuRequested, this, &TraceView::showMenu);
    // Follows the newest exchange while the end is in sight.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *bar = m_view->verticalScrollBar();
        if (bar->value() >= bar->maximum())
            QMetaObject::invokeMethod(m_view, &QTreeView::scrollToBottom, Qt::QueuedConnection);
    });
    new EmptyHint(m_view, tr("The messages exchanged with hosts stand here."));
    showCurrent();
}

QLineEdit *TraceView::makeField(const QString &name, QStringView icon, const QString &text,
                                const QString &tip)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(name);
    field->setPlaceholderText(text);
    field->setAccessibleName(tip);
    field->setToolTip(tip);
    field->setClearButtonEnabled(true);
    field->addAction(Icons::get(icon, Meaning::Muted), QLineEdit::LeadingPosition);
    field->setMaximumWidth(240);
    return field;
}

void TraceView::makeTools()
{
    m_filter = makeField(u"traceFilter"_s, u"filter", tr("Filter"), tr("Filter the exchanges"));
    m_find = makeField(u"traceFind"_s, u"find", tr("Find in envelopes"),
                       tr("Mark a word in both envelopes; Enter goes to the next place"));
    m_raw = new QCheckBox(tr("As sent"), this);
    m_raw->setObjectName(u"traceRaw"_s);
    m_raw->setToolTip(tr("Show the envelopes without line breaks of ours"));
    m_copy = textButton(this, u"traceCopy"_s, u"copy", tr("Copy"),
                        tr("Copy the selected exchanges, secrets taken out"));
    m_save = textButton(this, u"traceSave"_s, u"save", tr("Save all"),
                        tr("Save all exchanges as JSON Lines, secrets taken out"));
    connect(m_filter, &QLineEdit::textChanged, m_sorted,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_find, &QLineEdit::textChanged, this, [this] { mark(true); });
    connect(m_find, &QLineEdit::returnPressed, this, &TraceView::findNext);
    connect(m_raw, &QCheckBox::toggled, this, &TraceView::showCurrent);
    connect(m_copy, &QToolButton::clicked, this, &TraceView::copy);
    connect(m_save, &QToolButton::clicked, this, [this] { save(true); });
}

QList<QWidget *> TraceView::tools() const
{
    return {m_filter, m_find, m_raw, m_copy, m_save};
}

QWidget *TraceView::makeList()
{
    auto *box = new QWidget(this);
    m_note = new NoteStrip(box);
    m_note->setObjectName(u"traceNote"_s);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_view, 1);
    return box;
}

QWidget *TraceView::makeEnvelopes()
{
    auto *both = new QSplitter(Qt::Horizontal, this);
    both->setChildrenCollapsible(false);
    auto add = [this, both](const QString &title, const QString &name) {
        auto *box = new QWidget(both);
        auto *label = new QLabel(title, box);
        Look::setMeaning(label, Meaning::Muted);
        label->setContentsMargins(Look::Inside, Look::Inside, Look::Inside, Look::Inside);
        auto *view = new QPlainTextEdit(box);
        view->setObjectName(name);
        view->setAccessibleName(title);
        view->setReadOnly(true);
        view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        view->setFont(Look::monospace());
        view->setFrameShape(QFrame::NoFrame);
        view->setLineWrapMode(QPlainTextEdit::NoWrap);
        auto *layout = new QVBoxLayout(box);
        layout->setContentsMargins({});
        layout->setSpacing(0);
        layout->addWidget(label);
        layout->addWidget(view, 1);
        both->addWidget(box);
        return view;
    };
    m_request = add(tr("Request"), u"traceRequest"_s);
    m_reply = add(tr("Reply"), u"traceReply"_s);
    return both;
}

void TraceView::showEvent(QShowEvent *event)
{
    QSplitter::showEvent(event);
    if (!std::exchange(m_shown, true) && m_restored.isEmpty() && orientation() == Qt::Horizontal) {
        // In the width that the dock has by then; before it has one, the list gets the least.
        QMetaObject::invokeMethod(
            this,
            [this] {
                setSizes({width() / 2, width() / 2});
            },
            Qt::QueuedConnection);
    }
}

void TraceView::select(quint64 id)
{
    const QModelIndex source = m_model->indexOf(id);
    if (!source.isValid())
        return;
    if (!m_sorted->mapFromSource(source).isValid())
        m_filter->clear();
    const QModelIndex index = m_sorted->mapFromSource(source);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
    m_view->setFocus();
}

const TraceEntry *TraceView::current() const
{
    const QModelIndex index = m_sorted->mapToSource(m_view->currentIndex());
    return index.isValid() ? m_trace.find(m_model->idAt(index)) : nullptr;
}

void TraceView::showCurrent()
{
    const TraceEntry *entry = current();
    if (!entry) {
        for (QPlainTextEdit *view : {m_request, m_reply}) {
            view->clear();
            view->setPlaceholderText(tr("Select an exchange to read its envelopes."));
        }
        return;
    }
    showEnvelope(m_request, entry->requestHead, entry->requestBody, false);
    showEnvelope(m_reply, entry->replyHead, entry->replyBody, entry->replyCut);
    mark(true);
}

/// Marks the places of the word in both envelopes; `go`: shows the first.
void TraceView::mark(bool go)
{
    const QString word = m_find->text();
    bool gone = !go;
    for (QPlainTextEdit *view : {m_request, m_reply}) {
        QList<QTextEdit::ExtraSelection> marks;
        QTextCursor at(view->document());
        while (!word.isEmpty() && std::size_t(marks.size()) < markedAtMost) {
            at = view->document()->find(word, at);
            if (at.isNull())
                break;
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(Look::tint(Meaning::Warning, palette()));
            mark.format.setForeground(palette().text());
            marks.append(mark);
        }
        view->setExtraSelections(marks);
        if (!gone && !marks.isEmpty()) {
            view->setTextCursor(marks.front().cursor);
            m_found = view;
            gone = true;
        }
    }
}

void TraceView::findNext()
{
    if (m_find->text().isEmpty())
        return;
    QPlainTextEdit *const first = m_found ? m_found : m_request;
    QPlainTextEdit *const other = first == m_request ? m_reply : m_request;
    if (first->find(m_find->text()))
        return;
    for (QPlainTextEdit *view : {other, first}) {
        view->moveCursor(QTextCursor::Start);
        if (view->find(m_find->text())) {
            m_found = view;
            return;
        }
    }
}

void TraceView::showEnvelope(QPlainTextEdit *view, const QByteArray &head, const QByteArray &body,
                             bool cut)
{
    QString text = QString::fromUtf8(head).remove(u'\r').trimmed();
    text += u"\n\n"_s + envelopeText(body, m_raw->isChecked());
    if (text.size() > ShownAtMost) {
        text.truncate(ShownAtMost);
        text += u"\n\n"_s + tr("The rest is not shown here. Copy and Save have all that was kept.");
    } else if (cut) {
        text += u"\n\n"_s + tr("Only the beginning of this reply was kept.");
    }
    view->setPlainText(text.trimmed());
    // Where there is room for a few lines only, they are those of the message.
    if (const int headLines = int(head.trimmed().count('\n')) + 2;
        view->viewport()->height() < 2 * headLines * view->fontMetrics().lineSpacing())
        view->verticalScrollBar()->setValue(headLines);
}

std::vector<const TraceEntry *> TraceView::selected() const
{
    std::vector<quint64> ids;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows())
        ids.push_back(index.data(TraceModel::IdRole).toULongLong());
    std::ranges::sort(ids);
    std::vector<const TraceEntry *> entries;
    for (quint64 id : ids) {
        if (const TraceEntry *entry = m_trace.find(id))
            entries.push_back(entry);
    }
    return entries;
}

void TraceView::copy()
{
    QByteArray lines;
    for (const TraceEntry *entry : selected()) {
        lines += toJsonLine(*entry);
        if (!lines.endsWith('\n'))
            lines += '\n';
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(QString::fromUtf8(lines));
}

void TraceView::save(bool all)
{
    const QString suggestion = u"trace-%1.jsonl"_s.arg(
        QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s));
    std::vector<quint64> ids;
    if (!all) {
        for (const TraceEntry *entry : selected())
            ids.push_back(entry->id);
    }
    Prompts::current().saveFile(this, tr("Save the trace"), suggestion,
                                {tr("JSON Lines (*.jsonl)")},
                                [self = QPointer(this), ids, all](const QString &file) {
                                    if (!self || file.isEmpty())
                                        return;
                                    std::vector<const TraceEntry *> entries;
                                    for (const TraceEntry &entry : self->m_trace.entries()) {
                                        if (all || std::ranges::find(ids, entry.id) != ids.end())
                                            entries.push_back(&entry);
                                    }
                                    if (const Done done = writeTrace(file, entries); !done)
                                        Q_EMIT self->failed(done.error());
                                    else
                                        self->noteSaved(file, int(entries.size()));
                                });
}

/// Where it went is said here, until it is closed.
void TraceView::noteSaved(const QString &file, int exchanges)
{
    const QString count = tr("%n exchanges", nullptr, exchanges);
    const QFileInfo info(file);
    m_note->showNote(Meaning::Ok,
                     tr("Saved %1 to %2", "12 exchanges, file")
                         .arg(count, QDir::toNativeSeparators(info.absoluteFilePath())));
    QPushButton *folder = m_note->addButton(tr("Open folder"));
    connect(folder, &QPushButton::clicked, this,
            [path = info.absolutePath()] { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
    QPushButton *close = m_note->addButton(tr("Close"));
    close->setObjectName(u"traceNoteClose"_s);
    connect(close, &QPushButton::clicked, this, [this] {
        m_note->hide();
        m_view->setFocus();
    });
    Q_EMIT saved(tr("Saved %1").arg(info.fileName()), count);
}

void TraceView::showMenu(const QPoint &at)
{
    const bool any = m_view->selectionModel()->hasSelection();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (any) {
        if (const TraceEntry *entry = current(); entry && canRepeat(*entry))
            menu->addAction(Icons::get(u"refresh"), tr("Repeat this"), this,
                            [this, id = entry->id] {
                                if (const TraceEntry *again = m_trace.find(id))
                                    Q_EMIT repeatRequested(*again);
                            });
        menu->addAction(Icons::get(u"copy"), tr("Copy"), this, &TraceView::copy);
        menu->addAction(Icons::get(u"save"), tr("Save selected..."), this, [this] { save(false); });
    }
    menu->addAction(Icons::get(u"save"), tr("Save all..."), this, [this] { save(true); });
    if (m_clearable)
        menu->addAction(Icons::get(u"delete"), tr("Clear"), this, [this] { m_trace.clear(); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

QByteArray TraceView::layoutState() const
{
    if (!m_shown)
        return m_restored; // without a size of its own yet, the parts have none either
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << QSplitter::saveState() << m_view->header()->saveState();
    return state;
}

void TraceView::restoreLayout(const QByteArray &state)
{
    m_restored = state;
    QByteArray splitter, header;
    QDataStream in(state);
    in >> splitter >> header;
    QSplitter::restoreState(splitter);
    m_view->header()->restoreState(header);
}
