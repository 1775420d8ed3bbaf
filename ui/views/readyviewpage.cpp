#include "views/readyviewpage.h"

#include "dialogs/exportdialog.h"
#include "inventory/readyviews.h"
#include "look/icons.h"
#include "models/rowtablemodel.h"
#include "text/sentences.h"
#include "views/rowtableview.h"
#include "views/treetools.h"
#include "views/viewparameters.h"
#include "views/viewpart.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"
#include "widgets/progressstrip.h"
#include "widgets/textbutton.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

ReadyViewPage::ReadyViewPage(HostConnection *host, const ReadyView &view, const ViewValues &values,
                             QWidget *parent)
    : HostPage(host, parent)
    , m_view(view)
    , m_given(values)
    , m_run(!view.asks || !values.isEmpty())
{
    setObjectName(u"readyViewPage"_s);
    QWidget *content = makeContent();
    addTools(makeTools());
    setContent(content);
}

ReadyViewPage::~ReadyViewPage()
{
    for (ViewPart *part : m_parts)
        part->disconnect(this);
}

// --- building ---

QWidget *ReadyViewPage::makeTools()
{
    auto *tools = new QWidget(this);
    auto *lines = new QVBoxLayout(tools);
    auto *line = new QHBoxLayout;
    line->setSpacing(Look::Between);
    auto *about = new QLabel(catalogueText(m_view.description), tools);
    about->setObjectName(u"viewDescription"_s);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    Look::setMeaning(about, Meaning::Muted);
    line->addWidget(about, 1);
    if (std::ranges::any_of(m_parts, &ViewPart::table)) {
        m_filter = new FilterField(tools);
        m_filter->setObjectName(u"rowFilter"_s);
        m_filter->setPlaceholderText(tr("Filter rows"));
        m_filter->setToolTip(tr("Words separated by spaces must all be found, in any column.\n"
                                "Property=value, Property~text, Property>number narrow further."));
        m_filter->setMaximumWidth(260);
        connect(m_filter, &FilterField::filterChanged, this, [this](const QString &text) {
            for (ViewPart *part : m_parts)
                part->setFilter(text);
        });
        line->addWidget(m_filter, 1);
    }
    m_count = new QLabel(tools);
    m_count->setObjectName(u"rowCount"_s);
    Look::setMeaning(m_count, Meaning::Muted);
    line->addWidget(m_count);
    auto *query = textButton(tools, u"viewQuery"_s, u"filter", tr("Query"),
                             tr("The questions behind this view"));
    query->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(query);
    menu->setObjectName(u"queryMenu"_s);
    query->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (ViewPart *part : m_parts) {
            menu->addSection(part->title());
            QAction *open = menu->addAction(
                tr("Open: %1").arg(QString(part->queryText()).replace(u'&', u"&&"_s).left(100)),
                this, [this, part] { Q_EMIT openQuery(part->question()); });
            open->setEnabled(!part->queryText().isEmpty());
            menu->addAction(Icons::get(u"copy"), tr("Copy the query"), this,
                            [part] { QGuiApplication::clipboard()->setText(part->queryText()); })
                ->setEnabled(!part->queryText().isEmpty());
        }
    });
    line->addWidget(query);
    lines->addLayout(line);
    if (!m_view.parameters.empty()) {
        m_parameters = new ViewParameters(m_view, tools);
        m_parameters->setValues(m_given);
        connect(m_parameters, &ViewParameters::run, this, &Page::refresh);
        lines->addWidget(m_parameters);
    }
    TreeTools::prepareTools(tools);
    return tools;
}

QWidget *ReadyViewPage::makeContent()
{
    if (isAlone() && m_view.sections.front().shape == ViewSection::Shape::Table) {
        auto *part = new ViewPart(m_view.sections.front(), true, this);
        m_parts.push_back(part);
        watch(part);
        return part;
    }
    auto *area = new QScrollArea(this);
    area->setObjectName(u"viewArea"_s);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setBackgroundRole(QPalette::Base);
    auto *inner = new QWidget(area);
    inner->setBackgroundRole(QPalette::Base);
    inner->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(Look::Groups, Look::Groups, Look::Groups, Look::Groups);
    layout->setSpacing(Look::Around);
    QHBoxLayout *pair = nullptr; // two cards stand side by side
    for (const ViewSection &section : m_view.sections) {
        auto *part = new ViewPart(section, false, inner);
        m_parts.push_back(part);
        watch(part);
        if (section.shape == ViewSection::Shape::Table) {
            layout->addWidget(part);
            pair = nullptr;
        } else if (pair) {
            pair->addWidget(part, 1, Qt::AlignTop);
            pair = nullptr;
        } else {
            pair = new QHBoxLayout;
            pair->setSpacing(2 * Look::Around);
            pair->addWidget(part, 1, Qt::AlignTop);
            layout->addLayout(pair);
        }
    }
    layout->addStretch(1);
    area->setWidget(inner);
    return area;
}

