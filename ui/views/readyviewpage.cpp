#include "views/readyviewpage.h"

#include "dialogs/exportdialog.h"
#include "inventory/readyviews.h"
#include "look/icons.h"
#include "models/rowtablemodel.h"
#include "text/sentences.h"
#include "views/rowrefresh.h"
#include "views/rowtableview.h"
#include "views/rowtools.h"
#include "views/treetools.h"
#include "views/viewparameters.h"
#include "views/viewpart.h"
#include "widgets/autorefresh.h"
#include "widgets/filterfield.h"
#include "widgets/notestrip.h"
#include "widgets/pagestate.h"
#include "widgets/progressstrip.h"
#include "widgets/textbutton.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QUrlQuery>

#include <utility>

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
    connect(host, &HostConnection::stateChanged, this, [this] {
        if (session())
            return;
        for (AutoRefresh *button : findChildren<AutoRefresh *>())
            button->stop();
    });
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
    lines->addLayout(line);
    if (!m_view.parameters.empty()) {
        m_parameters = new ViewParameters(m_view, tools);
        m_parameters->setValues(m_given);
        connect(m_parameters, &ViewParameters::run, this, &Page::refresh);
        lines->addWidget(m_parameters);
    }
    if (RowTools *rows = isAlone() ? m_parts.front()->tools() : nullptr) {
        lines->addWidget(rows);
    } else {
        makeAutoRefresh(line);
    }
    line->addWidget(makeQueryButton(tools));
    if (m_view.own)
        line->addWidget(makeOwnButton(tools));
    TreeTools::prepareTools(tools);
    return tools;
}

/// For all sections at once.
void ReadyViewPage::makeAutoRefresh(QHBoxLayout *line)
{
    m_age = new QLabel(this);
    m_age->setObjectName(u"readAt"_s);
    Look::setMeaning(m_age, Meaning::Muted);
    m_auto = new AutoRefresh(this);
    connect(m_auto, &AutoRefresh::due, this, &Page::refresh);
    line->addWidget(m_age);
    line->addWidget(m_auto);
}

QToolButton *ReadyViewPage::makeQueryButton(QWidget *parent)
{
    auto *query = textButton(parent, u"viewQuery"_s, u"filter", tr("Query"),
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
    return query;
}

QToolButton *ReadyViewPage::makeOwnButton(QWidget *parent)
{
    auto *button = textButton(parent, u"ownView"_s, u"user", tr("My view"),
                              tr("Rename or delete this view of yours"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    menu->setObjectName(u"ownMenu"_s);
    button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        Q_EMIT ownMenuShown(menu);
    });
    return button;
}

void ReadyViewPage::setName(const QString &title)
{
    if (m_view.title == title)
        return;
    m_view.title = title;
    Q_EMIT titleChanged();
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
    connect(part, &ViewPart::readRequested, this, [this, part] { readPart(part); });
    if (part->tools()) {
        connect(part->tools(), &RowTools::layoutChanged, this, &Page::layoutChanged);
        connect(part->tools(), &RowTools::statusChanged, this, &Page::statusChanged);
    }
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
    if (values != std::exchange(m_asked, values)) // other rows, not the same ones later
        m_again = false;
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
        part->read(session(), m_sent, m_again);
    }
    if (m_reading && m_waiting.empty() && busy() == 0)
        finishedReading();
    Q_EMIT busyChanged();
    Q_EMIT statusChanged();
}

void ReadyViewPage::finishedReading()
{
    m_reading = false;
    m_again = true;
    progressStrip()->finish();
    const auto failed = [](const ViewPart *part) { // for another reason than the class itself
        return part->error() && !part->isMissing() && part->error().kind != Error::Kind::Fault;
    };
    const bool stopped = std::ranges::any_of(m_parts, failed);
    if (!stopped || !hasContent())
        setReadAt();
    if (!m_auto)
        return;
    if (stopped)
        m_auto->stop();
    else
        m_auto->wasRead();
    m_age->setText(tr("Read at %1").arg(QLocale().toString(QTime::currentTime(), u"HH:mm:ss"_s)));
}

/// One section again, as it was asked before; the whole view where it is the only one.
void ReadyViewPage::readPart(ViewPart *part)
{
    if (isAlone() || !session() || m_reading) {
        refresh();
        return;
    }
    m_reading = true;
    m_waiting = {part};
    progressStrip()->start(tr("Reading %1").arg(part->title()));
    startNext();
}

void ReadyViewPage::partChanged()
{
    if (isAlone()) {
        ViewPart *part = m_parts.front();
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

ViewPart *ReadyViewPage::toFilter() const
{
    if (m_present && m_present->tools())
        return m_present;
    const auto found = std::ranges::find_if(m_parts, [this](const ViewPart *part) {
        return part->tools() && (part->rowCount() > 0 || isAlone());
    });
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
    ViewPart *part = toFilter();
    if (!part)
        return;
    part->tools()->find();
    if (auto *area = findChild<QScrollArea *>(u"viewArea"_s))
        area->ensureWidgetVisible(part->tools());
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
    return part && part->tools() ? part->tools()->statusText() : QString();
}

// --- what is kept ---

QByteArray ReadyViewPage::saveState() const
{
    QJsonObject values;
    if (m_parameters) {
        for (const auto &[name, value] : m_parameters->values().asKeyValueRange())
            values.insert(name, value);
    }
    QJsonArray filters;
    for (const ViewPart *part : m_parts)
        filters.append(part->tools() ? part->tools()->filter()->text() : QString());
    return QJsonDocument(QJsonObject{{u"values"_s, values}, {u"filters"_s, filters}})
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
    const QJsonArray filters = object.value(u"filters"_s).toArray();
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const QString filter = filters.at(qsizetype(i)).toString();
        if (m_parts[i]->tools() && !filter.isEmpty())
            m_parts[i]->tools()->setFilter(filter);
    }
}

QString ReadyViewPage::layoutKey() const
{
    return std::ranges::any_of(m_parts, &ViewPart::tools) ? u"view:"_s + m_view.id : QString();
}

QByteArray ReadyViewPage::saveLayout() const
{
    if (isAlone())
        return m_parts.front()->tools()->saveLayout();
    QJsonArray sections;
    for (const ViewPart *part : m_parts)
        sections.append(part->tools()
                            ? QJsonDocument::fromJson(part->tools()->saveLayout()).object()
                            : QJsonObject());
    return QJsonDocument(QJsonObject{{u"sections"_s, sections}}).toJson(QJsonDocument::Compact);
}

void ReadyViewPage::restoreLayout(const QByteArray &layout)
{
    if (isAlone()) {
        m_parts.front()->tools()->restoreLayout(layout);
        return;
    }
    const QJsonArray sections = QJsonDocument::fromJson(layout)[u"sections"_s].toArray();
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const QJsonObject saved = sections.at(qsizetype(i)).toObject();
        if (m_parts[i]->tools() && !saved.isEmpty())
            m_parts[i]->tools()->restoreLayout(QJsonDocument(saved).toJson());
    }
}
