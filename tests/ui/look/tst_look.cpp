#include "look/icons.h"
#include "look/look.h"
#include "look/rowdelegate.h"
#include "widgets/celldelegate.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QRadioButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace {

/// The strongest colour of a picture: its pixel of highest alpha.
QColor strongest(const QImage &image)
{
    QColor best(0, 0, 0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (const QColor pixel = image.pixelColor(x, y); pixel.alpha() > best.alpha())
                best = pixel;
        }
    }
    return best;
}

bool near(const QColor &a, const QColor &b)
{
    return std::abs(a.red() - b.red()) < 10 && std::abs(a.green() - b.green()) < 10
        && std::abs(a.blue() - b.blue()) < 10;
}

} // namespace

class LookTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textCanBeRead_data();
    void textCanBeRead();
    void highContrastStaysReadable();
    void outlinesCanBeSeen_data() { textCanBeRead_data(); }
    void outlinesCanBeSeen();
    void iconsFollowThePalette();
    void iconsAreSharp();
    void badgesDiffer();
    void summariesAreDrawn();
    void unknownIconIsNull();
};

void LookTest::textCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << Look::lightPalette();
    QTest::newRow("dark") << Look::darkPalette();
}

void LookTest::textCanBeRead()
{
    QFETCH(QPalette, palette);
    auto check = [&palette](QPalette::ColorRole text, QPalette::ColorRole ground, double least) {
        const double ratio = Look::contrast(palette.color(text), palette.color(ground));
        QVERIFY2(ratio >= least, qPrintable(u"%1 on %2: %3"_s.arg(text).arg(ground).arg(ratio)));
    };
    check(QPalette::WindowText, QPalette::Window, 7);
    check(QPalette::Text, QPalette::Base, 7);
    check(QPalette::Text, QPalette::AlternateBase, 7);
    check(QPalette::ButtonText, QPalette::Button, 7);
    check(QPalette::HighlightedText, QPalette::Highlight, 4.5);
    check(QPalette::ToolTipText, QPalette::ToolTipBase, 7);
    check(QPalette::PlaceholderText, QPalette::Base, 4.5);
    check(QPalette::PlaceholderText, QPalette::Window, 4.5);
    check(QPalette::Link, QPalette::Base, 4.5);
    check(QPalette::Highlight, QPalette::Window, 2.5);
    for (int i = int(Meaning::Plain); i <= int(Meaning::Production); ++i) {
        const QColor color = Look::color(Meaning(i), palette);
        for (auto ground : {QPalette::Base, QPalette::Window})
            QVERIFY2(Look::contrast(color, palette.color(ground)) >= 4.5,
                     qPrintable(u"meaning %1"_s.arg(i)));
        QVERIFY(Look::contrast(color, Look::tint(Meaning(i), palette)) >= 4.2);
        QVERIFY(Look::contrast(palette.color(QPalette::Text), Look::tint(Meaning(i), palette))
                >= 4.5);
    }
}

void LookTest::highContrastStaysReadable()
{
    QPalette palette(Qt::black);
    for (auto role : {QPalette::Window, QPalette::Base})
        palette.setColor(role, Qt::black);
    for (auto role : {QPalette::WindowText, QPalette::Text})
        palette.setColor(role, Qt::yellow);
    palette.setColor(QPalette::PlaceholderText, QColor(40, 40, 0));
    palette.setColor(QPalette::Link, QColor(0, 0, 120));
    for (int i = int(Meaning::Plain); i <= int(Meaning::Production); ++i)
        QVERIFY(Look::contrast(Look::color(Meaning(i), palette), Qt::black) >= 4.5);
}