void ReadyViewPage::watch(ViewPart *part)
{
    connect(part, &ViewPart::busyChanged, this, &ReadyViewPage::startNext);
    connect(part, &ViewPart::changed, this, &ReadyViewPage::partChanged);
    connect(part, &ViewPart::progress, this, [this](qint64 bytes, qint64 rows, qint64 estimate) {
        if (isAlone())
            progressStrip()->setProgress(bytes, rows, estimate);
    });
    connect(part, &ViewPart::currentMoved, this, [this, part] {
        m_present = part;
        Q_EMIT detailsChanged();
        Q_EMIT statusChanged();
    });
    connect(part, &ViewPart::openResource, this, &Page::openResource);
    connect(part, &ViewPart::openAssociations, this, &Page::openAssociations);
    connect(part, &ViewPart::openAddress, this, &Page::openAddress);
    connect(part, &ViewPart::openQuery, this, &Page::openQuery);
    connect(part, &ViewPart::showExchange, this, &Page::showExchange);
    connect(part, &ViewPart::exportRequested, this, [this, part] { exportPart(part); });
    if (part->table())
        connect(part->table(), &RowTableView::columnsChanged, this, &Page::layoutChanged);
}

// --- what the window asks ---

QString ReadyViewPage::title() const
{
    return catalogueText(m_view.title);
}

QIcon ReadyViewPage::icon() const
{
    return Icons::get(m_view.icon.isEmpty() ? u"table"_s : m_view.icon);
}

QString ReadyViewPage::address() const
{
    QUrlQuery query;
    QStringList names = m_given.keys();
    names.sort();
    for (const QString &name : names)
        query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(m_given.value(name))));
    return query.isEmpty() ? u"view:"_s + m_view.id
                           : u"view:%1?%2"_s.arg(m_view.id, query.toString(QUrl::FullyEncoded));
}

QStringList ReadyViewPage::breadcrumb() const
{
    return {host() ? host()->name() : QString(), tr("Views"), catalogueText(m_view.group), title()};
}

// --- reading ---

void ReadyViewPage::refresh()
{
    m_run = true;
    HostPage::refresh();
}

void ReadyViewPage::read()
{
    if (!m_run) {
        showEmpty(m_view.icon.isEmpty() ? u"table"_s : m_view.icon,
                  tr("Choose above what to look for. The host is asked only for that."),
                  tr("Show"));
        return;
    }
    if (m_reading)
        return; // the connection changed while the first sections are on their way
    const ViewValues values = m_parameters ? m_parameters->values() : initialValues(m_view);
    m_sent = sentValues(m_view, values, QDateTime::currentDateTimeUtc());
    m_reading = true;
    m_waiting = m_parts;
    strip()->hide();
    progressStrip()->start(tr("Reading %1").arg(title()));
    if (isAlone() && !hasContent())
        state()->showLoading(tr("Reading %1").arg(title()));
    else
        state()->showContent();
    startNext();
}

/// Some hosts answer one enumeration at a time (Intel AMT); the others as many as there are
/// connections.
void ReadyViewPage::startNext()
{
    if (!session())
        m_waiting.clear();
    const auto busy = [this] { return std::ranges::count_if(m_parts, &ViewPart::isBusy); };
    const qsizetype most = session() && viewKind(*session()) == HostKind::Amt ? 1 : 16;
    while (!m_waiting.empty() && busy() < most) {
        ViewPart *part = m_waiting.front();
        m_waiting.erase(m_waiting.begin());
        const QSignalBlocker quiet(part);
        part->read(session(), m_sent);
    }
    if (m_reading && m_waiting.empty() && busy() == 0) {
        m_reading = false;
        progressStrip()->finish();
        setReadAt();
    }
    Q_EMIT busyChanged();
    Q_EMIT statusChanged();
}

