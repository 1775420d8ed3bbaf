#include "views/tracedock.h"

#include "document/xmlreader.h"
#include "document/xmlwriter.h"
#include "look/emptyhint.h"
#include "look/icons.h"
#include "models/tracemodel.h"
#include "prompts.h"
#include "views/dockbar.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSaveFile>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

/// More text than this makes a text view slow; Copy and Save have all of it.
constexpr qsizetype ShownAtMost = 256 * 1024;

QString envelopeText(const QByteArray &body, bool raw)
{
    if (!raw) {
        if (const auto document = readXml(body))
            return QString::fromUtf8(
                writeXml((*document)->root(), {.declaration = false, .indent = true}));
    }
    return QString::fromUtf8(body);
}

QToolButton *button(QWidget *parent, const QString &name, QStringView icon, const QString &text,
                    const QString &tip)
{
    auto *made = new QToolButton(parent);
    made->setObjectName(name);
    made->setIcon(Icons::get(icon));
    made->setText(text);
    made->setToolTip(tip);
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setAutoRaise(true);
    return made;
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

} // namespace

TraceDock::TraceDock(Trace &trace, QWidget *parent)
    : QDockWidget(tr("SOAP trace"), parent)
    , m_trace(trace)
    , m_model(new TraceModel(trace, this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_view(new QTreeView(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(u"traceDock"_s);
    // At most 500 rows (the trace's limit): a proxy is quick enough here.
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(TraceModel::SortRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setObjectName(u"traceView"_s);
    m_view->setAccessibleName(tr("Exchanges"));
    m_view->setModel(m_sorted);
    Look::prepareList(m_view);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(TraceModel::Time, Qt::AscendingOrder);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    const int widths[] = {100, 120, 200, 70, 70, 56, 90};
    for (int i = 0; i < int(std::size(widths)); ++i)
        m_view->header()->resizeSection(i, widths[i]);
    m_view->header()->setStretchLastSection(false);

    makeBar();
    m_splitter->setObjectName(u"traceSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(makeEnvelopes());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({640, 640});
    setWidget(m_splitter);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TraceDock::showCurrent);
    connect(m_view, &QWidget::customContextMenuRequested, this, &TraceDock::showMenu);
    // Follows the newest exchange while the end is in sight.
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar *bar = m_view->verticalScrollBar();
        if (bar->value() >= bar->maximum())
            QMetaObject::invokeMethod(m_view, &QTreeView::scrollToBottom, Qt::QueuedConnection);
    });
    new EmptyHint(m_view, tr("The messages exchanged with hosts stand here."));
    showCurrent();
}

void TraceDock::makeBar()
{
    auto *bar = new DockBar(this);
    m_filter = new QLineEdit(bar);
    m_filter->setObjectName(u"traceFilter"_s);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the exchanges"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(Icons::get(u"filter", Meaning::Muted), QLineEdit::LeadingPosition);
    m_filter->setMaximumWidth(240);
    m_raw = new QCheckBox(tr("As sent"), bar);
    m_raw->setObjectName(u"traceRaw"_s);
    m_raw->setToolTip(tr("Show the envelopes without line breaks of ours"));
    auto *copyButton = button(bar, u"traceCopy"_s, u"copy", tr("Copy"),
                              tr("Copy the selected exchanges, secrets taken out"));
    auto *saveButton = button(bar, u"traceSave"_s, u"save", tr("Save all"),
                              tr("Save all exchanges as JSON Lines, secrets taken out"));
    auto *clearButton = button(bar, u"traceClear"_s, u"delete", tr("Clear"),
                               tr("Forget all exchanges"));
    bar->addTool(m_filter, 1);
    bar->addTool(new QWidget(bar), 1);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_raw, copyButton, saveButton, clearButton})
        bar->addTool(widget);
    connect(m_filter, &QLineEdit::textChanged, m_sorted,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_raw, &QCheckBox::toggled, this, &TraceDock::showCurrent);
    connect(copyButton, &QToolButton::clicked, this, &TraceDock::copy);
    connect(saveButton, &QToolButton::clicked, this, [this] { save(true); });
    connect(clearButton, &QToolButton::clicked, this, [this] { m_trace.clear(); });
}

QWidget *TraceDock::makeEnvelopes()
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

void TraceDock::select(quint64 id)
{
    show();
    raise();
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

void TraceDock::showCurrent()
{
    const QModelIndex index = m_sorted->mapToSource(m_view->currentIndex());
    const TraceEntry *entry = index.isValid() ? m_trace.find(m_model->idAt(index)) : nullptr;
    if (!entry) {
        for (QPlainTextEdit *view : {m_request, m_reply}) {
            view->clear();
            view->setPlaceholderText(tr("Select an exchange to read its envelopes."));
        }
        return;
    }
    showEnvelope(m_request, entry->requestHead, entry->requestBody, false);
    showEnvelope(m_reply, entry->replyHead, entry->replyBody, entry->replyCut);
}

void TraceDock::showEnvelope(QPlainTextEdit *view, const QByteArray &head, const QByteArray &body,
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
}

std::vector<const TraceEntry *> TraceDock::selected() const
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

void TraceDock::copy()
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

void TraceDock::save(bool all)
{
    const QString suggestion = u"trace-%1.jsonl"_s.arg(
        QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s));
    std::vector<quint64> ids;
    if (!all) {
        for (const TraceEntry *entry : selected())
            ids.push_back(entry->id);
    }
    Prompts::current().saveFile(
        this, tr("Save the trace"), suggestion, {tr("JSON Lines (*.jsonl)")},
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
                Q_EMIT self->saved(tr("Saved %1 exchanges to %2").arg(entries.size()).arg(file));
        });
}

void TraceDock::showMenu(const QPoint &at)
{
    const bool any = m_view->selectionModel()->hasSelection();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (any) {
        menu->addAction(Icons::get(u"copy"), tr("Copy"), this, &TraceDock::copy);
        menu->addAction(Icons::get(u"save"), tr("Save selected..."), this, [this] { save(false); });
    }
    menu->addAction(Icons::get(u"save"), tr("Save all..."), this, [this] { save(true); });
    menu->addAction(Icons::get(u"delete"), tr("Clear"), this, [this] { m_trace.clear(); });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

QByteArray TraceDock::saveState() const
{
    QByteArray state;
    QDataStream out(&state, QIODevice::WriteOnly);
    out << m_splitter->saveState() << m_view->header()->saveState();
    return state;
}

void TraceDock::restoreState(const QByteArray &state)
{
    QByteArray splitter, header;
    QDataStream in(state);
    in >> splitter >> header;
    m_splitter->restoreState(splitter);
    m_view->header()->restoreState(header);
}
