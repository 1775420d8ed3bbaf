#include "views/mainwindowhelp.h"

#include "look/icons.h"
#include "look/look.h"
#include "views/mainwindowactions.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLibraryInfo>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QPushButton>
#include <QScreen>
#include <QSslSocket>
#include <QStyle>
#include <QSysInfo>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

QVBoxLayout *column(QDialog *dialog)
{
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(Look::Groups, Look::Groups, Look::Groups, Look::Groups);
    layout->setSpacing(Look::Groups);
    return layout;
}

QDialog *makeDialog(QWidget *parent, const QString &name, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    return dialog;
}

} // namespace

void MainWindowHelp::showShortcuts(QWidget *parent, const MainWindowActions &actions)
{
    QDialog *dialog = makeDialog(parent, u"shortcutsDialog"_s, tr("Keyboard shortcuts"));
    auto *list = new QTreeWidget(dialog);
    list->setObjectName(u"shortcutsList"_s);
    list->setColumnCount(2);
    list->setHeaderLabels({tr("Keys"), tr("Command")});
    Look::prepareList(list);
    for (const QAction *action : actions.all()) {
        QStringList keys;
        for (const QKeySequence &shortcut : action->shortcuts())
            keys << shortcut.toString(QKeySequence::NativeText);
        if (!keys.isEmpty())
            new QTreeWidgetItem(list, {keys.join(u", "_s), action->whatsThis()});
    }
    // Keys that only some places know.
    const std::pair<QKeySequence, QString> others[] = {
        {Qt::CTRL | Qt::Key_Return, tr("Run the query that is being written")},
        {Qt::CTRL | Qt::Key_Space, tr("Offer the names that fit into a query")},
        {Qt::ALT | Qt::Key_Down, tr("Open the list of a field: saved filters, hosts used before")},
        {Qt::SHIFT | Qt::Key_F10, tr("Open the menu of what is selected")},
    };
    for (const auto &[keys, what] : others)
        new QTreeWidgetItem(list, {keys.toString(QKeySequence::NativeText), what});
    list->header()->resizeSection(0, 220);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QVBoxLayout *layout = column(dialog);
    layout->addWidget(list, 1);
    layout->addWidget(buttons);
    dialog->resize(560, 640);
    dialog->open();
}

QString MainWindowHelp::diagnostics()
{
    QStringList lines;
    auto add = [&lines](QStringView name, const QString &value) {
        lines << u"%1: %2"_s.arg(name, value.isEmpty() ? u"-"_s : value);
    };
    add(u"WinRM Console", QCoreApplication::applicationVersion());
    add(u"Qt",
        u"%1 (built with %2)"_s.arg(QString::fromLatin1(qVersion()),
                                    QLatin1StringView(QT_VERSION_STR)));
    add(u"TLS library", QSslSocket::sslLibraryVersionString());
    add(u"System", QSysInfo::prettyProductName());
    add(u"Kernel", QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion());
    add(u"Architecture", QSysInfo::currentCpuArchitecture());
    add(u"Platform", QGuiApplication::platformName());
    add(u"Desktop", qEnvironmentVariable("XDG_CURRENT_DESKTOP"));
    const QStyle *style = QApplication::style();
    if (const auto *proxy = qobject_cast<const QProxyStyle *>(style))
        style = proxy->baseStyle();
    add(u"Style", style->name());
    add(u"Theme", Look::isDark(QGuiApplication::palette()) ? u"dark"_s : u"light"_s);
    add(u"Language", QLocale().bcp47Name());
    for (const QScreen *screen : QGuiApplication::screens())
        add(u"Screen",
            u"%1 x %2, %3 %"_s.arg(screen->size().width())
                .arg(screen->size().height())
                .arg(qRound(screen->devicePixelRatio() * 100)));
    return lines.join(u'\n') + u'\n';
}

void MainWindowHelp::showAbout(QWidget *parent)
{
    QDialog *dialog = makeDialog(parent, u"aboutDialog"_s, tr("About WinRM Console"));
    auto *icon = new QLabel(dialog);
    icon->setPixmap(Icons::application().pixmap({64, 64}, dialog->devicePixelRatioF()));
    auto *title = new QLabel(tr("WinRM Console %1").arg(QCoreApplication::applicationVersion()),
                             dialog);
    Look::setTitle(title);
    auto *words = new QLabel(tr("Browses the configuration and the CIM data of WinRM and "
                                "WS-Management hosts and exports them. MIT licence."),
                             dialog);
    words->setWordWrap(true);
    auto *facts = new QPlainTextEdit(diagnostics(), dialog);
    facts->setObjectName(u"aboutDiagnostics"_s);
    facts->setAccessibleName(tr("Diagnostics"));
    facts->setReadOnly(true);
    facts->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts->setFont(Look::monospace());
    facts->setLineWrapMode(QPlainTextEdit::NoWrap);
    auto *note = new QLabel(tr("No host, user or file name stands in it."), dialog);
    Look::setMeaning(note, Meaning::Muted);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QPushButton *copy = buttons->addButton(tr("Copy diagnostics"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"aboutCopy"_s);
    copy->setIcon(Icons::get(u"copy"));
    QObject::connect(copy, &QPushButton::clicked, dialog,
                     [] { QGuiApplication::clipboard()->setText(diagnostics()); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *text = new QVBoxLayout;
    text->setSpacing(Look::Inside);
    text->addWidget(title);
    text->addWidget(words);
    auto *top = new QHBoxLayout;
    top->setSpacing(Look::Groups);
    top->addWidget(icon, 0, Qt::AlignTop);
    top->addLayout(text, 1);
    QVBoxLayout *layout = column(dialog);
    layout->addLayout(top);
    layout->addWidget(facts, 1);
    layout->addWidget(note);
    layout->addWidget(buttons);
    dialog->resize(520, 460);
    dialog->open();
}