void ReadyViewPage::partChanged()
{
    if (isAlone()) {
        ViewPart *part = m_parts.front();
        m_count->setText(part->countText());
        if (part->rowCount() > 0 || !part->table())
            state()->showContent();
        else if (part->wasRead() && !part->isBusy())
            part->showStateIn(state());
    }
    Q_EMIT statusChanged();
    Q_EMIT detailsChanged();
}

bool ReadyViewPage::hasContent() const
{
    return std::ranges::any_of(m_parts, &ViewPart::wasRead);
}

void ReadyViewPage::stateActed()
{
    refresh();
}

bool ReadyViewPage::isBusy() const
{
    return m_reading;
}

void ReadyViewPage::stop()
{
    m_waiting.clear();
    for (ViewPart *part : m_parts)
        part->stop();
}

// --- export, find, copy ---

ViewPart *ReadyViewPage::present() const
{
    if (m_present && m_present->rowCount() > 0)
        return m_present;
    const auto found = std::ranges::find_if(
        m_parts, [](const ViewPart *part) { return part->rowCount() > 0; });
    return found == m_parts.end() ? nullptr : *found;
}

bool ReadyViewPage::canExport() const
{
    return present();
}

void ReadyViewPage::exportContent()
{
    if (ViewPart *part = present())
        exportPart(part);
}

void ReadyViewPage::exportPart(ViewPart *part)
{
    ExportSubject subject = part->exportSubject(host() ? host()->name() : QString());
    if (isAlone())
        subject.name = (host() ? host()->name() : QString()) + u' ' + title();
    auto *dialog = new ExportDialog(std::move(subject), this);
    connect(dialog, &ExportDialog::exported, this, &Page::finishedWork);
    dialog->open();
}

void ReadyViewPage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ReadyViewPage::copy()
{
    if (m_present && m_present->table()) {
        m_present->table()->copySelection(CopyFormat::Text);
        return;
    }
    QStringList texts;
    for (const ViewPart *part : m_parts) {
        if (const QString text = part->plainText(); !text.isEmpty())
            texts << part->title() + u'\n' + text;
    }
    if (!texts.isEmpty())
        QGuiApplication::clipboard()->setText(texts.join(u"\n\n"_s));
}

Details ReadyViewPage::details() const
{
    return m_present ? m_present->details() : Details();
}

QString ReadyViewPage::statusText() const
{
    const ViewPart *part = isAlone() ? m_parts.front() : m_present;
    if (!part || !part->table())
        return {};
    const auto selected = int(part->table()->selectedRows().size());
    return selected > 1 ? tr("%1, %L2 selected").arg(part->countText()).arg(selected)
                        : part->countText();
}

// --- what is kept ---

QByteArray ReadyViewPage::saveState() const
{
    QJsonObject values;
    if (m_parameters) {
        for (const auto &[name, value] : m_parameters->values().asKeyValueRange())
            values.insert(name, value);
    }
    return QJsonDocument(QJsonObject{{u"values"_s, values},
                                     {u"filter"_s, m_filter ? m_filter->text() : QString()}})
        .toJson(QJsonDocument::Compact);
}

void ReadyViewPage::restoreState(const QByteArray &state)
{
    const QJsonObject object = QJsonDocument::fromJson(state).object();
    ViewValues values;
    const QJsonObject saved = object.value(u"values"_s).toObject();
    for (auto it = saved.begin(); it != saved.end(); ++it)
        values.insert(it.key(), it->toString().left(200));
    if (m_parameters)
        m_parameters->setValues(values);
    if (m_filter)
        m_filter->setText(object.value(u"filter"_s).toString());
}

QString ReadyViewPage::layoutKey() const
{
    return isAlone() && m_parts.front()->table() ? u"view:"_s + m_view.id : QString();
}

QByteArray ReadyViewPage::saveLayout() const
{
    return m_parts.front()->table()->saveColumns();
}

void ReadyViewPage::restoreLayout(const QByteArray &layout)
{
    m_parts.front()->table()->restoreColumns(layout);
}
