#include "look/look.h"

#include "look/lookstyle.h"
#include "look/rowdelegate.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>

#include <cmath>

using namespace Qt::StringLiterals;

namespace {

struct Scheme
{
    const char *window, *base, *alternate, *text, *muted, *button, *mid, *highlight, *accent;
};
constexpr Scheme Light{"#f5f6f7", "#ffffff", "#f8f9fa", "#1b1d21", "#5b6270",
                       "#fafbfc", "#c6cad1", "#2f6fde", "#2f6fde"};
constexpr Scheme Dark{"#202226", "#17191c", "#1c1e22", "#e4e6ea", "#a0a7b3",
                      "#2b2e33", "#3c4047", "#2f5fb8", "#6ea2ff"};

QColor named(const char *name)
{
    return QColor(QLatin1StringView(name));
}

QPalette paletteOf(const Scheme &scheme, bool dark)
{
    QPalette p(named(scheme.button), named(scheme.window));
    const QColor text = named(scheme.text);
    const QColor disabled = dark ? QColor(0x70, 0x77, 0x82) : QColor(0x9a, 0xa0, 0xab);
    for (auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
        p.setColor(role, text);
        p.setColor(QPalette::Disabled, role, disabled);
    }
    p.setColor(QPalette::Window, named(scheme.window));
    p.setColor(QPalette::Base, named(scheme.base));
    p.setColor(QPalette::Disabled, QPalette::Base, named(scheme.window));
    p.setColor(QPalette::AlternateBase, named(scheme.alternate));
    p.setColor(QPalette::ToolTipBase, named(scheme.button));
    p.setColor(QPalette::Button, named(scheme.button));
    p.setColor(QPalette::PlaceholderText, named(scheme.muted));
    p.setColor(QPalette::BrightText, dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xc4, 0x24, 0x2b));
    p.setColor(QPalette::Light, dark ? QColor(0x34, 0x37, 0x3d) : QColor(0xff, 0xff, 0xff));
    p.setColor(QPalette::Midlight, dark ? QColor(0x2f, 0x32, 0x38) : QColor(0xee, 0xf0, 0xf2));
    p.setColor(QPalette::Mid, named(scheme.mid));
    p.setColor(QPalette::Dark, dark ? QColor(0x12, 0x13, 0x16) : QColor(0xa9, 0xae, 0xb8));
    p.setColor(QPalette::Shadow, dark ? QColor(0x08, 0x09, 0x0a) : QColor(0x7d, 0x83, 0x8f));
    p.setColor(QPalette::Highlight, named(scheme.highlight));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Disabled, QPalette::Highlight, named(scheme.mid));
    p.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled);
    p.setColor(QPalette::Link, dark ? named(scheme.accent) : QColor(0x25, 0x5f, 0xc7));
    p.setColor(QPalette::LinkVisited, dark ? QColor(0xb9, 0x9a, 0xff) : QColor(0x6b, 0x43, 0xc0));
    return p;
}

double luminance(const QColor &color)
{
    auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor &a, const QColor &b, double partOfB)
{
    auto mix = [partOfB](float x, float y) { return float(x + (y - x) * partOfB); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()));
}

/// Moves a colour towards the text's until it has that contrast on both grounds.
QColor readable(QColor color, const QPalette &palette, double least = 4.5)
{
    const QColor text = palette.color(QPalette::WindowText);
    for (int step = 0; step < 20; ++step) {
        if (Look::contrast(color, palette.color(QPalette::Base)) >= least
            && Look::contrast(color, palette.color(QPalette::Window)) >= least)
            break;
        color = mixed(color, text, 0.12);
    }
    return color;
}

QColor plainColor(Meaning meaning, const QPalette &palette)
{
    const bool dark = Look::isDark(palette);
    switch (meaning) {
    case Meaning::Plain:
        return palette.color(QPalette::WindowText);
    case Meaning::Muted:
    case Meaning::ReadOnly:
        return palette.color(QPalette::PlaceholderText);
    case Meaning::Accent:
    case Meaning::Running:
        return palette.color(QPalette::Link);
    case Meaning::Ok:
    case Meaning::Sealed:
        return dark ? QColor(0x5c, 0xc9, 0x7f) : QColor(0x1a, 0x75, 0x3a);
    case Meaning::Warning:
        return dark ? QColor(0xf0, 0xb4, 0x4c) : QColor(0x8a, 0x56, 0x00);
    case Meaning::Error:
    case Meaning::ClearText:
        return dark ? QColor(0xff, 0x84, 0x7c) : QColor(0xc0, 0x22, 0x2a);
    case Meaning::Production:
        return dark ? QColor(0xff, 0x6f, 0x66) : QColor(0xb3, 0x1c, 0x24);
    }
    return palette.color(QPalette::WindowText);
}