void LookTest::outlinesCanBeSeen()
{
    QFETCH(QPalette, palette);
    const QPalette before = QApplication::palette();
    Look::apply(*qApp, Look::isDark(palette) ? Theme::Dark : Theme::Light);
    std::vector<std::unique_ptr<QWidget>> widgets;
    widgets.push_back(std::make_unique<QRadioButton>());
    widgets.push_back(std::make_unique<QCheckBox>());
    widgets.push_back(std::make_unique<QLineEdit>());
    widgets.push_back(std::make_unique<QSpinBox>());
    auto combo = std::make_unique<QComboBox>();
    combo->setEditable(true);
    widgets.push_back(std::move(combo));
    const QColor ground = palette.color(QPalette::Window);
    for (const auto &widget : widgets) {
        widget->resize(widget->sizeHint());
        const QImage image = widget->grab().toImage();
        // Along the indicator's or the field's left edge, in the middle of its height.
        double best = 0;
        for (int x = 0; x < 4; ++x)
            best = std::max(best, Look::contrast(image.pixelColor(x, image.height() / 2), ground));
        QVERIFY2(
            best >= 3,
            qPrintable(
                u"%1: %2"_s.arg(QLatin1StringView(widget->metaObject()->className())).arg(best)));
    }
    QVERIFY(Look::contrast(Look::outline(palette), palette.color(QPalette::Base)) >= 3);
    QApplication::setPalette(before);
}

void LookTest::iconsFollowThePalette()
{
    const QIcon icon = Icons::get(u"host");
    const QPalette before = QApplication::palette();
    QApplication::setPalette(Look::lightPalette());
    QVERIFY(near(strongest(icon.pixmap(32).toImage()),
                 Look::lightPalette().color(QPalette::WindowText)));
    QApplication::setPalette(Look::darkPalette());
    QVERIFY(near(strongest(icon.pixmap(32).toImage()),
                 Look::darkPalette().color(QPalette::WindowText)));
    QVERIFY(near(strongest(icon.pixmap(32, QIcon::Selected).toImage()), Qt::white));
    QVERIFY(!near(strongest(icon.pixmap(32, QIcon::Disabled).toImage()),
                  strongest(icon.pixmap(32).toImage())));
    QVERIFY(near(strongest(Icons::get(u"error", Meaning::Error).pixmap(32).toImage()),
                 Look::color(Meaning::Error, Look::darkPalette())));
    QApplication::setPalette(before);
}

void LookTest::iconsAreSharp()
{
    const QPixmap twice = Icons::get(u"table").pixmap(QSize(16, 16), 2.0);
    QCOMPARE(twice.size(), QSize(32, 32));
    QCOMPARE(twice.devicePixelRatio(), 2.0);
    // At 200 % a level line of 1.5 px covers whole pixels somewhere.
    QCOMPARE(strongest(twice.toImage()).alpha(), 255);
}

void LookTest::badgesDiffer()
{
    std::vector<QImage> pictures;
    for (Badge badge : {Badge::None, Badge::Ring, Badge::Arc, Badge::Dot, Badge::Octagon})
        pictures.push_back(Icons::get(u"host", badge, Meaning::Plain).pixmap(32).toImage());
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        for (std::size_t j = i + 1; j < pictures.size(); ++j)
            QVERIFY(pictures[i] != pictures[j]);
    }
}

/// What a tree says at the right of a name ("Group Policy") is drawn by either delegate.
void LookTest::summariesAreDrawn()
{
    QStandardItemModel model;
    auto *item = new QStandardItem(Icons::get(u"configuration"), u"AllowUnencrypted"_s);
    model.appendRow(item);
    QTreeView view;
    view.setModel(&model);
    RowDelegate rows;
    CellDelegate cells;
    for (QStyledItemDelegate *delegate :
         {static_cast<QStyledItemDelegate *>(&rows), static_cast<QStyledItemDelegate *>(&cells)}) {
        const auto picture = [&] {
            QImage image(400, 24, QImage::Format_ARGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            QStyleOptionViewItem option;
            option.initFrom(&view);
            option.widget = &view;
            option.rect = image.rect();
            option.decorationSize = QSize(16, 16);
            delegate->paint(&painter, option, item->index());
            return image;
        };
        item->setData({}, MutedRole);
        const QImage without = picture();
        item->setData(u"Group Policy"_s, MutedRole);
        QVERIFY(picture() != without);
    }
}

void LookTest::unknownIconIsNull()
{
    QTest::ignoreMessage(QtWarningMsg, "There is no icon \"no-such\"");
    QVERIFY(Icons::get(u"no-such").isNull());
    QVERIFY(!Icons::get(u"host").isNull());
    QVERIFY(!Icons::application().isNull());
}

QTEST_MAIN(LookTest)
#include "tst_look.moc"