bool hasDesktop()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == u"offscreen"_s || platform == u"minimal"_s || platform == u"vnc"_s)
        return false;
    if (platform == u"cocoa"_s || platform == u"windows"_s)
        return true;
    return !qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP");
}

/// Gives a label its colour again when the palette changes.
class MeaningFilter final : public QObject
{
public:
    MeaningFilter(QLabel *label, Meaning meaning)
        : QObject(label)
        , m_label(label)
    {
        setObjectName(u"meaning"_s);
        label->installEventFilter(this);
        set(meaning);
    }
    void set(Meaning meaning)
    {
        m_meaning = meaning;
        update();
    }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationPaletteChange)
            update();
        return QObject::eventFilter(watched, event);
    }

private:
    void update()
    {
        // On a page with the base as its ground a label writes with Text, elsewhere WindowText.
        const QColor color = Look::color(m_meaning, QGuiApplication::palette());
        QPalette palette = m_label->palette();
        for (auto role : {QPalette::WindowText, QPalette::Text})
            palette.setColor(role, color);
        m_label->setPalette(palette);
    }
    QLabel *m_label;
    Meaning m_meaning = Meaning::Plain;
};

} // namespace

void Look::apply(QApplication &application, Theme theme)
{
    if (theme == Theme::System && hasDesktop())
        return;
    application.setStyle(new LookStyle);
    application.setPalette(theme == Theme::Dark ? darkPalette() : lightPalette());
}

QPalette Look::lightPalette()
{
    return paletteOf(Light, false);
}

QPalette Look::darkPalette()
{
    return paletteOf(Dark, true);
}

bool Look::isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window))
        < luminance(palette.color(QPalette::WindowText));
}

QColor Look::color(Meaning meaning, const QPalette &palette)
{
    return readable(plainColor(meaning, palette), palette);
}

QColor Look::tint(Meaning meaning, const QPalette &palette)
{
    return mixed(palette.color(QPalette::Base), plainColor(meaning, palette), 0.07);
}

bool Look::isProduction(const QColor &color)
{
    const int hue = color.hsvHue();
    return color.isValid() && color.hsvSaturation() > 110 && hue >= 0 && (hue <= 12 || hue >= 346);
}

QColor Look::muted(const QPalette &palette)
{
    return color(Meaning::Muted, palette);
}

QColor Look::outline(const QPalette &palette)
{
    const QColor first = mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText),
                               0.3);
    return readable(first, palette, 3.8); // a thin curve is drawn fainter than its color
}

QColor Look::line(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Base), palette.color(QPalette::Text), 0.09);
}

double Look::contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QFont Look::monospace()
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont);
}

QFont Look::titleFont(const QFont &font)
{
    QFont title = strongFont(font);
    if (font.pointSizeF() > 0)
        title.setPointSizeF(font.pointSizeF() * 1.2);
    else
        title.setPixelSize(int(std::lround(font.pixelSize() * 1.2)));
    return title;
}

QFont Look::strongFont(const QFont &font)
{
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    return strong;
}

int Look::rowHeight(const QFontMetrics &metrics)
{
    return metrics.height() + 8;
}

void Look::setMeaning(QLabel *label, Meaning meaning)
{
    if (auto *filter = label->findChild<QObject *>(u"meaning"_s, Qt::FindDirectChildrenOnly))
        static_cast<MeaningFilter *>(filter)->set(meaning);
    else
        new MeaningFilter(label, meaning);
}

void Look::setTitle(QLabel *label)
{
    label->setFont(titleFont(label->font()));
}

void Look::prepareTree(QTreeView *view)
{
    view->setItemDelegate(new RowDelegate(view));
    view->setUniformRowHeights(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setIconSize({IconSize, IconSize});
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setAllColumnsShowFocus(true);
    view->setTabKeyNavigation(false);
    prepareHeader(view->header());
}

void Look::prepareList(QTreeView *view)
{
    prepareTree(view);
    view->setRootIsDecorated(false);
    view->setItemsExpandable(false);
    static_cast<RowDelegate *>(view->itemDelegate())->setLines(true);
}

void Look::prepareHeader(QHeaderView *header)
{
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setTextElideMode(Qt::ElideRight);
    header->setMinimumSectionSize(32);
}
